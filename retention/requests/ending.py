"""When a record's period ends, as our database and its card know it: what a restriction waits for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import Connection

from retention.periods import events
from retention.periods.cutoff import NoCutoff, cutoff, retain_until
from retention.record import Record
from retention.schedule.kept_rules import KeptRule, kept, versions
from retention.schedule.rule import Rule, Schedule
from retention.schedule.schedule_changes import scopes_of


def last_days(connection: Connection, records: Sequence[Record]) -> dict[str, date]:
    """The last day that each of these records must be kept, by DMS id.

    Left out are those for which nobody can say: no rule, kept for ever, no cutoff yet, not noted.
    """
    known, version = kept(connection, (one.dms_id for one in records)), versions(connection)
    told = events.about(connection, (scope for one in records for scope in scopes_of(one)))
    found = {}
    for record in records:
        rule = _rule(known.get(record.dms_id), record, version)
        if rule is None or rule.permanent:
            continue
        about = [one.event for scope in scopes_of(record) for one in told.get(scope, ())]
        start = cutoff(rule, record.card, about, record.dms_id)
        end = None if isinstance(start, NoCutoff) else retain_until(rule, start.on)
        if end is not None:
            filed = record.card.retain_until
            found[record.dms_id] = max(end, filed) if filed else end
    return found


def _rule(known: KeptRule | None, record: Record, version: Callable[[str], Schedule]) -> Rule | None:
    if known is None or known.sha256 != record.card.sha256:
        return None
    return version(known.schedule).rules.get(known.rule)
