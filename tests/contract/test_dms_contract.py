"""What every DMS backend must do; see `retention.dms`."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plugins.backends import BACKENDS
from retention.dms import Clearance, Dms, Query, Term
from retention.errors import AlreadyFiled, DmsRefused, NoSuchRecord
from retention.outline import Outline
from tests.contract.conftest import MAKERS
from tests.contract.deposits import ID_NUMBER, deposit
from tests.contract.filing_process import SHARED, file_twenty

ALL = Clearance(frozenset({"public", "internal", "secret"}))
UNKNOWN_IDS = ("", "0", "1", "-1", "07", " 1", "１", "1_0", "²", "x", "9" * 18, "9" * 400, "' OR 1", "\ud800")
GARBAGE = (
    '"', "'", "*", "认*", '"认购', "认购 AND", "AND OR NOT", "NEAR(认购 书)", "()", "[]", "{}", "title:认购",
    "-认购", "^认购", "%", "_", "\\", "\0", "认\0购", "\ud800", "\u200b", "😀", "𠮷", "a" * 200, "﷽" * 200,
    ";DROP TABLE document", " ".join(["认购"] * 32), "\u3000", "NULL",
)  # fmt: skip


def ids(dms: Dms, words: str = "", clearance: Clearance = ALL, **query: object) -> list[str]:
    hits = dms.search(replace(Query(words), **query), clearance)  # type: ignore[arg-type]  # kwargs of a test
    return [hit.record.dms_id for hit in hits]


def test_every_backend_is_held_to_the_contract() -> None:
    assert set(MAKERS) == set(BACKENDS)


def test_the_status_says_who_answers_and_how_much_it_holds(dms: Dms, inbox: Path) -> None:
    before = dms.status().documents  # what nobody owns, everybody sees
    dms.file(deposit(inbox, b"1"))
    status = dms.status()
    assert (status.name, status.documents) == (dms.name, before + 1)
    assert status.version
    assert status.detail


def test_the_bytes_come_back_as_they_were_filed(dms: Dms, inbox: Path) -> None:
    content = bytes(range(256)) * 9000
    assert dms.original(dms.file(deposit(inbox, content))) == content


def test_filing_leaves_the_source_file_alone(dms: Dms, inbox: Path) -> None:
    paper = deposit(inbox, b"1")
    dms.file(paper)
    assert paper.original.read_bytes() == b"1"


def test_the_checksum_is_that_of_the_bytes(dms: Dms, inbox: Path) -> None:
    paper = deposit(inbox, b"1")
    assert dms.checksum(dms.file(paper)) == paper.card.sha256


def test_what_was_filed_is_confirmed_with_card_and_checksum(dms: Dms, inbox: Path) -> None:
    paper = deposit(inbox, b"1")
    dms_id = dms.file(paper)
    for _ in range(2):
        record, checksum = dms.confirmed(dms_id)
        assert (record.dms_id, record.card, checksum) == (dms_id, paper.card, paper.card.sha256)


def test_an_empty_file_can_be_filed(dms: Dms, inbox: Path) -> None:
    assert dms.original(dms.file(deposit(inbox, b"", ()))) == b""


def test_the_archive_version_comes_back_where_one_is_kept(dms: Dms, inbox: Path) -> None:
    searchable = inbox / "searchable.pdf"
    searchable.write_bytes(b"%PDF of it")
    dms_id = dms.file(replace(deposit(inbox, b"original"), archive=searchable))
    assert dms.archive(dms_id) == (b"%PDF of it" if dms.keeps_archives else None)


def test_a_document_filed_without_an_archive_version_has_none(dms: Dms, inbox: Path) -> None:
    assert dms.archive(dms.file(deposit(inbox, b"original"))) is None


def test_the_text_comes_back_page_by_page(dms: Dms, inbox: Path) -> None:
    pages = ("第一页\n 商 品 房", "", "第三页\0\u200b")
    assert dms.text(dms.file(deposit(inbox, b"1", pages))) == pages


def test_the_card_comes_back_as_it_was(dms: Dms, inbox: Path) -> None:
    until = date(2054, 12, 31)
    paper = deposit(
        inbox,
        b"1",
        review_reasons=("甲", "乙"),
        retain_until=until,
        dossier_doubt="丙",
        dossier_evidence=("丁", "戊"),
    )
    dms_id = dms.file(paper)
    assert dms.record(dms_id).card == paper.card
    assert dms.record(dms_id).dms_id == dms_id


def test_names_that_are_no_unicode_come_back_as_they_were(dms: Dms, inbox: Path) -> None:
    odd = "\udcc8\udccf.pdf"
    paper = deposit(inbox, b"1", (odd,), (odd,), name=odd, title=odd, kind=odd, dossier=odd)
    dms_id = dms.file(paper)
    assert dms.record(dms_id).card == paper.card
    assert dms.text(dms_id) == (odd,)
    assert ids(dms, kind=odd) == [dms_id]


def test_the_same_bytes_are_filed_once_and_the_second_is_told_where(dms: Dms, inbox: Path) -> None:
    paper = deposit(inbox, b"1")
    dms_id = dms.file(paper)
    with pytest.raises(AlreadyFiled) as told:
        dms.file(replace(paper, card=replace(paper.card, title="another")))
    assert (told.value.dms_id, told.value.sha256) == (dms_id, paper.card.sha256)
    assert dms.record(dms_id).card == paper.card
    assert len(list(dms.records())) == 1


def test_bytes_with_another_checksum_are_refused_and_nothing_is_stored(dms: Dms, inbox: Path) -> None:
    paper = deposit(inbox, b"1")
    paper.original.write_bytes(b"2")
    with pytest.raises(DmsRefused):
        dms.file(paper)
    assert list(dms.records()) == []
    assert dms.find(paper.card.sha256) is None


def test_a_missing_original_is_refused(dms: Dms, inbox: Path) -> None:
    paper = deposit(inbox, b"1")
    paper.original.unlink()
    with pytest.raises(DmsRefused):
        dms.file(paper)


def test_a_document_is_found_by_its_checksum(dms: Dms, inbox: Path) -> None:
    paper = deposit(inbox, b"1")
    assert dms.find(paper.card.sha256) is None
    dms_id = dms.file(paper)
    assert dms.find(paper.card.sha256) == dms_id
    assert dms.find("") is None


def test_what_was_expected_is_found_as_what_was_not(dms: Dms, inbox: Path) -> None:
    paper = deposit(inbox, b"1")
    for sha256 in (paper.card.sha256, "", "x", "\ud800"):
        dms.expect(sha256)
        assert dms.find(sha256) is None
    dms_id = dms.file(paper)
    dms.expect(paper.card.sha256)
    assert dms.find(paper.card.sha256) == dms_id


@pytest.mark.parametrize("dms_id", UNKNOWN_IDS)
@pytest.mark.parametrize("method", ["record", "confirmed", "text", "original", "checksum", "archive"])
def test_an_unknown_id_is_no_such_record(dms: Dms, method: str, dms_id: str) -> None:
    with pytest.raises(NoSuchRecord):
        getattr(dms, method)(dms_id)


def test_a_record_is_relabelled_and_found_by_its_new_labels(dms: Dms, inbox: Path) -> None:
    number = dms.file(deposit(inbox, b"1", ("出租方",), ("3栋",)))
    record = dms.record(number)
    card = replace(
        record.card, kind="租赁合同", title="租赁合同 测试甲", confidentiality="secret", dossier="D-9"
    )
    dms.relabel(record, card)
    assert dms.record(number).card == card
    assert dms.text(number) == ("出租方",)
    assert ids(dms, "租赁合同 出租方 3栋", kind="租赁合同", dossier="D-9") == [number]
    assert ids(dms, "商品房买卖合同") == []
    assert ids(dms, "出租方", Clearance(frozenset({"internal"}))) == []


def test_labels_that_were_changed_meanwhile_are_not_overwritten(dms: Dms, inbox: Path) -> None:
    record = dms.record(dms.file(deposit(inbox, b"1")))
    dms.relabel(record, replace(record.card, kind="租赁合同"))
    with pytest.raises(DmsRefused):
        dms.relabel(record, replace(record.card, kind="补充协议"))
    assert dms.record(record.dms_id).card.kind == "租赁合同"


def test_labels_of_other_bytes_are_refused(dms: Dms, inbox: Path) -> None:
    record = dms.record(dms.file(deposit(inbox, b"1")))
    with pytest.raises(DmsRefused):
        dms.relabel(record, replace(record.card, sha256="0" * 64))


def test_a_record_that_is_not_there_can_not_be_relabelled(dms: Dms, inbox: Path) -> None:
    record = dms.record(dms.file(deposit(inbox, b"1")))
    with pytest.raises(NoSuchRecord):
        dms.relabel(replace(record, dms_id="999999"), record.card)


def test_preparing_twice_changes_nothing(dms: Dms) -> None:
    terms = [Term("category", "contract"), Term("kind", "认购书", "contract"), Term("level", "contract")]
    assert [change.action for change in dms.prepare(iter(terms))][:3] == ["create"] * 3
    assert {change.action for change in dms.prepare(iter(terms))} == {"keep"}
    assert [(change.sort, change.name) for change in dms.prepare(terms)][:3] == [
        (t.sort, t.name) for t in terms
    ]


def test_a_dry_run_only_tells(dms: Dms) -> None:
    terms = [Term("category", "contract")]
    assert dms.prepare(terms, dry_run=True)[0].action == "create"
    assert dms.prepare(terms)[0].action == "create"


def test_what_was_just_filed_has_the_rights_that_it_should_have(dms: Dms, inbox: Path) -> None:
    dms_id = dms.file(deposit(inbox, b"1"))
    found = [fault for fault in dms.audit_rights() if fault.dms_id == dms_id]
    assert [fault for fault in found if fault.fault != "unknown-level"] == []


def test_every_caution_says_what_to_do(dms: Dms) -> None:
    assert [caution for caution in dms.cautions() if not (caution.detail and caution.remedy)] == []


def test_records_are_found_again_by_their_ids(dms: Dms, inbox: Path) -> None:
    filed = [dms.file(deposit(inbox, bytes([n]))) for n in range(4)]
    unknown = [one for one in UNKNOWN_IDS if one not in filed]
    found = list(dms.records(filed[2], filed[0], *unknown))
    assert [one.dms_id for one in found] == [filed[0], filed[2]]
    assert found == [dms.record(filed[0]), dms.record(filed[2])]


def test_an_outline_says_what_the_card_says_whatever_is_on_it(dms: Dms, inbox: Path) -> None:
    day = date(2030, 12, 31)
    odd: tuple[dict[str, Any], ...] = (
        {"title": "认购\0书"},
        {"title": "半\ud800个"},
        {"retain_until": day},
        {"document_date": None},
    )
    for number, card in enumerate(odd):
        dms.file(deposit(inbox, bytes([number]), part_of="b" * 64 if number == 3 else "", **card))
    assert list(dms.outlines()) == [Outline.of(one) for one in dms.records()]


def test_outlines_of_what_has_ended_leave_out_only_what_ends_later(dms: Dms, inbox: Path) -> None:
    day = date(2030, 12, 31)
    ends = (None, date(2030, 12, 30), day, date(2031, 1, 1))
    filed = [dms.file(deposit(inbox, bytes([n]), retain_until=end)) for n, end in enumerate(ends)]
    part = dms.file(deposit(inbox, b"part", retain_until=day, part_of="b" * 64))
    found = [one.dms_id for one in dms.outlines(ended_before=day)]
    assert {*filed[:2], part} <= set(found) <= {*filed, part}
    if dms.name == "local":
        assert found == [*filed[:2], part]


def test_records_come_in_the_order_of_ids(dms: Dms, inbox: Path) -> None:
    filed = [dms.file(deposit(inbox, bytes([n]))) for n in range(12)]
    assert [record.dms_id for record in dms.records()] == filed


def test_records_are_those_of_one_moment(dms: Dms, inbox: Path) -> None:
    filed = [dms.file(deposit(inbox, bytes([n]))) for n in range(3)]
    records = dms.records()
    first = next(records)
    dms.file(deposit(inbox, b"later"))
    assert [first.dms_id, *(record.dms_id for record in records)] == filed


FOUND = [
    ("认购", "two characters"),
    ("测试甲", "a name in the title"),
    ("3号楼2单元1501", "the unit in another spelling"),
    ("31501", "the unit, written short"),
    ("2024-预售-000777", "a number"),
    ("0777", "its last digits"),
    ("001X", "the last digits of an ID number"),
    ("001x", "in small letters"),
    ("民事判决书", "set wide on the paper"),
    ("民事判决书 认购", "both words"),
    ("认购　测试甲", "words apart by a wide blank"),
    ("ＡＢＣ有限公司", "in wide letters"),
    ("abc有限公司", "in small letters"),
    ("跨页", "run over from one page to the next"),
    ("（预售）", "wide brackets"),
    ("(预售)", "narrow brackets"),
    ("甲", "one character"),
    ("终", "one character that is the last of the text"),
    ("𠮷田", "a character beyond the first plane"),
    ("𠮷", "one character beyond the first plane"),
    ("人民币", "across a line break"),
]
MISSED = [
    ("商品房", "the characters stand apart"),
    ("书民", "the other way round"),
    ("1501测试", "would run over from one key to the next"),
    ("认购 没有", "one of the words is missing"),
    ("认购 AND 测试甲", "AND is a word like others"),
    ("zz", "nowhere"),
    ("零", "nowhere"),
]
PAGES = (
    f"民 事 判 决 书\n认购 ABC 有限公司 （预售） {ID_NUMBER} 人民\n币 𠮷田 商品很多都在房里 跨",
    "页 完终",
)
KEYS = ("3号楼2单元1501", "测试乙", "3-1501", "31501", "2024-预售-000777")


@pytest.mark.parametrize("words", [words for words, _ in FOUND], ids=[why for _, why in FOUND])
def test_a_document_is_found_by_what_stands_in_it(dms: Dms, inbox: Path, words: str) -> None:
    dms_id = dms.file(deposit(inbox, b"1", PAGES, KEYS, title="认购 测试甲"))
    dms.file(deposit(inbox, b"2", ("别的",), title="别的"))
    (hit,) = dms.search(Query(words), ALL)
    assert hit.record.dms_id == dms_id
    assert hit.score > 0
    assert 1 <= len(hit.highlights) <= 3


@pytest.mark.parametrize("words", [words for words, _ in MISSED], ids=[why for _, why in MISSED])
def test_a_document_is_not_found_by_what_does_not(dms: Dms, inbox: Path, words: str) -> None:
    dms.file(deposit(inbox, b"1", PAGES, KEYS, title="认购 测试甲"))
    assert ids(dms, words) == []


@pytest.mark.parametrize("words", ["3-2-1201", "3栋2单元1201", "3栋", "2单元1201室 3-2"])
def test_the_home_of_another_building_is_not_found(dms: Dms, inbox: Path, words: str) -> None:
    for number, building in enumerate(("13", "3", "23")):
        keys = (f"{building}-2-1201", f"{building}栋2单元1201室")
        dms.file(
            deposit(
                inbox,
                bytes([number]),
                (f"锦绣花园{building}栋2单元1201室",),
                keys,
                title=f"合同 {building}-2-1201",
            )
        )
    (hit,) = dms.search(Query(words, limit=1), ALL)
    assert hit.record.card.title == "合同 3-2-1201"
    assert len(ids(dms, words)) == 1
    assert len(ids(dms, "1201")) == len(ids(dms, "2单元1201")) == 3


def test_a_word_in_the_title_is_worth_more_than_one_in_the_keys_or_the_text(dms: Dms, inbox: Path) -> None:
    text = dms.file(deposit(inbox, b"1", ("判决书在此",), ("钥匙",), title="标题"))
    title = dms.file(deposit(inbox, b"2", ("正文在此也",), ("钥匙",), title="判决书"))
    keys = dms.file(deposit(inbox, b"3", ("正文在此也",), ("判决书",), title="标题"))
    hits = dms.search(Query("判决书"), ALL)
    assert [hit.record.dms_id for hit in hits] == [title, keys, text]
    assert hits[0].score > hits[1].score > hits[2].score > 0


def test_the_score_of_a_record_tells_nothing_of_hidden_ones(dms: Dms, inbox: Path) -> None:
    dms.file(deposit(inbox, b"1", ("判决书",), confidentiality="public"))
    before = dms.search(Query("判决书"), Clearance(frozenset({"public"})))
    for n in range(5):
        dms.file(deposit(inbox, bytes([n]), ("判决书" * n,), confidentiality="secret"))
    assert dms.search(Query("判决书"), Clearance(frozenset({"public"}))) == before


def test_highlights_quote_the_paper_as_it_stands(dms: Dms, inbox: Path) -> None:
    text = "前" * 50 + "民 事 判 决 书" + "后" * 50
    dms.file(deposit(inbox, b"1", (text,)))
    (hit,) = dms.search(Query("民事判决书"), ALL)
    assert hit.highlights == (f"…{'前' * 20}民 事 判 决 书{'后' * 20}…",)


@pytest.mark.parametrize("words", ["身份号码", "001X", "1990", "110101", ID_NUMBER])
@pytest.mark.parametrize(
    "written", [ID_NUMBER, "110101 19900101 001X", "１１０１０１１９９００１０１００１Ｘ"]
)
def test_no_hit_shows_an_id_number(dms: Dms, inbox: Path, written: str, words: str) -> None:
    dms.file(deposit(inbox, b"1", (f"身份号码{written}完",), (written,), title=f"某人{written}"))
    (hit,) = dms.search(Query(words), ALL)
    for shown in (*hit.highlights, hit.record.card.title):
        assert "19900101" not in shown
        assert "９９００" not in shown
    assert "1**" in hit.record.card.title or "１**" in hit.record.card.title


def test_without_words_the_newest_come_first(dms: Dms, inbox: Path) -> None:
    old = dms.file(deposit(inbox, b"1", filed_on=date(2020, 1, 1)))
    new = dms.file(deposit(inbox, b"2", filed_on=date(2024, 1, 1)))
    middle = dms.file(deposit(inbox, b"3", filed_on=date(2022, 1, 1)))
    assert ids(dms) == [new, middle, old]
    assert ids(dms, limit=2) == [new, middle]
    assert ids(dms, limit=0) == ids(dms, limit=-1) == []
    assert ids(dms, "测试甲", limit=10**30) == [new, middle, old]


@pytest.mark.parametrize("words", ["", "测试甲"])
def test_all_filters_hold(dms: Dms, inbox: Path, words: str) -> None:
    one = dms.file(deposit(inbox, b"1", category="repair", kind="报修单", dossier="D-1", dossier_doubt="why"))
    two = dms.file(deposit(inbox, b"2", document_date=None, review_reasons=("why",)))
    three = dms.file(deposit(inbox, b"3", confidentiality="secret", document_date=date(2024, 3, 1)))
    assert ids(dms, words, category="repair") == [one]
    assert ids(dms, words, kind="报修单") == [one]
    assert ids(dms, words, dossier="D-1") == [one]
    assert ids(dms, words, confidentiality="secret") == [three]
    assert ids(dms, words, needs_review=True) == [two]
    assert set(ids(dms, words, needs_review=False)) == {one, three}
    assert ids(dms, words, unassigned=True) == [one]
    assert set(ids(dms, words, unassigned=False)) == {two, three}
    assert ids(dms, words, category="repair", confidentiality="secret") == []
    assert set(ids(dms, words, dated_from=date(2024, 2, 29), dated_to=date(2024, 3, 1))) == {one, three}
    assert ids(dms, words, dated_from=date(2024, 3, 1)) == [three]
    assert ids(dms, words, dated_to=date(2024, 2, 29)) == [one]


@pytest.mark.parametrize("words", ["", "测试甲", "甲"])
def test_what_is_above_the_clearance_takes_no_place_among_the_hits(dms: Dms, inbox: Path, words: str) -> None:
    low = [dms.file(deposit(inbox, bytes([n]), confidentiality="public")) for n in range(3)]
    for n in range(3, 9):
        dms.file(deposit(inbox, bytes([n]), ("测试甲" * n,), confidentiality="secret"))
    public = Clearance(frozenset({"public", "'", "\ud800"}))
    assert set(ids(dms, words, public, limit=3)) == set(low)
    assert ids(dms, words, public, confidentiality="secret") == []
    assert ids(dms, words, Clearance(frozenset())) == []


@pytest.mark.parametrize("words", GARBAGE)
def test_any_input_is_a_search(dms: Dms, inbox: Path, words: str) -> None:
    dms_id = dms.file(deposit(inbox, b"1", PAGES))
    assert ids(dms, words) in ([], [dms_id])
    assert ids(dms, category=words, dossier=words, limit=5) == []


@pytest.mark.parametrize("words", ["x" * 1_000_000, "认 " * 500_000, "a" * 201, "a " * 33])
def test_a_search_without_bounds_is_refused(dms: Dms, words: str) -> None:
    with pytest.raises(DmsRefused, match="too"):
        dms.search(Query(words), ALL)


def test_four_processes_file_each_document_once(backend: str, tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(4, mp_context=spawn) as pool:
        results = list(pool.map(file_twenty, [backend] * 4, [str(tmp_path)] * 4, range(4)))
    made = [dms_id for ids_made, _ in results for dms_id in ids_made]
    told = [dms_id for _, ids_told in results for dms_id in ids_told]
    dms = MAKERS[backend](tmp_path)
    records = list(dms.records())
    assert len(made) == len(set(made)) == len(records) == 4 * 10 + SHARED
    assert len(told) == 3 * SHARED
    assert set(told) <= set(made)
    assert all(dms.checksum(record.dms_id) == record.card.sha256 for record in records)


def test_threads_share_one_backend(dms: Dms, inbox: Path) -> None:
    papers = [deposit(inbox, bytes([n]), ("认购书",)) for n in range(12)]

    def file_and_find(n: int) -> str:
        dms_id = dms.file(papers[n])
        assert dms_id in ids(dms, "认购书")
        return dms_id

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(file_and_find, range(12)))) == 12
