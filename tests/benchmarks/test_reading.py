"""The reading benchmark, as a person starts it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.drawn.__main__ import write

ROOT = Path(__file__).parents[2]


@pytest.mark.process
@pytest.mark.ocr
def test_both_sides_read_the_same_pages_and_the_figures_are_written(tmp_path: Path) -> None:
    write(2, 11, tmp_path)
    figures = tmp_path / "figures.json"
    options = [
        "--truth",
        str(tmp_path / "documents.jsonl"),
        "--workers",
        "1",
        "--worst",
        "1",
        "--json",
        str(figures),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(figures.read_text("utf-8"))
    assert found["speed"]["sides"]["product"]["pages"] == found["speed"]["sides"]["bare"]["pages"] > 0
    assert found["speed"]["ratios"].keys() == {
        "cpu_ratio_bare_to_product",
        "throughput_ratio_product_to_bare",
    }
    (sides,) = found["quality"].values()
    assert sides["product"]["upright"]["cer_mean"] < 0.2
    assert [len(rows) for rows in found["worst"].values()] == [1]
