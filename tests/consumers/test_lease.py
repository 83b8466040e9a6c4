from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from consumers import intake, lease
from consumers.lease import Others
from plugins import database
from tests.servers import postgresql

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def engine(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    url = f"sqlite:///{tmp_path / 'dossier.db'}"
    if request.param == "postgresql":
        url = postgresql.fresh_database(request.getfixturevalue("postgresql_server"))
    engine = database.connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.begin() as connection:
        yield connection


def _enter(
    connection: sa.Connection, intake_id: str, pages: int = 1, at: datetime = AT, owner: str = ""
) -> None:
    row = {"name": "a.pdf", "source": "inbox", "origin": "", "owner": owner, "sha256": intake_id * 2}
    intake.register(connection, intake_id=intake_id, at=at, **row)
    lease.line_up(connection, intake_id, at + timedelta(minutes=1), lease.turn_of(at, pages))


def _take(connection: sa.Connection, owner: str = "me", at: datetime = AT, intake_id: str = "") -> str | None:
    until = at + timedelta(minutes=1)
    if intake_id:
        row = lease.take_one(connection, owner, intake_id, until)
        return None if row is None else row.id
    rows = lease.take(connection, owner, at=at, until=until)
    return rows[0].id if rows else None


def test_several_are_taken_at_once_in_their_turn(connection: sa.Connection) -> None:
    for pages in (3, 1, 2, 4):
        _enter(connection, f"{pages} pages", pages=pages)
    rows = lease.take(connection, "me", at=AT, until=LATER, most=3)
    assert [row.id for row in rows] == ["1 pages", "2 pages", "3 pages"]
    assert lease.waiting(connection) == 1


def test_a_single_page_goes_before_a_batch_that_came_earlier(connection: sa.Connection) -> None:
    _enter(connection, "batch", pages=500)
    _enter(connection, "page", at=LATER)
    assert [_take(connection, at=LATER) for _ in range(3)] == ["page", "batch", None]


def test_a_batch_does_not_wait_for_ever_behind_single_pages(connection: sa.Connection) -> None:
    _enter(connection, "batch", pages=500)
    _enter(connection, "page", at=AT + timedelta(minutes=20))
    assert _take(connection, at=AT + timedelta(minutes=20)) == "batch"


def test_what_was_put_off_is_not_taken_before_its_time(connection: sa.Connection) -> None:
    _enter(connection, "one")
    intake.move(connection, "one", "retry", at=AT, next_try=LATER)
    assert _take(connection) is None
    assert _take(connection, at=LATER) == "one"


def test_a_clock_that_was_set_back_does_not_put_a_file_off_for_months(connection: sa.Connection) -> None:
    _enter(connection, "one")
    intake.move(connection, "one", "retry", at=AT, next_try=LATER)
    assert _take(connection, at=AT - timedelta(days=90)) == "one"


def test_a_file_that_has_come_to_its_end_is_never_taken(connection: sa.Connection) -> None:
    _enter(connection, "one")
    intake.move(connection, "one", "confirmed", at=AT)
    assert (_take(connection), _take(connection, intake_id="one")) == (None, None)


def test_a_file_that_somebody_has_is_not_taken_by_its_id_either(connection: sa.Connection) -> None:
    _enter(connection, "one")
    assert _take(connection, "first", intake_id="one") == "one"
    assert _take(connection, "second", intake_id="one") is None
    assert _take(connection, "first", intake_id="one") == "one"


def test_what_is_given_back_waits_again(connection: sa.Connection) -> None:
    _enter(connection, "one")
    _take(connection, "first")
    lease.give_back(connection, "first", ["one"])
    assert lease.waiting(connection) == 1
    assert _take(connection, "second") == "one"


def test_only_its_owner_gives_a_file_back(connection: sa.Connection) -> None:
    _enter(connection, "one")
    _take(connection, "first")
    lease.give_back(connection, "second", ["one"])
    assert lease.waiting(connection) == 0


def test_no_two_of_many_takers_ever_get_the_same_file(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for number in range(60):
            _enter(connection, f"{number:02}")
    got: list[str] = []

    def take_all(owner: str) -> None:
        while True:
            with engine.begin() as connection:
                found = _take(connection, owner)
            if found is None:
                return
            got.append(found)

    threads = [threading.Thread(target=take_all, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [f"{number:02}" for number in range(60)]


def _bring_back(
    connection: sa.Connection, others: Others, at: datetime, monotonic: float, *, alive: bool = True
) -> list[str]:
    return [row.id for row in others.bring_back(connection, lambda owner: alive, at, monotonic)]


def test_a_dead_owners_file_comes_back_at_once_and_counts_the_death(connection: sa.Connection) -> None:
    _enter(connection, "one", owner="dead")
    assert _bring_back(connection, Others("me", 30), AT, 0.0, alive=False) == ["one"]
    row = intake.get(connection, "one")
    assert row is not None
    assert (row.owner, row.deaths) == ("", 1)
    assert "given up by dead" in intake.events_of(connection, "one")[-1].detail


def test_a_silent_owners_file_comes_back_once_its_lease_has_ended(connection: sa.Connection) -> None:
    _enter(connection, "one", owner="hangs")
    others = Others("me", 30)
    assert _bring_back(connection, others, AT, 0.0) == []
    assert _bring_back(connection, others, AT + timedelta(minutes=2), 120.0) == ["one"]


def test_a_clock_that_jumps_ahead_takes_no_file_from_a_living_owner(connection: sa.Connection) -> None:
    _enter(connection, "one", owner="busy")
    others = Others("me", 30)
    tomorrow = AT + timedelta(days=1)
    assert _bring_back(connection, others, tomorrow, 0.0) == []
    lease.renew(connection, "busy", AT + timedelta(minutes=2))
    assert _bring_back(connection, others, tomorrow, 40.0) == []


def test_one_does_not_bring_back_what_is_ones_own(connection: sa.Connection) -> None:
    _enter(connection, "one", owner="me")
    assert _bring_back(connection, Others("me", 0), AT + timedelta(days=1), 9.0, alive=False) == []


def test_a_file_over_which_many_died_rests_longer_each_time(connection: sa.Connection) -> None:
    _enter(connection, "one", owner="dead")
    pauses = []
    for _ in range(5):
        _bring_back(connection, Others("me", 30), AT, 0.0, alive=False)
        row = intake.get(connection, "one")
        assert row is not None
        pauses.append((datetime.fromisoformat(row.next_try) - AT).seconds if row.next_try else 0)
        assert _take(connection, "dead", AT + timedelta(minutes=10)) == "one"
    assert pauses == [0, 0, 10, 20, 40]
