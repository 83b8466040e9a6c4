"""The whole intake under random faults, as processes, for as long as it is told to; then the account of every file.

    python -m tests.soak.intake --minutes 30 [--seed N] [--celery] [--keep FOLDER]

Two inboxes, each with a scanner that writes as scanners and people do; two watchers and two crews of workers; a
paperless-ngx double that answers badly. With `--celery` the work goes through Redis, and our database is PostgreSQL; both
are killed and come back. Exit code 1 where a file was lost or filed twice, anything else is wrong, or memory grows.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from consumers import intake
from plugins.settings import load
from plugins.wiring import Archive, open_archive
from tests.plugins.paperless.wire import wire
from tests.servers import postgresql, redis
from tests.servers.starting import Server
from tests.soak import judging
from tests.soak.ledger import Ledger
from tests.soak.memory import Memory
from tests.soak.office import Office, Post, settings
from tests.soak.place import Place, made
from tests.soak.scanners import Scanner
from tests.soak.server import MoodyPaperless
from tests.soak.telling import Times, tell
from tests.soak.tormentor import Tormentor

_DRAIN = 900.0
"""Seconds after which what has not come to an end is told as a fault; a try that failed often comes again after 300."""


def main() -> None:
    """Torment the intake for so many minutes, let it come to its end, and print the account."""
    parser = argparse.ArgumentParser(prog="./run soak intake", description=main.__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where chance begins")
    parser.add_argument("--celery", action="store_true", help="through Redis, on PostgreSQL")
    parser.add_argument(
        "--keep", type=Path, help="folder for the logs, and for the archive where it is not clean"
    )
    told = parser.parse_args()
    keep = told.keep or Path(tempfile.mkdtemp(prefix="soak-intake-"))
    with contextlib.ExitStack() as stack:
        servers = _servers(stack) if told.celery else []
        place = stack.enter_context(made(_empty(keep / "place")))
        clean = _soak(place, servers, told.minutes * 60, told.seed, _empty(keep / "logs"))
        if not clean:
            shutil.copytree(place.home, _empty(keep / "home"), dirs_exist_ok=True)
            print(f"logs and archive are kept in {keep}")
    if clean and told.keep is None:
        shutil.rmtree(keep, ignore_errors=True)
    raise SystemExit(0 if clean else 1)


def _servers(stack: contextlib.ExitStack) -> list[Server]:
    return [stack.enter_context(redis.running()), stack.enter_context(postgresql.running())]


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _soak(place: Place, servers: list[Server], seconds: float, seed: int, logs: Path) -> bool:
    ledger, dms = Ledger(), MoodyPaperless(seed)
    with wire(dms.serve) as server:
        told = settings(place.aside, server.url, **_of(servers))
        office = Office(place.home, _posts(place, celery=bool(servers)), logs, told)
        office.start()
        _wait(lambda: _count(logs, '"event": "watching"') >= 2, 120)
        memory = Memory(office)
        memory.start()
        scanners = [
            Scanner(share, ledger, seed + number, lambda: _backlog(place))
            for number, share in enumerate(place.shares)
        ]
        tormentor = Tormentor(place, office, dms, scanners, servers, seed)
        _torment(seconds, ledger, scanners, tormentor, place)
        with open_archive(load(told | {"DOSSIER_HOME": str(place.home)}, place.root)) as archive:
            began = time.monotonic()
            _wait(lambda: not _open(place, ledger, archive.engine), _DRAIN)
            drained = time.monotonic() - began
            memory.stop.set()
            memory.join()
            ends = office.close()
            found = _judged(place, ledger, archive, dms)
        found.faults += [f"{name} ended with {code}" for name, code in ends.items() if code != 0]
        spared = [post for post in office.posts if post.spared and post.ends]
        found.faults += [f"{post.name}, whom nobody killed, ended: {dict(post.ends)}" for post in spared]
    times = Times(seconds, drained, seed, dms.requests)
    return tell(found, ledger, tormentor.faults, memory, office, times)


def _of(servers: list[Server]) -> dict[str, str]:
    """The settings by which the programs know the servers, if there are any."""
    if not servers:
        return {}
    broker, postgres = servers
    return {
        "DOSSIER_BROKER_URL": broker.url,
        "DOSSIER_DATABASE_URL": postgresql.fresh_database(postgres),
    }


def _torment(
    seconds: float, ledger: Ledger, scanners: list[Scanner], tormentor: Tormentor, place: Place
) -> None:
    """Let them write and strike for so long; afterwards every fault is over."""
    for thread in (*scanners, tormentor):
        thread.start()
    _pass(seconds, ledger, tormentor, place)
    for stop in (tormentor.stop, *(scanner.stop for scanner in scanners)):
        stop.set()
    for thread in (*scanners, tormentor):
        thread.join()


def _judged(place: Place, ledger: Ledger, archive: Archive, dms: MoodyPaperless) -> judging.Account:
    documents, foreign = judging.filed(archive.dms)
    aside, faults = judging.set_aside(place.aside)
    found = judging.account(ledger, documents, aside)
    found.faults += [*faults, *foreign]
    if len(dms.documents) != documents.total():
        found.faults.append(f"the DMS has {len(dms.documents)} documents, and {documents.total()} are ours")
    found.faults += judging.left_over(place.home, [share.inbox for share in place.shares], ledger)
    found.faults += judging.table_of_truth(archive.engine, found.written + found.early)
    return found


def _posts(place: Place, *, celery: bool) -> list[Post]:
    one, other = (share.inbox for share in place.shares)
    worker = ("worker", "--celery") if celery else ("worker",)
    return [
        Post("watcher-1", ("watch",), one, spared=True),
        Post("watcher-2", ("watch",) if celery else ("watch", "--line-up"), other, spared=False),
        Post("crew-1", (*worker, "--count", "1"), one, spared=True),
        Post("crew-2", (*worker, "--count", "2"), one, spared=False),
    ]


def _pass(seconds: float, ledger: Ledger, tormentor: Tormentor, place: Place) -> None:
    """Let the time pass, and tell each minute how far it is."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        time.sleep(min(60.0, left))
        print(
            f"{(seconds - left) / 60:5.1f} min: {ledger.count()} files written, {tormentor.faults.total()} faults, "
            f"{_backlog(place)} in inboxes and spool",
            flush=True,
        )


def _backlog(place: Place) -> int:
    waiting = sum(1 for share in place.shares for path in share.inbox.rglob("*") if path.is_file())
    return waiting + sum(1 for _ in (place.home / "spool").glob("*/content"))


def _open(place: Place, ledger: Ledger, engine: sa.Engine) -> bool:
    """Whether anything has not come to its end."""
    inboxes = [share.inbox for share in place.shares]
    if judging.left_over(place.home, inboxes, ledger):
        return True
    with engine.begin() as connection:
        return bool(intake.unfinished(connection))


def _count(logs: Path, words: str) -> int:
    return sum(path.read_text(errors="replace").count(words) for path in logs.glob("*.log"))


def _wait(done: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(sa.exc.OperationalError):
            if done():
                return
        time.sleep(1.0)


if __name__ == "__main__":
    main()
