"""The retention review 到期鉴定审查: what falls due in a span of days, why, and what can not be said yet.

It reads and lists. Nothing is destroyed, changed or proposed for good by it; a record that no rule
fits, or whose period has not begun, is listed and never taken as due. How an archive of any size is looked through
stands in `retention.reviewing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from retention.blocking.block import Obstruction
from retention.blocking.blocks import OBSTRUCTIONS
from retention.record import Record
from retention.reviewed import Review
from retention.reviewing.reviewing import Reviewing
from retention.reviewing.sifting import Begin
from retention.reviewing.source import AtHand
from retention.schedule.rule import Schedule


def review(
    begin: Begin,
    records: Iterable[Record],
    schedule: Schedule,
    span_start: date,
    span_end: date,
    today: date,
    obstructions: Sequence[Obstruction] = OBSTRUCTIONS,
) -> Review:
    """The whole review of all `records`, which are at hand, read once and in any order; see `Reviewing`."""
    return Reviewing(begin, AtHand(records), schedule, span_start, span_end, today, obstructions).review()
