"""How often a worker, and a file on its way, make the disk be waited for: each transaction that writes holds up all other writers."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa

from consumers import intake
from consumers.inbox.owner import Owner
from consumers.pool import ReadingPool
from plugins.intake import intaking, working
from plugins.intake.intaking import Intaking
from plugins.wiring import Archive
from tests.plugins.conftest import RULES_OF_THE_OFFICE, TextPool
from tests.plugins.taking import Desk

Write = Callable[[str, str], Path]
PATIENCE = 600.0
STATE_SECRET = "绝密★30年\n江州置业有限公司"


@pytest.fixture
def owner(archive: Archive) -> Iterator[Owner]:
    with Owner(archive.settings.home / "run") as made:
        yield made


@pytest.fixture
def waits(archive: Archive) -> list[list[str]]:
    """The transactions that changed something, each as the tables that it meant to change."""
    told: list[list[str]] = []
    meant: list[str] = []
    before: dict[int, int] = {}

    def said(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        words = statement.split()
        if words[0] in ("INSERT", "UPDATE", "DELETE"):
            meant.append(words[1] if words[0] == "UPDATE" else words[2])

    def began(connection: sa.Connection) -> None:
        before[0] = _changes(connection)

    def ended(connection: sa.Connection) -> None:
        if _changes(connection) > before[0]:
            told.append(meant.copy())
        meant.clear()

    sa.event.listen(archive.engine, "after_cursor_execute", said)
    sa.event.listen(archive.engine, "begin", began)
    sa.event.listen(archive.engine, "commit", ended)
    return told


def _changes(connection: sa.Connection) -> int:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver.total_changes


def test_a_file_is_entered_settled_retained_and_confirmed_and_that_is_all(
    archive: Archive, owner: Owner, write: Write, waits: list[list[str]]
) -> None:
    Desk(archive, owner).take(write("a.pdf", RULES_OF_THE_OFFICE))
    assert len(waits) == 4
    entered, settled, retained, confirmed = (set(one) for one in waits)
    assert entered == {"intake", "intake_event"}
    assert settled == {"intake", "intake_event", "filing_right"}
    assert not retained & {"intake", "intake_event"}
    assert confirmed > {"intake", "intake_event", "register"}


def test_what_led_to_the_right_to_file_is_told_in_the_transaction_that_takes_it(
    archive: Archive, owner: Owner, write: Write
) -> None:
    Desk(archive, owner).take(write("a.pdf", RULES_OF_THE_OFFICE))
    with archive.engine.begin() as connection:
        (row,) = intake.listing(connection)
        told = [(event.before, event.state) for event in intake.events_of(connection, row.id)]
    states = ["", "claimed", "read", "labelled", "sent", "confirmed"]
    assert told == list(itertools.pairwise(states))


@pytest.mark.parametrize("text", [STATE_SECRET, RULES_OF_THE_OFFICE], ids=["state secret", "duplicate"])
def test_a_file_that_is_refused_once_it_was_read_is_told_to_have_been_read(
    text: str, archive: Archive, owner: Owner, write: Write
) -> None:
    desk = Desk(archive, owner)
    desk.take(write("a.pdf", RULES_OF_THE_OFFICE))
    assert desk.take(write("b.pdf", text)).refused is not None
    with archive.engine.begin() as connection:
        row = next(row for row in intake.listing(connection) if row.name == "b.pdf")
        told = [event.state for event in intake.events_of(connection, row.id)]
    assert told == ["claimed", "read", "quarantined"]


class OneByOne:
    """Stands in for an Intaking: of so many files that wait, each call of `work` finishes one."""

    stuck = 0

    def __init__(self, waiting: int, stop: threading.Event) -> None:
        self.waiting, self.in_hand, self.taken = waiting, 0, list[int]()
        self.spared: list[bool] = []
        self._stop = stop

    def take_share(self, most: int, *, spare: bool) -> int:
        """Take what waits until so many are in hand."""
        self.spared.append(spare)
        found = min(most - self.in_hand, self.waiting)
        self.waiting, self.in_hand = self.waiting - found, self.in_hand + found
        self.taken.append(found)
        return found

    def work(self, _seconds: float, _few: int = 0) -> None:
        """Finish one."""
        self.in_hand -= 1
        if not self.waiting + self.in_hand:
            self._stop.set()

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_told: None


def test_a_worker_has_three_files_and_takes_two_once_one_is_left(
    archive: Archive, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    taking = OneByOne(9, stop)
    monkeypatch.setattr(working, "Intaking", lambda *_told: taking)
    working.work_until(stop, archive, cast(ReadingPool, TextPool()), owner)
    assert [found for found in taking.taken if found] == [3, 2, 2, 2]


@pytest.mark.parametrize(("long", "spared"), [(1e9, True), (0.0, False)])
def test_a_worker_that_is_busy_leaves_few_files_to_others_unless_it_is_at_a_long_one(
    long: float, spared: bool, archive: Archive, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    taking = OneByOne(5, stop)
    monkeypatch.setattr(working, "Intaking", lambda *_told: taking)
    monkeypatch.setattr(working, "_LONG", long)
    working.work_until(stop, archive, cast(ReadingPool, TextPool()), owner)
    assert taking.spared == [False, spared, spared]


def _lined_up(archive: Archive, write: Write, count: int) -> None:
    """So many files that wait for a worker."""
    with Owner(archive.settings.home / "run") as door:
        taking = Intaking(archive, cast(ReadingPool, TextPool()), door, _nobody, announce=_nobody)
        for number in range(count):
            taking.take(write(f"{number}.pdf", f"{RULES_OF_THE_OFFICE}{number}"), "test", keep=False)


def _nobody(_told: object) -> None:
    """Nobody is told."""


def test_of_a_heap_as_many_are_taken_as_can_be_in_hand_and_of_few_one(
    archive: Archive, owner: Owner, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intaking, "_HEAP", 4)
    _lined_up(archive, write, 6)
    desk = Desk(archive, owner)
    assert [desk.taking.take_share(3, spare=False) for _ in range(2)] == [3, 0]
    desk.finish()
    assert [desk.taking.take_share(3, spare=False) for _ in range(2)] == [1, 1]


def test_of_few_none_is_taken_by_who_has_something_to_do(
    archive: Archive, owner: Owner, write: Write
) -> None:
    _lined_up(archive, write, 1)
    desk = Desk(archive, owner)
    assert [desk.taking.take_share(3, spare=spare) for spare in (True, False)] == [0, 1]


def test_a_worker_that_finds_nothing_has_only_looked(
    archive: Archive, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, begun = Desk(archive, owner), list[str]()
    sa.event.listen(
        archive.engine, "before_cursor_execute", lambda _c, _u, statement, *_more: begun.append(statement)
    )
    assert desk.taking.take_share(3, spare=False) == 0
    assert [statement.split()[0] for statement in begun] == ["BEGIN", "SELECT"]


def test_who_has_nothing_to_give_back_asks_nobody(archive: Archive, owner: Owner) -> None:
    desk, begun = Desk(archive, owner), list[str]()
    sa.event.listen(
        archive.engine, "before_cursor_execute", lambda _c, _u, statement, *_more: begun.append(statement)
    )
    desk.taking.give_back()
    assert begun == []


def test_work_comes_back_as_soon_as_few_are_left(archive: Archive, owner: Owner, write: Write) -> None:
    _lined_up(archive, write, 3)
    desk = Desk(archive, owner)
    desk.taking.take_waiting(3)
    desk.taking.work(PATIENCE, 1)
    assert desk.taking.in_hand == 1
