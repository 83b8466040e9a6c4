"""Both sides on the same scans: one scan at a time in turns, then all at once."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure.outcome import Reading
from benchmarks.measure.truth import Case
from benchmarks.served.server import Account, Server
from benchmarks.served.spent import spent
from benchmarks.served.through import NotFiled, Watch, file_all, prepare, settings

_REST = 5.0
"""Seconds between two turns. What the server still does for a document once it is findable belongs to it; and after each task it
replaces its worker process, for which a document that comes at once would wait up to four seconds."""
ALONE, THROUGH = "paperless_alone", "through_us"


@dataclass(frozen=True)
class Spent:
    """Seconds of wall clock, and of CPU: the server's (None where its processes are not known), and ours."""

    wall: float
    server: float | None
    ours: float


@dataclass
class Tally:
    """What one side made of the scans, and what each cost."""

    readings: dict[Path, Reading] = field(default_factory=dict)
    costs: list[Spent] = field(default_factory=list)


@dataclass(frozen=True)
class Bench:
    """The server as its administrator sees it, its processes, and how our program is started."""

    admin: Server
    processes: tuple[int, ...]
    workers: int
    environment: Mapping[str, str]

    def server_cpu(self) -> float | None:
        """The server's CPU seconds so far."""
        return spent(self.processes) if self.processes else None

    def one_by_one(self, first: Case, cases: list[Case]) -> dict[str, Tally]:
        """Each of `cases` by either side; who goes first changes. `first` is filed by us beforehand and does not count:
        a watcher runs for weeks and loads its engine once, while the server starts a process for each document."""
        tallies = {ALONE: Tally(), THROUGH: Tally()}
        theirs, ours = self.admin.make_account(), self.admin.make_account()
        try:
            with tempfile.TemporaryDirectory() as name, Watch(*self._told(Path(name), ours)) as watch:
                watch.file(first.path)
                alone = Server(self.admin.url, theirs.token)
                mine = Server(self.admin.url, ours.token)
                for number, case in enumerate(cases):
                    turns = [
                        (ALONE, lambda path: alone.wait(alone.upload(path)), alone),
                        (THROUGH, lambda path: _id(watch.file(path)), mine),
                    ]
                    for side, act, server in turns if number % 2 == 0 else reversed(turns):
                        self._turn(tallies[side], case, act, server, watch.cpu)
        finally:
            for account in (theirs, ours):
                self.admin.clear(account)
        return tallies

    def all_at_once(self, cases: list[Case]) -> dict[str, Tally]:
        """All scans uploaded together; all by one call of `dossier file`, its start and its engine's included. Both accounts
        have been prepared by `dossier init`, which does not count."""
        paths = [case.path for case in cases]
        tallies = {}
        for side in (ALONE, THROUGH):
            account = self.admin.make_account()
            try:
                with tempfile.TemporaryDirectory() as name:
                    told = self._told(Path(name), account)
                    prepare(*told)
                    time.sleep(_REST)
                    tallies[side] = Tally()
                    before, own, began = self.server_cpu(), _children(), time.monotonic()
                    if side == ALONE:
                        server = Server(self.admin.url, account.token)
                        for task in [server.upload(path) for path in paths]:
                            server.wait(task)
                    else:
                        filed_all(file_all(*told, paths))
                    wall = time.monotonic() - began
                    time.sleep(_REST)
                    tallies[side].costs.append(
                        Spent(wall, _less(self.server_cpu(), before), _children() - own)
                    )
            finally:
                self.admin.clear(account)
        return tallies

    def _told(self, folder: Path, account: Account) -> tuple[Path, dict[str, str]]:
        return folder, settings(folder, self.admin.url, account.token, self.workers, self.environment)

    def _turn(
        self,
        tally: Tally,
        case: Case,
        act: Callable[[Path], int | None],
        server: Server,
        ours: Callable[[], float],
    ) -> None:
        before, own, began = self.server_cpu(), ours(), time.monotonic()
        document = act(case.path)
        wall = time.monotonic() - began
        time.sleep(_REST)
        tally.costs.append(Spent(wall, _less(self.server_cpu(), before), ours() - own))
        text = "" if document is None else server.text(document)
        tally.readings[case.path] = Reading(text, refused="" if document else "not taken")


def filed_all(rows: Mapping[str, Mapping[str, object]]) -> None:
    """Raises NotFiled where a scan was refused: that takes no time, and would look like speed."""
    for name, row in rows.items():
        if _id(row) is None:
            raise NotFiled(f"{name} was not filed: {row.get('error')}")


def _id(told: Mapping[str, object]) -> int | None:
    return int(str(told["id"])) if "id" in told else None


def _less(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else now - before


def _children() -> float:
    """CPU seconds of the programs that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
