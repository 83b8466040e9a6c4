"""A file that is filed in parts: the whole once, each document once, and nothing lost whatever comes between."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from classifiers.parts import Division, Range, divide
from classifiers.taxonomy import Taxonomy
from consumers import intake
from consumers.cutting import Cut, Uncuttable
from consumers.inbox.owner import Owner
from consumers.inbox.spool import Claim
from consumers.scan import Scan, sha256_of
from consumers.transcript import Transcript
from plugins import settings as settings_module
from plugins.archiving import filing
from plugins.batches import divisions, parting, splitting
from plugins.intake import entering, journeys, putting_off
from plugins.settings import Settings
from plugins.wiring import Archive, open_archive
from retention import register
from retention.dms import Deposit
from retention.errors import DmsRefused, DmsUnavailable
from retention.record import Card
from tests.classifiers.parts.papers import (
    CONTRACT_1,
    CONTRACT_2,
    ID_BACK,
    ID_FRONT,
    LETTER,
    RECEIPT,
    SEPARATOR,
    VOLUME_LIST,
)
from tests.plugins.conftest import NOON, TextPool
from tests.plugins.taking import Desk

Write = Callable[[str, str], Path]


def pages(*texts: str) -> str:
    return "\f".join(text.strip() for text in texts)


MIXED = pages(ID_FRONT, ID_BACK, CONTRACT_1, CONTRACT_2, RECEIPT)
BATCH = pages(SEPARATOR, CONTRACT_1, CONTRACT_2, SEPARATOR, LETTER)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_module.load({"DOSSIER_HOME": str(tmp_path / "home"), "DOSSIER_SPLIT": "split"}, tmp_path)


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    with Owner(archive.settings.home / "run") as owner:
        yield Desk(archive, owner)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(putting_off, "BACKOFF", (0.0, 0.0))


def cards(archive: Archive) -> list[Card]:
    return [record.card for record in archive.dms.records()]


def parts(archive: Archive) -> list[tuple[int, int, str]]:
    return sorted((card.first_page, card.last_page, card.kind) for card in cards(archive) if card.part_of)


def entries(archive: Archive) -> list[register.Entry]:
    with archive.engine.begin() as connection:
        return list(register.entries(connection))


def no_pages(pool: TextPool, *told: object) -> Future[tuple[Cut, ...]]:
    done: Future[tuple[Cut, ...]] = Future()
    done.set_exception(Uncuttable("文件带有电子签名"))
    return done


def test_each_document_of_a_mixed_file_is_a_record_of_its_own(desk: Desk, write: Write) -> None:
    desk.take(write("客户资料.pdf", MIXED))
    assert parts(desk.archive) == [(1, 2, "身份证复印件"), (3, 4, "商品房买卖合同"), (5, 5, "收据")]
    names = sorted(card.name for card in cards(desk.archive))
    assert names == ["客户资料 第1-2页.pdf", "客户资料 第3-4页.pdf", "客户资料 第5页.pdf", "客户资料.pdf"]
    assert desk.spooled() == []


def test_the_scanners_bytes_are_kept_whole_as_the_batch_and_each_part_names_them(
    desk: Desk, write: Write
) -> None:
    path = write("a.pdf", MIXED)
    content, sha256 = path.read_bytes(), sha256_of(path)
    desk.take(path)
    dms = desk.archive.dms
    (batch,) = [record for record in dms.records() if record.card.batch]
    assert dms.original(batch.dms_id) == content
    assert {card.part_of for card in cards(desk.archive) if not card.batch} == {sha256}
    assert "\f".join(dms.text(batch.dms_id)) == MIXED


def test_a_part_has_its_own_text_pages_facts_dossier_and_searchable_version(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", MIXED))
    dms = desk.archive.dms
    (contract,) = [record for record in dms.records() if record.card.first_page == 3]
    assert dms.text(contract.dms_id) == (CONTRACT_1.strip(), CONTRACT_2.strip())
    assert (contract.card.pages, contract.card.dossier) == (2, "枫林雅园/2-602")
    assert {fact.page for fact in contract.card.facts} == {1, 2}
    assert dms.archive(contract.dms_id) == b"searchable: " + contract.card.sha256.encode()
    assert dms.checksum(contract.dms_id) == contract.card.sha256


def test_separator_sheets_stay_in_the_batch_alone(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", BATCH))
    assert parts(desk.archive) == [(2, 3, "商品房买卖合同"), (5, 5, "律师函")]


@pytest.mark.parametrize("sheet", [SEPARATOR, VOLUME_LIST])
def test_one_document_behind_a_sheet_is_filed_without_it(sheet: str, desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", pages(sheet, CONTRACT_1, CONTRACT_2)))
    assert parts(desk.archive) == [(2, 3, "商品房买卖合同")]


def test_a_batch_is_in_no_dossier_and_asks_for_no_look(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", BATCH))
    (batch,) = [card for card in cards(desk.archive) if card.batch]
    assert (batch.dossier, batch.needs_review, batch.unassigned, batch.facts) == ("", False, False, ())
    assert batch.title == "整批扫描件 a.pdf"
    levels = desk.archive.rules.ladder
    highest = max((card.confidentiality for card in cards(desk.archive)), key=levels.rank)
    assert batch.confidentiality == highest


def test_the_intake_list_says_what_was_cut_out_of_what(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", MIXED))
    whole, *others = desk.rows()
    assert (whole.part_of, whole.first_page) == ("", 0)
    assert sorted((one.part_of, one.first_page, one.last_page) for one in others) == [
        (whole.id, 1, 2),
        (whole.id, 3, 4),
        (whole.id, 5, 5),
    ]


def test_the_register_holds_the_chain_from_each_part_to_the_scanners_bytes(desk: Desk, write: Write) -> None:
    path = write("a.pdf", BATCH)
    sha256 = sha256_of(path)
    desk.take(path)
    payloads = [json.loads(one.payload) for one in entries(desk.archive) if one.action == "filed"]
    assert payloads[0]["batch"] is True
    assert payloads[0]["sha256"] == sha256
    assert [(one["part_of"], one["first_page"], one["last_page"]) for one in payloads[1:]] == [
        (sha256, 2, 3),
        (sha256, 5, 5),
    ]


def test_the_outcomes_tell_the_parts_and_where_they_came_from(desk: Desk, write: Write) -> None:
    path = write("a.pdf", BATCH)
    desk.take(path)
    assert [(one.part_of != "", one.first_page, one.taken_from) for one in desk.told] == [
        (False, 0, path),
        (True, 2, path),
        (True, 5, path),
    ]


def test_a_file_of_one_document_is_filed_as_ever(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", pages(CONTRACT_1, CONTRACT_2)))
    (card,) = cards(desk.archive)
    assert (card.batch, card.part_of, card.needs_review) == (False, "", False)


@pytest.mark.parametrize("setting", ["off", "propose"])
def test_other_settings_leave_a_mixed_file_whole(setting: str, tmp_path: Path, write: Write) -> None:
    chosen = settings_module.load(
        {"DOSSIER_HOME": str(tmp_path / "other"), "DOSSIER_SPLIT": setting}, tmp_path
    )
    with open_archive(chosen, lambda: NOON) as archive, Owner(chosen.home / "run") as owner:
        Desk(archive, owner).take(write("a.pdf", MIXED))
        (card,) = cards(archive)
    assert not card.batch


def test_a_division_in_doubt_leaves_the_file_whole_with_the_proposal_and_the_reason(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def undecided(transcript: Transcript, taxonomy: Taxonomy) -> Division:
        return replace(divide(transcript, taxonomy), undecided=(4,))

    monkeypatch.setattr(parting, "divide", undecided)
    desk.take(write("a.pdf", MIXED))
    (card,) = cards(desk.archive)
    assert any("第 3-4 页 “商品房买卖合同”" in why for why in card.review_reasons)
    assert any(why.startswith("未自动分件") and "第 4 页" in why for why in card.review_reasons)
    assert desk.states() == ["review"]


def test_between_separator_sheets_a_doubt_is_the_documents_own(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def doubtful(transcript: Transcript, taxonomy: Taxonomy) -> Division:
        return replace(divide(transcript, taxonomy), undecided=(3,), doubts=("第 3 页像是另一份",))

    monkeypatch.setattr(parting, "divide", doubtful)
    desk.take(write("a.pdf", BATCH))
    assert parts(desk.archive) == [(2, 3, "商品房买卖合同"), (5, 5, "律师函")]
    assert all(card.needs_review for card in cards(desk.archive) if card.part_of)


def test_two_documents_that_one_sheet_encloses_are_one_part_with_a_proposal(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = pages(SEPARATOR, CONTRACT_1, CONTRACT_2, RECEIPT, SEPARATOR, LETTER)
    told = Division((Range(1, 1, separator=True), Range(2, 4), Range(5, 5, separator=True), Range(6, 6)))
    monkeypatch.setattr(
        parting, "divide", lambda whole, kinds: told if len(whole.pages) == 6 else divide(whole, kinds)
    )
    desk.take(write("a.pdf", text))
    (both,) = [card for card in cards(desk.archive) if card.first_page == 2]
    assert any("建议分件" in why for why in both.review_reasons)
    assert len(cards(desk.archive)) == 3


def test_a_file_that_can_not_be_cut_is_filed_whole_with_the_reason(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TextPool, "cut", no_pages)
    desk.take(write("a.pdf", MIXED))
    (card,) = cards(desk.archive)
    assert not card.batch
    assert "未自动分件：文件带有电子签名" in card.review_reasons
    assert desk.states() == ["review"]


def test_the_same_document_in_two_batches_is_filed_once_and_both_go_on(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", MIXED))
    path = write("b.pdf", pages(ID_FRONT, ID_BACK, LETTER))
    second = sha256_of(path)
    desk.take(path)
    assert [card.kind for card in cards(desk.archive)].count("身份证复印件") == 1
    (card,) = [record for record in desk.archive.dms.records() if record.card.kind == "身份证复印件"]
    (twin,) = [row for row in desk.rows() if row.state == "quarantined"]
    assert (twin.first_page, twin.last_page, twin.dms_id) == (1, 2, card.dms_id)
    assert twin.reason.startswith("duplicate")
    assert not list(desk.archive.settings.set_aside_folder.glob("*"))
    assert desk.spooled() == []
    (told,) = [one for one in entries(desk.archive) if one.action == "recognised"]
    assert (told.subject, json.loads(told.payload)["part_of"]) == (f"record/{card.dms_id}", second)
    (said,) = [one for one in desk.told if one.refused]
    assert (said.refused.code if said.refused else "", said.place) == ("duplicate", None)


def test_the_same_document_twice_in_one_batch_is_filed_once(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", pages(RECEIPT, SEPARATOR, RECEIPT)))
    assert sorted(desk.states()) == ["confirmed", "confirmed", "quarantined"]


def test_a_twin_that_is_only_on_its_way_is_waited_for(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = desk.archive.dms.file
    tries: list[str] = []

    def away_once_for_the_receipt(deposit: Deposit) -> str:
        if deposit.card.first_page == 1 and not tries:
            tries.append("x")
            raise DmsUnavailable("away")
        return real(deposit)

    monkeypatch.setattr(desk.archive.dms, "file", away_once_for_the_receipt)
    desk.take(write("a.pdf", pages(RECEIPT, SEPARATOR, RECEIPT)))
    while desk.taking.in_hand:
        desk.taking.work(0.01)
    assert sorted(desk.states()) == ["confirmed", "confirmed", "quarantined"]
    assert len(cards(desk.archive)) == 2


def test_the_same_batch_again_is_a_duplicate_as_a_whole(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", BATCH))
    outcome = desk.take(write("b.pdf", BATCH))
    assert outcome.refused is not None
    assert (outcome.refused.code, outcome.part_of) == ("duplicate", "")
    assert len(cards(desk.archive)) == 3


def test_a_state_secret_on_any_page_keeps_all_of_it_out(desk: Desk, write: Write) -> None:
    outcome = desk.take(write("a.pdf", pages("绝密★\n" + CONTRACT_1.strip(), CONTRACT_2, SEPARATOR, LETTER)))
    assert outcome.refused is not None
    assert outcome.refused.code == "state-secret"
    assert cards(desk.archive) == []


def test_a_batch_that_the_dms_refuses_is_set_aside_whole(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def says_no(deposit: Deposit) -> str:
        raise DmsRefused("too large")

    monkeypatch.setattr(desk.archive.dms, "file", says_no)
    path = write("a.pdf", BATCH)
    content = path.read_bytes()
    outcome = desk.take(path)
    assert outcome.place is not None
    assert outcome.place.read_bytes() == content
    assert (desk.states(), desk.spooled()) == (["quarantined"], [])


def test_a_part_that_the_dms_refuses_is_set_aside_by_itself(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = desk.archive.dms.file

    def no_letters(deposit: Deposit) -> str:
        if deposit.card.first_page == 5:
            raise DmsRefused("no letters")
        return real(deposit)

    monkeypatch.setattr(desk.archive.dms, "file", no_letters)
    desk.take(write("a.pdf", BATCH))
    assert sorted(desk.states()) == ["confirmed", "confirmed", "quarantined"]
    (place,) = [one.place for one in desk.told if one.refused]
    assert place is not None
    assert place.name.endswith("a 第5页.pdf")


def test_a_dms_that_is_away_is_waited_for_at_every_step(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = desk.archive.dms.find, desk.archive.dms.file
    lost: dict[str, int] = {}

    def shaky(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*words: object) -> object:
            lost[name] = lost.get(name, 0) + 1
            if lost[name] % 2:
                raise DmsUnavailable("away")
            return function(*words)

        return call

    monkeypatch.setattr(desk.archive.dms, "find", shaky("find", real))
    monkeypatch.setattr(desk.archive.dms, "file", shaky("file", asked))
    desk.take(write("a.pdf", BATCH))
    while desk.taking.in_hand:
        desk.taking.work(0.01)
    assert desk.states() == ["confirmed"] * 3


def test_parts_that_could_not_be_entered_at_once_are_entered_later(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = entering.enter
    tries: list[str] = []

    def locked_once(
        connection: sa.Connection, claim: Claim, sha256: str, archive: Archive, owner: str
    ) -> bool:
        if claim.part_of and len(tries) < 2:
            tries.append(sha256)
            raise sa.exc.OperationalError("x", {}, Exception("database is locked"))
        return real(connection, claim, sha256, archive, owner)

    monkeypatch.setattr(entering, "enter", locked_once)
    desk.take(write("a.pdf", BATCH))
    while desk.taking.in_hand:
        desk.taking.work(0.01)
    assert len(tries) == 2
    assert parts(desk.archive) == [(2, 3, "商品房买卖合同"), (5, 5, "律师函")]


class CutOff(BaseException):
    """The process dies here."""


def _crash_at(monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
    def dies(*words: object, **more: object) -> None:
        raise CutOff

    monkeypatch.setattr(where, name, dies)


def _begin(archive: Archive, path: Path) -> None:
    """A life that ends by a crash."""
    with Owner(archive.settings.home / "run") as owner, pytest.raises(CutOff):
        Desk(archive, owner).take(path)


def _second_life(archive: Archive) -> Desk:
    with Owner(archive.settings.home / "run") as owner:
        again = Desk(archive, owner)
        again.taking.recover()
        while again.taking.in_hand:
            again.taking.work(0.01)
    return again


def test_a_restart_with_other_rules_goes_on_with_the_division_that_was_decided(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _crash_at(patch, journeys, "file_document")
        _begin(archive, write("a.pdf", MIXED))
    _crash_at(monkeypatch, parting, "divide")
    off = Archive(**{**vars(archive), "settings": archive.settings.model_copy(update={"split": "off"})})
    _second_life(off)
    assert [(first, last) for first, last, _ in parts(archive)] == [(1, 2), (3, 4), (5, 5)]


def test_a_batch_that_was_filed_before_a_crash_is_parted_after_it_without_being_read_again(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _crash_at(patch, splitting, "claim_parts")
        _begin(archive, write("a.pdf", BATCH))
    assert [card.batch for card in cards(archive)] == [True]
    read: list[str] = []
    real = TextPool.read

    def reads(pool: TextPool, scan: Scan) -> Future[Transcript]:
        read.append(scan.name)
        return real(pool, scan)

    monkeypatch.setattr(TextPool, "read", reads)
    again = _second_life(archive)
    assert "a.pdf" not in read
    assert parts(archive) == [(2, 3, "商品房买卖合同"), (5, 5, "律师函")]
    assert again.spooled() == []


def test_what_can_not_be_cut_any_more_after_a_crash_is_told_and_stays_in_the_batch(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _crash_at(patch, splitting, "claim_parts")
        _begin(archive, write("a.pdf", BATCH))
    monkeypatch.setattr(TextPool, "cut", no_pages)
    again = _second_life(archive)
    (card,) = cards(archive)
    assert "人工拆分" in card.review_reasons[0]
    left = [(row.first_page, row.state) for row in again.rows() if row.part_of]
    assert sorted(left) == [(2, "quarantined"), (5, "quarantined")]
    assert again.spooled() == []


def test_a_file_that_was_filed_whole_before_a_crash_is_not_parted_after_it(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Archive(**{**vars(archive), "settings": archive.settings.model_copy(update={"split": "propose"})})
    with monkeypatch.context() as patch:
        _crash_at(patch, filing, "_confirm")
        _begin(whole, write("a.pdf", MIXED))
    _second_life(archive)
    assert [card.batch for card in cards(archive)] == [False]


def test_what_is_written_down_of_a_division_bears_no_names(desk: Desk, write: Write) -> None:
    desk.take(write("a.pdf", MIXED))
    with desk.archive.engine.begin() as connection:
        (row,) = connection.execute(sa.select(divisions.division)).mappings()
        ranges = divisions.of(connection, row["intake_id"])
    assert "卢雨晴" not in row["ranges"]
    assert [(one.first, one.last, one.separator) for one in ranges] == [
        (1, 2, False),
        (3, 4, False),
        (5, 5, False),
    ]
    assert ranges[1].reasons[0].rule.startswith("part:")


def test_a_part_has_the_same_id_and_name_each_time(desk: Desk, write: Write) -> None:
    desk.take(write("a.b.pdf", BATCH))
    whole, *others = desk.rows()
    with desk.archive.engine.begin() as connection:
        ranges = divisions.of(connection, whole.id)
    assert {one.id for one in others} == {
        splitting.part_id(whole.id, one) for one in ranges if not one.separator
    }
    assert {one.name for one in others} == {"a.b 第2-3页.pdf", "a.b 第5页.pdf"}
    assert all(one.state in intake.FINAL for one in others)
