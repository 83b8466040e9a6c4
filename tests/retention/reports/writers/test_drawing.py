from __future__ import annotations

import pytest

from retention.reports.report import Chart, Series, Words
from retention.reports.writers.drawing import picture_of

TWO = (Series(Words("2024"), (1, 0, 5)), Series(Words("2025"), (3, 0, 10)))


def chart(*, stacked: bool, series: tuple[Series, ...] = TWO) -> Chart:
    return Chart("c", Words("图"), ("收集", "销毁", "年末馆藏件数"), series, stacked=stacked)


def test_the_longest_bar_fills_the_width_and_the_others_are_measured_by_it() -> None:
    beside = picture_of(chart(stacked=False))
    widths = [piece.width for piece in beside.pieces]
    assert max(widths) == pytest.approx(beside.width - beside.left - 62, abs=0.01)
    assert [round(width / max(widths), 2) for width in widths] == [0.1, 0.3, 0.5, 1.0]
    assert [mark.text for mark in beside.numbers] == ["1", "3", "0", "0", "5", "10"]


def test_pieces_of_one_bar_lie_end_to_end() -> None:
    stacked = picture_of(chart(stacked=True))
    first, second = [piece for piece in stacked.pieces if piece.told.startswith("收集")]
    assert second.x == pytest.approx(first.x + first.width, abs=0.02)
    assert [mark.text for mark in stacked.numbers] == ["4", "0", "15"]


def test_nothing_lies_outside_of_the_picture() -> None:
    for one in (picture_of(chart(stacked=stacked)) for stacked in (True, False)):
        assert all(piece.x + piece.width <= one.width for piece in one.pieces)
        assert all(mark.y <= one.height for mark in (*one.labels, *one.numbers))


def test_a_chart_of_noughts_can_be_drawn() -> None:
    nought = picture_of(chart(stacked=False, series=(Series(Words("2025"), (0, 0, 0)),)))
    assert nought.pieces == ()
    assert len(nought.numbers) == 3
