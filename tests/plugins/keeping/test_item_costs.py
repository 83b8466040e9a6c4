"""What one record costs does not grow with the batch that it is in: counted in steps of the databases and in calls, without a clock."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.keeping import disposing, restoring
from plugins.keeping.appraising import today_of
from plugins.wiring import Archive
from retention.disposing import stages
from retention.disposing.disposing_tables import appraisal_item, disposal_item
from tests.plugins import ready_made
from tests.plugins.due_papers import PROPOSER
from tests.plugins.keeping.witnessing import WITNESSES, batch_of, later, states, two_approved
from tests.plugins.watched_engine import watched

FEW, MANY = 3, 1_500
_EACH = 10


@dataclass
class Spent:
    """Tens of steps of SQLite's machine, in whatever database, and calls of Python's functions, so far."""

    steps: int = 0
    calls: int = 0

    def since(self, before: Spent) -> Spent:
        return Spent(self.steps - before.steps, self.calls - before.calls)


@contextmanager
def counting(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spent]:
    """Counts what is done meanwhile."""
    spent, real = Spent(), sqlite3.connect

    def step() -> int:
        spent.steps += 1
        return 0

    def connect(*words: Any, **more: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = real(*words, **more)
        made.set_progress_handler(step, _EACH)
        return made

    def call(_: object, what: str, __: object) -> None:
        spent.calls += what == "call"

    archive.engine.dispose()
    with monkeypatch.context() as patched:
        for module in (sqlite3, sqlite3.dbapi2):
            patched.setattr(module, "connect", connect)
        before = sys.getprofile()
        sys.setprofile(call)
        try:
            yield spent
        finally:
            sys.setprofile(before)
            archive.engine.dispose()


def in_turn(archive: Archive, spent: Spent, act: Callable[[Archive], object], called: str) -> list[Spent]:
    """What each transaction cost, from its beginning to the next one's, in which the DMS was called so (with "": each)."""
    marks: list[tuple[Spent, set[str]]] = []

    class Dms:
        def __getattr__(self, name: str) -> Any:
            if marks:
                marks[-1][1].add(name)
            return getattr(archive.dms, name)

    def begun() -> None:
        marks.append((replace(spent), set()))

    act(replace(archive, dms=Dms(), engine=watched(archive.engine, begun)))
    begun()
    return [
        after.since(before)
        for (before, names), (after, _) in pairwise(marks)
        if called in names or not called
    ]


def padded(archive: Archive, number: int, state: str, count: int) -> None:
    """So many further items in the batch and in the disposal of it, of records that nobody has."""
    with archive.engine.begin() as connection:
        item = dict(connection.execute(sa.select(appraisal_item).limit(1)).mappings().one())
        mine = sa.select(disposal_item).where(disposal_item.c.disposal_id == number).limit(1)
        doomed = dict(connection.execute(mine).mappings().one()) | {"state": state}
        ids = [{"dms_id": f"9{count:06}"} for count in range(count)]
        connection.execute(sa.insert(appraisal_item), [item | one for one in ids])
        connection.execute(sa.insert(disposal_item), [doomed | one for one in ids])


def started(archive: Archive) -> int:
    """The disposal with nothing in quarantine yet; gives back its number."""
    batch, day = batch_of(archive), today_of(archive)
    with archive.engine.begin() as connection:
        return stages.start(connection, batch, who=PROPOSER, at=archive.clock(), until=day).id


def quarantining(archive: Archive, monkeypatch: pytest.MonkeyPatch, count: int) -> Spent:
    number = started(archive)
    padded(archive, number, "held", count)
    batch = batch_of(archive)
    with counting(archive, monkeypatch) as spent:
        each = in_turn(archive, spent, lambda it: disposing.start(it, batch, by=PROPOSER), "quarantine")
    assert list(states(archive, number).values())[:2] == ["quarantined"] * 2
    return each[1]


def executing(archive: Archive, monkeypatch: pytest.MonkeyPatch, count: int) -> Spent:
    number = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal.id
    padded(archive, number, "quarantined", count)
    for name, passphrase in WITNESSES.items():
        disposing.witness(later(archive), number, name, passphrase)
    two = later(
        replace(archive, settings=archive.settings.model_copy(update={"max_disposals": 2})),
    )
    marks: list[Spent] = []
    with counting(archive, monkeypatch) as spent:
        disposing.execute(two, number, by="吴刚", told=lambda _, __: marks.append(replace(spent)))
    assert list(states(archive, number).values())[:3] == ["destroyed", "destroyed", "quarantined"]
    return marks[1].since(marks[0])


def restoring_one(archive: Archive, monkeypatch: pytest.MonkeyPatch, count: int) -> Spent:
    one = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal
    padded(archive, one.id, "quarantined", count)
    ids = [item.dms_id for item in one.items]
    with counting(archive, monkeypatch) as spent:
        each = in_turn(
            archive,
            spent,
            lambda it: restoring.restore(it, one.id, ids, by="王芳", reason="仍需查阅"),
            "restore",
        )
    assert list(states(archive, one.id).values())[:2] == ["restored"] * 2
    return each[1]


def verifying(archive: Archive, monkeypatch: pytest.MonkeyPatch, count: int) -> Spent:
    number = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal.id
    padded(archive, number, "quarantined", count)
    with counting(archive, monkeypatch) as spent:
        each = in_turn(archive, spent, lambda it: disposing.verify(it, number), "quarantined")
    assert len(each) == count + 2
    return each[1]


@pytest.mark.parametrize("act", [quarantining, executing, restoring_one, verifying])
def test_a_record_costs_as_much_in_a_batch_of_thousands_as_in_one_of_five(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Archive, pytest.MonkeyPatch, int], Spent],
) -> None:
    archive = ready_made.copied(tmp_path, of=two_approved())
    few = act(archive, monkeypatch, FEW)
    archive = ready_made.again(archive, of=two_approved())
    many = act(archive, monkeypatch, MANY)
    archive.engine.dispose()
    assert few.steps > 10
    assert few.calls > 200
    # What a growing index asks for, and nothing else; to look at each of the others once would be some thousands.
    assert many.steps - few.steps < MANY // 50
    assert many.calls - few.calls < MANY // 10
