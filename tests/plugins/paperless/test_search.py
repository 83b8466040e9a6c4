"""Tests of searching: what is proven here and who may see it. How the server finds, tests/contract asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.paperless.backend import PaperlessDms
from retention.dms import Clearance, Query
from tests.contract.deposits import deposit
from tests.plugins.paperless.fake import FakePaperless
from tests.plugins.paperless.wire import Wire

ALL = Clearance(frozenset({"public", "internal", "secret"}))


def ids(dms: PaperlessDms, words: str, clearance: Clearance = ALL) -> list[str]:
    return [hit.record.dms_id for hit in dms.search(Query(words), clearance)]


def test_the_servers_false_hits_are_no_hits(dms: PaperlessDms, server: Wire, tmp_path: Path) -> None:
    dms.file(deposit(tmp_path, b"1", ("商品很好，品房不是", "房商品"), title="x"))
    assert ids(dms, "商品房") == []
    assert ("search", "商品 品房") in next(a for a in server.asked if a.one("search")).query


def test_words_apart_on_the_paper_are_found_by_the_pairs_behind_the_text(
    dms: PaperlessDms, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", ("民 事 判 决 书", "ＡＢＣ公司"), title="x"))
    assert ids(dms, "民事判决书 abc公司") == [dms_id]


def test_a_level_that_a_person_has_raised_by_tag_hides_the_document(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", ("认购书",), confidentiality="public"))
    fake.named["tags"].append({"id": 900, "name": "密级/secret"})
    fake.documents[int(dms_id)]["tags"].append(900)
    assert ids(dms, "认购书", Clearance(frozenset({"public"}))) == []
    assert ids(dms, "认购书") == [dms_id]


def test_a_level_that_a_person_has_raised_by_field_hides_the_document(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", ("认购书",), confidentiality="public"))
    number = next(row["id"] for row in fake.named["custom_fields"] if row["name"] == "密级")
    fake.documents[int(dms_id)]["values"][number] = "secret"
    assert ids(dms, "认购书", Clearance(frozenset({"public"}))) == []


def test_documents_that_are_none_of_ours_are_no_records(dms: PaperlessDms, fake: FakePaperless) -> None:
    dms.prepare([])
    fake.add_document(b"1", title="认购书")
    assert ids(dms, "认购书") == []
    assert list(dms.records()) == []


def test_one_damaged_card_does_not_stop_a_search(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    broken = dms.file(deposit(tmp_path, b"1", ("认购书",)))
    whole = dms.file(deposit(tmp_path, b"2", ("认购书",)))
    number = next(row["id"] for row in fake.named["custom_fields"] if row["name"] == "卷宗卡片")
    fake.documents[int(broken)]["values"][number] = "{"
    assert ids(dms, "认购书") == [whole]


def test_a_server_that_was_never_prepared_has_no_records(dms: PaperlessDms) -> None:
    assert dms.search(Query("认购书"), ALL) == ()
    assert list(dms.records()) == []
    assert dms.find("ab" * 32) is None


@pytest.mark.parametrize("limit", [0, -1])
def test_no_hits_are_wanted_and_none_are_asked_for(dms: PaperlessDms, server: Wire, limit: int) -> None:
    assert dms.search(Query("x", limit=limit), ALL) == ()
    assert not any(asked.path == "/api/documents/" for asked in server.asked)
