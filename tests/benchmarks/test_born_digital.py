from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.born.drawn import DRAWINGS, drawn
from benchmarks.born_digital import in_order, product
from tests.conftest import SAMPLES


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_drawn_page_comes_back_whole_and_in_order(name: str, tmp_path: Path) -> None:
    paper = drawn(name, tmp_path)
    assert in_order(paper.text, product(paper.path, 1)) == 1.0


@pytest.mark.parametrize(
    ("read", "part"),
    [("甲乙丙丁", 1.0), ("甲 乙\n丙丁", 1.0), ("丙丁甲乙", 0.5), ("甲乙丁", 0.75), ("", 0.0)],
)
def test_what_is_lost_or_stands_elsewhere_is_not_in_order(read: str, part: float) -> None:
    assert in_order("甲乙丙丁", read) == part


def test_a_page_that_is_passed_on_counts_as_lost() -> None:
    assert product(SAMPLES / "scans/doc00931.pdf", 1) == ""
