"""An office that does everything in any order: papers come, holds come and go, batches are made, decided, approved, put into
quarantine, witnessed, executed, cut off; a hold may come from another connection between any two steps of it all; and what is
held is never destroyed.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from plugins.keeping import appraising, disposing, restoring
from plugins.keeping.holding import place
from plugins.wiring import Archive
from retention import register
from retention.appraising import appraisals
from retention.blocking import holds
from retention.disposing import disposals, tombstones, witnesses
from retention.errors import BadAppraisal, BadDisposal, NoSuchRecord
from tests.plugins import ready_made
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import APPROVER, DUE, PROPOSER, both_agree, file_due
from tests.plugins.watched_engine import watched

WITNESSES = {"孙丽": "孙丽自己的口令一二三四五", "钱峰": "钱峰自己的口令一二三四五"}
DOSSIERS = ("锦绣花园/3-2-1501", "锦绣花园/3-2-1502")
WORDS: dict[str, Any] = {"reason": "稽查", "mandate": "12号"}
_MOST_PAPERS = 5
_CHANGES = ("quarantine", "restore", "destroy")
_CALLS = (*_CHANGES, "quarantined", "record", "is_gone")
TALLY: Counter[str] = Counter()
"""What has happened in all runs; `./run soak` prints it."""


@cache
def _template() -> Path:
    """An archive with two witnesses and two papers that are due."""
    return ready_made.made(_furnish)


def _furnish(archive: Archive, folder: Path) -> None:
    cost, witnesses._COST = witnesses._COST, 16
    for name, passphrase in WITNESSES.items():
        disposing.enrol(archive, name, passphrase, vouched_by="王芳")
    witnesses._COST = cost
    for count in range(2):
        file_due(archive, folder / "papers", bytes([100 + count]), dossier=DOSSIERS[count])


def _hasty(archive: Archive) -> Archive:
    """The same archive by another connection, which says at once that somebody else writes."""
    hasty = sa.create_engine(archive.settings.database)

    def on_connect(made: Any, _: object) -> None:
        made.isolation_level = None
        made.execute("PRAGMA foreign_keys=ON")
        made.execute("PRAGMA busy_timeout=0")

    sa.event.listen(hasty, "connect", on_connect)
    sa.event.listen(hasty, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return replace(archive, engine=hasty)


def _is_locked(refused: sa.exc.OperationalError) -> None:
    assert "locked" in str(refused)


class Cut(BaseException):
    """The program ends here."""


class Office(RuleBasedStateMachine):
    """What may happen, and what must hold at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="office-"))
        self.archive: Archive
        self.other: Archive
        self.papers: dict[str, str] = {}
        self.sums: dict[str, str] = {}
        self.unfinished: list[tuple[int, list[str]]] = []
        self.went: dict[str, int] = {}
        """Of each paper that has gone: the number of the last hold there was then."""
        self.at = NOON

    def teardown(self) -> None:
        """Look at everything once more, then remove it."""
        with self.archive.engine.begin() as connection:
            register.verify(connection)
        while self.unfinished:
            # Whoever was cut off runs the same command again.
            with contextlib.suppress(BadDisposal):
                self._put_back(*self.unfinished[0])
        for one in self._disposals():
            assert disposing.verify(self.archive, one) == ()
            for each in disposing.show(self.archive, one).items:
                TALLY[f"records that ended as {each.state}"] += 1
        self.archive.engine.dispose()
        self.other.engine.dispose()
        shutil.rmtree(self.folder)
        TALLY["runs"] += 1

    @initialize()
    def opened(self) -> None:
        """An archive with two witnesses and two papers that are due."""
        self.archive = ready_made.copied(self.folder, lambda: self.at, of=_template())
        self.other = _hasty(self.archive)
        for record in self.archive.dms.records():
            self._enter(record.dms_id, record.card.dossier)

    def _enter(self, number: str, dossier: str) -> None:
        self.papers[number] = dossier
        self.sums[number] = self.archive.dms.checksum(number)

    @precondition(lambda self: len(self.papers) < _MOST_PAPERS)
    @rule(dossier=st.sampled_from(DOSSIERS))
    def a_paper_comes(self, dossier: str) -> None:
        """One that is due."""
        number = file_due(self.archive, self.folder / "papers", bytes([len(self.papers)]), dossier=dossier)
        self._enter(number, dossier)

    @precondition(lambda self: self.papers)
    @rule(data=st.data(), scope=st.sampled_from(["record", "dossier", "customer", "query"]))
    def a_hold_comes(self, data: st.DataObject, scope: Any) -> None:
        """On anything that there is."""
        number = data.draw(st.sampled_from(sorted(self.papers)))
        self._hold(self.archive, scope, number)

    def _hold(self, archive: Archive, scope: Any, number: str) -> None:
        keys = {"record": number, "dossier": DOSSIERS[0], "customer": "测试甲", "query": '{"words":"第一页"}'}
        if scope == "dossier" or (scope == "record" and not self._there(number)):
            scope = "dossier" if DOSSIERS[0] in self._opened() else "customer"
        place(archive, scope, keys[scope], by="李静", **WORDS)
        TALLY["holds placed"] += 1

    @rule()
    def the_oldest_hold_goes(self) -> None:
        """Released with a reason."""
        with self.archive.engine.begin() as connection:
            for one in holds.every(connection)[:1]:
                holds.release(connection, one.id, who="李静", at=self.at, reason="已结")

    @rule()
    def a_batch_is_approved(self) -> None:
        """Proposed, decided, spoken of and approved, as far as holds allow."""
        batch = appraising.propose(self.archive, PROPOSER)
        if batch is None:
            return
        appraising.decide(self.archive, batch.id, (), "destroy", by=PROPOSER, reason="期满")
        with contextlib.suppress(BadAppraisal):
            appraising.decide(self.archive, batch.id, (), "undetermined", by=PROPOSER, reason="冻结")
        both_agree(self.archive, batch.id)
        with contextlib.suppress(BadAppraisal):
            appraising.approve(self.archive, batch.id, by=APPROVER)

    @rule(days=st.sampled_from([1, 200]))
    def time_passes(self, days: int) -> None:
        """A day, or more than the quarantine."""
        self.at += timedelta(days=days)

    @precondition(lambda self: self.papers)
    @rule(
        data=st.data(),
        cut=st.integers(0, 12),
        hold=st.integers(0, 30),
        scope=st.sampled_from(["record", "dossier", "customer", "query"]),
    )
    def a_step_is_taken(self, data: st.DataObject, cut: int, hold: int, scope: Any) -> None:
        """Start, witness, execute or restore; perhaps cut off after some changes in the DMS, perhaps a hold comes meanwhile."""
        step = data.draw(st.sampled_from(["start", "witness", "execute", "restore"]))
        number = data.draw(st.sampled_from(sorted(self.papers)))
        with self._meanwhile(cut, hold, scope, number):
            getattr(self, f"_{step}")(data)

    @precondition(lambda self: self.papers)
    @rule(
        data=st.data(),
        cut=st.integers(0, 12),
        hold=st.integers(0, 30),
        scope=st.sampled_from(["record", "dossier", "customer", "query"]),
    )
    def all_steps_are_taken(self, data: st.DataObject, cut: int, hold: int, scope: Any) -> None:
        """One after the other, as they should be; perhaps a hold comes amid the last, and perhaps it is cut off."""
        number = data.draw(st.sampled_from(sorted(self.papers)))
        self.a_batch_is_approved()
        self._start(None)
        self.at += timedelta(days=200)
        self._witness(None)
        with self._meanwhile(cut, hold, scope, number):
            self._execute(None)

    @contextlib.contextmanager
    def _meanwhile(self, cut: int, hold: int, scope: Any, number: str) -> Iterator[None]:
        """What is done in here is cut off after `cut` changes in the DMS, and at its step `hold` somebody at another desk
        places a hold (0: neither). While the register is locked he is refused, and tries again at the next step."""
        real, steps, placed = self.archive, 0, False

        def at_desk() -> None:
            nonlocal steps, placed
            steps += 1
            if placed or not 0 < hold <= steps:
                return
            try:
                self._hold(self.other, scope, number)
            except sa.exc.OperationalError as refused:
                _is_locked(refused)
                TALLY["holds that had to wait for a destruction"] += 1
            else:
                TALLY["holds placed between two steps"] += 1
                placed = True

        dms = _Watched(real.dms, cut, at_desk, self._destroys)
        self.archive = replace(real, dms=dms, engine=watched(real.engine, at_desk))
        try:
            with contextlib.suppress(BadDisposal, Cut):
                yield
        finally:
            self.archive = real

    def _destroys(self, number: str) -> None:
        """The DMS is told to destroy this now: nothing that was committed by anybody holds it."""
        TALLY["destructions that the DMS was told"] += 1
        if not self._there(number):
            # An earlier run was cut off when it had gone already; what comes after that holds nothing.
            return
        path = self.archive.settings.home / "dossier.sqlite3"
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reading:
            rows = reading.execute("SELECT id, scope, key, released_at FROM hold ORDER BY id").fetchall()
        held = [row for row in rows if not row[3] and self._reaches(row[1], row[2], number)]
        assert held == [], f"{number} is destroyed while held"
        self.went[number] = max((row[0] for row in rows), default=0)

    @invariant()
    def what_is_held_is_there_and_what_is_gone_has_one_tombstone(self) -> None:
        """At any time."""
        if not self.papers:
            return
        with self.archive.engine.begin() as connection:
            stones = [one.dms_id for one in tombstones.of(connection, sorted(self.papers))]
            ended = [one.subject for one in register.entries(connection) if one.action == "destroyed"]
            held = self._held(holds.every(connection))
        assert len(stones) == len(set(stones))
        assert sorted(ended) == sorted(f"record/{number}" for number in stones)
        for number in self.papers:
            there = self._there(number)
            assert not (there and number in stones)
            if there:
                assert self.archive.dms.checksum(number) == self.sums[number]
        for number in held:
            # What has gone went before the hold was placed: no hold that stood then stands now.
            assert self._there(number) or self.went[number] < held[number]

    def _held(self, standing: Any) -> dict[str, int]:
        """The papers that a standing hold reaches, each with the number of the first that does."""
        found: dict[str, int] = {}
        for one in standing:
            for number in self.papers:
                if self._reaches(one.scope, one.key, number):
                    found.setdefault(number, one.id)
        return found

    def _reaches(self, scope: str, key: str, number: str) -> bool:
        return scope in ("customer", "query") or key in (number, self.papers[number])

    def _there(self, number: str) -> bool:
        try:
            self.other.dms.record(number)
        except NoSuchRecord:
            return any(self.other.dms.quarantined(number))
        return True

    def _opened(self) -> set[str]:
        return set(self.papers.values()) & {str(DUE["dossier"])}

    def _disposals(self) -> list[int]:
        with self.archive.engine.begin() as connection:
            return [one.id for one in disposals.every(connection)]

    def _start(self, _: st.DataObject | None) -> None:
        with self.archive.engine.begin() as connection:
            numbers = [one.id for one in appraisals.every(connection)]
        for number in numbers:
            with contextlib.suppress(BadDisposal):
                disposing.start(self.archive, number, by=PROPOSER)

    def _witness(self, _: st.DataObject | None) -> None:
        for number in self._disposals():
            for name, passphrase in WITNESSES.items():
                with contextlib.suppress(BadDisposal):
                    disposing.witness(self.archive, number, name, passphrase)

    def _execute(self, _: st.DataObject | None) -> None:
        for number in self._disposals():
            with contextlib.suppress(BadDisposal):
                disposing.execute(self.archive, number, by="吴刚")
                TALLY["executions"] += 1

    def _restore(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self._disposals() or [0]))
        if number:
            items = disposing.show(self.archive, number).in_state("quarantined", "kept")
            ids = [one.dms_id for one in items][:1]
            self.unfinished.append((number, ids))
            self._put_back(number, ids)

    def _put_back(self, number: int, ids: list[str]) -> None:
        try:
            restoring.restore(self.archive, number, ids, by="王芳", reason="查阅")
        except BadDisposal:
            self.unfinished.remove((number, ids))
            raise
        self.unfinished.remove((number, ids))


class _Watched:
    """The DMS, until so many changes were made in it (0: for ever); `told` hears before and after each call of it,
    `destroys` which record it is told to destroy."""

    def __init__(
        self, dms: Any, changes: int, told: Callable[[], None], destroys: Callable[[str], None]
    ) -> None:
        self._dms, self._left, self.told, self._destroys = dms, changes or 1_000, told, destroys

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._dms, name)
        if name not in _CALLS:
            return real

        def done(*words: str) -> Any:
            self.told()
            if name in _CHANGES:
                self._step()
            if name == "destroy":
                self._destroys(words[0])
            found = real(*words)
            if name in _CHANGES:
                self._step()
            self.told()
            return found

        return done

    def _step(self) -> None:
        self._left -= 1
        if self._left <= 0:
            TALLY["runs of a command that were cut off"] += 1
            raise Cut
