"""What is noted when a record is filed or corrected: its rule, litigation, what it tells, and which holds reach it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.archiving.filing import file_document
from plugins.keeping.holding import place
from plugins.keeping.retaining import catch_up, retain
from plugins.teaching.correcting import Wanted, correct
from plugins.wiring import Archive
from retention import register
from retention.blocking.blocks import blocks
from retention.blocking.hold_query import HeldQuery
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier
from retention.periods import events
from retention.periods.event import Event, Scope
from retention.record import Record
from retention.schedule import kept_rules
from tests.contract.deposits import deposit
from tests.plugins.archiving.test_filing import enter
from tests.plugins.conftest import NOON, SUBSCRIPTION, transcript_of

HOME = "锦绣花园/3-2-1501"
TODAY = NOON.date()
PLAIN: dict[str, Any] = {
    "dossier": HOME,
    "document_date": date(2025, 5, 6),
    "review_reasons": (),
    "confidentiality": "普通商密",
}
SUIT: dict[str, Any] = {
    "kind": "民事起诉状",
    "category": "litigation",
    "title": "民事起诉状",
    "retention_rule": "litigation-30y",
}
CLOSING: dict[str, Any] = SUIT | {"kind": "结案材料", "title": "结案材料", "document_date": date(2026, 1, 15)}
ORDER: dict[str, Any] = {
    "kind": "报修单",
    "category": "repair",
    "title": "报修单",
    "retention_rule": "repair-10y",
}

File = Callable[..., Record]


@pytest.fixture
def file(archive: Archive, tmp_path: Path) -> File:
    """Files a paper whose card has these fields, in the dossier that is open."""
    folder = tmp_path / "papers"
    folder.mkdir()
    with archive.engine.begin() as connection:
        choice = DossierChoice(HOME, HOME, "3-2-1501", "锦绣花园", "测试甲", (), "")
        open_dossier(connection, choice, TODAY)

    def filed(text: str, **card: Any) -> Record:
        number = archive.dms.file(deposit(folder, text.encode(), (text,), **{**PLAIN, **card}))
        return retain(archive, archive.dms.record(number))

    return filed


def told(archive: Archive) -> list[events.Told]:
    with archive.engine.begin() as connection:
        return list(events.listed(connection))


def codes(archive: Archive, record: Record) -> list[str]:
    with archive.engine.begin() as connection:
        return [block.code for block in blocks(connection, archive.dms.record(record.dms_id), TODAY)]


def test_filing_in_earnest_notes_the_rule_and_the_version(archive: Archive) -> None:
    scan = enter(archive, "1.pdf", SUBSCRIPTION, "1" * 32)
    record = file_document(archive, "1" * 32, scan, transcript_of(SUBSCRIPTION, scan.sha256))
    with archive.engine.begin() as connection:
        known = kept_rules.kept(connection, [record.dms_id])[record.dms_id]
        version = kept_rules.versions(connection)(known.schedule)
    assert (known.rule, known.sha256, known.dossier) == ("sales-30y", scan.sha256, record.card.dossier)
    assert version.rules == archive.rules.schedule.rules


def test_a_litigation_paper_holds_its_dossier_until_a_closing_paper_comes(
    archive: Archive, file: File
) -> None:
    order = file("报修单", **ORDER)
    file("民事起诉状", **SUIT)
    assert codes(archive, order) == ["open-litigation"]
    file("民事判决书", **SUIT | {"kind": "民事判决书", "document_date": date(2026, 1, 10)})
    assert codes(archive, order) == ["open-litigation"]
    closing = file("诉讼案件结案报告\n执行完毕", **CLOSING)
    assert codes(archive, order) == []
    (one,) = told(archive)
    assert (one.event.kind, one.event.on, one.event.scope) == (
        "case_closed",
        date(2026, 1, 15),
        Scope("dossier", HOME),
    )
    assert (one.source, one.told_by, one.who) == ("label", closing.dms_id, "dossier")
    assert closing.card.retain_until == date(2056, 12, 31)


@pytest.mark.parametrize(
    "doubt",
    [
        {"review_reasons": ("文种不明",)},
        {"dossier_doubt": "未见房号"},
        {"document_date": None},
        {"dossier": ""},
    ],
    ids=lambda doubt: next(iter(doubt)),
)
def test_a_closing_paper_in_doubt_closes_nothing(archive: Archive, file: File, doubt: dict[str, Any]) -> None:
    file("结案报告", **CLOSING | doubt)
    assert told(archive) == []


def test_done_again_nothing_is_told_twice(archive: Archive, file: File) -> None:
    closing = file("结案报告", **CLOSING)
    assert retain(archive, closing) == closing
    assert len(told(archive)) == 1


def test_what_a_corrected_paper_told_is_withdrawn_in_the_name_of_who_corrects(
    archive: Archive, file: File
) -> None:
    closing = file("结案报告", **CLOSING)
    correct(archive, closing.dms_id, Wanted(kind="证据目录"), "李静", "")
    (one,) = told(archive)
    assert (one.counts, one.withdrawn_by) == (False, "李静")


def test_a_paper_that_a_person_calls_a_closing_one_closes(archive: Archive, file: File) -> None:
    paper = file("结案报告", **CLOSING | {"kind": "证据目录", "review_reasons": ("文种不明",)})
    assert told(archive) == []
    correct(archive, paper.dms_id, Wanted(kind="结案材料"), "李静", "")
    (one,) = told(archive)
    assert (one.counts, one.who) == (True, "李静")


def test_a_corrected_kind_is_kept_under_its_own_rule_and_the_register_knows(
    archive: Archive, file: File
) -> None:
    paper = file("报修单", **ORDER)
    correct(archive, paper.dms_id, Wanted(kind="商品房买卖合同"), "李静", "")
    with archive.engine.begin() as connection:
        assert kept_rules.kept(connection, [paper.dms_id])[paper.dms_id].rule == "contract-permanent"
        actions = [entry.action for entry in register.entries(connection)]
    assert "rule-noted" in actions


def test_a_record_that_comes_after_a_hold_by_query_is_held_by_its_text(archive: Archive, file: File) -> None:
    earlier = file("卫生间渗漏", **ORDER)
    query = HeldQuery(words="渗漏").written()
    hold = place(archive, "query", query, reason="群诉", mandate="法务部函", by="李静")
    later, other = file("厨房渗 漏", **ORDER), file("门锁损坏", **ORDER)
    assert hold.listed_at != ""
    assert [codes(archive, one) for one in (earlier, later, other)] == [["on-hold"], ["on-hold"], []]


def test_a_hold_by_query_finds_a_record_whose_level_the_ladder_does_not_have(
    archive: Archive, file: File
) -> None:
    paper = file("卫生间渗漏", **ORDER | {"confidentiality": "旧密级"})
    place(archive, "query", HeldQuery(words="渗漏").written(), reason="群诉", mandate="函", by="李静")
    assert codes(archive, paper) == ["on-hold"]


def test_records_of_an_older_program_are_noted_as_they_were_filed(
    archive: Archive, tmp_path: Path, file: File
) -> None:
    folder = tmp_path / "older"
    folder.mkdir()
    numbers = [
        archive.dms.file(deposit(folder, bytes([65 + place]), ("x",), **PLAIN | card))
        for place, card in enumerate((SUIT, ORDER | {"retention_rule": "sales-10y"}))
    ]
    with archive.engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO unnoted_records (since) VALUES ('2026')"))
    order = archive.dms.record(numbers[1])
    assert codes(archive, order) == ["not-noted"]
    assert (catch_up(archive), catch_up(archive)) == (2, 0)
    assert codes(archive, order) == ["open-litigation"]
    with archive.engine.begin() as connection:
        assert kept_rules.kept(connection, numbers)[numbers[1]].rule == "sales-10y"


def test_an_event_that_is_known_already_gives_a_new_record_its_last_day(archive: Archive, file: File) -> None:
    with archive.engine.begin() as connection:
        event = Event("case_closed", date(2026, 2, 1), Scope("dossier", HOME), "通知书")
        events.tell(connection, event, who="李静", at=NOON)
    assert file("民事起诉状", **SUIT).card.retain_until == date(2056, 12, 31)
