"""Reads pictures with RapidOCR on OpenVINO: the default way of reading scans."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

import cv2
import numpy as np

from consumers.pages import PageSource
from consumers.pictures import Picture
from consumers.preparing.background import even_background
from consumers.preparing.blank_page import has_ink
from consumers.preparing.turning import turned
from consumers.rapid.paddle import Boxes, Paddle, Said, SaidWord, crop, upended
from consumers.rapid.second_look import second_look
from consumers.reading_order import Piece, page_of
from consumers.seal import find_seals, without_seals
from consumers.transcript import Page

Cut = dict[int, Picture]
"""Lines by their places among the boxes, as `crop` cuts them out."""

_NOISE = 0.5
"""What is read with less confidence is no text but a speck, a line, a piece of a seal."""
_VOTERS = 12
"""How many lines say which way is up: 12 gave 145 right of 145 turned pages (docs/reading.md)."""
_UNSURE = 0.80
"""A page whose mean confidence is lower is called doubtful."""
_SLENDER = 8
"""The engine enlarges a page's shorter side to 736 pixels: a strip of 1 x 500 took all memory of the machine."""


class RapidReader:
    """PP-OCR models that lie in the rapidocr package; nothing is fetched."""

    name = "rapid"

    def __init__(self) -> None:
        self._engine = Paddle()

    @staticmethod
    def missing() -> str | None:
        """The packages that are not installed, if any."""
        absent = [name for name in ("rapidocr", "openvino") if importlib.util.find_spec(name) is None]
        if not absent:
            return None
        return f"install {' and '.join(absent)}: pip install 'paperless-dossier[ocr]'"

    def read(self, page: PageSource) -> Page | None:
        """The page, turned upright first; a page without text gives one without lines."""
        picture = _widened(page.picture())
        # A seal's ring takes the lines that it touches with it: the detector drops them whole.
        clean = without_seals(picture, find_seals(picture))
        read = self._attempt(clean, page.number)
        if not _is_poor(read):
            return read
        if not read.lines and not has_ink(picture):
            return read
        again = self._attempt(even_background(clean), page.number)
        better = max(read, again, key=_certainty)
        if better.lines:
            return better
        return replace(
            better, doubtful=("页面有墨迹，却没读出文字 / there is ink on the page and no text was found",)
        )

    def _attempt(self, picture: Picture, number: int) -> Page:
        rotation, upright, boxes, cut = self._upright(picture)
        # The page stands upright: asking for the direction line by line once more only turns good lines round.
        said = self._engine.texts(
            [cut[place] if place in cut else crop(upright, box) for place, box in enumerate(boxes)]
        )
        found, doubts = second_look(self._engine, upright, boxes, said)
        pieces = [
            _piece(line.box, line.said)
            for line in found
            if line.said.text.strip() and line.said.confidence >= _NOISE
        ]
        read = page_of(
            pieces,
            number=number,
            reader=self.name,
            rotation=rotation,
            size=(upright.shape[1], upright.shape[0]),
            unsure=_UNSURE,
            picture=upright,
        )
        return replace(read, doubtful=read.doubtful + doubts)

    def _upright(self, picture: Picture) -> tuple[int, Picture, Boxes, Cut]:
        """How many degrees clockwise the picture had to be turned, the picture turned, its lines, and those cut out already.

        Lines that are higher than wide mean a quarter turn; the direction classifier, asked for the
        widest lines, then tells head from feet. The lines found for this are those that are read: on
        a page that lies upright, as most do, nothing is looked for twice.
        """
        boxes = self._engine.lines(picture)
        rotation = 90 if _mostly_tall(boxes) else 0
        if rotation:
            picture = turned(picture, rotation)
            boxes = self._engine.lines(picture)
        cut = {place: crop(picture, boxes[place]) for place in _voters(boxes)}
        if self._engine.upside_down(list(cut.values())):
            picture, boxes = turned(picture, 180), _reflected(boxes, picture.shape[1], picture.shape[0])
            rotation, cut = rotation + 180, {}
        return rotation, picture, boxes, cut


def _voters(boxes: Boxes) -> list[int]:
    """The places of the lines that say which way is up: the widest, as far as they are wider than high."""
    widest = sorted(range(len(boxes)), key=lambda place: -float(np.ptp(boxes[place][:, 0])))[:_VOTERS]
    return [place for place in widest if np.ptp(boxes[place][:, 0]) > np.ptp(boxes[place][:, 1])]


def _is_poor(page: Page) -> bool:
    return page.confidence is None or page.confidence < _UNSURE


def _certainty(page: Page) -> float:
    """How many characters of the page may be believed."""
    return (page.confidence or 0.0) * len(page.text)


def _mostly_tall(boxes: Boxes) -> bool:
    extents = [(float(np.ptp(box[:, 0])), float(np.ptp(box[:, 1]))) for box in boxes]
    tall = sum(height for width, height in extents if height > 1.5 * width)
    wide = sum(width for width, height in extents if width > 1.5 * height)
    return tall > wide


def _reflected(boxes: Boxes, width: int, height: int) -> Boxes:
    """The boxes of a picture after a turn by 180 degrees; the corner that is now upper left comes first."""
    turned_boxes: Boxes = (np.array([width, height], dtype=np.float32) - boxes)[:, [2, 3, 0, 1]]
    return turned_boxes


def _piece(box: Boxes, said: Said) -> Piece:
    (left, top), (right, bottom) = box.min(axis=0).tolist(), box.max(axis=0).tolist()
    across = float(box[1][0] - box[0][0])
    slope = float(box[1][1] - box[0][1]) / across if across > 0 else 0.0
    words = () if upended(box) else tuple(_word(box, word) for word in said.words)
    return Piece(said.text, left, top, right, bottom, slope, said.confidence, words)


def _word(box: Boxes, said: SaidWord) -> Piece:
    """The word's part of its line's box."""
    upper = [box[0] + part * (box[1] - box[0]) for part in (said.begin, said.end)]
    lower = [box[3] + part * (box[2] - box[3]) for part in (said.begin, said.end)]
    corners = np.array([*upper, *lower])
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return Piece(said.text, left, top, right, bottom, 0.0, said.confidence)


def _widened(picture: Picture) -> Picture:
    """The picture with white to its right or below it, where it is more than eight times as long as wide."""
    height, width = picture.shape[:2]
    least = -(-max(height, width) // _SLENDER)
    below, right = max(0, least - height), max(0, least - width)
    if not below and not right:
        return picture
    wide = cv2.copyMakeBorder(picture, 0, below, 0, right, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    return np.ascontiguousarray(wide, dtype=np.uint8)
