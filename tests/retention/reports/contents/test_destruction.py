from __future__ import annotations

import json
from dataclasses import replace

from retention.disposing.disposal import manifest_of
from retention.reports.contents.destruction import RESULT_NAMES, destruction_report
from retention.reports.report import Reason, Report, Row, Words
from tests.retention.reports.made_up import FRAME, SECRET, a_batch, a_disposal, eyes


def items(report: Report) -> list[Row]:
    return list(next(report.tables())[1].rows)


def test_every_item_is_numbered_and_tells_what_became_of_it() -> None:
    batch = a_batch(9)
    report = destruction_report(a_disposal(batch), batch, FRAME, eyes())
    assert [row[0] for row in items(report)] == list(range(1, 10))
    outcomes = [row[9].zh for row in items(report) if isinstance(row[9], Reason)]
    assert (
        outcomes.count("已销毁"),
        outcomes.count("未销毁，仍隔离"),
        outcomes.count("此前已不在文档系统"),
    ) == (7, 1, 1)
    assert report.cautions == ()
    assert [one.name for one in report.signatures[:2]] == ["孙丽", "钱峰"]


def test_before_destruction_it_is_the_list_to_compare_and_says_that_nothing_is_destroyed() -> None:
    batch = a_batch(3)
    waiting = destruction_report(a_disposal(batch, done=False), batch, FRAME, eyes())
    assert "尚未销毁" in waiting.cautions[0].zh
    assert [one.name for one in waiting.signatures[:2]] == ["", ""]
    cut_off = replace(a_disposal(batch), done_at="")
    assert "销毁未完" in destruction_report(cut_off, batch, FRAME, eyes()).cautions[0].zh


def test_a_confirmation_of_another_list_does_not_count() -> None:
    batch = a_batch(3)
    one = a_disposal(batch)
    other = replace(one.confirmations[1], manifest_sha256="0" * 64)
    report = destruction_report(
        replace(one, confirmations=(one.confirmations[0], other)), batch, FRAME, eyes()
    )
    counted = [row[3].zh for row in list(report.tables())[1][1].rows if isinstance(row[3], Words)]
    assert counted == ["是", "否，清册已变"]
    assert [one.name for one in report.signatures[:2]] == ["孙丽", ""]


def test_why_something_was_kept_is_told_to_who_may_see_everything_alone() -> None:
    batch = a_batch(5)
    one = a_disposal(batch)
    assert SECRET in str(items(destruction_report(one, batch, FRAME, eyes()))[4][9])
    assert SECRET not in str(items(destruction_report(one, batch, FRAME, eyes("普通商密"))))


def test_every_result_of_a_disposal_has_a_name() -> None:
    batch = a_batch(9)
    assert a_disposal(batch).result in RESULT_NAMES
    assert set(RESULT_NAMES) == {
        *("preparing", "quarantine", "executing", "executed", "partly-executed", "not-executed"),
    }


def test_it_lists_by_number_as_people_count_and_the_manifest_stays_as_it_is() -> None:
    batch = a_batch(3)
    ids = dict(zip((item.dms_id for item in batch.items), ("100", "9", "10"), strict=True))
    batch = replace(batch, items=tuple(replace(item, dms_id=ids[item.dms_id]) for item in batch.items))
    one = a_disposal(batch, done=False)
    assert [row[1] for row in items(destruction_report(one, batch, FRAME, eyes()))] == ["9", "10", "100"]
    listed = [row["id"] for row in json.loads(manifest_of(one, batch))["items"]]
    assert listed == sorted(listed)
