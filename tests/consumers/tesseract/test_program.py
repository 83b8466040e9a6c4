from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from consumers.pictures import Picture
from consumers.tesseract.program import DENSE, SPARSE, OutOfTime, Tesseract
from samples import faces

pytestmark = pytest.mark.tesseract


def page(text: str = "商品房买卖合同", lines: int = 1) -> Picture:
    picture = Image.new("RGB", (900, 120 + 60 * lines), (255, 255, 255))
    for number in range(lines):
        ImageDraw.Draw(picture).text(
            (100, 60 + 60 * number), text, fill=(0, 0, 0), font=faces.font("song", 34)
        )
    return np.ascontiguousarray(np.asarray(picture))


def noise() -> Picture:
    """What tesseract takes minutes for: a large picture full of what may be characters."""
    grain = np.random.default_rng(1).integers(0, 2, (700, 700), dtype=np.uint8) * 255
    return np.kron(grain, np.ones((5, 5), np.uint8))[:, :, None].repeat(3, axis=2)


def running() -> list[str]:
    """The programs that this process has started and that still run."""
    tasks = Path("/proc/self/task").glob("*/children")
    numbers = [number for task in tasks for number in task.read_text().split()]
    return [Path(f"/proc/{number}/comm").read_text().strip() for number in numbers]


def test_words_come_with_their_place_and_confidence() -> None:
    text = "甲乙双方协商一致解除商品房买卖合同"
    words = Tesseract(60).words(page(text, 8), DENSE)
    lines = [[word for word in words if word.line == line] for line in dict.fromkeys(w.line for w in words)]
    assert ["".join(word.text for word in line) for line in lines] == [text] * 8
    assert all(0 < word.confidence <= 1 for word in words)
    assert min(word.left for word in words) == pytest.approx(100, abs=8)
    assert min(word.top for word in words) == pytest.approx(68, abs=8)


def test_a_page_without_text_has_no_words() -> None:
    assert Tesseract(60).words(np.full((400, 300, 3), 255, np.uint8), SPARSE) == []


def test_the_way_up_of_a_page_that_lies_on_its_side_is_told() -> None:
    on_its_side = np.ascontiguousarray(np.rot90(page("甲乙双方协商一致解除商品房买卖合同", 12)))
    assert Tesseract(60).rotation(on_its_side) == 90


def test_a_page_with_too_little_on_it_does_not_tell_its_way_up() -> None:
    assert Tesseract(60).rotation(page("甲")) is None


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for programs in Linux's /proc")
def test_out_of_time_the_program_is_ended_and_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(OutOfTime):
        Tesseract(0.3).words(noise(), SPARSE)
    assert list(tmp_path.iterdir()) == []
    assert "tesseract" not in running()


def test_the_time_is_one_for_all_pictures_of_a_page() -> None:
    ocr = Tesseract(0.05)
    time.sleep(0.06)
    with pytest.raises(OutOfTime):
        ocr.words(page(), DENSE)


def test_the_program_has_one_thread() -> None:
    Tesseract(1)
    assert os.environ["OMP_THREAD_LIMIT"] == "1"
