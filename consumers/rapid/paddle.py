"""PP-OCR models run by RapidOCR on OpenVINO: where lines are, which way they stand, what they say."""

from __future__ import annotations

import importlib
import itertools
import math
import sys
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from consumers.pictures import Picture
from consumers.preparing.grey import averaged

Boxes = NDArray[np.float32]
"""Lines found: n x 4 x 2, the corners clockwise from the upper left, x and y in pixels."""

_SHORT_SIDE, _LONG_SIDE = 1136, 2400
"""Lines are looked for on a copy of at most so many pixels, which an A4 page has at 137 dpi: on larger ones it takes longer
and finds no more (docs/reading.md). Two pages side by side are as long as they need."""
_LINE_HEIGHT, _STEP = 48, 160
"""The height at which lines are read, and the step of their widths, in pixels."""
_COMPILED = "64"
"""So many of the engine's compiled steps are kept."""
_UPENDED = 1.5
"""The engine turns a crop that is higher than so many times its width by a quarter before it reads it."""

_HALF, _HALF_LATIN = 3.0, 1.6
"""Half the width of a Han and of another character, in columns of the engine's output: 8 pixels of a line 48 pixels high."""


@dataclass(frozen=True)
class SaidWord:
    """A run of characters; `begin` and `end` are parts of the line's length, 0.0 to 1.0."""

    text: str
    begin: float
    end: float
    confidence: float


@dataclass(frozen=True)
class Said:
    """What a crop says, how sure the engine is (0.0 to 1.0, the mean of its characters), word by word."""

    text: str
    confidence: float
    words: tuple[SaidWord, ...]


class Paddle:
    """The three models, one thread, for one process; they lie in the rapidocr package, nothing is fetched."""

    def __init__(self) -> None:
        _send_nothing()
        from rapidocr import EngineType, RapidOCR

        _keep_memory_flat()
        _normalise_by_table()
        # One thread an engine: four processes of one thread read twice as much as one of four.
        cv2.setNumThreads(1)
        self._ocr: Any = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.return_word_box": True,
                "Global.max_side_len": _LONG_SIDE,
                "Det.engine_type": EngineType.OPENVINO,
                "Cls.engine_type": EngineType.OPENVINO,
                "Rec.engine_type": EngineType.OPENVINO,
                "EngineConfig.openvino.inference_num_threads": 1,
                # On one thread a batch costs more than its lines one by one: all are padded to the longest.
                "Rec.rec_batch_num": 1,
            }
        )
        _cut_nothing_out(self._ocr)

    def lines(self, picture: Picture) -> Boxes:
        """The lines of text on a picture."""
        short, long = sorted(picture.shape[:2])
        scale = min(1.0, _SHORT_SIDE / short, _LONG_SIDE / long)
        if scale < 1:
            # The engine reduces without averaging, and loses thin strokes.
            size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
            picture = averaged(picture, size)
        found = self._ocr(picture, use_det=True, use_cls=False, use_rec=False).boxes
        return np.empty((0, 4, 2), dtype=np.float32) if found is None else found.astype(np.float32) / scale

    def upside_down(self, crops: list[Picture]) -> bool:
        """Whether most of the crops stand on their heads, each counted by how sure the classifier is."""
        if not crops:
            return False
        _, said = self._ocr.cls_and_rotate(crops)
        return bool(sum(score if "180" in label else -score for label, score in said.cls_res) > 0)

    def texts(self, crops: list[Picture]) -> list[Said]:
        """What each crop says; one that says nothing has an empty text."""
        if not crops:
            return []
        fitted = [_fitted(cut) for cut in crops]
        found = self._ocr.recognize_txt([line for line, _ in fitted])
        return [
            Said(text, float(score), _words(info, share))
            for text, score, info, (_, share) in zip(
                found.txts, found.scores, found.word_results, fitted, strict=True
            )
        ]


def crop(picture: Picture, box: Boxes) -> Picture:
    """The line in that box (4 x 2), straightened; one that stands on end is turned by a quarter."""
    from rapidocr.utils.process_img import get_rotate_crop_image

    cut: Picture = get_rotate_crop_image(picture, box.copy())
    return cut


def upended(box: Boxes) -> bool:
    """Whether `crop` turns that box: its words then run downwards and have no place along its upper edge."""
    across = max(np.linalg.norm(box[0] - box[1]), np.linalg.norm(box[2] - box[3]))
    down = max(np.linalg.norm(box[0] - box[3]), np.linalg.norm(box[1] - box[2]))
    return bool(down >= _UPENDED * across)


def _cut_nothing_out(ocr: Any) -> None:
    """Lines are cut out by `crop`, at the page's own resolution: what the engine cuts out of the copy nobody reads."""
    ocr.crop_text_regions = lambda *_: []


def _send_nothing() -> None:
    """OpenVINO tells its maker of every import, by a package that it can do without: then a stub stands in for it."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # how an import is forbidden


def _keep_memory_flat() -> None:
    """Let OpenVINO forget what it compiled for sizes seen long ago.

    It keeps it for every size that a line or page ever had: after 50 pages a process took 1.6 GB, and still grew.
    RapidOCR has no setting for this, so its sessions are given a core that has. 0 would change what is read.
    """
    openvino: Any = importlib.import_module("openvino")
    sessions: Any = importlib.import_module("rapidocr.inference_engine.openvino.main")

    class FrugalCore(openvino.Core):  # type: ignore[misc]  # the package has no types
        def set_property(self, device: str, config: dict[str, str]) -> None:
            super().set_property(device, {**config, "CPU_RUNTIME_CACHE_CAPACITY": _COMPILED})

    sessions.Core = FrugalCore


def _normalise_by_table() -> None:
    """Let RapidOCR look up what each of 256 values comes to: computed for every pixel of a page, in double precision, it
    takes a fifth as long as finding the lines. The numbers are the same to the last bit."""
    steps: Any = importlib.import_module("rapidocr.ch_ppocr_det.utils").DetPreProcess
    if hasattr(steps, "_computed"):
        return
    steps._computed = steps.normalize

    def looked_up(self: Any, picture: Picture) -> Any:
        values = np.arange(256, dtype=np.uint8).reshape(1, 256, 1).repeat(3, axis=2)
        return cv2.LUT(picture, self._computed(values).astype(np.float32))

    steps.normalize = looked_up


def _fitted(cut: Picture) -> tuple[Picture, float]:
    """The line as high as the engine sees it, and padded to one of few widths; which part of that it fills.

    The engine compiles its model for each width anew: a page of few widths costs a tenth less than one of many. It pads
    with this grey itself.
    """
    height, width = cut.shape[:2]
    wide = max(1, math.ceil(_LINE_HEIGHT * width / height))
    line = cv2.resize(cut, (wide, _LINE_HEIGHT))
    room = max(2 * _STEP, -(-wide // _STEP) * _STEP)
    padded = cv2.copyMakeBorder(line, 0, 0, 0, room - wide, cv2.BORDER_CONSTANT, value=(127, 127, 127))
    return np.asarray(padded, dtype=np.uint8), wide / room


def _words(info: Any, share: float) -> tuple[SaidWord, ...]:
    """The engine tells the column of its output at which it saw each character; words end halfway to the next,
    or half a character behind their last one where there is a gap."""
    if not info.words or not info.line_txt_len:
        return ()
    columns = [column + 0.5 for word in info.word_cols for column in word]
    halfway = [(one + other) / 2 for one, other in itertools.pairwise(columns)]
    length = info.line_txt_len * share
    before, behind = [0.0, *halfway], [*halfway, length]
    found, at = [], 0
    for word in info.words:
        last = at + len(word) - 1
        half = _HALF if any("\u4e00" <= char <= "\u9fff" for char in word) else _HALF_LATIN
        begin = max(before[at], columns[at] - half) / length
        end = min(behind[last], columns[last] + half) / length
        confidence = float(np.mean(info.confs[at : last + 1]))
        found.append(SaidWord("".join(word), max(0.0, begin), min(1.0, max(end, begin)), confidence))
        at = last + 1
    return tuple(found)
