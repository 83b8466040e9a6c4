"""Tests of asking the server for candidates."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.paperless import card_json
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.candidates import narrowing
from retention.dms import Clearance, Query
from tests.contract.deposits import CARD, deposit
from tests.plugins.paperless.fake import FakePaperless
from tests.plugins.paperless.wire import Wire

ALL = Clearance(frozenset({"public", "internal", "secret"}))


def ids(dms: PaperlessDms, words: str) -> list[str]:
    return [hit.record.dms_id for hit in dms.search(Query(words), ALL)]


def field_named(fake: FakePaperless, name: str) -> int:
    return next(int(row["id"]) for row in fake.named["custom_fields"] if row["name"] == name)


def test_a_word_in_a_note_and_one_in_the_text_make_a_hit(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", ("认购书",)))
    dms.file(deposit(tmp_path, b"2", ("判决书",)))
    for document in fake.documents.values():
        document["notes"] = [{"id": 1, "note": "钥匙已 交物业"}]
    assert ids(dms, "钥匙已交 认购书") == [dms_id]
    assert len(ids(dms, "物业")) == 2
    assert ids(dms, "钥匙没交") == []


def test_a_word_in_a_field_of_a_persons_own_is_found_with_one_of_the_text(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", ("认购书",)))
    fake.named["custom_fields"] += [
        {"id": 800, "name": "经办人", "data_type": "string"},
        {
            "id": 801,
            "name": "柜",
            "data_type": "select",
            "extra_data": {"select_options": [{"id": "x1", "label": "甲柜三层"}]},
        },
        {"id": 802, "name": "件数", "data_type": "integer"},
    ]
    fake.documents[int(dms_id)]["values"] |= {800: "何晓雯", 801: "x1", 802: 77}
    assert ids(dms, "何晓雯 认购书") == ids(dms, "柜三 晓雯") == [dms_id]
    assert ids(dms, "x1") == ids(dms, "77") == ids(dms, "晓雯 判决") == []


def test_what_a_person_has_put_into_one_of_our_fields_is_found(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", ("认购书",)))
    fake.documents[int(dms_id)]["values"][field_named(fake, "客户")] = "周文海"
    assert ids(dms, "周文海") == [dms_id]


def test_our_own_values_beside_the_text_are_no_words(dms: PaperlessDms, tmp_path: Path) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", ("认购书",), customer="周文海"))
    assert ids(dms, "周文海") == ids(dms, "contract-sale") == []
    assert ids(dms, "认购书") == [dms_id]


def test_a_title_that_a_person_has_given_counts_in_the_place_of_ours(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", ("认购书",), title="旧题名"))
    fake.documents[int(dms_id)]["title"] = "新题名"
    (hit,) = dms.search(Query("新题名"), ALL)
    assert hit.record.card.title == "新题名"
    assert ids(dms, "旧题名") == []


def test_a_text_that_the_server_has_read_itself_is_found_across_its_lines(
    dms: PaperlessDms, fake: FakePaperless
) -> None:
    dms.prepare([])
    number = fake.add_document(b"1")
    fake.documents[number]["content"] = "江苏恒\n信置业"
    ours = {name: field_named(fake, name) for name in ("卷宗卡片", "原件sha256")}
    fake.documents[number]["values"] = {ours["卷宗卡片"]: card_json.written(CARD, ())}
    assert ids(dms, "恒信置业") == [str(number)]


def test_documents_without_notes_and_fields_are_asked_for_once(
    dms: PaperlessDms, server: Wire, tmp_path: Path
) -> None:
    for number in range(5):
        dms.file(deposit(tmp_path, bytes([number]), ("认购书",)))
    dms.search(Query("认购书"), ALL)
    before = len(server.asked)
    dms.search(Query("认购书"), ALL)
    assert len(server.asked) - before <= 8


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["认"], "认"),
        (["认购书"], "认购 购书"),
        (["认购", "认购书"], "认购 购书"),
        (["a,b"], ""),
        (['"', "'", "\\", "␛"], ""),
        (["100%"], "10 00"),
        ([], ""),
    ],
)
def test_the_server_is_asked_for_pairs_that_it_takes_as_they_are(words: list[str], asked: str) -> None:
    assert narrowing(words) == asked


def test_the_server_is_not_asked_for_more_than_it_can_take() -> None:
    assert len(narrowing(["".join(map(chr, range(0x4E00, 0x4EC8)))]).split()) <= 24
