from __future__ import annotations

from dataclasses import replace

from retention.reports.contents.handover import handover_report, handovers_report
from retention.reports.eyes import HIDDEN
from tests.retention.reports.made_up import FRAME, SECRET, a_hand_over, eyes


def test_every_item_is_numbered_and_both_sides_sign_below_the_sum() -> None:
    report = handover_report(a_hand_over(12), FRAME, eyes())
    table = next(report.tables())[1]
    assert [row[0] for row in table.rows] == list(range(1, 13))
    assert table.totals is not None
    assert table.totals[7] == 48
    assert [(one.part.zh, one.name) for one in report.signatures[:3]] == [
        *(("移交人", "周伟"), ("监交人", ""), ("接收人", "王芳")),
    ]
    assert report.cautions == ()


def test_a_list_that_is_not_confirmed_or_was_withdrawn_says_so() -> None:
    one = replace(a_hand_over(1), done_at="", done_on=None)
    assert "尚未移交" in handover_report(one, FRAME, eyes()).cautions[0].zh
    assert "本清册无效" in handover_report(replace(one, withdrawn_at="x"), FRAME, eyes()).cautions[0].zh


def test_the_note_is_left_out_where_an_item_is_above_the_level() -> None:
    assert SECRET in str(handover_report(a_hand_over(2), FRAME, eyes()).facts)
    assert HIDDEN in str(handover_report(a_hand_over(2), FRAME, eyes("内部")).facts)


def test_the_list_of_all_counts_them_by_state() -> None:
    waiting = replace(a_hand_over(0), id=4, done_at="", done_on=None)
    report = handovers_report((a_hand_over(0), waiting), FRAME, eyes())
    assert {one.key: one.value for one in report.figures} == {"open": 1, "done": 1, "withdrawn": 0}
    assert [row[0] for row in next(report.tables())[1].rows] == [3, 4]
