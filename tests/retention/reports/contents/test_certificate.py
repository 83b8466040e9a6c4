from __future__ import annotations

from dataclasses import replace

from retention.dms import Caution
from retention.reports.contents.certificate import certificate_report
from retention.reports.report import Words
from tests.retention.reports.made_up import FRAME, OPEN, SECRET, a_batch, a_disposal, eyes, tombstones_of

BATCH = a_batch(18)
ONE = a_disposal(BATCH)
STONES = tombstones_of(ONE, BATCH)


def test_it_certifies_what_has_a_tombstone_that_says_destroyed_and_nothing_else() -> None:
    report = certificate_report(ONE, STONES, FRAME, eyes())
    gone = sum(stone.outcome == "destroyed" for stone in STONES)
    table = next(report.tables())[1]
    assert gone == 14
    assert f"共 {gone} 件、{gone * 3} 页" in str(report.sections[0])
    assert table.totals is not None
    assert (table.totals[2], sum(row[2] for row in table.rows if isinstance(row[2], int))) == (gone, gone)
    assert "另有 2 件" in str(report.sections[0])
    assert "其余 2 件未销毁" in str(report.sections[0])


def test_a_tombstone_of_another_disposal_is_not_counted() -> None:
    foreign = replace(STONES[0], disposal_id=99)
    report = certificate_report(ONE, (foreign, *STONES[1:]), FRAME, eyes())
    assert "共 13 件" in str(report.sections[0])


def test_it_names_no_title_and_can_be_shown_outside() -> None:
    text = str(certificate_report(ONE, STONES, FRAME, eyes()))
    assert OPEN not in text
    assert SECRET not in text


def test_without_any_tombstone_it_says_that_nothing_was_destroyed() -> None:
    report = certificate_report(replace(ONE, items=()), (), FRAME, eyes())
    assert "没有销毁任何档案" in str(report.sections[0])
    assert len(next(report.tables())[1].rows) == 0


def test_what_the_dms_keeps_out_of_reach_is_told_on_it() -> None:
    kept = Caution("audit log", "修改历史仍存有备注。", "运行 prune_audit_logs。")
    told = str(certificate_report(ONE, STONES, FRAME, eyes(), remains=(kept,)).sections[2])
    assert "修改历史仍存有备注。 运行 prune_audit_logs。" in told
    assert "不得视为无存" in told
    assert "不得视为无存" not in str(certificate_report(ONE, STONES, FRAME, eyes()).sections[2])


def test_one_that_was_cut_off_is_no_certificate() -> None:
    assert "不是证明" in certificate_report(replace(ONE, done_at=""), STONES, FRAME, eyes()).cautions[0].zh


def test_a_rule_is_told_by_its_name_beside_its_id() -> None:
    rule = STONES[0].rule
    named = certificate_report(ONE, STONES, FRAME, eyes(), rules={rule: "认购资料"})
    cells = [cell for row in next(named.tables())[1].rows for cell in row]
    assert Words("认购资料", rule) in cells
