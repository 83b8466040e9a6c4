from __future__ import annotations

from dataclasses import replace

from retention.reports.contents.appraisal import appraisal_report
from retention.reports.eyes import HIDDEN
from retention.reports.report import Words
from tests.retention.reports.made_up import FRAME, SECRET, a_batch, eyes


def test_items_are_grouped_by_decision_and_category_and_counted() -> None:
    report = appraisal_report(a_batch(20), FRAME, eyes())
    rows = list(next(report.tables())[1].rows)
    decisions = [row[0].zh for row in rows if isinstance(row[0], Words)]
    assert decisions == sorted(decisions, key=["销毁", "延期", "移交", "永久", "待定，次年再鉴定"].index)
    assert {one.key: one.value for one in report.figures} == {
        **dict.fromkeys(("destroy", "extend", "transfer", "permanent", "undetermined"), 4),
        "undecided": 0,
    }


def test_a_batch_that_binds_nobody_says_so_on_every_page() -> None:
    batch = a_batch(1)
    assert appraisal_report(batch, FRAME, eyes()).cautions == ()
    assert "未经批准" in appraisal_report(replace(batch, approved_at=""), FRAME, eyes()).cautions[0].zh
    withdrawn = replace(batch, approved_at="", withdrawn_at="2026-11-21T08:00:00+00:00")
    assert "已撤回" in appraisal_report(withdrawn, FRAME, eyes()).cautions[0].zh


def test_what_people_wrote_of_the_whole_batch_is_left_out_where_an_item_is_above_the_level() -> None:
    assert SECRET in str(appraisal_report(a_batch(2), FRAME, eyes()).facts)
    report = appraisal_report(a_batch(2), FRAME, eyes("内部"))
    assert HIDDEN in str(report.facts)
    assert HIDDEN in str(list(next(table for _, table in report.tables() if table.key == "opinions").rows))


def test_a_side_that_has_not_spoken_is_told() -> None:
    report = appraisal_report(replace(a_batch(1), opinions=()), FRAME, eyes())
    assert str(report.sections[1]).count("尚未会签") == 2
