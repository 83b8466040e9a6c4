from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from consumers import intake
from consumers.errors import LeaseLost
from consumers.intake import FINAL, State
from plugins import database
from tests.conftest import SAMPLES

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
SHA = "ab" * 32
OPEN: list[State] = ["claimed", "read", "labelled", "sent", "retry"]
ALL: list[State] = [*OPEN, *FINAL]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = database.connect(f"sqlite:///{tmp_path / 'dossier.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.begin() as connection:
        yield connection


def _register(connection: sa.Connection, intake_id: str = "one", **other: str) -> None:
    row = {"name": "a.pdf", "source": "inbox", "origin": "", "owner": "me", "sha256": SHA} | other
    intake.register(connection, intake_id=intake_id, at=AT, **row)


def _state(connection: sa.Connection, intake_id: str = "one") -> State:
    row = intake.get(connection, intake_id)
    assert row is not None
    return row.state


def _events(connection: sa.Connection) -> list[str]:
    query = sa.select(intake.intake_event.c.state).order_by(intake.intake_event.c.seq)
    return list(connection.execute(query).scalars())


def test_a_registered_file_is_claimed(connection: sa.Connection) -> None:
    _register(connection)
    assert (_state(connection), _events(connection)) == ("claimed", ["claimed"])


def test_registering_again_after_a_crash_changes_nothing(connection: sa.Connection) -> None:
    _register(connection)
    intake.move(connection, "one", "read", at=AT)
    _register(connection, owner="heir")
    row = intake.get(connection, "one")
    assert row is not None
    assert (row.owner, row.state, _events(connection)) == ("me", "read", ["claimed", "read"])


@pytest.mark.parametrize("state", ALL)
def test_every_change_of_state_is_an_event(connection: sa.Connection, state: State) -> None:
    _register(connection)
    intake.move(connection, "one", state, at=AT)
    assert (_state(connection), _events(connection)) == (state, ["claimed", state])


@pytest.mark.parametrize("final", FINAL)
@pytest.mark.parametrize("state", ALL)
def test_a_final_state_is_never_left(connection: sa.Connection, final: State, state: State) -> None:
    _register(connection)
    intake.move(connection, "one", final, at=AT)
    with pytest.raises(LookupError):
        intake.move(connection, "one", state, at=AT)
    assert (_state(connection), _events(connection)) == (final, ["claimed", final])


def test_a_file_that_nobody_registered_can_not_change(connection: sa.Connection) -> None:
    with pytest.raises(LookupError):
        intake.move(connection, "nobody", "read", at=AT)


def test_each_retry_is_counted_and_says_when_and_why(connection: sa.Connection) -> None:
    _register(connection)
    for _ in range(2):
        intake.move(connection, "one", "retry", at=AT, reason="no answer", next_try=AT + timedelta(seconds=5))
    row = intake.get(connection, "one")
    assert row is not None
    assert (row.attempts, row.reason, row.next_try) == (2, "no answer", "2026-03-01T08:00:05.000000+00:00")


def test_the_reason_goes_with_the_trouble(connection: sa.Connection) -> None:
    _register(connection)
    intake.move(connection, "one", "retry", at=AT, reason="no answer", next_try=AT)
    intake.move(connection, "one", "sent", at=AT, dms_id="7")
    row = intake.get(connection, "one")
    assert row is not None
    assert (row.reason, row.next_try, row.dms_id) == ("", "", "7")


def test_the_number_in_the_dms_stays_once_it_is_known(connection: sa.Connection) -> None:
    _register(connection)
    intake.move(connection, "one", "sent", at=AT, dms_id="7")
    intake.move(connection, "one", "confirmed", at=AT)
    row = intake.get(connection, "one")
    assert row is not None
    assert row.dms_id == "7"


def test_what_is_unfinished_is_listed_oldest_first(connection: sa.Connection) -> None:
    for number, state in enumerate(ALL):
        _register(connection, state)
        intake.move(connection, state, state, at=AT - timedelta(minutes=number))
    assert [row.id for row in intake.unfinished(connection)] == OPEN[::-1]


def test_a_listing_can_be_narrowed_to_states(connection: sa.Connection) -> None:
    for state in ALL:
        _register(connection, state)
        intake.move(connection, state, state, at=AT)
    assert {row.id for row in intake.listing(connection, ("review", "retry"))} == {"review", "retry"}
    assert len(intake.listing(connection)) == len(ALL)


def test_times_are_kept_as_utc(connection: sa.Connection) -> None:
    beijing = AT.astimezone(timezone(timedelta(hours=8)))
    assert intake.stamp(beijing) == "2026-03-01T08:00:00.000000+00:00"


def test_a_name_that_is_no_utf8_can_be_kept(connection: sa.Connection) -> None:
    _register(connection, name=os.fsdecode("认购书.pdf".encode("gb18030")))
    row = intake.get(connection, "one")
    assert row is not None
    assert row.name.endswith(".pdf")


def test_the_very_same_file_is_known_again_by_origin_and_bytes(connection: sa.Connection) -> None:
    origin = os.fsdecode(b'["/inbox/\xc8\xcf.pdf", 1, 2, 3, 4]')
    _register(connection, origin=origin)
    assert [
        intake.came_from(connection, *asked) is not None
        for asked in ((origin, SHA), (origin, "cd" * 32), ("another", SHA))
    ] == [True, False, False]


def test_the_right_to_file_is_nobodys_at_first(connection: sa.Connection) -> None:
    assert intake.right_holder(connection, SHA) is None


def test_who_has_the_right_to_file_is_told(connection: sa.Connection) -> None:
    _register(connection)
    intake.take_right(connection, SHA, "one")
    holder = intake.right_holder(connection, SHA)
    assert holder is not None
    assert holder.id == "one"


def test_the_right_to_file_the_same_bytes_is_never_given_twice(connection: sa.Connection) -> None:
    _register(connection)
    _register(connection, "two")
    intake.take_right(connection, SHA, "one")
    with pytest.raises(sa.exc.IntegrityError):
        intake.take_right(connection, SHA, "two")


def test_a_file_that_is_set_aside_gives_the_right_back(connection: sa.Connection) -> None:
    _register(connection)
    intake.take_right(connection, SHA, "one")
    intake.move(connection, "one", "quarantined", at=AT)
    assert intake.right_holder(connection, SHA) is None


@pytest.mark.parametrize("state", ["confirmed", "review"])
def test_a_file_that_was_filed_keeps_the_right(connection: sa.Connection, state: State) -> None:
    _register(connection)
    intake.take_right(connection, SHA, "one")
    intake.move(connection, "one", state, at=AT)
    assert intake.right_holder(connection, SHA) is not None


def test_what_was_not_committed_has_not_happened(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        _register(connection)
        connection.rollback()
    with engine.begin() as connection:
        assert intake.listing(connection) == []


_RIVAL = """
import sys
import sqlalchemy as sa
from consumers import intake
from consumers.errors import LeaseLost
from plugins import database
engine = database.connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
taken = 0
for number in range(40):
    try:
        with engine.begin() as connection:
            intake.take_right(connection, f"{number:064d}", sys.argv[2])
        taken += 1
    except sa.exc.IntegrityError:
        pass
print(taken)
"""


@pytest.mark.process
def test_two_processes_never_get_the_right_to_the_same_bytes(tmp_path: Path, engine: sa.Engine) -> None:
    with engine.begin() as connection:
        _register(connection, "one")
        _register(connection, "two")
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", _RIVAL, f"sqlite:///{tmp_path / 'dossier.db'}", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=SAMPLES.parent,
        )
        for name in ("one", "two")
    ]
    for rival in rivals:
        assert rival.stdout is not None
        rival.stdout.readline()
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("\n")
        rival.stdin.flush()
    taken = [int(rival.communicate(timeout=120)[0]) for rival in rivals]
    assert sum(taken) == 40


def test_parts_are_listed_in_the_order_of_their_pages(connection: sa.Connection) -> None:
    _register(connection)
    for name, first, last in (("three", 4, 9), ("two", 1, 3)):
        _register(connection, name)
        intake.is_part(connection, name, "one", first, last)
    found = intake.parts_of(connection, "one")
    assert [(row.id, row.part_of, row.first_page, row.last_page) for row in found] == [
        ("two", "one", 1, 3),
        ("three", "one", 4, 9),
    ]
    assert intake.parts_of(connection, "two") == []


def test_an_event_tells_when_by_whom_from_what_to_what_and_why(connection: sa.Connection) -> None:
    _register(connection)
    intake.move(connection, "one", "quarantined", at=AT, reason="not ours", actor="archivist")
    came, went = intake.events_of(connection, "one")
    assert (came.before, came.state, came.actor) == ("", "claimed", "me")
    assert went == intake.Event(intake.stamp(AT), "archivist", "claimed", "quarantined", "not ours")


def test_one_who_lost_his_lease_changes_nothing(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        _register(connection)
    with (
        pytest.raises(LeaseLost),
        intake.held_by(engine, "another").begin() as connection,
    ):
        intake.move(connection, "one", "read", at=AT)
    with intake.held_by(engine, "me").begin() as connection:
        intake.move(connection, "one", "read", at=AT)
        assert (_state(connection), _events(connection)) == ("read", ["claimed", "read"])


def test_a_change_of_state_and_its_event_are_two_statements(engine: sa.Engine) -> None:
    said: list[str] = []
    with engine.begin() as connection:
        _register(connection)
        sa.event.listen(engine, "after_cursor_execute", lambda *told: said.append(told[2]))
        intake.move(connection, "one", "read", at=AT)
        assert [statement.split()[0] for statement in said] == ["INSERT", "UPDATE"]


def test_a_change_of_state_that_is_refused_leaves_no_event(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        _register(connection)
        intake.move(connection, "one", "confirmed", at=AT)
        with pytest.raises(LookupError):
            intake.move(connection, "one", "read", at=AT)
        assert _events(connection) == ["claimed", "confirmed"]


def test_the_right_to_file_is_given_up_by_its_key_and_by_who_has_it_alone(connection: sa.Connection) -> None:
    for name in ("one", "two"):
        _register(connection, name)
    intake.take_right(connection, SHA, "one")
    intake.move(connection, "two", "quarantined", at=AT)
    held = intake.right_holder(connection, SHA)
    assert held is not None
    assert held.id == "one"
    intake.move(connection, "one", "quarantined", at=AT)
    assert intake.right_holder(connection, SHA) is None
