"""How often a file makes the disk be waited for: each transaction that writes is one wait, and holds up all other writers."""

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
from plugins.intake.intaking import Intaking
from plugins.intake.outcome import Outcome
from plugins.intake.working import work_until
from plugins.wiring import Archive
from tests.plugins.conftest import RULES_OF_THE_OFFICE, TextPool
from tests.plugins.taking import Desk

Write = Callable[[str, str], Path]
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
        elif words[0] == "WITH":
            meant.append("taken")

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


def _line_up(archive: Archive, owner: Owner, write: Write, count: int) -> None:
    door = Intaking(archive, cast(ReadingPool, None), owner, _nobody, announce=_nobody)
    for number in range(count):
        door.take(write(f"{number}.pdf", f"{RULES_OF_THE_OFFICE}\n{number}"), "test", keep=False)


def _nobody(_told: object) -> None:
    """Nobody is told."""


def _work(archive: Archive, owner: Owner, count: int) -> None:
    """Be a worker until so many files are done."""
    stop, ends = threading.Event(), list[Outcome]()

    def told(outcome: Outcome) -> None:
        ends.append(outcome)
        if len(ends) == count:
            stop.set()

    work_until(stop, archive, cast(ReadingPool, TextPool()), owner, told=told)


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


def test_a_worker_takes_two_files_at_a_time_once_he_has_three(
    archive: Archive, owner: Owner, write: Write, waits: list[list[str]]
) -> None:
    _line_up(archive, owner, write, 9)
    waits.clear()
    _work(archive, owner, 9)
    assert waits.count(["taken"]) == 4
