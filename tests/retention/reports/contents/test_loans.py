from __future__ import annotations

from retention.reports.contents.loans import loans_report
from retention.reports.eyes import HIDDEN
from tests.retention.a_record import TODAY
from tests.retention.reports.made_up import FRAME, eyes, some_loans


def test_what_is_out_comes_first_the_longest_overdue_before_all() -> None:
    report = loans_report(some_loans(30), TODAY, FRAME, eyes())
    out, back = (list(table.rows) for _, table in report.tables())
    assert (len(out), len(back)) == (20, 10)
    late = [row[-1] for row in out]
    assert late == sorted(late, key=lambda one: -one if isinstance(one, int) else 0)
    figures = {one.key: one.value for one in report.figures}
    assert figures == {"out": 20, "overdue": sum(bool(one) for one in late), "returned": 10, "borrowers": 1}


def test_what_is_above_the_level_has_neither_title_nor_purpose_nor_dossier() -> None:
    (_, table), *_ = loans_report(some_loans(6), TODAY, FRAME, eyes("内部")).tables()
    for row in table.rows:
        hidden = row[5] == "核心商密"
        assert (row[3] == HIDDEN, row[8] == HIDDEN) == (hidden, hidden)


def test_nothing_out_is_a_report_as_well() -> None:
    assert loans_report((), TODAY, FRAME, eyes()).sections[0].empty.zh == "没有借出未还的档案。"
