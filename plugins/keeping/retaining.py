"""What is noted of a record when it is filed or corrected: its rule, litigation, what it tells to have happened, holds.

It may be done again at any time: whoever is cut off does it once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection

from classifiers.told_events import told_events
from plugins.requests.sight import everything
from plugins.wiring import Archive
from retention import register
from retention.appraising import appraised
from retention.blocking import holds, litigation
from retention.blocking.hold_query import HeldQuery
from retention.errors import DmsRefused, DmsUnavailable
from retention.periods import events
from retention.periods.cutoff import Cutoff, cutoff, retain_until
from retention.periods.event import HAPPENINGS, Event, Scope
from retention.record import Card, Record
from retention.requests import people
from retention.schedule import Rule, kept_rules
from retention.schedule.schedule_changes import scopes_of

PROGRAM = "dossier"
"""Who is named for what the program does by itself."""
_One = TypeVar("_One")
AT_ONCE = 500
"""Records looked at in one transaction: others want to write too."""


def retain(archive: Archive, record: Record, who: str = PROGRAM) -> Record:
    """Note the record, and give it back as the DMS shows it then: under the rule that won, until its last day.

    Raises DmsUnavailable where somebody changed the record at the same moment: another try helps.
    """
    pages = archive.dms.text(record.dms_id) if _asks_for_text(archive, record.card) else ()
    with archive.engine.begin() as connection:
        register.lock(connection)
        rule, shown = _rule(connection, archive, record, who)
        litigation.note(connection, record)
        people.note(connection, record, archive.pepper)
        holds.note_words(connection, record, pages)
        _tell(connection, archive, record, pages, who)
        told = events.about(connection, scopes_of(record))
        about = [one.event for scope in scopes_of(record) for one in told.get(scope, ())]
        extended = appraised.kept_until(connection, record)
    card = under(record.card, shown, rule, record.dms_id, about)
    if extended and (card.retain_until is None or extended > card.retain_until):
        card = replace(card, retain_until=extended)
    if card == record.card:
        return record
    try:
        archive.dms.relabel(record, card)
    except DmsRefused as error:
        raise DmsUnavailable(f"{error} (it will be tried again)") from error
    return Record(record.dms_id, card)


def under(card: Card, rule_id: str, rule: Rule | None, dms_id: str, about: Iterable[Event]) -> Card:
    """The card as it is shown under that rule: with its id and the last day that is known today."""
    start = cutoff(rule, card, about, dms_id) if rule else None
    end = retain_until(rule, start.on) if rule and isinstance(start, Cutoff) else None
    return replace(card, retention_rule=rule_id, retain_until=end)


def catch_up(archive: Archive) -> int:
    """Note the records that were filed before rules were noted, once; how many that were."""
    with archive.engine.begin() as connection:
        if kept_rules.all_noted(connection):
            return 0
    count, schedule = 0, archive.rules.schedule
    for some in by_hundreds(everything(archive)):
        with archive.engine.begin() as connection:
            at = archive.clock()
            count += kept_rules.note_as_it_is(connection, some, schedule, who=PROGRAM, at=at)
            for record in some:
                litigation.note(connection, record)
    with archive.engine.begin() as connection:
        kept_rules.mark_all_noted(connection)
        payload = {"records": count, "schedule": schedule.sha256}
        register.append(
            connection,
            at=archive.clock(),
            actor=PROGRAM,
            action="rules-noted",
            subject="schedule",
            payload=payload,
        )
    return count


def by_hundreds(records: Iterable[_One]) -> Iterator[list[_One]]:
    """The records, or what stands for them, some hundred at a time."""
    rest = iter(records)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _asks_for_text(archive: Archive, card: Card) -> bool:
    """Whether anything depends on the text. A hold that is placed after this look finds the record in the DMS."""
    if any(kind.gives for kind in archive.rules.taxonomy.kind if kind.zh == card.kind):
        return True
    with archive.engine.begin() as connection:
        return any(HeldQuery.read(one.key).words for one in holds.standing(connection, ("query",)))


def _rule(connection: Connection, archive: Archive, record: Record, who: str) -> tuple[Rule | None, str]:
    """The rule that the record is kept under, and its id."""
    schedule, at = archive.rules.schedule, archive.clock()
    before = kept_rules.kept(connection, (record.dms_id,)).get(record.dms_id)
    known = kept_rules.note(connection, record, schedule, who=who, at=at)
    if known.rule != (before.rule if before else record.card.retention_rule):
        payload = {
            "sha256": record.card.sha256,
            "was": before.rule if before else record.card.retention_rule,
            "became": known.rule,
            "why": known.why,
            "schedule": known.schedule,
        }
        subject = f"record/{record.dms_id}"
        register.append(connection, at=at, actor=who, action="rule-noted", subject=subject, payload=payload)
    _, rule = kept_rules.rule_of(known, record, kept_rules.versions(connection), schedule)
    return rule, known.rule


def _tell(connection: Connection, archive: Archive, record: Record, pages: tuple[str, ...], who: str) -> None:
    """Enter what the record's labels tell, and withdraw what they told before and tell no longer."""
    wanted = set(_told_by(archive, record, pages))
    at = archive.clock()
    for one in events.told_by_labels_of(connection, record.dms_id):
        if one.event in wanted:
            wanted.discard(one.event)
        else:
            reason = f"文件 {record.dms_id} 的标注已更改"
            events.withdraw(connection, one.id, who=who, at=at, reason=reason)
    for event in sorted(wanted, key=lambda one: one.kind):
        events.tell(connection, event, who=who, at=at, source="label", told_by=record.dms_id)


def _told_by(archive: Archive, record: Record, pages: tuple[str, ...]) -> Iterator[Event]:
    """What the paper tells of its dossier; nothing while its labels, its dossier or its day are in doubt."""
    card = record.card
    kind = next((one for one in archive.rules.taxonomy.kind if one.zh == card.kind), None)
    sure = not (card.needs_review or card.unassigned or card.batch) and card.dossier and card.document_date
    if kind is None or not sure or not pages or card.document_date is None:
        return
    for name, line in told_events(kind, pages[0]):
        event = next(one for one in HAPPENINGS if one == name)
        where = f"{card.kind}“{line}”，文件 {record.dms_id}，第1页"
        yield Event(event, card.document_date, Scope("dossier", card.dossier), where)
