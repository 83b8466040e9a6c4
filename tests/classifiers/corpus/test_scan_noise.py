from __future__ import annotations

from random import Random

import pytest
from rapidfuzz.distance import Levenshtein

from classifiers.corpus.scan_noise import Row, lay_out, spoil

LINES = (
    "房屋报修单",
    *(f"第{number}项　厨房吊顶漏水，请派师傅上门查看，约定{number}日上午" for number in range(1, 21)),
    "报修人签字　　日期",
)
CLEAN = "".join(LINES)


def _scan(seed: int) -> str:
    chance = Random(seed)
    return "".join(row.text for row in spoil(lay_out(LINES, chance), chance))


def _distance(seed: int) -> float:
    return float(Levenshtein.normalized_distance(CLEAN, _scan(seed)))


def test_scans_go_from_clean_to_bad() -> None:
    distances = sorted(_distance(seed) for seed in range(200))
    assert distances[50] < 0.05
    assert distances[-5] > 0.15


def test_a_scan_never_loses_everything() -> None:
    assert all(_scan(seed).strip() for seed in range(300))


def test_the_same_seed_spoils_alike() -> None:
    assert _scan(11) == _scan(11)


def test_a_title_is_larger_than_the_rest_in_most_scans() -> None:
    large = [lay_out(LINES, Random(seed))[0].tall > 1.3 for seed in range(100)]
    assert sum(large) > 60


def test_a_title_is_now_and_then_printed_with_spaces() -> None:
    assert "房 屋 报 修 单" in {lay_out(LINES, Random(seed))[0].text for seed in range(100)}


def test_a_scan_now_and_then_lacks_its_title() -> None:
    without = [seed for seed in range(300) if "报修单" not in _scan(seed)[:40].replace(" ", "")]
    assert 5 < len(without) < 120


@pytest.mark.parametrize("mark", ["第1页 共1页", "合同专用章"])
def test_what_stands_on_the_sheets_of_an_office_gets_into_the_text(mark: str) -> None:
    assert any(mark in _scan(seed) for seed in range(400))


def test_a_page_without_lines_stays_without() -> None:
    assert lay_out((), Random(1)) == []
    assert all(isinstance(row, Row) for row in spoil([], Random(1)))
