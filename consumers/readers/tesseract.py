"""Reads pictures with tesseract through pytesseract: a full reader where RapidOCR can't be had."""

from __future__ import annotations

import os
import re
import shutil
from typing import Any

import cv2
import numpy as np
import pytesseract

from consumers.errors import ReaderUnavailable
from consumers.pages import PageSource
from consumers.pictures import Picture
from consumers.reading_order import Piece, page_of
from consumers.transcript import Page
from consumers.turning import turned

_LANGUAGE = "chi_sim"
_UNSURE = 0.70
_HAN_SPACE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])")


class TesseractReader:
    """One tesseract process a page, on the picture with its background evened out."""

    name = "tesseract"

    def __init__(self) -> None:
        lack = self.missing()
        if lack is not None:
            raise ReaderUnavailable(lack)
        # More threads make tesseract slower, and on a busy machine stall it (docs/reading.md).
        os.environ["OMP_THREAD_LIMIT"] = "1"
        cv2.setNumThreads(1)

    @staticmethod
    def missing() -> str | None:
        """The program or the language data that is not installed, if any."""
        if shutil.which("tesseract") is None:
            return "install tesseract: apt-get install tesseract-ocr tesseract-ocr-chi-sim"
        if _LANGUAGE not in pytesseract.get_languages():
            return "install the Chinese language data of tesseract: apt-get install tesseract-ocr-chi-sim"
        return None

    def read(self, page: PageSource) -> Page | None:
        """The page, turned upright by tesseract's own orientation detection first."""
        even = _even_background(page.picture())
        rotation = _rotation(even)
        upright = turned(even, rotation)
        # psm 4 and 3 are equal on clean pages; 3 takes streaks for columns, 6 destroys forms.
        found: dict[str, list[Any]] = pytesseract.image_to_data(
            upright, lang=_LANGUAGE, config="--psm 4", output_type=pytesseract.Output.DICT
        )
        pieces = _pieces(found)
        size = (upright.shape[1], upright.shape[0])
        return page_of(
            pieces, number=page.number, reader=self.name, rotation=rotation, size=size, unsure=_UNSURE
        )


def _even_background(picture: Picture) -> Picture:
    """Grey, divided by its local background: light falling from one side halves tesseract's text."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    height, width = grey.shape
    quarter = (max(1, width // 4), max(1, height // 4))
    small = cv2.resize(grey, quarter, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(grey, ground, scale=255)
    return np.ascontiguousarray(cv2.cvtColor(even, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def _rotation(picture: Picture) -> int:
    try:
        said: dict[str, Any] = pytesseract.image_to_osd(picture, output_type=pytesseract.Output.DICT)
    except pytesseract.TesseractError:
        # Too few characters to tell: the page stays as it lies.
        return 0
    return int(said["rotate"])


def _pieces(found: dict[str, list[Any]]) -> list[Piece]:
    """One piece a line that tesseract found, its words joined."""
    words: dict[tuple[int, int, int], list[int]] = {}
    for index, text in enumerate(found["text"]):
        if str(text).strip() and float(found["conf"][index]) >= 0:
            key = (found["block_num"][index], found["par_num"][index], found["line_num"][index])
            words.setdefault(key, []).append(index)
    return [_piece(found, indices) for indices in words.values()]


def _piece(found: dict[str, list[Any]], indices: list[int]) -> Piece:
    text = _HAN_SPACE.sub("", " ".join(str(found["text"][i]).strip() for i in indices))
    return Piece(
        text=text,
        left=min(found["left"][i] for i in indices),
        top=min(found["top"][i] for i in indices),
        right=max(found["left"][i] + found["width"][i] for i in indices),
        bottom=max(found["top"][i] + found["height"][i] for i in indices),
        slope=0.0,
        confidence=sum(float(found["conf"][i]) for i in indices) / len(indices) / 100,
    )
