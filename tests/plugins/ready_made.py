"""Archives that are copied instead of made: the rules are read once and the schema is made once for all tests."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from plugins import database
from plugins import settings as settings_module
from plugins.backends.local import LocalDms
from plugins.settings import Settings
from plugins.wiring import Archive, open_archive
from tests.plugins.conftest import NOON


def settings_of(folder: Path) -> Settings:
    """Settings for an archive in that folder."""
    return settings_module.load({"DOSSIER_HOME": str(folder / "home")}, folder)


def made(fill: Callable[[Archive, Path], None]) -> Path:
    """A folder with an archive that `fill` has put something into, to be copied; it goes when the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="ready-made-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(_empty(), folder, dirs_exist_ok=True)
    with opened(folder, lambda: NOON) as archive:
        fill(archive, folder)
    return folder


def copied(folder: Path, clock: Callable[[], datetime] = lambda: NOON, *, of: Path | None = None) -> Archive:
    """An archive in `folder`, a copy of the one in `of`, or an empty one."""
    shutil.copytree(of or _empty(), folder, dirs_exist_ok=True)
    return opened(folder, clock)


def again(archive: Archive, *, of: Path) -> Archive:
    """The archive as that in `of` is, in the place where it lies; on the same engine, which knows its statements already."""
    folder = archive.settings.home.parent
    archive.engine.dispose()
    shutil.rmtree(folder)
    shutil.copytree(of, folder)
    return replace(archive, dms=LocalDms(archive.settings.home / "dms"))


def opened(folder: Path, clock: Callable[[], datetime]) -> Archive:
    """The archive that lies in `folder` already."""
    told = settings_of(folder)
    dms = LocalDms(told.home / "dms")
    return replace(_first(), settings=told, engine=database.connect(told.database), dms=dms, clock=clock)


@cache
def _empty() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _open_in(folder)[0]


@cache
def _first() -> Archive:
    """The one whose rules all share."""
    return _open_in(_empty())[1]


@cache
def _open_in(folder: Path) -> tuple[Path, Archive]:
    archive = open_archive(settings_of(folder), lambda: NOON)
    archive.engine.dispose()
    return folder, archive
