"""An office that does everything in any order: papers come, holds come and go, batches are made, decided, approved, put into
quarantine, witnessed, executed, cut off; and what is held is never destroyed.
"""

from __future__ import annotations

import atexit
import contextlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from plugins import settings
from plugins.keeping import appraising, disposing
from plugins.keeping.holding import place
from plugins.wiring import Archive, open_archive
from retention import register
from retention.appraising import appraisals
from retention.blocking import holds
from retention.disposing import disposals, tombstones, witnesses
from retention.errors import BadAppraisal, BadDisposal, NoSuchRecord
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import APPROVER, DUE, PROPOSER, both_agree, file_due

WITNESSES = {"孙丽": "孙丽自己的口令一二三四五", "钱峰": "钱峰自己的口令一二三四五"}
DOSSIERS = ("锦绣花园/3-2-1501", "锦绣花园/3-2-1502")
WORDS: dict[str, Any] = {"reason": "稽查", "mandate": "12号"}
_MOST_PAPERS = 5


def _open(folder: Path, clock: Callable[[], datetime]) -> Archive:
    return open_archive(settings.load({"DOSSIER_HOME": str(folder / "home")}, folder), clock)


@cache
def _template() -> Path:
    """An archive to copy: making one takes longer than all that happens in it."""
    folder = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    archive = _open(folder, lambda: NOON)
    cost, witnesses._COST = witnesses._COST, 16
    for name, passphrase in WITNESSES.items():
        disposing.enrol(archive, name, passphrase, vouched_by="王芳")
    witnesses._COST = cost
    for count in range(2):
        file_due(archive, folder / "papers", bytes([100 + count]), dossier=DOSSIERS[count])
    archive.engine.dispose()
    return folder


class Cut(BaseException):
    """The program ends here."""


class Office(RuleBasedStateMachine):
    """What may happen, and what must hold at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="office-"))
        self.archive: Archive
        self.papers: dict[str, str] = {}
        self.sums: dict[str, str] = {}
        self.at = NOON

    def teardown(self) -> None:
        """Look at everything once more, then remove it."""
        with self.archive.engine.begin() as connection:
            register.verify(connection)
        for one in self._disposals():
            assert disposing.verify(self.archive, one) == ()
        self.archive.engine.dispose()
        shutil.rmtree(self.folder)

    @initialize()
    def opened(self) -> None:
        """An archive with two witnesses and two papers that are due."""
        shutil.copytree(_template(), self.folder, dirs_exist_ok=True)
        self.archive = _open(self.folder, lambda: self.at)
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
        keys = {"record": number, "dossier": DOSSIERS[0], "customer": "测试甲", "query": '{"words":"第一页"}'}
        if scope == "dossier" or (scope == "record" and not self._there(number)):
            scope = "dossier" if DOSSIERS[0] in self._opened() else "customer"
        place(self.archive, scope, keys[scope], by="李静", **WORDS)

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

    @rule(data=st.data(), cut=st.integers(0, 12))
    def a_step_is_taken(self, data: st.DataObject, cut: int) -> None:
        """Start, witness, execute or restore; perhaps cut off after some changes in the DMS."""
        step = data.draw(st.sampled_from(["start", "witness", "execute", "restore"]))
        real = self.archive
        self.archive = replace(real, dms=_Mortal(real.dms, cut))
        try:
            with contextlib.suppress(BadDisposal, Cut):
                getattr(self, f"_{step}")(data)
        finally:
            self.archive = real

    @rule(cut=st.integers(0, 12), hold=st.booleans())
    def all_steps_are_taken(self, cut: int, hold: bool) -> None:
        """One after the other, as they should be; perhaps a hold comes right before the last, and perhaps it is cut off."""
        self.a_batch_is_approved()
        self._start(None)
        self.at += timedelta(days=200)
        self._witness(None)
        if hold and self.papers:
            place(self.archive, "customer", "测试甲", by="李静", **WORDS)
        real = self.archive
        self.archive = replace(real, dms=_Mortal(real.dms, cut))
        try:
            with contextlib.suppress(Cut):
                self._execute(None)
        finally:
            self.archive = real

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
        self._remember()
        for number in held:
            # What has gone went before the hold was placed: no hold that stood then stands now.
            assert self._there(number) or self.went[number] < held[number]

    def _held(self, standing: Any) -> dict[str, int]:
        """The papers that a standing hold reaches, each with the number of the first that does."""
        found: dict[str, int] = {}
        for one in standing:
            for number, dossier in self.papers.items():
                reached = one.scope in ("customer", "query") or one.key in (number, dossier)
                if reached:
                    found.setdefault(number, one.id)
        return found

    @property
    def went(self) -> dict[str, int]:
        """Of each paper that has gone: the number of the last hold there was then."""
        known: dict[str, int] = self.__dict__.setdefault("_went", {})
        return known

    def _remember(self) -> None:
        with self.archive.engine.begin() as connection:
            last = max((one.id for one in holds.every(connection, released=True)), default=0)
        for number in self.papers:
            if number not in self.went and not self._there(number):
                self.went[number] = last

    def _there(self, number: str) -> bool:
        try:
            self.archive.dms.record(number)
        except NoSuchRecord:
            return any(self.archive.dms.quarantined(number))
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

    def _restore(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self._disposals() or [0]))
        if number:
            items = disposing.show(self.archive, number).in_state("quarantined", "kept")
            ids = [one.dms_id for one in items][:1]
            disposing.restore(self.archive, number, ids, by="王芳", reason="查阅")


class _Mortal:
    """The DMS, until so many changes were made in it (0: for ever)."""

    def __init__(self, dms: Any, changes: int) -> None:
        self._dms, self._left = dms, changes or 1_000

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._dms, name)
        if name not in ("quarantine", "restore", "destroy"):
            return real

        def done(*words: str) -> None:
            self._step()
            real(*words)
            self._step()

        return done

    def _step(self) -> None:
        self._left -= 1
        if self._left <= 0:
            raise Cut
