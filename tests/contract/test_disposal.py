"""What every DMS backend must do with records on their way out; see `retention.dms`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from retention.dms import Clearance, Dms, Query
from retention.errors import DmsRefused, NoSuchRecord
from retention.record import Record
from tests.contract.deposits import deposit

ALL = Clearance(frozenset({"public", "internal", "secret"}))
OTHER = "f" * 64


@pytest.fixture
def record(dms: Dms, inbox: Path) -> Record:
    """One of two records that are filed, with archive version and keys."""
    dms.file(deposit(inbox, b"2", ("另一份认购书",)))
    return dms.record(dms.file(deposit(inbox, b"1", ("出租方 认购书", "第二页"), ("3栋",))))


def hits(dms: Dms, words: str = "") -> list[str]:
    return [hit.record.dms_id for hit in dms.search(Query(words), ALL)]


def hide(dms: Dms, record: Record) -> None:
    dms.quarantine(record.dms_id, record.card.sha256)


def test_nothing_is_in_quarantine_at_first(dms: Dms, record: Record) -> None:
    assert list(dms.quarantined()) == list(dms.quarantined(record.dms_id)) == []


@pytest.mark.parametrize("method", ["record", "text", "original", "archive", "quarantined_text"])
def test_a_record_is_opened_where_it_is_and_nowhere_else(dms: Dms, record: Record, method: str) -> None:
    if method != "quarantined_text":
        getattr(dms, method)(record.dms_id)
        hide(dms, record)
    with pytest.raises(NoSuchRecord):
        getattr(dms, method)(record.dms_id)


def test_a_record_in_quarantine_is_neither_found_nor_listed(dms: Dms, record: Record) -> None:
    assert record.dms_id in hits(dms, "出租方")
    hide(dms, record)
    assert record.dms_id not in (*hits(dms), *hits(dms, "出租方"), *hits(dms, "3栋"))
    assert record.dms_id not in [one.dms_id for one in dms.records()]
    assert len(hits(dms, "认购书")) == len(list(dms.records())) == 1
    with pytest.raises(NoSuchRecord):
        dms.relabel(record, replace(record.card, title="别名"))


def test_what_is_in_quarantine_is_whole_and_its_bytes_are_known(dms: Dms, record: Record) -> None:
    hide(dms, record)
    assert list(dms.quarantined()) == list(dms.quarantined(record.dms_id)) == [record]
    assert list(dms.quarantined("77")) == []
    assert dms.quarantined_text(record.dms_id) == ("出租方 认购书", "第二页")
    assert dms.find(record.card.sha256) == record.dms_id
    assert dms.checksum(record.dms_id) == record.card.sha256
    assert not dms.is_gone(record.dms_id, record.card.sha256)


def test_what_was_filed_has_no_further_versions_in_sight_or_in_quarantine(dms: Dms, record: Record) -> None:
    assert dms.versions(record.dms_id) == ()
    hide(dms, record)
    assert dms.versions(record.dms_id) == ()
    with pytest.raises(NoSuchRecord):
        dms.versions("77777")


def test_what_a_dms_keeps_beyond_our_reach_is_told_with_a_remedy(dms: Dms) -> None:
    for one in dms.remains():
        assert one.name
        assert one.detail
        assert one.remedy


def test_hiding_and_restoring_may_be_done_twice_and_leave_it_as_it_was(dms: Dms, record: Record) -> None:
    hide(dms, record)
    hide(dms, record)
    dms.restore(record.dms_id)
    dms.restore(record.dms_id)
    assert dms.record(record.dms_id) == record
    assert dms.text(record.dms_id) == ("出租方 认购书", "第二页")
    assert record.dms_id in hits(dms, "出租方")
    assert list(dms.quarantined()) == []


def test_other_bytes_than_were_decided_upon_are_refused(dms: Dms, record: Record) -> None:
    with pytest.raises(DmsRefused):
        dms.quarantine(record.dms_id, OTHER)
    hide(dms, record)
    with pytest.raises(DmsRefused):
        dms.destroy(record.dms_id, OTHER)
    assert list(dms.quarantined()) == [record]


def test_what_is_not_in_quarantine_is_never_destroyed(dms: Dms, record: Record) -> None:
    with pytest.raises(DmsRefused):
        dms.destroy(record.dms_id, record.card.sha256)
    assert dms.record(record.dms_id) == record


@pytest.mark.parametrize("method", ["quarantine", "restore"])
def test_an_unknown_id_can_be_neither_hidden_nor_restored(dms: Dms, method: str) -> None:
    words = ("77777", OTHER) if method == "quarantine" else ("77777",)
    with pytest.raises(NoSuchRecord):
        getattr(dms, method)(*words)


def test_what_is_destroyed_is_gone_and_destroying_it_again_changes_nothing(dms: Dms, record: Record) -> None:
    hide(dms, record)
    dms.destroy(record.dms_id, record.card.sha256)
    assert dms.is_gone(record.dms_id, record.card.sha256)
    assert dms.find(record.card.sha256) is None
    assert list(dms.quarantined()) == []
    for method in ("record", "text", "original", "archive", "checksum", "quarantined_text"):
        with pytest.raises(NoSuchRecord):
            getattr(dms, method)(record.dms_id)
    dms.destroy(record.dms_id, record.card.sha256)
    dms.erase_traces()
    assert len(list(dms.records())) == len(hits(dms, "认购书")) == 1


def test_the_same_bytes_can_be_filed_again_and_are_another_record(
    dms: Dms, record: Record, inbox: Path
) -> None:
    hide(dms, record)
    dms.destroy(record.dms_id, record.card.sha256)
    again = dms.file(deposit(inbox, b"1", ("出租方 认购书",)))
    assert again != record.dms_id
    assert dms.is_gone(record.dms_id, record.card.sha256)
    dms.destroy(record.dms_id, record.card.sha256)
    assert dms.checksum(again) == record.card.sha256
