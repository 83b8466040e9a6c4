"""Whether more files may be taken in just now; what may not waits in the inbox, where people see it."""

from __future__ import annotations

import shutil

from consumers import lease
from plugins.wiring import Archive


def held_up(archive: Archive, *, lined_up: bool) -> str:
    """Why nothing more is to be taken in, for the log; empty where there is room.

    `lined_up`: files are only lined up for workers elsewhere, so that nothing but this bounds their number. Whoever
    works on them himself takes no more than he can have in hand, also while the DMS is away.
    """
    settings = archive.settings
    free = shutil.disk_usage(settings.home).free >> 20
    if free < settings.min_free_mb:
        return f"{free} MB are free in {settings.home}, and DOSSIER_MIN_FREE_MB says {settings.min_free_mb}"
    if lined_up:
        with archive.engine.begin() as connection:
            waiting = lease.waiting(connection)
        if waiting >= settings.max_waiting:
            return f"{waiting} files wait for workers, and DOSSIER_MAX_WAITING says {settings.max_waiting}"
    return ""
