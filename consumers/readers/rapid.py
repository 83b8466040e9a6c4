"""Reads pictures with RapidOCR on OpenVINO: the default way of reading scans."""

from __future__ import annotations

import importlib.util
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from consumers.grid import find_cells, in_cells
from consumers.pages import PageSource
from consumers.pictures import Picture
from consumers.reading_order import Piece, page_of
from consumers.transcript import Page
from consumers.turning import turned

Boxes = NDArray[np.float32]
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
        from rapidocr import EngineType, RapidOCR

        # One thread an engine: four processes of one thread read twice as much as one of four.
        cv2.setNumThreads(1)
        self._ocr: Any = RapidOCR(
            params={
                "Global.log_level": "error",
                "Det.engine_type": EngineType.OPENVINO,
                "Cls.engine_type": EngineType.OPENVINO,
                "Rec.engine_type": EngineType.OPENVINO,
                "EngineConfig.openvino.inference_num_threads": 1,
            }
        )

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
        rotation, upright, boxes = self._upright(picture)
        size = (upright.shape[1], upright.shape[0])
        pieces = in_cells(self._recognised(upright, boxes), find_cells(upright))
        return page_of(
            pieces, number=page.number, reader=self.name, rotation=rotation, size=size, unsure=_UNSURE
        )

    def _upright(self, picture: Picture) -> tuple[int, Picture, Boxes]:
        """How many degrees clockwise the picture had to be turned, the picture turned, and its lines.

        Lines that are higher than wide mean a quarter turn; the direction classifier, asked for the
        widest lines, then tells head from feet. The lines found for this are those that are read: on
        a page that lies upright, as most do, nothing is looked for twice.
        """
        boxes = self._lines(picture)
        rotation = 90 if _mostly_tall(boxes) else 0
        if rotation:
            picture = turned(picture, rotation)
            boxes = self._lines(picture)
        if self._on_its_head(picture, boxes):
            picture, boxes = turned(picture, 180), _reflected(boxes, picture.shape[1], picture.shape[0])
            rotation += 180
        return rotation, picture, boxes

    def _lines(self, picture: Picture) -> Boxes:
        """The corners of every line found: n x 4 x 2, clockwise from the upper left, in pixels."""
        found = self._ocr(picture, use_det=True, use_cls=False, use_rec=False).boxes
        return np.empty((0, 4, 2), dtype=np.float32) if found is None else found.astype(np.float32)

    def _on_its_head(self, picture: Picture, boxes: Boxes) -> bool:
        widest = sorted(boxes, key=lambda box: -float(np.ptp(box[:, 0])))[:_VOTERS]
        crops = [_crop(picture, box) for box in widest if np.ptp(box[:, 0]) > np.ptp(box[:, 1])]
        if not crops:
            return False
        _, said = self._ocr.cls_and_rotate(crops)
        return bool(sum(score if "180" in label else -score for label, score in said.cls_res) > 0)

    def _recognised(self, picture: Picture, boxes: Boxes) -> list[Piece]:
        # The page stands upright: asking for the direction line by line once more only turns good lines round.
        if not len(boxes):
            return []
        found = self._ocr.recognize_txt([_crop(picture, box) for box in boxes])
        return [
            _piece(box, text, float(score))
            for box, text, score in zip(boxes, found.txts, found.scores, strict=True)
            if text.strip() and score >= _NOISE
        ]


def _mostly_tall(boxes: Boxes) -> bool:
    extents = [(float(np.ptp(box[:, 0])), float(np.ptp(box[:, 1]))) for box in boxes]
    tall = sum(height for width, height in extents if height > 1.5 * width)
    wide = sum(width for width, height in extents if width > 1.5 * height)
    return tall > wide


def _reflected(boxes: Boxes, width: int, height: int) -> Boxes:
    """The boxes of a picture after a turn by 180 degrees; the corner that is now upper left comes first."""
    turned_boxes: Boxes = (np.array([width, height], dtype=np.float32) - boxes)[:, [2, 3, 0, 1]]
    return turned_boxes


def _crop(picture: Picture, box: Any) -> Picture:
    from rapidocr.utils.process_img import get_rotate_crop_image

    crop: Picture = get_rotate_crop_image(picture, box.copy())
    return crop


def _piece(box: Any, text: str, score: float) -> Piece:
    (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
    across = float(box[1][0] - box[0][0])
    slope = float(box[1][1] - box[0][1]) / across if across > 0 else 0.0
    return Piece(text, float(left), float(top), float(right), float(bottom), slope, score)


def _widened(picture: Picture) -> Picture:
    """The picture with white to its right or below it, where it is more than eight times as long as wide."""
    height, width = picture.shape[:2]
    least = -(-max(height, width) // _SLENDER)
    below, right = max(0, least - height), max(0, least - width)
    if not below and not right:
        return picture
    wide = cv2.copyMakeBorder(picture, 0, below, 0, right, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    return np.ascontiguousarray(wide, dtype=np.uint8)
