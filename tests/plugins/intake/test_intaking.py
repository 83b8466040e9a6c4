"""Taking files in: every file ends filed or set aside, whatever happens on the way."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
import sqlalchemy as sa

from consumers import intake, lease
from consumers.bounds import reader_died
from consumers.errors import Refused
from consumers.inbox.owner import Owner
from consumers.inbox.spool import Spool
from consumers.scan import sha256_of
from consumers.searchable import Searchable
from plugins.archiving.filing import file_document
from plugins.intake import hands, intaking, journeys, putting_off
from plugins.wiring import Archive
from retention import register
from retention.dms import Deposit
from retention.errors import DmsRefused, DmsUnavailable
from retention.heads import published_heads
from tests.plugins.conftest import NOON, SUBSCRIPTION, TextPool
from tests.plugins.taking import Desk

Write = Callable[[str, str], Path]


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    with Owner(archive.settings.home / "run") as owner:
        yield Desk(archive, owner)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(putting_off, "BACKOFF", (0.0, 0.0))


def test_a_filed_file_leaves_inbox_and_spool(desk: Desk, write: Write) -> None:
    path = write("a.pdf", SUBSCRIPTION)
    outcome = desk.take(path)
    assert outcome.record is not None
    assert not path.exists()
    assert desk.spooled() == []
    assert desk.states() == ["confirmed"]


def test_a_kept_file_stays_where_it_is(desk: Desk, write: Write) -> None:
    path = write("a.pdf", SUBSCRIPTION)
    desk.take(path, keep=True)
    assert path.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"PK\x03\x04zip", "damaged"), (b"hello", "wrong-type")],
)
def test_a_refused_file_lies_in_the_set_aside_folder_beside_its_reason(
    content: bytes, code: str, desk: Desk, write: Write
) -> None:
    path = write("收据 (2).pdf", "")
    path.write_bytes(content)
    sha256 = sha256_of(path)
    outcome = desk.take(path)
    assert outcome.refused is not None
    assert outcome.place is not None
    assert outcome.place.read_bytes() == content
    note = json.loads(outcome.place.with_name(outcome.place.name + ".json").read_text("utf-8"))
    assert (note["name"], note["sha256"], note["code"]) == ("收据 (2).pdf", sha256, code)
    assert note["message_zh"].endswith("。")
    assert note["message_en"].endswith(".")
    assert desk.states() == ["quarantined"]
    assert desk.spooled() == []


def test_a_filed_document_has_its_searchable_pdf_beside_it(desk: Desk, write: Write) -> None:
    outcome = desk.take(write("a.pdf", SUBSCRIPTION))
    assert outcome.record is not None
    kept = desk.archive.dms.archive(outcome.record.dms_id)
    assert kept == b"searchable: " + outcome.record.card.sha256.encode()


@pytest.mark.parametrize("error", [Refused("damaged", "坏。", "Bad."), RuntimeError("gone")])
def test_a_document_of_which_no_searchable_pdf_can_be_made_is_filed_without(
    error: Exception, desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*told: object, **how: object) -> Future[Searchable]:
        future: Future[Searchable] = Future()
        future.set_exception(error)
        return future

    monkeypatch.setattr(TextPool, "searchable", fails)
    outcome = desk.take(write("a.pdf", SUBSCRIPTION))
    assert outcome.record is not None
    assert desk.archive.dms.archive(outcome.record.dms_id) is None


def test_a_duplicate_may_come_again_once_its_original_was_set_aside(desk: Desk, write: Write) -> None:
    text = f"绝密★\n{SUBSCRIPTION}"
    for _ in range(2):
        outcome = desk.take(write("a.pdf", text))
        assert outcome.refused is not None
        assert outcome.refused.code == "state-secret"


def test_a_dms_that_is_away_keeps_the_file_in_the_spool_until_it_is_back(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = desk.archive.dms.file
    tries: list[int] = []

    def away_twice(deposit: Deposit) -> str:
        tries.append(1)
        if len(tries) <= 2:
            raise DmsUnavailable("away")
        return real(deposit)

    monkeypatch.setattr(desk.archive.dms, "file", away_twice)
    outcome = desk.take(write("a.pdf", SUBSCRIPTION))
    assert outcome.waiting == "away"
    assert len(desk.spooled()) == 1
    assert desk.states() == ["retry"]
    while desk.taking.in_hand:
        desk.taking.work(0.01)
    assert desk.told[-1].record is not None
    with desk.archive.engine.begin() as connection:
        (row,) = intake.listing(connection)
    assert (row.state, row.attempts) == ("confirmed", 2)


def test_a_database_that_is_locked_is_waited_for_too(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = file_document
    tries: list[int] = []

    def locked_once(*words: object) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise sa.exc.OperationalError("x", {}, Exception("database is locked"))
        return real(*words)  # type: ignore[arg-type]  # the same words as it was called with

    monkeypatch.setattr(journeys, "file_document", locked_once)
    desk.take(write("a.pdf", SUBSCRIPTION))
    while desk.taking.in_hand:
        desk.taking.work(0.01)
    assert desk.states() == ["confirmed"]


def test_when_all_in_hand_waits_one_file_asks_whether_the_dms_is_back_and_the_others_follow_it(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(putting_off, "BACKOFF", (1000.0,))
    real, asked = desk.archive.dms.file, []

    def away_at_first(deposit: Deposit) -> str:
        asked.append(deposit)
        if len(asked) <= 3:
            raise DmsUnavailable("away")
        return real(deposit)

    monkeypatch.setattr(desk.archive.dms, "file", away_at_first)
    for number in range(3):
        desk.taking.take(write(f"{number}.pdf", f"{SUBSCRIPTION}{number}"), "test", keep=False)
    desk.finish()
    desk.taking.work(0.0)
    assert (desk.taking.stuck, len(asked)) == (3, 3)
    monkeypatch.setattr(hands, "_ASK_EVERY", 0.0)
    for _ in range(2):
        desk.taking.work(0.0)
    assert {state in intake.FINAL for state in desk.states()} == {True}


def test_a_full_disk_is_no_end_of_who_takes_up_what_others_left(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(desk.archive.settings.home / "spool", "somebody who has died")
    for number in range(2):
        spool.move_in(write(f"{number}.pdf", f"{SUBSCRIPTION}{number}"), f"{number}" * 32, "test")

    def full(*_told: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Spool, "adopt", full)
        assert desk.taking.recover() == 0
    assert desk.taking.recover() == 2
    desk.finish()
    assert len(desk.states()) == 2


def test_a_full_disk_keeps_the_registers_head_for_later(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take(write("a.pdf", SUBSCRIPTION))

    def full(*_told: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(intaking, "publish_head", full)
        desk.taking.publish()
    desk.taking.publish()
    assert len(published_heads(desk.archive.settings.heads_file)) == 1


def test_a_file_that_was_lost_and_taken_again_while_its_pdf_is_written_goes_on_once(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, Future[Searchable]]] = []

    def slowly(
        _pool: object, _scan: object, _read: object, target: Path, **_told: object
    ) -> Future[Searchable]:
        asked.append((target, Future()))
        return asked[-1][1]

    monkeypatch.setattr(TextPool, "searchable", slowly)
    desk.taking.take(write("a.pdf", SUBSCRIPTION), "test", keep=False)
    desk.taking.work(0.0)
    (row,) = desk.rows()
    with desk.archive.engine.begin() as connection:
        lease.give_back(
            connection, desk.owner.id, [row.id]
        )  # as who brings back what was stopped for too long
    assert desk.taking.take_waiting(9) == 1
    desk.taking.work(0.0)
    for target, written in asked:
        target.write_bytes(b"%PDF")
        written.set_result(Searchable(1, 1, False))
    desk.finish()
    assert [outcome.record is not None for outcome in desk.told] == [True]
    assert len(asked) == 1


def test_an_answer_for_a_file_that_was_let_go_meanwhile_concerns_nobody(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Future[Searchable]] = []

    def slowly(*_told: object, **_more: object) -> Future[Searchable]:
        asked.append(Future())
        return asked[-1]

    monkeypatch.setattr(TextPool, "searchable", slowly)
    desk.taking.take(write("a.pdf", SUBSCRIPTION), "test", keep=False)
    desk.taking.work(0.0)
    desk.taking.abandon()
    asked[0].set_result(Searchable(1, 1, False))
    desk.taking.work(0.0)
    assert desk.taking.in_hand == 0
    assert desk.told == []


def test_a_pdf_over_which_the_reading_process_died_is_written_again_before_the_file_is_filed_without_one(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = TextPool.searchable, []

    def dies_once(pool: TextPool, *told: object, **more: object) -> Future[Searchable]:
        asked.append(told)
        if len(asked) > 1:
            return real(pool, *told, **more)  # type: ignore[arg-type]  # handed through
        died: Future[Searchable] = Future()
        died.set_exception(reader_died(1))
        return died

    monkeypatch.setattr(TextPool, "searchable", dies_once)
    desk.taking.take(write("a.pdf", SUBSCRIPTION), "test", keep=False)
    desk.finish()
    desk.taking.work(0.1)
    desk.finish()
    assert len(asked) == 2
    (record,) = desk.archive.dms.records()
    assert desk.archive.dms.archive(record.dms_id) is not None


def test_a_dms_that_says_no_sets_the_file_aside(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def says_no(deposit: Deposit) -> str:
        raise DmsRefused("file type not supported")

    monkeypatch.setattr(desk.archive.dms, "file", says_no)
    outcome = desk.take(write("a.pdf", SUBSCRIPTION))
    assert outcome.refused is not None
    assert outcome.refused.code == "dms-refused"


def test_an_unforeseen_error_is_tried_three_times_then_set_aside_and_the_next_file_is_filed(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = file_document
    tries: list[str] = []

    def breaks_on_one(
        archive: Archive, intake_id: str, scan: object, transcript: object, searchable: object
    ) -> object:
        if scan.name == "bad.pdf":  # type: ignore[attr-defined]  # a Scan
            tries.append(intake_id)
            raise ZeroDivisionError("never seen before")
        return real(archive, intake_id, scan, transcript, searchable)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(journeys, "file_document", breaks_on_one)
    desk.taking.take(write("bad.pdf", SUBSCRIPTION + "甲"), "test", keep=False)
    desk.taking.take(write("good.pdf", SUBSCRIPTION), "test", keep=False)
    while desk.taking.in_hand:
        desk.taking.work(0.01)
    assert len(tries) == 3
    ends = {outcome.name: outcome for outcome in desk.told}
    assert ends["good.pdf"].record is not None
    bad = ends["bad.pdf"].refused
    assert bad is not None
    assert (bad.code, "ZeroDivisionError" in bad.en) == ("internal-error", True)


def test_a_file_that_vanishes_before_it_is_claimed_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        desk.taking.take(tmp_path / "gone.pdf", "test", keep=False)
    assert desk.spooled() == []
    assert desk.states() == []


def test_heads_of_the_register_are_published_when_it_has_grown(desk: Desk, write: Write) -> None:
    desk.taking.publish()
    assert not desk.archive.settings.heads_file.exists()
    desk.take(write("a.pdf", SUBSCRIPTION))
    desk.taking.publish()
    desk.taking.publish()
    heads = published_heads(desk.archive.settings.heads_file)
    assert [head.seq for head in heads] == [1]
    with desk.archive.engine.begin() as connection:
        assert register.verify(connection, heads) == 1


def test_a_dead_owners_claim_is_taken_up(desk: Desk, write: Write) -> None:
    dead = Spool(desk.archive.settings.home / "spool", "d" * 32)
    dead.move_in(write("a.pdf", SUBSCRIPTION), "7" * 32, "inbox")
    assert desk.taking.recover() == 1
    while desk.taking.in_hand:
        desk.taking.work(0.1)
    assert desk.told[-1].name == "a.pdf"
    assert desk.states() == ["confirmed"]


def test_a_living_owners_claim_is_left_alone(desk: Desk, archive: Archive, write: Write) -> None:
    with Owner(archive.settings.home / "run") as other:
        Spool(archive.settings.home / "spool", other.id).move_in(
            write("a.pdf", SUBSCRIPTION), "7" * 32, "inbox"
        )
        assert desk.taking.recover() == 0


def test_a_file_that_a_crash_left_in_the_inbox_after_its_copy_is_not_filed_twice(
    desk: Desk, write: Write
) -> None:
    from consumers.inbox.spool import origin_of

    path = write("a.pdf", SUBSCRIPTION)
    dead = Spool(desk.archive.settings.home / "spool", "d" * 32)
    dead.copy_in(path, "7" * 32, "inbox", origin=origin_of(path))
    desk.taking.recover()
    while desk.taking.in_hand:
        desk.taking.work(0.1)
    again = desk.taking._spool.copy_in(path, "8" * 32, "inbox", origin=origin_of(path))
    desk.taking._journeys.enter(again)
    assert desk.states() == ["confirmed"]
    assert desk.taking.in_hand == 0
    assert desk.spooled() == []


def test_a_row_whose_file_was_set_aside_before_a_crash_is_closed(desk: Desk, archive: Archive) -> None:
    with archive.engine.begin() as connection:
        intake.register(
            connection,
            intake_id="9" * 32,
            name="a.pdf",
            source="inbox",
            origin="",
            owner="d" * 32,
            sha256="0" * 64,
            at=NOON,
        )
    folder = archive.settings.set_aside_folder
    folder.mkdir(parents=True)
    (folder / "99999999-a.pdf.json").write_text("{}")
    desk.taking.recover()
    with archive.engine.begin() as connection:
        (row,) = intake.listing(connection)
    assert (row.state, row.reason) == ("quarantined", "set aside: 99999999-a.pdf.json")


def test_a_finished_claim_that_a_crash_left_in_the_spool_is_cleared_away(desk: Desk, write: Write) -> None:
    path = write("a.pdf", SUBSCRIPTION)
    dead = Spool(desk.archive.settings.home / "spool", "d" * 32)
    dead.copy_in(path, "7" * 32, "inbox")
    desk.taking.recover()
    while desk.taking.in_hand:
        desk.taking.work(0.1)
    dead.copy_in(path, "7" * 32, "inbox")
    desk.taking.recover()
    assert desk.spooled() == []
    assert desk.archive.dms.status().documents == 1
