"""What a changed schedule would change for the records that are kept already: proposed here, taken by a person.

Nothing is changed by asking. A proposal has a number made of all that it says: who takes it takes what was shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from retention.households.lineage import lineage
from retention.periods import events
from retention.periods.cutoff import Cutoff, cutoff, retain_until
from retention.periods.event import Event, Scope
from retention.record import Card, Record
from retention.register import canonical
from retention.schedule import Rule, Schedule
from retention.schedule.kept_rules import KeptRule, kept, rule_of, subject_of, versions
from retention.schedule.matching import Match, Subject, match


@dataclass(frozen=True)
class Kept:
    """A rule as it holds for a record: the version, the row (None: no rule), the last day (None: none runs)."""

    version: str
    rule: Rule | None
    retain_until: date | None


@dataclass(frozen=True)
class ScheduleChange:
    """A record that would be kept otherwise, before and after, and why. `shorter` warns that it would end sooner, or that
    what never ended would."""

    record: Record
    was: Kept
    becomes: Kept
    subject: Subject
    match: Match

    @property
    def shorter(self) -> bool:
        """Whether the record could be destroyed earlier than now."""
        if self.becomes.rule is None or self.becomes.rule.permanent:
            return False
        if self.was.rule is None or self.was.rule.permanent:
            return True
        before, after = self.was.retain_until, self.becomes.retain_until
        return (before is None and after is not None) or bool(before and after and after < before)


Named = Callable[[Card], tuple[str, str]]
"""Of a card: the Chinese name of its category, and the rule that the taxonomy's own row names for its kind."""


def changes(
    connection: Connection, records: Sequence[Record], schedule: Schedule, named: Named
) -> Iterator[ScheduleChange]:
    """Those of some hundred records whose rule, or whose rule's text, is another one in `schedule`, and those that nobody
    has noted yet where the card says otherwise."""
    known, version = kept(connection, (record.dms_id for record in records)), versions(connection)
    scopes = [scope for record in records for scope in scopes_of(record)]
    told, family = events.about(connection, scopes), lineage(connection)
    for record in records:
        about = [one.event for scope in scopes_of(record) for one in told.get(scope, ())]
        own, rule = rule_of(known.get(record.dms_id), record, version, schedule)
        labelled = _labelled(record, known.get(record.dms_id), own, schedule, named)
        subject = subject_of(connection, record.card, labelled, family)
        found = match(schedule, subject)
        if _text(rule) != _text(found.rule):
            yield ScheduleChange(
                record,
                Kept(own.version, rule, end_under(rule, record, about)),
                Kept(schedule.version, found.rule, end_under(found.rule, record, about)),
                subject,
                found,
            )


def proposal_number(those: Iterable[ScheduleChange], schedule: Schedule) -> str:
    """What stands for the whole proposal: 12 hex digits of the SHA-256 of everything that it says."""
    digest = hashlib.sha256(schedule.sha256.encode())
    for one in those:
        row = [one.record.dms_id, one.record.card.sha256, _text(one.was.rule), _text(one.becomes.rule)]
        digest.update(canonical([*row, str(one.was.retain_until), str(one.becomes.retain_until)]).encode())
    return digest.hexdigest()[:12]


def end_under(rule: Rule | None, record: Record, about: Iterable[Event]) -> date | None:
    """The last day that the rule gives to the record; None where no period runs."""
    if rule is None:
        return None
    start = cutoff(rule, record.card, about, record.dms_id)
    return retain_until(rule, start.on) if isinstance(start, Cutoff) else None


def scopes_of(record: Record) -> tuple[Scope, ...]:
    """Whose events concern the record."""
    own = Scope("record", record.dms_id)
    return (own, Scope("dossier", record.card.dossier)) if record.card.dossier else (own,)


def _labelled(record: Record, known: KeptRule | None, own: Schedule, schedule: Schedule, named: Named) -> str:
    """The rule that the record's labels would bear under `schedule`.

    Where they bear another one than the kind has, the longest of several documents in one file, it stays if it can.
    """
    card = record.card
    series, raw = named(card)
    plain = Subject(card.kind, card.category, series, raw)
    bears = known.labelled if known else card.retention_rule
    before, after = match(own, plain).rule, match(schedule, plain).rule
    if bears in schedule.rules and (before is None or before.id != bears):
        return bears
    return after.id if after else ""


def _text(rule: Rule | None) -> list[str]:
    """What of a rule decides how long a record is kept, and what is proposed then."""
    if rule is None:
        return []
    return [rule.id, rule.period_iso, rule.cutoff or "", str(rule.roll_to_year_end), rule.disposition]
