"""A hold by another connection at every step of a destruction: before the act it keeps the record; during the act it waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from plugins import database
from plugins.keeping import disposing
from plugins.keeping.holding import place
from plugins.wiring import Archive
from retention import register
from retention.blocking import holds
from tests.plugins import ready_made
from tests.plugins.due_papers import PROPOSER
from tests.plugins.keeping.witnessing import (
    WHY,
    WITNESSES,
    batch_of,
    furnish,
    is_there,
    later,
    states,
    two_approved,
)
from tests.plugins.watched_engine import watched
from tests.servers.postgresql import fresh_database
from tests.servers.starting import Server

IN_THE_ACT = (
    "before versions",
    "after versions",
    "before destroy",
    "after destroy",
    "before is_gone",
    "after is_gone",
)
CALLS = ("quarantined", "record", "versions", "quarantine", "destroy", "is_gone")


@contextmanager
def another_desk(archive: Archive) -> Iterator[Archive]:
    """The same archive by another connection, which is told at once where somebody else holds the lock."""
    postgres = archive.engine.dialect.name == "postgresql"
    engine = sa.create_engine(archive.engine.url)

    def on_connect(made: Any, _: object) -> None:
        if postgres:
            made.execute("SET lock_timeout = '20ms'")
            made.commit()
        else:
            made.isolation_level = None
            made.execute("PRAGMA busy_timeout=0")

    sa.event.listen(engine, "connect", on_connect)
    if not postgres:
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    yield replace(archive, engine=engine)
    engine.dispose()


def execute(archive: Archive, number: int, at_step: Callable[[str], None]) -> None:
    """Execute the disposal; `at_step` hears before each transaction begins, and before and after each call of the DMS."""

    class Dms:
        def __getattr__(self, name: str) -> Any:
            real = getattr(archive.dms, name)

            def done(*words: str) -> Any:
                at_step(f"before {name}")
                found = real(*words)
                at_step(f"after {name}")
                return found

            return done if name in CALLS else real

    engine = watched(archive.engine, lambda: at_step("begin"))
    disposing.execute(later(replace(archive, dms=Dms(), engine=engine)), number, by="吴刚")


def witnessed(archive: Archive) -> int:
    number = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal.id
    for name, passphrase in WITNESSES.items():
        disposing.witness(later(archive), number, name, passphrase)
    return number


def run(archive: Archive, wanted: int) -> tuple[list[str], list[str], int]:
    """A hold on both records comes at step `wanted`, or as soon after it as the lock lets it (0: none). Gives back the steps,
    those at which it had to wait, and the number of steps at which it stood."""
    number, steps, waited, stood = witnessed(archive), list[str](), list[str](), [0]
    with another_desk(archive) as desk:

        def at_step(what: str) -> None:
            steps.append(what)
            assert not (stood[0] and what == "before destroy"), "a hold stands, and the record is destroyed"
            if not wanted or len(steps) < wanted or stood[0]:
                return
            try:
                place(desk, "customer", "测试甲", **WHY)
            except sa.exc.OperationalError:
                waited.append(what)
            else:
                stood[0] = len(steps)

        execute(archive, number, at_step)
    _agree(archive, number)
    return steps, waited, stood[0]


def _agree(archive: Archive, number: int) -> None:
    """Each record is gone or kept, and what is gone was gone before the hold stood."""
    told = states(archive, number)
    with archive.engine.begin() as connection:
        register.verify(connection)
        entries = {(one.action, one.subject): one.seq for one in register.entries(connection)}
        standing = holds.every(connection)
    placed = min((seq for (action, _), seq in entries.items() if action == "hold-placed"), default=10**9)
    assert bool(standing) == (placed < 10**9)
    for dms_id, state in told.items():
        gone = entries.get(("destroyed", f"record/{dms_id}"))
        assert (state, is_there(archive, dms_id)) in (("destroyed", False), ("kept", True))
        assert gone is None or gone < placed


def test_at_whatever_step_it_comes_what_is_there_is_kept(tmp_path: Path) -> None:
    one = ready_made.copied(tmp_path / "archive", of=two_approved())
    steps, _, _ = run(one, 0)
    waits = 0
    for wanted in range(1, len(steps) + 1):
        one = ready_made.again(one, of=two_approved())
        _, waited, _ = run(one, wanted)
        waits += bool(waited)
        # From the question to the end of the act nobody places anything; between two transactions anybody does.
        assert steps[wanted - 1] not in IN_THE_ACT or waited
        assert steps[wanted - 1] != "begin" or not waited
    one.engine.dispose()
    assert len(steps) > 20
    assert waits > 8


def test_on_postgresql_a_hold_waits_for_the_act_and_keeps_the_next_record(
    tmp_path: Path, postgresql_server: Server
) -> None:
    engine = database.connect(fresh_database(postgresql_server))
    there = replace(ready_made.copied(tmp_path / "pg"), engine=engine)
    furnish(there, tmp_path / "pg")
    steps: list[str] = []
    number = witnessed(there)
    placed: list[str] = []
    waited: list[str] = []
    with another_desk(there) as desk:

        def at_step(what: str) -> None:
            steps.append(what)
            if "before destroy" in steps and not placed:
                try:
                    place(desk, "customer", "测试甲", **WHY)
                except sa.exc.OperationalError:
                    waited.append(what)
                else:
                    placed.append(what)

        execute(there, number, at_step)
    assert waited[:2] == ["before destroy", "after destroy"]
    assert sorted(states(there, number).values()) == ["destroyed", "kept"]
    _agree(there, number)
    engine.dispose()
