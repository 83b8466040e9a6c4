"""The tesseract program, run through pytesseract on one picture: its words, and which way it thinks is up."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from typing import Any

import pytesseract
from PIL import Image

from consumers.pictures import Picture

LANGUAGE = "chi_sim"
"""Alone: with English added, tesseract reads Chinese worse, and takes half as long again (docs/reading.md)."""
COLUMNS, DENSE, BLOCK, SPARSE = 3, 4, 6, 11
"""Page segmentation modes: columns; one column of text of any size; a block of even lines; text wherever it is, as in cells."""
_DPI = 200
"""What tesseract is told: it would guess 70 of a picture that does not say."""
_END = "Tesseract process timeout"
"""How pytesseract says that it had to stop the program."""


@dataclass(frozen=True)
class Word:
    """What tesseract takes for a word: its line's number, its box in pixels, its confidence from 0.0 to 1.0."""

    line: tuple[int, int, int]
    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float


class OutOfTime(Exception):
    """The program was stopped, because the page's time was over."""


class Tesseract:
    """The program, for the pictures of one page, which together may take so many seconds."""

    def __init__(self, seconds: float) -> None:
        # More threads make it slower, and on a busy machine it took minutes for a page (docs/reading.md).
        os.environ["OMP_THREAD_LIMIT"] = "1"
        self._end = time.monotonic() + seconds

    def words(self, picture: Picture, mode: int) -> list[Word]:
        """The words of an upright grey picture, line by line; raises OutOfTime."""
        found = self._run(
            pytesseract.image_to_data, picture, lang=LANGUAGE, config=f"--psm {mode} --dpi {_DPI}"
        )
        return [
            Word(
                (found["block_num"][n], found["par_num"][n], found["line_num"][n]),
                text,
                found["left"][n],
                found["top"][n],
                found["left"][n] + found["width"][n],
                found["top"][n] + found["height"][n],
                float(found["conf"][n]) / 100,
            )
            for n, text in ((n, str(text).strip()) for n, text in enumerate(found["text"]))
            if text and float(found["conf"][n]) >= 0
        ]

    def rotation(self, picture: Picture) -> int | None:
        """How many degrees clockwise the picture has to be turned; None where too little is on it. Raises OutOfTime."""
        try:
            said = self._run(pytesseract.image_to_osd, picture, config=f"--psm 0 --dpi {_DPI}")
        except pytesseract.TesseractError:
            return None
        return int(said["rotate"]) % 360

    def _run(self, ask: Any, picture: Picture, **how: str) -> dict[str, Any]:
        left = self._end - time.monotonic()
        if left <= 0:
            raise OutOfTime
        page = Image.fromarray(picture[..., 0])
        # Not packed as PNG, which takes longer than looking for the lines.
        page.format = "PPM"
        try:
            found: dict[str, Any] = ask(page, output_type=pytesseract.Output.DICT, timeout=left, **how)
        except RuntimeError as error:
            if str(error) == _END:
                raise OutOfTime from error
            raise
        return found


def missing() -> str | None:
    """The program or the language data that is not installed, if any."""
    if shutil.which("tesseract") is None:
        return "install tesseract: apt-get install tesseract-ocr tesseract-ocr-chi-sim"
    if LANGUAGE not in pytesseract.get_languages():
        return "install the Chinese language data of tesseract: apt-get install tesseract-ocr-chi-sim"
    return None
