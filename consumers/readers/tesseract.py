"""Reads pictures with tesseract through pytesseract: a full reader where RapidOCR can't be had."""

from __future__ import annotations

from dataclasses import replace

import cv2

from consumers.errors import ReaderUnavailable
from consumers.pages import PageSource
from consumers.pictures import Picture
from consumers.preparing.background import even_background
from consumers.preparing.blank_page import has_ink
from consumers.preparing.ruled_page import has_table
from consumers.preparing.skew import skew_of, straightened
from consumers.preparing.turning import turned
from consumers.reading_order import page_of
from consumers.seal import find_seals, without_seals
from consumers.tesseract import program
from consumers.tesseract.gutter import crosses_gutter
from consumers.tesseract.left_out import left_out
from consumers.tesseract.letter_size import at_best_size
from consumers.tesseract.lines import askew, confidence_of, lines_of
from consumers.tesseract.program import COLUMNS, DENSE, SPARSE, OutOfTime, Tesseract, Word
from consumers.tesseract.way_up import rotation_of
from consumers.transcript import Page

_UNSURE = 0.70
"""A page whose mean confidence is lower is called doubtful, and is looked at for lying turned: upright pages had 0.75
to 0.91, turned ones 0.65 at most (docs/reading.md)."""
_FEW = 12
"""So few characters may be sure by chance on a page that lies turned."""
_LOST = "页面有墨迹，却没读出文字 / there is ink on the page and no text was found"
_PART_OF_TIME = 0.9
"""Of the seconds that a page may take: the program is stopped by this process, before this process is by another."""


class TesseractReader:
    """One tesseract process on most pages: the picture prepared, read as it lies, and turned where that made no sense."""

    name = "tesseract"

    def __init__(self) -> None:
        lack = self.missing()
        if lack is not None:
            raise ReaderUnavailable(lack)
        cv2.setNumThreads(1)

    @staticmethod
    def missing() -> str | None:
        """The program or the language data that is not installed, if any."""
        return program.missing()

    def read(self, page: PageSource) -> Page | None:
        """The page; raises Refused (`too-slow`) where tesseract does not come to an end."""
        picture = page.picture()
        ocr = Tesseract(_PART_OF_TIME * page.bounds.seconds)
        prepared = at_best_size(even_background(without_seals(picture, find_seals(picture))))
        try:
            read = self._read(ocr, prepared, page.number, 0)
            if _is_legible(read):
                return read
            if not has_ink(picture):
                return Page(page.number, (), "blank", self.name)
            read = self._the_other_way_up(ocr, prepared, read)
        except OutOfTime as error:
            raise page.bounds.too_slow_a_page(page.number) from error
        return read if read.lines else replace(read, doubtful=(_LOST,))

    def _the_other_way_up(self, ocr: Tesseract, picture: Picture, as_it_lies: Page) -> Page:
        """The page read after the turn that it seems to need; as it was read before where that makes no more sense."""
        rotation = rotation_of(ocr, picture)
        if rotation == 0:
            return as_it_lies
        return max(as_it_lies, self._read(ocr, picture, as_it_lies.number, rotation), key=_believable)

    def _read(self, ocr: Tesseract, picture: Picture, number: int, rotation: int) -> Page:
        upright = turned(picture, rotation)
        skew = skew_of(upright)
        straight = straightened(upright, skew)
        lines = lines_of(_words(ocr, straight))
        if confidence_of(lines) >= _UNSURE:
            lines += left_out(ocr, straight, lines)
        size = (upright.shape[1], upright.shape[0])
        return page_of(
            [askew(line, skew, size) for line in lines],
            number=number,
            reader=self.name,
            rotation=rotation,
            size=size,
            unsure=_UNSURE,
            picture=upright,
        )


def _words(ocr: Tesseract, picture: Picture) -> list[Word]:
    # A table's short entries are lost where they are taken for one column of text; running text gains by that, streaks do no
    # harm to it, and only where it stands in columns it wants another way.
    if has_table(picture):
        return ocr.words(picture, SPARSE)
    words = ocr.words(picture, DENSE)
    return ocr.words(picture, COLUMNS) if crosses_gutter(words) else words


def _is_legible(page: Page) -> bool:
    return (page.confidence or 0.0) >= _UNSURE and len(page.text) >= _FEW


def _believable(page: Page) -> float:
    """How many characters of the page may be believed."""
    return (page.confidence or 0.0) * len(page.text)
