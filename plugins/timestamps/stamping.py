"""Having the newest published head stamped: whatever an authority does, work goes on.

A stamp on a head proves all that stands before it, so what could not be stamped in time is made up for by the next one; until
then the folder holds a note since when, and `dossier doctor` tells it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plugins.errors import BadSetting
from plugins.logs import log
from plugins.settings import Settings
from plugins.timestamps.authority import AuthorityAway, ask
from plugins.timestamps.stamps import keep, stamps
from retention.heads import line_of
from retention.register import Head

_WAITING = "waiting.json"
_REST = timedelta(minutes=5)
"""After the authority was away nobody asks it again for so long: no command waits for it twice in a row."""


@dataclass(frozen=True)
class Waiting:
    """That heads wait to be stamped: since when, when it was last tried (UTC, ISO 8601), and why it failed."""

    since: str
    tried: str
    why: str


def folder_of(settings: Settings) -> Path:
    """Where stamps are kept: beside the heads file."""
    return settings.heads_file.with_name("register-stamps")


def stamp(settings: Settings, head: Head, now: datetime, *, every: timedelta = timedelta()) -> Path | None:
    """Have the head stamped, and give back where the stamp is; None where no authority is set, the head is stamped already, the
    newest stamp is younger than `every`, or the authority is away, which is noted and logged. Never raises for what the
    authority or the disk does."""
    if not settings.timestamp_url or not head.seq:
        return None
    folder = folder_of(settings)
    late = waiting(folder)
    if late is not None and now - datetime.fromisoformat(late.tried) < _REST:
        return None
    try:
        kept = stamps(folder)
        if any((one.seq, one.begins) == (head.seq, head.hash[:12]) for one in kept):
            return None
        if kept and every and now.timestamp() - kept[-1].path.stat().st_mtime < every.total_seconds():
            return None
        place = keep(folder, head, ask(settings.timestamp_url, line_of(head)))
        (folder / _WAITING).unlink(missing_ok=True)
    except (AuthorityAway, BadSetting, OSError) as error:
        log().warning("the register's head is stamped later", seq=head.seq, reason=str(error))
        _note(folder, late, now, str(error))
        return None
    return place


def last_stamped(folder: Path) -> int:
    """The number of the furthest head that is stamped; 0: none."""
    return max((one.seq for one in stamps(folder)), default=0)


def waiting(folder: Path) -> Waiting | None:
    """What is noted of heads that wait; None: nothing waits."""
    try:
        return Waiting(**json.loads((folder / _WAITING).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _note(folder: Path, late: Waiting | None, now: datetime, why: str) -> None:
    at = now.astimezone(UTC).isoformat(timespec="seconds")
    told = Waiting(late.since if late else at, at, why)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        unfinished = folder / f"{_WAITING}.{os.getpid()}.part"
        unfinished.write_text(json.dumps(vars(told), ensure_ascii=False), "utf-8")
        os.replace(unfinished, folder / _WAITING)
    except OSError as error:
        log().warning("it can not even be noted that stamps wait", reason=str(error))
