"""Whether the register's heads are stamped, for `dossier doctor`."""

from __future__ import annotations

from datetime import datetime

from plugins.errors import BadSetting
from plugins.lookout.check import Check
from plugins.settings import Settings
from plugins.timestamps.stamping import folder_of, last_stamped, waiting
from plugins.timestamps.stamps import roots_in

_REMEDY = "see that DOSSIER_TIMESTAMP_URL answers; nothing is lost, the next stamp covers all that waits"


def stamp_checks(settings: Settings) -> list[Check]:
    """One check where an authority is set: up to which entry heads are stamped, or since when they wait."""
    if not settings.timestamp_url:
        return []
    try:
        roots_in(settings.timestamp_ca)
    except BadSetting as error:
        return [Check("time stamps", False, str(error), "correct the setting that is named", optional=True)]
    folder = folder_of(settings)
    late, last = waiting(folder), last_stamped(folder)
    if late is None:
        return [Check("time stamps", True, f"stamped up to entry {last}" if last else "none yet")]
    since = datetime.fromisoformat(late.since).astimezone().isoformat(timespec="seconds")
    return [Check("time stamps", False, f"waiting since {since}: {late.why}", _REMEDY, optional=True)]
