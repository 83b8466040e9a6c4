"""The journey of one document: labelled, filed, read back, registered; harmless when done twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from consumers import intake
from consumers.errors import Refused
from consumers.scan import Scan
from plugins.archiving.filing import file_document
from plugins.wiring import Archive
from retention import register
from retention.dms import Deposit, Query
from retention.errors import DmsUnavailable
from retention.tables import dossier
from tests.plugins.conftest import (
    NOON,
    RULES_OF_THE_OFFICE,
    SUBSCRIPTION,
    scan_of,
    text_scan,
    transcript_of,
)


def enter(archive: Archive, name: str, text: str, intake_id: str = "1" * 32) -> Scan:
    """A claimed file."""
    scan = scan_of(text_scan(archive.settings.home / "spool", name, text))
    with archive.engine.begin() as connection:
        intake.register(
            connection,
            intake_id=intake_id,
            name=name,
            source="test",
            origin="",
            owner="me",
            sha256=scan.sha256,
            at=NOON,
        )
    return scan


def state(archive: Archive, intake_id: str = "1" * 32) -> str:
    with archive.engine.begin() as connection:
        row = intake.get(connection, intake_id)
    assert row is not None
    return row.state


def entries(archive: Archive) -> list[register.Entry]:
    with archive.engine.begin() as connection:
        return list(register.entries(connection))


def test_a_filed_document_is_confirmed_registered_and_found(archive: Archive) -> None:
    scan = enter(archive, "a.pdf", SUBSCRIPTION)
    record = file_document(archive, "1" * 32, scan, transcript_of(SUBSCRIPTION, scan.sha256))
    assert state(archive) == "confirmed"
    assert archive.dms.checksum(record.dms_id) == scan.sha256
    (entry,) = entries(archive)
    assert (entry.action, entry.subject) == ("filed", f"record/{record.dms_id}")
    assert json.loads(entry.payload)["sha256"] == scan.sha256
    for words in ("认购", "周文海", "6栋1单元803", "6-1-803", "13900001111"):
        (hit,) = archive.dms.search(Query(words=words), archive.clearance())
        assert hit.record.dms_id == record.dms_id


def test_its_dossier_is_opened_once(archive: Archive) -> None:
    for number, name in enumerate(("a.pdf", "b.pdf"), start=1):
        text = f"{SUBSCRIPTION}\n第{number}份"
        scan = enter(archive, name, text, str(number) * 32)
        file_document(archive, str(number) * 32, scan, transcript_of(text, scan.sha256))
    with archive.engine.begin() as connection:
        rows = connection.execute(sa.select(dossier.c.key, dossier.c.customer)).all()
    assert [tuple(row) for row in rows] == [("锦绣花园/6-1-803", "周文海")]


def test_a_paper_of_the_office_opens_no_dossier_and_needs_none(archive: Archive) -> None:
    scan = enter(archive, "a.pdf", RULES_OF_THE_OFFICE)
    record = file_document(archive, "1" * 32, scan, transcript_of(RULES_OF_THE_OFFICE, scan.sha256))
    assert (record.card.category, record.card.dossier, record.card.needs_review) == ("other", "", False)
    assert record.card.title.startswith("江州置业有限公司合同管理办法")
    with archive.engine.begin() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(dossier)).scalar() == 0


def test_a_customers_paper_without_a_household_is_filed_and_waits_to_be_assigned(archive: Archive) -> None:
    text = "客户报修单\n报修时间：2025年1月3日\n报修内容：厨房渗漏\n派工：维修人员张师傅"
    scan = enter(archive, "a.pdf", text)
    record = file_document(archive, "1" * 32, scan, transcript_of(text, scan.sha256))
    assert state(archive) == "confirmed"
    assert record.card.review_reasons == ()
    assert "未见房号" in record.card.dossier_doubt
    (hit,) = archive.dms.search(Query(unassigned=True), archive.clearance())
    assert hit.record.dms_id == record.dms_id


def test_the_same_bytes_by_another_way_are_a_duplicate_that_says_of_what(archive: Archive) -> None:
    scan = enter(archive, "first.pdf", SUBSCRIPTION)
    record = file_document(archive, "1" * 32, scan, transcript_of(SUBSCRIPTION, scan.sha256))
    again = enter(archive, "second.pdf", SUBSCRIPTION, "2" * 32)
    with pytest.raises(Refused) as told:
        file_document(archive, "2" * 32, again, transcript_of(SUBSCRIPTION, again.sha256))
    assert told.value.code == "duplicate"
    assert "first.pdf" in told.value.zh
    assert record.dms_id in told.value.en
    assert archive.dms.status().documents == 1


def test_bytes_that_somebody_else_put_into_the_dms_are_a_duplicate(archive: Archive) -> None:
    scan = enter(archive, "a.pdf", SUBSCRIPTION)
    record = file_document(archive, "1" * 32, scan, transcript_of(SUBSCRIPTION, scan.sha256))
    with archive.engine.begin() as connection:
        connection.execute(intake.filing_right.delete())
    again = enter(archive, "b.pdf", SUBSCRIPTION, "2" * 32)
    with pytest.raises(Refused, match=f"document {record.dms_id}"):
        file_document(archive, "2" * 32, again, transcript_of(SUBSCRIPTION, again.sha256))


def test_a_state_secret_never_reaches_the_dms(archive: Archive) -> None:
    text = f"绝密★10年\n{SUBSCRIPTION}"
    scan = enter(archive, "a.pdf", text)
    with pytest.raises(Refused) as told:
        file_document(archive, "1" * 32, scan, transcript_of(text, scan.sha256))
    assert told.value.code == "state-secret"
    assert archive.dms.status().documents == 0
    assert entries(archive) == []


def test_a_dms_that_dies_right_after_storing_leaves_one_document_and_one_entry(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = enter(archive, "a.pdf", SUBSCRIPTION)
    real = archive.dms.file

    def stores_and_dies(deposit: Deposit) -> str:
        real(deposit)
        raise DmsUnavailable("gone")

    monkeypatch.setattr(archive.dms, "file", stores_and_dies)
    with pytest.raises(DmsUnavailable):
        file_document(archive, "1" * 32, scan, transcript_of(SUBSCRIPTION, scan.sha256))
    assert state(archive) == "sent"
    monkeypatch.setattr(archive.dms, "file", real)
    file_document(archive, "1" * 32, scan, transcript_of(SUBSCRIPTION, scan.sha256))
    assert archive.dms.status().documents == 1
    assert len(entries(archive)) == 1


def test_a_document_that_reads_back_with_other_bytes_is_not_confirmed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = enter(archive, "a.pdf", SUBSCRIPTION)
    monkeypatch.setattr(archive.dms, "checksum", lambda dms_id: "f" * 64)
    with pytest.raises(DmsUnavailable, match="does not have the checksum"):
        file_document(archive, "1" * 32, scan, transcript_of(SUBSCRIPTION, scan.sha256))
    assert state(archive) == "sent"
    assert entries(archive) == []


def test_a_confirmed_file_can_not_be_confirmed_again(archive: Archive, tmp_path: Path) -> None:
    scan = enter(archive, "a.pdf", SUBSCRIPTION)
    file_document(archive, "1" * 32, scan, transcript_of(SUBSCRIPTION, scan.sha256))
    with pytest.raises(LookupError, match="not open to anybody any more"):
        file_document(archive, "1" * 32, scan, transcript_of(SUBSCRIPTION, scan.sha256))
    assert len(entries(archive)) == 1
