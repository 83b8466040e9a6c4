"""Papers without a household: filed, listed with proposals, assigned by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.archiving.filing import file_document
from plugins.errors import BadWord
from plugins.households.unassigned import assign, unassigned
from plugins.teaching import corrections
from plugins.wiring import Archive
from retention.record import Record
from tests.contract.deposits import deposit
from tests.plugins.archiving.test_filing import enter
from tests.plugins.conftest import transcript_of

HOME = "锦绣花园/6-1-803"
CASE = "（2025）粤0105民初1234号"
JUDGMENT = f"""江州市湖东区人民法院
民 事 判 决 书
{CASE}
原告：周文海，男，1988年3月5日出生，住江州市。
被告：江州置业有限公司。
本院认定事实如下：原告购买锦绣花园6栋1单元803室商品房一套，被告逾期交房。
依照《中华人民共和国民法典》第五百七十七条之规定，判决如下：
一、被告于本判决生效之日起十日内支付原告违约金人民币壹万元。
审判员 李平
二〇二五年六月三日"""
SUMMONS = f"""江州市湖东区人民法院
传 票
案号：{CASE}
案由：商品房销售合同纠纷
被传唤人：江州置业有限公司
传唤事由：开庭
应到时间：2025年4月8日上午9时
应到处所：本院第三法庭
审判员 李平"""


def _file(archive: Archive, number: int, text: str) -> Record:
    intake_id = str(number) * 32
    scan = enter(archive, f"{number}.pdf", text, intake_id)
    return file_document(archive, intake_id, scan, transcript_of(text, scan.sha256))


def test_a_paper_with_the_case_number_of_a_household_is_taken_into_it(archive: Archive) -> None:
    judgment, summons = _file(archive, 1, JUDGMENT), _file(archive, 2, SUMMONS)
    assert (judgment.card.dossier, summons.card.dossier, summons.card.unassigned) == (HOME, HOME, False)
    assert summons.card.dossier_evidence[-1] == (
        f"归入已有客户档案 {HOME}：案号 {CASE} 与该档案中文件 {judgment.dms_id} 所载一致"
    )
    assert unassigned(archive, archive.clearance()) == ()


def test_a_paper_of_somebody_else_with_that_number_waits_with_the_proposal_told(archive: Archive) -> None:
    _file(archive, 1, JUDGMENT)
    summons = _file(archive, 2, SUMMONS.replace("江州置业有限公司", "罗海"))
    assert (summons.card.dossier, summons.card.needs_review) == ("", False)
    assert f"与档案 {HOME} 一致，但客户姓名不同" in summons.card.dossier_doubt


def test_what_a_later_paper_brings_is_proposed_for_earlier_ones_and_moves_none(archive: Archive) -> None:
    summons = _file(archive, 1, SUMMONS)
    (waiting,) = unassigned(archive, archive.clearance())
    assert (waiting.record.dms_id, waiting.proposals) == (summons.dms_id, ())
    judgment = _file(archive, 2, JUDGMENT)
    (waiting,) = unassigned(archive, archive.clearance())
    (proposed,) = waiting.proposals
    assert proposed.key == HOME
    assert proposed.reasons[0] == f"案号 {CASE} 与该档案中文件 {judgment.dms_id} 所载一致"
    assert archive.dms.record(summons.dms_id).card.dossier == ""


def test_a_provisional_one_is_listed_with_the_home_that_it_may_be(archive: Archive) -> None:
    _file(archive, 1, JUDGMENT)
    text = "客户报修单\n房号：6栋1单元803室\n报修时间：2025年1月3日\n报修内容：厨房渗漏\n派工：维修人员张师傅"
    repair = _file(archive, 2, text)
    assert (repair.card.dossier, repair.card.needs_review) == ("6-1-803", False)
    (waiting,) = unassigned(archive, archive.clearance())
    assert [one.key for one in waiting.proposals] == [HOME]


def test_nothing_above_the_clearance_is_listed_or_proposed(archive: Archive) -> None:
    _file(archive, 1, SUMMONS)
    judgment = _file(archive, 2, JUDGMENT)
    assert judgment.card.confidentiality != "内部"
    assert unassigned(archive, archive.clearance("公开")) == ()
    for waiting in unassigned(archive, archive.clearance("内部")):
        assert waiting.proposals == ()


def test_who_assigns_is_kept_and_the_record_leaves_the_list(archive: Archive) -> None:
    summons = _file(archive, 1, SUMMONS)
    done = assign(archive, [summons.dms_id] * 2, HOME, "李静", "见判决书", archive.clearance())
    (one,) = done.done
    assert (one.card.dossier, one.opened, one.card.title.split()[1]) == (HOME, True, "锦绣花园6-1-803")
    with archive.engine.begin() as connection:
        (kept,) = corrections.of_record(connection, summons.dms_id, summons.card.sha256)
    assert (kept.what, kept.became, kept.who, kept.reason) == ("dossier", HOME, "李静", "见判决书")
    assert unassigned(archive, archive.clearance()) == ()


def test_what_can_not_be_assigned_does_not_stop_the_others(archive: Archive, tmp_path: Path) -> None:
    secret = archive.dms.file(
        deposit(tmp_path, b"1", confidentiality="核心商密", dossier="", retention_rule="sales-30y")
    )
    open_one = archive.dms.file(
        deposit(tmp_path, b"2", confidentiality="内部", dossier="", retention_rule="sales-30y")
    )
    done = assign(archive, ["9", secret, open_one], HOME, "李静", "", archive.clearance("内部"))
    assert [one.dms_id for one in done.done] == [open_one]
    assert [number for number, _ in done.failed] == ["9", secret]
    assert archive.dms.record(secret).card.dossier == ""


@pytest.mark.parametrize("key", ["", " ", "乱写"])
def test_a_key_that_makes_no_sense_assigns_nothing(archive: Archive, tmp_path: Path, key: str) -> None:
    number = archive.dms.file(
        deposit(tmp_path, b"1", confidentiality="内部", dossier="", retention_rule="sales-30y")
    )
    with pytest.raises(BadWord, match="--dossier"):
        assign(archive, [number], key, "李静", "", archive.clearance())
