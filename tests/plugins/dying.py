"""A program that takes one inbox in, again and again, and kills itself at its Nth step: see `test_crashes`.

A step is every moment before and after something becomes durable: a rename, a replace, an unlink, a
removal of a tree, a commit of our database, a commit of the local DMS' database.

    python -m tests.plugins.dying FOLDER STRIDE [SETTING=VALUE ...]

FOLDER/0/inbox is what is taken in. For every STRIDEth step N, FOLDER/N/inbox is made like it, taken in by
a process that dies at step N, then by one that does not. The settings hold for both; `{place}` in one stands for N, and a
PostgreSQL database of that name is made. Several N are walked at a time, one a core. With STORE_ENDPOINT=URL files travel by the S3 store there, and each
question to it is a step too. Prints one JSON object: the number of
steps, and for each N how the two processes ended.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import psycopg
import sqlalchemy as sa

from consumers.inbox.owner import Owner
from consumers.pool import ReadingPool
from plugins import logs, settings
from plugins.intake.intaking import Intaking
from plugins.stores.s3 import S3Store
from plugins.stores.store_settings import StoreSettings
from plugins.wiring import open_archive
from tests.plugins.conftest import NOON, TextPool

_settings: dict[str, str] = {}
_steps = 0
_last = 0


def _step() -> None:
    global _steps  # noqa: PLW0603 - one process, one count
    _steps += 1
    if _steps == _last:
        os.kill(os.getpid(), signal.SIGKILL)


def _stepping(function: Callable[..., Any]) -> Callable[..., Any]:
    def around(*words: Any, **more: Any) -> Any:
        _step()
        result = function(*words, **more)
        _step()
        return result

    return around


def _arm(engine: sa.Engine) -> None:
    for name in ("rename", "replace", "unlink"):
        setattr(os, name, _stepping(getattr(os, name)))
    shutil.rmtree = cast(Any, _stepping(shutil.rmtree))
    S3Store._ask = _stepping(S3Store._ask)  # type: ignore[method-assign]  # that is what dying is about
    sa.event.listen(engine, "commit", lambda connection: _step())
    real = sqlite3.connect

    class Dying(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
            if sql.strip().upper().startswith("COMMIT"):
                _step()
                done = super().execute(sql, parameters)
                _step()
                return done
            return super().execute(sql, parameters)

        def commit(self) -> None:
            _step()
            super().commit()
            _step()

    def connect(*words: Any, **more: Any) -> sqlite3.Connection:
        more.setdefault("factory", Dying)
        return cast(sqlite3.Connection, real(*words, **more))

    sqlite3.connect = cast(Any, connect)


def store_settings(endpoint: str, place: str) -> StoreSettings:
    """The store at that address, in which the files of one place lie under its name."""
    return StoreSettings(
        store=f"s3://papers/{place}", store_endpoint=endpoint, store_key="k", store_secret="s"
    )


def _take_all(folder: Path, last: int | None) -> int:
    """Take the folder's inbox in; die at step `last` (0: never; None: do not even count); gives back the number of steps."""
    global _last  # noqa: PLW0603 - one process, one count
    places = {"DOSSIER_HOME": str(folder / "home"), "DOSSIER_INBOX": str(folder / "inbox")}
    chosen = settings.load(
        places
        | {
            name: value.format(place=folder.name)
            for name, value in _settings.items()
            if name.startswith("DOSSIER_")
        },
        folder,
    )
    archive = open_archive(chosen, lambda: NOON)
    if "STORE_ENDPOINT" in _settings:
        archive = replace(archive, store=S3Store(store_settings(_settings["STORE_ENDPOINT"], folder.name)))
    if last is not None:
        _last = last
        _arm(archive.engine)
    with Owner(chosen.home / "run") as owner:
        taking = Intaking(archive, cast(ReadingPool, TextPool()), owner, lambda outcome: None)
        taking.recover()
        for path in sorted(chosen.inbox_folder.iterdir()):
            taking.take(path, "inbox", keep=False)
        while taking.in_hand:
            taking.work(0.05)
        taking.publish()
    archive.engine.dispose()
    return _steps


def _forked(act: Callable[[], object]) -> int:
    """Do it in a child of this process; gives back the child's number."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        except Exception:  # noqa: BLE001 - told, and the code says it
            traceback.print_exc()
        finally:
            os._exit(code)
    return child


def _in_a_child(folder: Path, last: int) -> int:
    """Take all in, in a child that may die of it; gives back how it ended."""
    child = _forked(lambda: (folder / f"steps-{last}").write_text(str(_take_all(folder, last))))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _walk(folder: Path, step: int) -> None:
    """Die at one step, take up again, and write down how both ended."""
    place = folder / str(step)
    shutil.copytree(folder / "template", place / "inbox")
    shutil.copytree(folder / "unused", place / "home")
    _make_database(step)
    (place / "ends").write_text(json.dumps([_in_a_child(place, step), _in_a_child(place, 0)]))


def _warm_up(folder: Path) -> None:
    """Once without dying, in this process: what it imports and compiles on the way, no child has to do again.

    A home whose databases nothing was done to yet is left in FOLDER/unused.
    """
    place = folder / "warm"
    shutil.copytree(folder / "template", place / "inbox")
    _make_database("warm")
    _take_all(place, None)
    home = settings.load({"DOSSIER_HOME": str(folder / "unused")}, folder)
    open_archive(home, lambda: NOON).engine.dispose()


def _make_database(step: int | str) -> None:
    url = _settings.get("DOSSIER_DATABASE_URL", "")
    if "{place}" in url:
        server = url.rpartition("/")[0].replace("+psycopg", "") + "/postgres"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{step}"'.encode())


def main() -> None:
    """Walk the steps."""
    logs.set_up()
    folder, stride = Path(sys.argv[1]), int(sys.argv[2])
    for word in sys.argv[3:]:
        name, _, value = word.partition("=")
        _settings[name] = value
    _warm_up(folder)
    shutil.copytree(folder / "unused", folder / "0" / "home")
    _make_database(0)
    ends = {0: [_in_a_child(folder / "0", 0)]}
    steps = int((folder / "0" / "steps-0").read_text())
    walked = range(1, steps + 1, stride)
    under_way: set[int] = set()
    for step in walked:
        if len(under_way) >= (os.cpu_count() or 1):
            under_way.discard(os.wait()[0])
        under_way.add(_forked(lambda step=step: _walk(folder, step)))  # type: ignore[misc]
    for child in under_way:
        os.waitpid(child, 0)
    ends |= {step: json.loads((folder / str(step) / "ends").read_text()) for step in walked}
    print(json.dumps({"steps": steps, "ends": ends}))


if __name__ == "__main__":
    main()
