"""Reads pictures with RapidOCR on OpenVINO: the default way of reading scans."""

from __future__ import annotations

import importlib.util
import math
from typing import Any

import cv2
import numpy as np

from consumers.pages import PageSource
from consumers.pictures import Picture
from consumers.reading_order import Piece, page_of
from consumers.transcript import Page
from consumers.turning import turned

_SMALL = 960
"""Longest side, in pixels, of the picture on which a page's orientation is looked for."""
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
        rotation = self._rotation(picture)
        upright = turned(picture, rotation)
        # The page stands upright now: asking line by line once more only turns good lines round.
        found = self._ocr(upright, use_det=True, use_cls=False, use_rec=True)
        pieces = _pieces(found)
        size = (upright.shape[1], upright.shape[0])
        return page_of(
            pieces, number=page.number, reader=self.name, rotation=rotation, size=size, unsure=_UNSURE
        )

    def _rotation(self, picture: Picture) -> int:
        """How many degrees clockwise the picture has to be turned to stand upright.

        Lines that are higher than wide mean a quarter turn; the direction classifier, asked for the
        widest lines, then tells head from feet.
        """
        small = _shrunk(picture)
        found = self._ocr(small, use_det=True, use_cls=False, use_rec=False)
        boxes = [] if found.boxes is None else [_extent(box) for box in found.boxes]
        if not boxes:
            return 0
        tall = sum(bottom - top for left, top, right, bottom in boxes if bottom - top > 1.5 * (right - left))
        wide = sum(right - left for left, top, right, bottom in boxes if right - left > 1.5 * (bottom - top))
        quarter = 90 if tall > wide else 0
        if quarter:
            edge = small.shape[0]
            boxes = [(edge - bottom, left, edge - top, right) for left, top, right, bottom in boxes]
        return quarter + (180 if self._on_its_head(turned(small, quarter), boxes) else 0)

    def _on_its_head(self, picture: Picture, boxes: list[tuple[int, int, int, int]]) -> bool:
        votes = 0.0
        for left, top, right, bottom in sorted(boxes, key=lambda b: b[0] - b[2])[:_VOTERS]:
            crop = picture[max(top, 0) : bottom, max(left, 0) : right]
            if crop.size == 0 or crop.shape[0] > crop.shape[1]:
                continue
            said = self._ocr(crop, use_det=False, use_cls=True, use_rec=False)
            label, score = said.cls_res[0]
            votes += score if "180" in label else -score
        return votes > 0


def _widened(picture: Picture) -> Picture:
    """The picture with white to its right or below it, where it is more than eight times as long as wide."""
    height, width = picture.shape[:2]
    least = -(-max(height, width) // _SLENDER)
    below, right = max(0, least - height), max(0, least - width)
    if not below and not right:
        return picture
    wide = cv2.copyMakeBorder(picture, 0, below, 0, right, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    return np.ascontiguousarray(wide, dtype=np.uint8)


def _shrunk(picture: Picture) -> Picture:
    scale = min(1.0, _SMALL / max(picture.shape[:2]))
    if scale == 1.0:
        return picture
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(small, dtype=np.uint8)


def _extent(box: Any) -> tuple[int, int, int, int]:
    low, high = box.min(axis=0), box.max(axis=0)
    return int(low[0]), int(low[1]), math.ceil(high[0]), math.ceil(high[1])


def _pieces(found: Any) -> list[Piece]:
    if found.boxes is None or found.txts is None:
        return []
    pieces = []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        left, top, right, bottom = _extent(box)
        across = float(box[1][0] - box[0][0])
        slope = float(box[1][1] - box[0][1]) / across if across > 0 else 0.0
        pieces.append(Piece(text, left, top, right, bottom, slope, float(score)))
    return pieces
