"""Tests of filing: cut off anywhere, sent twice at once, and beside what people do."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.paperless.backend import PaperlessDms
from retention.dms import Term
from retention.errors import AlreadyFiled, DmsRefused, DmsUnavailable
from tests.contract.deposits import deposit
from tests.plugins.paperless.fake import FakePaperless, Refusal
from tests.plugins.paperless.wire import Wire

Another = Callable[..., PaperlessDms]
PAGES = ("商品房买卖合同", "第二页")


def test_what_was_filed_can_be_read_again(dms: PaperlessDms, tmp_path: Path) -> None:
    paper = deposit(tmp_path, b"1", PAGES, ("3栋2单元1501室",))
    dms_id = dms.file(paper)
    assert dms.record(dms_id).card == paper.card
    assert dms.text(dms_id) == PAGES
    assert dms.original(dms_id) == b"1"
    assert dms.checksum(dms_id) == paper.card.sha256
    assert dms.find(paper.card.sha256) == dms_id


def test_people_see_title_date_kind_tags_and_fields(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", PAGES))
    document = fake.documents[int(dms_id)]
    names = {row["id"]: row["name"] for rows in fake.named.values() for row in rows}
    assert document["title"] == "商品房买卖合同 3-2-1501 测试甲"
    assert document["created"] == "2024-02-29"
    assert names[document["document_type"]] == "商品房买卖合同"
    assert [names[tag] for tag in document["tags"]] == ["类别/签约", "密级/internal", "已归档"]
    values = {names[field]: value for field, value in document["values"].items()}
    assert values.pop("卷宗卡片").startswith('{"card":{')
    assert values == {
        "房号": "3-2-1501",
        "客户": "测试甲",
        "档号": "D-3-2-1501",
        "密级": "internal",
        "保管期限": "contract-sale",
        "原件sha256": hashlib.sha256(b"1").hexdigest(),
        "置信度": 0.875,
    }


def test_a_doubtful_document_is_tagged_for_checking(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", review_reasons=("why",)))
    names = {row["id"]: row["name"] for row in fake.named["tags"]}
    assert names[fake.documents[int(dms_id)]["tags"][-1]] == "待核"


@pytest.mark.parametrize("requests", range(30))
def test_a_cut_at_any_request_leaves_nothing_half_filed(
    fake: FakePaperless, another: Another, tmp_path: Path, requests: int
) -> None:
    paper = deposit(tmp_path, b"1", PAGES)
    another().prepare([])
    fake.down_after = requests
    try:
        first = another().file(paper)
    except DmsUnavailable:
        first = None
    fake.down_after = None
    restarted = another()
    assert first in (None, restarted.find(paper.card.sha256))
    held = restarted.find(paper.card.sha256)
    dms_id = held or restarted.file(paper)
    assert restarted.record(dms_id).card == paper.card
    assert restarted.text(dms_id) == PAGES
    assert len(fake.documents) == 1
    assert fake.uploads == 1


@pytest.mark.parametrize("requests", range(30))
def test_an_answer_that_is_lost_anywhere_leads_to_one_document(
    fake: FakePaperless, another: Another, tmp_path: Path, requests: int
) -> None:
    paper = deposit(tmp_path, b"1", PAGES)
    another().prepare([])
    fake.mute_after = requests
    try:
        first = another().file(paper)
    except DmsUnavailable:
        first = None
    fake.mute_after = None
    restarted = another()
    assert first in (None, restarted.find(paper.card.sha256))
    dms_id = restarted.find(paper.card.sha256) or restarted.file(paper)
    assert restarted.record(dms_id).card == paper.card
    assert restarted.text(dms_id) == PAGES
    assert (len(fake.documents), fake.uploads, fake.trash) == (1, 1, [])


def test_what_was_written_while_the_answer_was_lost_is_indexed_by_the_next_look(
    dms: PaperlessDms, fake: FakePaperless, server: Wire, tmp_path: Path
) -> None:
    paper = deposit(tmp_path, b"1", PAGES)
    dms.prepare([])
    dms.file(deposit(tmp_path, b"2", PAGES))
    done = len(server.asked)
    dms.file(deposit(tmp_path, b"3", PAGES))
    methods = [asked.method for asked in server.asked[done:]]
    fake.mute_after = methods.index("PATCH")
    with pytest.raises(DmsUnavailable):
        dms.file(paper)
    fake.mute_after = None
    done = len(server.asked)
    dms_id = dms.find(paper.card.sha256)
    assert [asked.body for asked in server.asked[done:] if asked.method == "PATCH"] == [
        json.dumps({"title": fake.documents[int(str(dms_id))]["title"]}).encode()
    ]
    done = len(server.asked)
    assert dms.find(paper.card.sha256) == dms_id
    assert {asked.method for asked in server.asked[done:]} == {"GET"}


def test_a_new_document_is_completed_by_one_change_and_no_task(
    dms: PaperlessDms, server: Wire, tmp_path: Path
) -> None:
    dms.prepare([])
    before = len(server.asked)
    dms.file(deposit(tmp_path, b"1", PAGES))
    changes = [asked for asked in server.asked[before:] if asked.method != "GET"]
    sent = [asked for asked in changes if asked.path.startswith("/api/documents/")]
    assert [asked.method for asked in sent] == ["POST", "PATCH"]
    assert sent[0].path == "/api/documents/post_document/"


def test_the_second_document_with_the_same_labels_looks_none_of_them_up(
    dms: PaperlessDms, server: Wire, tmp_path: Path
) -> None:
    dms.prepare([])
    dms.file(deposit(tmp_path, b"1", PAGES))
    before = len(server.asked)
    assert dms.find(deposit(tmp_path, b"2", PAGES).card.sha256) is None
    dms.file(deposit(tmp_path, b"2", PAGES))
    assert {asked.path.split("/")[2] for asked in server.asked[before:]} == {"documents", "tasks"}


def test_a_label_that_was_deleted_meanwhile_is_made_again(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dms.file(deposit(tmp_path, b"1", PAGES))
    gone = next(row for row in fake.named["document_types"] if row["name"] == "商品房买卖合同")
    fake.named["document_types"].remove(gone)
    take_in = fake.upload

    def refusing(content_type: str, body: bytes) -> str:
        if f'name="document_type"\r\n\r\n{gone["id"]}\r\n'.encode() in body:
            raise Refusal({"document_type": ["Invalid pk - object does not exist."]})
        return take_in(content_type, body)

    monkeypatch.setattr(fake, "upload", refusing)
    dms_id = dms.file(deposit(tmp_path, b"2", PAGES))
    made = next(row["id"] for row in fake.named["document_types"] if row["name"] == "商品房买卖合同")
    assert fake.documents[int(dms_id)]["document_type"] == made != gone["id"]


def test_a_field_that_a_workflow_puts_on_stays(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = fake.add_document
    monkeypatch.setattr(
        fake,
        "add_document",
        lambda content, **told: add(content, **{**told, "values": {**told["values"], 99: "w"}}),
    )
    dms_id = dms.file(deposit(tmp_path, b"1", PAGES))
    assert fake.documents[int(dms_id)]["values"][99] == "w"


def test_what_a_person_set_after_a_cut_stays_when_the_document_is_completed(
    another: Another, fake: FakePaperless, server: Wire, tmp_path: Path
) -> None:
    paper = deposit(tmp_path, b"1", PAGES)
    number = int(another().file(paper))
    del fake.documents[number]["values"][_field(fake, "卷宗卡片")]
    before = len(server.asked)
    assert another().file(paper) == str(number)
    # One request with the whole list would take away what came after it was asked for.
    patches = [json.loads(asked.body) for asked in server.asked[before:] if asked.method == "PATCH"]
    assert patches
    assert not any("custom_fields" in body for body in patches)


def test_an_unfinished_document_is_no_record(another: Another, fake: FakePaperless, tmp_path: Path) -> None:
    paper = deposit(tmp_path, b"1", PAGES)
    dms_id = another().file(paper)
    del fake.documents[int(dms_id)]["values"][_field(fake, "卷宗卡片")]
    assert another().find(paper.card.sha256) is None
    assert list(another().records()) == []
    assert another().file(paper) == dms_id
    assert another().find(paper.card.sha256) == dms_id


def test_bytes_that_a_person_has_uploaded_are_left_alone(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    theirs = fake.add_document(b"1", title="by hand")
    before = dict(fake.documents[theirs])
    with pytest.raises(AlreadyFiled) as told:
        dms.file(deposit(tmp_path, b"1", PAGES))
    assert told.value.dms_id == str(theirs) == dms.find(hashlib.sha256(b"1").hexdigest())
    assert fake.documents[theirs] == before
    assert fake.uploads == 0


def test_of_two_that_send_at_once_the_older_stays_and_the_younger_takes_its_own_away(
    another: Another, fake: FakePaperless, server: Wire, tmp_path: Path
) -> None:
    paper = deposit(tmp_path, b"1", PAGES)
    told: list[str] = []

    def file_meanwhile(_: float) -> None:
        if not told:
            fake.tasks["task-mine"]["status"] = "success"
            told.append(another().file(paper))

    # The younger one's upload is taken in while the older one's is not seen yet.
    mine = another(file_meanwhile)
    mine.prepare([])
    take_in = fake.upload

    def slow(content_type: str, body: bytes) -> str:
        task = take_in(content_type, body)
        number = fake.tasks[task]["result_data"]["document_id"]
        if "task-mine" not in fake.tasks:
            fake.tasks["task-mine"] = {**fake.tasks[task], "task_id": "task-mine", "status": "started"}
            hidden = fake.documents.pop(number)
            hidden["id"] = 900
            fake.tasks["task-mine"]["result_data"] = {"document_id": 900}
            slow.hidden = hidden  # type: ignore[attr-defined]  # kept for later
            return "task-mine"
        fake.documents[900] = slow.hidden  # type: ignore[attr-defined]  # now both are there
        return task

    fake.upload = slow  # type: ignore[method-assign]  # a slow server
    with pytest.raises(AlreadyFiled) as known:
        mine.file(paper)
    assert [known.value.dms_id] == told
    assert fake.trash == [900]
    assert list(fake.documents) == [int(told[0])]


@pytest.mark.parametrize("other", ["completes his own", "takes his own away", "is gone"])
def test_of_two_that_send_at_once_one_stays_also_where_the_younger_could_not_see_the_older(
    other: str, another: Another, fake: FakePaperless, tmp_path: Path
) -> None:
    paper, older = deposit(tmp_path, b"1", PAGES), list[int]()

    def meanwhile(_: float) -> None:
        # The older one has its card by now: nothing else makes its sender wait.
        (number,), card = older, _field(fake, "卷宗卡片")
        assert card in fake.documents[number]["values"]
        if other == "completes his own":
            fake.documents[number + 1]["values"][card] = fake.documents[number]["values"][card]
        elif other == "takes his own away":
            fake.trash.append(fake.documents.pop(number + 1)["id"])

    mine = another(meanwhile)
    mine.prepare([])
    take_in = fake.upload

    def both(content_type: str, body: bytes) -> str:
        task = take_in(content_type, body)
        number = fake.tasks[task]["result_data"]["document_id"]
        fake.documents[number + 1] = {**copy.deepcopy(fake.documents[number]), "id": number + 1}
        older.append(number)
        return task

    fake.upload = both  # type: ignore[method-assign]  # the younger one comes into sight with the older one
    if other == "completes his own":
        with pytest.raises(AlreadyFiled) as known:
            mine.file(paper)
        assert known.value.dms_id == str(older[0] + 1)
        assert fake.trash == older
    else:
        assert mine.file(paper) == str(older[0])
        assert older[0] in fake.documents
        assert fake.trash == ([older[0] + 1] if other == "takes his own away" else [])


def test_of_three_that_send_at_once_the_one_that_stays_is_told(
    another: Another, fake: FakePaperless, tmp_path: Path
) -> None:
    paper = deposit(tmp_path, b"1", PAGES)
    filed = int(another().file(paper))
    card = _field(fake, "卷宗卡片")
    third = filed + 7
    fake.documents[third] = {**copy.deepcopy(fake.documents[filed]), "id": third}
    whole = fake.documents[third]["values"].pop(card)

    def second_gives_way(_: float) -> None:
        fake.documents[third]["values"][card] = whole
        if filed in fake.documents:
            fake.trash.append(fake.documents.pop(filed)["id"])

    mine = another(second_gives_way)
    mine.prepare([])
    hidden, take_in = fake.documents, fake.upload
    fake.documents = {}

    def last(content_type: str, body: bytes) -> str:
        task = take_in(content_type, body)
        fake.documents.update(hidden)
        return task

    fake.upload = last  # type: ignore[method-assign]  # the other two come into sight with this one
    with pytest.raises(AlreadyFiled) as known:
        mine.file(paper)
    assert known.value.dms_id == str(third)
    assert list(fake.documents) == [third]


def test_an_upload_under_way_is_waited_for_and_not_sent_again(
    another: Another, fake: FakePaperless, tmp_path: Path
) -> None:
    paper = deposit(tmp_path, b"1", PAGES)
    dms_id = another().file(paper)
    document = fake.documents.pop(int(dms_id))
    marked = _field(fake, "原件sha256")
    fake.tasks = {
        "begun": {
            "task_id": "begun",
            "status": "started",
            "result_data": {"document_id": int(dms_id)},
            "input_data": {"overrides": {"custom_fields": {str(marked): paper.card.sha256}}},
        }
    }

    def finish(_: float) -> None:
        fake.tasks["begun"]["status"] = "success"
        fake.documents[int(dms_id)] = document

    document["values"].pop(_field(fake, "卷宗卡片"))
    assert another(finish).file(paper) == dms_id
    assert fake.uploads == 1


def test_a_document_that_is_changed_while_it_is_filed_is_told_of(
    another: Another, fake: FakePaperless, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = fake._shown  # a workflow that changes what was written
    monkeypatch.setattr(fake, "_shown", lambda document: shown({**document, "content": "other"}))
    with pytest.raises(DmsUnavailable, match="does not read back"):
        another().file(deposit(tmp_path, b"1", PAGES))


def test_a_file_that_has_gone_or_changed_is_refused_before_anything_is_asked(
    dms: PaperlessDms, server: Wire, tmp_path: Path
) -> None:
    paper = deposit(tmp_path, b"1")
    paper.original.write_bytes(b"2")
    with pytest.raises(DmsRefused, match="was changed"):
        dms.file(paper)
    paper.original.unlink()
    with pytest.raises(DmsRefused, match="can not be read"):
        dms.file(paper)
    assert server.asked == []


def test_the_serial_number_on_the_paper_is_the_servers_too(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", PAGES, asn=17))
    assert fake.documents[int(dms_id)]["archive_serial_number"] == 17


@pytest.mark.parametrize("asn", [17, 0, 2**31])
def test_a_number_that_another_document_has_or_the_server_can_not_hold_is_not_sent(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path, asn: int
) -> None:
    theirs = fake.add_document(b"9", archive_serial_number=17)
    dms_id = dms.file(deposit(tmp_path, b"1", PAGES, asn=asn))
    assert fake.documents[int(dms_id)]["archive_serial_number"] is None
    assert fake.documents[theirs]["archive_serial_number"] == 17
    assert dms.record(dms_id).card.asn == asn
    assert fake.uploads == 1


def test_a_number_that_another_record_has_is_not_asked_for(
    dms: PaperlessDms, fake: FakePaperless, server: Wire, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", PAGES, asn=17, asn_taken=True))
    assert fake.documents[int(dms_id)]["archive_serial_number"] is None
    assert not any(asked.one("archive_serial_number") for asked in server.asked)


def test_a_number_that_a_document_has_which_we_do_not_see_is_left_out_in_a_second_upload(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    fake.serials = {17}
    paper = deposit(tmp_path, b"1", PAGES, asn=17)
    dms_id = dms.file(paper)
    assert fake.documents[int(dms_id)]["archive_serial_number"] is None
    assert dms.record(dms_id).card == paper.card
    assert (len(fake.documents), fake.uploads) == (1, 2)


def test_an_upload_that_was_cut_off_and_failed_for_its_number_is_sent_again_without(
    another: Another, fake: FakePaperless, tmp_path: Path
) -> None:
    paper = deposit(tmp_path, b"1", PAGES, asn=17)
    dms_id = another().file(paper)
    del fake.documents[int(dms_id)]
    failed = {
        "task_id": "begun",
        "status": "started",
        "result_data": {"error_message": "Given ASN 17 already exists!"},
        "input_data": {"overrides": {"custom_fields": {str(_field(fake, "原件sha256")): paper.card.sha256}}},
    }
    fake.tasks = {"begun": failed}
    fake.serials = {17}

    def fail(_: float) -> None:
        failed["status"] = "failure"

    again = another(fail)
    assert fake.documents[int(again.file(paper))]["archive_serial_number"] is None


def test_a_number_that_the_server_takes_from_a_barcode_by_itself_is_told_of(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"error_message": "Given ASN 17 already exists!"}
    fake.tasks["t"] = {"task_id": "t", "status": "failure", "result_data": words}
    monkeypatch.setattr(fake, "upload", lambda *_: "t")
    for asn in (None, 17):
        with pytest.raises(DmsRefused, match="free it there"):
            dms.file(deposit(tmp_path, b"1", PAGES, asn=asn))


def test_what_was_just_filed_is_confirmed_by_its_bytes_and_not_asked_for_again(
    dms: PaperlessDms, server: Wire, tmp_path: Path
) -> None:
    paper = deposit(tmp_path, b"1", PAGES)
    dms_id = dms.file(paper)
    before = len(server.asked)
    record, checksum = dms.confirmed(dms_id)
    assert (record.card, checksum) == (paper.card, paper.card.sha256)
    assert [asked.path for asked in server.asked[before:]] == [f"/api/documents/{dms_id}/download/"]
    before = len(server.asked)
    assert dms.confirmed(dms_id) == (record, checksum)
    assert f"/api/documents/{dms_id}/" in [asked.path for asked in server.asked[before:]]


def test_bytes_that_the_server_has_lost_are_noticed_when_it_is_confirmed(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    paper = deposit(tmp_path, b"1", PAGES)
    dms_id = dms.file(paper)
    fake.documents[int(dms_id)]["bytes"] = b"other"
    assert dms.confirmed(dms_id)[1] == hashlib.sha256(b"other").hexdigest()


def test_nothing_is_asked_between_the_end_of_reading_and_the_upload_of_what_was_expected(
    dms: PaperlessDms, server: Wire, tmp_path: Path
) -> None:
    dms.prepare([])
    dms.file(deposit(tmp_path, b"1", PAGES))
    paper = deposit(tmp_path, b"2", PAGES)
    dms.expect(paper.card.sha256)
    assert dms.find(paper.card.sha256) is None
    before = len(server.asked)
    dms.file(paper)
    assert server.asked[before].path == "/api/documents/post_document/"


def test_bytes_that_come_in_after_they_were_looked_for_are_filed_once(
    another: Another, fake: FakePaperless, tmp_path: Path
) -> None:
    one, other = another(), another()
    paper = deposit(tmp_path, b"1", PAGES)
    other.prepare([])
    one.expect(paper.card.sha256)
    assert one.find(paper.card.sha256) is None
    dms_id = other.file(paper)
    with pytest.raises(AlreadyFiled) as told:
        one.file(paper)
    assert told.value.dms_id == dms_id
    assert list(fake.documents) == [int(dms_id)]


def test_labels_of_kinds_and_categories_never_met_before_are_known_after_the_first_scan(
    dms: PaperlessDms, server: Wire, tmp_path: Path
) -> None:
    dms.prepare([Term("category", "办证"), Term("kind", "户口簿", "办证"), Term("level", "public")])
    dms.file(deposit(tmp_path, b"1", PAGES))
    before = len(server.asked)
    dms.file(deposit(tmp_path, b"2", PAGES, kind="户口簿", category="办证", confidentiality="public"))
    assert {asked.path.split("/")[2] for asked in server.asked[before:]} == {"documents", "tasks"}


def test_a_document_without_a_date_gets_the_day_of_filing(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", document_date=None))
    assert fake.documents[int(dms_id)]["created"] == "2024-03-01"


def test_the_title_that_people_see_is_masked_and_fits(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    paper = deposit(tmp_path, b"1")
    paper = replace(paper, card=replace(paper.card, title="11010119900101001X " + "长" * 200))
    title = fake.documents[int(dms.file(paper))]["title"]
    assert title.startswith("1101**********001X 长")
    assert len(title) == 127


def _field(fake: FakePaperless, name: str) -> int:
    return next(int(row["id"]) for row in fake.named["custom_fields"] if row["name"] == name)


def test_new_labels_take_the_place_of_the_old_and_leave_what_people_added(
    dms: PaperlessDms, fake: FakePaperless, tmp_path: Path
) -> None:
    dms_id = dms.file(deposit(tmp_path, b"1", PAGES, ("3栋2单元1501室",), review_reasons=("why",)))
    document = fake.documents[int(dms_id)]
    document["tags"].append(4711)
    document["values"][4712] = "by hand"
    record = dms.record(dms_id)
    new = {
        "kind": "租赁合同",
        "category": "sales",
        "confidentiality": "secret",
        "title": "租赁合同 测试甲",
        "dossier": "",
    }
    card = replace(record.card, review_reasons=(), **new)  # type: ignore[arg-type]  # fields of a card
    dms.relabel(record, card)
    names = {row["id"]: row["name"] for rows in fake.named.values() for row in rows}
    assert dms.record(dms_id).card == card
    assert dms.text(dms_id) == PAGES
    assert document["title"] == "租赁合同 测试甲"
    assert names[document["document_type"]] == "租赁合同"
    assert {names.get(tag, tag) for tag in document["tags"]} == {"类别/sales", "密级/secret", "已归档", 4711}
    values = {names.get(field, field): value for field, value in document["values"].items()}
    assert (values["密级"], values[4712], "档号" in values) == ("secret", "by hand", False)


@pytest.mark.parametrize("requests", range(20))
def test_a_cut_while_relabelling_leaves_a_record_that_can_be_relabelled_again(
    fake: FakePaperless, another: Another, tmp_path: Path, requests: int
) -> None:
    dms_id = another().file(deposit(tmp_path, b"1", PAGES))
    record = another().record(dms_id)
    card = replace(record.card, kind="租赁合同", confidentiality="secret")
    fake.down_after = requests
    try:
        another().relabel(record, card)
    except DmsUnavailable:
        fake.down_after = None
        assert another().record(dms_id).card in (record.card, card)
        another().relabel(another().record(dms_id), card)
    fake.down_after = None
    assert another().record(dms_id).card == card
    assert another().text(dms_id) == PAGES
