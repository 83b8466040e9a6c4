"""A trouble: what fails and since when; and, from that and from what was told of it, whether to tell of it now.

Pure: `decide` reads no clock and sends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from plugins.lookout.check import Check

Word = Literal["began", "goes-on", "over"]
"""What a message says of a trouble."""

AT_ONCE = ("waiting", "set-aside")
"""Checks whose failing is an alarm at once: the first has its time in itself, the second is done and stays so."""


@dataclass(frozen=True)
class Kept:
    """What our database knows of a trouble: since when it fails, when it was last told (None: not yet), and, of files set
    aside, how many there were then."""

    since: datetime
    told: datetime | None
    number: int


@dataclass(frozen=True)
class Patience:
    """How long something may fail before it is told, and after what time it is told again."""

    away: timedelta
    again: timedelta


def decide(check: Check, kept: Kept | None, number: int, now: datetime, patience: Patience) -> Word | None:
    """What is to be told of that check now, if anything. `number` is how many files are set aside.

    Files set aside are told again only when more have come: one that lies there is known. A clock that was set back
    tells again rather than never.
    """
    if check.ok:
        return "over" if kept is not None and kept.told is not None else None
    if kept is None or kept.told is None:
        since = kept.since if kept is not None else now
        return "began" if check.name in AT_ONCE or now - since >= patience.away or since > now else None
    if abs(now - kept.told) < patience.again:
        return None
    return "goes-on" if check.name != "set-aside" or number > kept.number else None
