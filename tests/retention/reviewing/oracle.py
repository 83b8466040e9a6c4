"""What a review and the blocks must be, said the slow and plain way: one record after the other, nothing kept, nothing
asked for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from retention.appraising import appraised
from retention.blocking import holds, litigation
from retention.blocking.block import NOT_NOTED, Block, of_card, of_hold, of_litigation, of_parts
from retention.blocking.hold import HOLD_SCOPES, Known, case_number, reaches
from retention.blocking.litigation import Paper
from retention.households.dossier import BETWEEN_NAMES, key_part
from retention.households.lineage import lineage
from retention.keeping_tables import hold_record, kept_rule, unnoted
from retention.keeping_tables import litigation as noted_papers
from retention.periods import events
from retention.periods.cutoff import NoCutoff, cutoff, retain_until
from retention.record import Record
from retention.schedule.kept_rules import kept, rule_of
from retention.tables import dossier, dossier_number
from tests.retention.reviewing.made import SCHEDULE, known_versions


def verdict(
    connection: Connection, record: Record, span: tuple[date, date], today: date
) -> tuple[str, str, date | None]:
    """The list that a record belongs to, its rule, its last day."""
    own = kept(connection, [record.dms_id]).get(record.dms_id)
    _, rule = rule_of(own, record, known_versions().__getitem__, SCHEDULE)
    if rule is None:
        return "no_rule", "", None
    if rule.permanent:
        return "permanent", rule.id, None
    told = [one.event for one in events.listed(connection) if one.counts]
    found = cutoff(rule, record.card, told, record.dms_id)
    if isinstance(found, NoCutoff):
        return "no_cutoff", rule.id, None
    last = retain_until(rule, found.on)
    assert last is not None
    if record.card.retain_until is not None:
        last = max(last, record.card.retain_until)
    if last < span[0] and last < today:
        return "overdue", rule.id, last
    if span[0] <= last <= span[1]:
        return ("due" if last < today else "upcoming"), rule.id, last
    return "later", rule.id, last


def in_the_way(connection: Connection, record: Record, today: date) -> tuple[Block, ...]:
    """Everything that stands in the way of the record."""
    found = [
        of_hold(one)
        for one in holds.standing(connection, HOLD_SCOPES)
        if _reaches(connection, one.id, record)
    ]
    suits = [one for one in _papers(connection, record) if _open(connection, one, record, today)]
    found += [of_litigation(one) for one in suits[:1]]
    asked = select(kept_rule.c.dms_id).where(kept_rule.c.part_of == record.card.sha256)
    parts = sorted(connection.execute(asked).scalars())
    if record.card.batch and parts:
        found.append(of_parts(parts))
    found += appraised.obstructs(connection, [record], today).get(record.dms_id, ())
    late = connection.execute(select(unnoted)).first() is not None
    return (*found, *of_card(record), *([NOT_NOTED] if late else []))


def _reaches(connection: Connection, number: int, record: Record) -> bool:
    family, one = lineage(connection), holds.one(connection, number)
    assert one is not None
    home = family.home(record.card.dossier) if record.card.dossier else None
    numbers = select(dossier_number.c.dossier, dossier_number.c.value).where(
        dossier_number.c.name == "case_no"
    )
    names = select(dossier.c.key, dossier.c.customer)
    listed = select(hold_record.c.hold_id, hold_record.c.why).where(hold_record.c.dms_id == record.dms_id)
    on_list = connection.execute(listed).all()
    known = Known(
        family,
        frozenset(
            case_number(value) for key, value in connection.execute(numbers) if family.home(key) == home
        ),
        frozenset(
            key_part(name)
            for key, customer in connection.execute(names)
            for name in customer.split(BETWEEN_NAMES)
            if family.home(key) == home
        ),
        [each for each, why in on_list if why == "found"],
        [each for each, why in on_list if why == "words"],
    )
    return reaches(one, record, known)


def _papers(connection: Connection, record: Record) -> Sequence[Paper]:
    noted = [Paper(*row) for row in connection.execute(select(noted_papers).order_by(noted_papers.c.dms_id))]
    if record.card.category == "litigation" and record.dms_id not in {one.dms_id for one in noted}:
        noted.append(litigation.paper_of(record))
    return noted


def _open(connection: Connection, paper: Paper, record: Record, today: date) -> bool:
    family = lineage(connection)
    same = paper.dms_id == record.dms_id
    if record.card.dossier and paper.dossier:
        same = same or family.home(paper.dossier) == family.home(record.card.dossier)
    about = events.about(connection, [scope for scope, _ in litigation.heard(paper, family)])
    return same and litigation.is_open(paper, about, family, today)
