from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from rapidocr.ch_ppocr_det.utils import DetPreProcess

from consumers.rapid.paddle import Paddle, crop, upended
from tests.consumers.typed import SIZE, box, typed

pytestmark = pytest.mark.ocr

ROOT = Path(__file__).parents[3]
TEXT = "身份证号码 440304199001011234 地址深圳市南山区"


@pytest.fixture(scope="module")
def engine() -> Paddle:
    return Paddle()


def test_the_engine_tells_nobody_that_it_runs(tmp_path: Path) -> None:
    told = "from consumers.rapid.paddle import Paddle; import sys; Paddle(); print(sys.modules['openvino_telemetry'])"
    environment = {**os.environ, "HOME": str(tmp_path)}
    found = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "None"
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_normalised_by_table_to_the_very_numbers_that_the_engine_would_compute(
    engine: Paddle,
) -> None:
    del engine  # its making puts the table in
    steps = DetPreProcess(736, "min", [0.5, 0.5, 0.5], [0.5, 0.5, 0.5])
    page = np.random.default_rng(1).integers(0, 256, (64, 96, 3)).astype(np.uint8)
    computed = ((page.astype("float32") * steps.scale - steps.mean) / steps.std).astype(np.float32)
    assert np.array_equal(steps.normalize(page), computed)


def test_the_engine_cuts_no_line_out_of_the_copy_on_which_lines_are_looked_for(
    engine: Paddle, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut: list[object] = []
    monkeypatch.setattr("rapidocr.main.get_rotate_crop_image", lambda *told: cut.append(told))
    assert len(engine.lines(typed((20, 100, TEXT)))) == 1
    assert cut == []


def test_the_words_of_a_line_make_up_its_text_in_their_order(engine: Paddle) -> None:
    (said,) = engine.texts([typed((20, 10, TEXT))[:60]])
    assert said.text.replace(" ", "") == TEXT.replace(" ", "")
    assert "".join(word.text for word in said.words) == said.text.replace(" ", "")
    assert all(0 <= word.begin < word.end <= 1 for word in said.words)
    assert [word.begin for word in said.words] == sorted(word.begin for word in said.words)


def test_a_word_lies_where_its_ink_is(engine: Paddle) -> None:
    page = typed((20, 10, "合同编号"), (600, 10, "2024"))[:60, :700]
    (said,) = engine.texts([page])
    assert [word.text for word in said.words] == ["合同编号", "2024"]
    number = said.words[1]
    assert number.begin * 700 == pytest.approx(600, abs=SIZE)
    assert number.end * 700 == pytest.approx(600 + 2 * SIZE, abs=SIZE)


def test_a_short_line_reads_the_same_beside_a_long_one_as_alone(engine: Paddle) -> None:
    short, long = (
        typed((20, 10, "住宅"))[:60, :120],
        typed((20, 10, "乙方应于签约之日起七日内付清首期房款" * 2))[:60],
    )
    (alone,) = engine.texts([short])
    assert engine.texts([long, short])[1] == alone


def test_a_crop_without_ink_says_nothing(engine: Paddle) -> None:
    (said,) = engine.texts([typed()[:60, :300]])
    assert (said.text, said.words) == ("", ())


def test_nothing_to_read_is_no_error(engine: Paddle) -> None:
    assert engine.texts([]) == []
    assert engine.upside_down([]) is False


def test_lines_are_found_where_they_are_on_a_page_larger_than_what_is_looked_at(engine: Paddle) -> None:
    page = cv2.resize(typed((120, 100, TEXT), (120, 500, TEXT)), None, fx=2.5, fy=2.5)
    lines = engine.lines(np.asarray(page, np.uint8))
    assert len(lines) == 2
    upper = min(lines, key=lambda found: float(found[:, 1].min()))
    assert upper.min(axis=0).tolist() == pytest.approx([300, 250], abs=30)
    assert upper[:, 1].max() == pytest.approx(2.5 * (100 + SIZE), abs=40)


def test_no_line_is_found_on_an_empty_page(engine: Paddle) -> None:
    assert engine.lines(typed()).shape == (0, 4, 2)


def test_lines_that_stand_on_their_heads_are_told(engine: Paddle) -> None:
    upright = [typed((20, 10, TEXT))[:60], typed((20, 10, "甲方将房屋出售给乙方"))[:60, :400]]
    assert engine.upside_down(upright) is False
    assert engine.upside_down([np.ascontiguousarray(line[::-1, ::-1]) for line in upright]) is True


@pytest.mark.parametrize(("right", "bottom", "stands"), [(200, 40, False), (40, 50, False), (40, 200, True)])
def test_a_box_stands_on_end_where_its_crop_is_turned(right: int, bottom: int, stands: bool) -> None:
    corners = box(0, 0, right, bottom)
    height, width = crop(typed(), corners).shape[:2]
    assert upended(corners) is stands
    assert (width, height) == ((bottom, right) if stands else (right, bottom))
