from __future__ import annotations

from retention.reports.contents.holds import holds_report
from retention.reports.eyes import HIDDEN
from tests.retention.reports.made_up import FRAME, SECRET, eyes, some_holds


def test_those_that_stand_and_those_that_were_released_are_apart() -> None:
    report = holds_report(some_holds(12), {}, FRAME, eyes())
    standing, released = (list(table.rows) for _, table in report.tables())
    assert (len(standing), [row[0] for row in released]) == (10, [6, 12])
    assert {one.key: one.value for one in report.figures}["released"] == 2


def test_a_hold_whose_level_nobody_knows_is_told_to_who_sees_everything_alone() -> None:
    holds = some_holds(4)
    (_, table), *_ = holds_report(holds, {1: "公开"}, FRAME, eyes("普通商密")).tables()
    rows = list(table.rows)
    assert [row[3] == HIDDEN for row in rows] == [False, True, True, True]
    assert [row[4] == HIDDEN for row in rows] == [False, True, True, True]
    assert SECRET in str(list(next(holds_report(holds, {}, FRAME, eyes()).tables())[1].rows))


def test_a_query_is_told_in_words() -> None:
    (_, table), *_ = holds_report(some_holds(5), {}, FRAME, eyes()).tables()
    assert list(table.rows)[4][3] == "词语：渗漏，类别：修理资料"


def test_without_holds_it_says_so() -> None:
    assert holds_report((), {}, FRAME, eyes()).sections[0].empty.zh == "没有现行冻结。"
