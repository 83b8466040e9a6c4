"""The rule that each record is kept under, in our database: which row of which version of the schedule, since when.

A record stays under the version that it was noted under, whatever the schedule says later, until a person takes the
change (`retention.schedule.schedule_changes`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from retention.among import among
from retention.households.dossier import BETWEEN_NAMES
from retention.households.lineage import Lineage, lineage
from retention.keeping_tables import kept_rule, litigation, schedule_version, unnoted
from retention.record import Card, Record
from retention.schedule import Rule, Schedule, read
from retention.schedule.matching import Match, Subject, match
from retention.schedule.trait import DossierTrait
from retention.tables import dossier

_COMPANY = ("公司", "企业", "中心", "合作社", "事务所", "银行", "工厂", "集团", "基金会", "协会")
_AT_ONCE = 1_000


@dataclass(frozen=True)
class KeptRule:
    """What a record is kept under. `schedule` is the SHA-256 of the version, `rule` the id of its row (empty: none
    fits), `why` a Chinese sentence, `labelled` the rule that its labels bore before its dossier was asked; kind,
    category and dossier are those that it was matched by."""

    dms_id: str
    sha256: str
    schedule: str
    rule: str
    why: str
    labelled: str
    kind: str
    category: str
    dossier: str
    part_of: str
    since: str
    who: str


def keep_version(connection: Connection, schedule: Schedule, at: datetime) -> None:
    """Keep the text of the schedule, once, so that what runs under it can be computed for ever."""
    known = select(schedule_version.c.sha256).where(schedule_version.c.sha256 == schedule.sha256)
    if connection.execute(known).first() is None:
        row = {"sha256": schedule.sha256, "version": schedule.version, "dated": schedule.dated}
        connection.execute(
            insert(schedule_version).values(**row, text=schedule.text, first_used_at=_stamp(at))
        )


def versions(connection: Connection) -> Callable[[str], Schedule]:
    """Gives every version that was ever used, by its SHA-256; each is read once. Raises BadSchedule, KeyError."""
    known: dict[str, Schedule] = {}

    def version(sha256: str) -> Schedule:
        if sha256 not in known:
            asked = select(schedule_version.c.text).where(schedule_version.c.sha256 == sha256)
            text = connection.execute(asked).scalar()
            if text is None:
                raise KeyError(sha256)
            known[sha256] = _version(sha256, text)
        return known[sha256]

    return version


@lru_cache(maxsize=32)
def _version(sha256: str, text: str) -> Schedule:
    # Read once for all: a review of a million asks for the versions some hundred times.
    return read(text.encode(), Path(f"schedule version {sha256[:12]}"))


def subject_of(connection: Connection, card: Card, labelled: str, family: Lineage | None = None) -> Subject:
    """What the schedule may ask of this card, whose labels bear the rule `labelled`, with what our database knows of
    its dossier."""
    plain = Subject(card.kind, card.category, labelled=labelled)
    if not card.dossier:
        return replace(plain, dossier_is=frozenset(("unassigned",)))
    family = family or lineage(connection)
    keys = family.members(family.home(card.dossier))
    kinds = select(kept_rule.c.kind).where(kept_rule.c.dossier.in_(keys)).distinct()
    has = frozenset(connection.execute(kinds).scalars()) | {card.kind}
    return replace(plain, dossier_has=has, dossier_is=_traits(connection, card, keys))


def _traits(connection: Connection, card: Card, keys: frozenset[str]) -> frozenset[DossierTrait]:
    rows = connection.execute(select(dossier.c.unit, dossier.c.customer).where(dossier.c.key.in_(keys))).all()
    names = [
        name
        for text in (card.customer, *(row.customer for row in rows))
        for name in text.split(BETWEEN_NAMES)
    ]
    suing = connection.execute(
        select(litigation.c.dms_id).where(litigation.c.dossier.in_(keys)).limit(1)
    ).first()
    found: set[DossierTrait] = {"home" if card.unit or any(row.unit for row in rows) else "customer"}
    if any(name.endswith(_COMPANY) for name in names):
        found.add("company")
    if suing is not None or card.category == "litigation":
        found.add("litigated")
    if card.unassigned:
        found.add("unassigned")
    return frozenset(found)


def note(connection: Connection, record: Record, schedule: Schedule, *, who: str, at: datetime) -> KeptRule:
    """Note the record's rule if it has none yet, or if its kind or category is another one by now; else its rule stays,
    also where the schedule has changed. Gives back what it is kept under."""
    known = kept(connection, (record.dms_id,)).get(record.dms_id)
    card = record.card
    if known is not None and known.sha256 == card.sha256 and _same_paper(known, card):
        if (known.dossier, known.part_of) != (card.dossier, card.part_of):
            known = replace(known, dossier=card.dossier, part_of=card.part_of)
            _write(connection, known)
        return known
    keep_version(connection, schedule, at)
    subject = subject_of(connection, card, card.retention_rule)
    return put_under(connection, record, schedule, subject, match(schedule, subject), who=who, at=at)


def note_as_it_is(
    connection: Connection, records: Iterable[Record], schedule: Schedule, *, who: str, at: datetime
) -> int:
    """Note records that were filed before rules were noted under the rule that their cards bear; how many."""
    those = list(records)
    known = kept(connection, (record.dms_id for record in those))
    keep_version(connection, schedule, at)
    count = 0
    for record in those:
        if record.dms_id not in known:
            rule = schedule.rules.get(record.card.retention_rule)
            told = Match(
                rule, "归档时所定" if rule else "归档时所定的规则不在保管期限表内", "as it was filed"
            )
            subject = Subject(record.card.kind, record.card.category, labelled=record.card.retention_rule)
            put_under(connection, record, schedule, subject, told, who=who, at=at)
            count += 1
    return count


def put_under(
    connection: Connection,
    record: Record,
    schedule: Schedule,
    subject: Subject,
    found: Match,
    *,
    who: str,
    at: datetime,
) -> KeptRule:
    """Keep the record under that match of that version from now on, whatever it was kept under before."""
    card, rule = record.card, found.rule.id if found.rule else ""
    row = KeptRule(
        record.dms_id,
        card.sha256,
        schedule.sha256,
        rule,
        found.why_zh,
        subject.labelled,
        card.kind,
        card.category,
        card.dossier,
        card.part_of,
        _stamp(at),
        who,
    )
    _write(connection, row)
    return row


def kept(connection: Connection, ids: Iterable[str]) -> dict[str, KeptRule]:
    """What these records are kept under; those that nobody has noted yet are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, KeptRule] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        those = among(connection, kept_rule.c.dms_id, wanted[start : start + _AT_ONCE])
        found |= {row[0]: KeptRule(*row) for row in connection.execute(select(kept_rule).where(those)).all()}
    return found


class Noted(NamedTuple):
    """Of a KeptRule what decides how long: the record's checksum, the version's, the row's id; and why."""

    sha256: str
    schedule: str
    rule: str
    why: str


def noted(connection: Connection, ids: Sequence[str]) -> dict[str, Noted]:
    """The same as `kept` for some thousand records at once, and only what decides."""
    row = kept_rule.c
    asked = select(row.dms_id, row.sha256, row.schedule, row.rule, row.why).where(
        among(connection, row.dms_id, ids)
    )
    rows = connection.execute(asked).all()
    return {dms_id: Noted(sha256, version, rule, why) for dms_id, sha256, version, rule, why in rows}


def noted_rules(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """The same without why, for a million: by id the record's checksum, the version's, the row's id."""
    row = kept_rule.c
    asked = select(row.dms_id, row.sha256, row.schedule, row.rule).where(among(connection, row.dms_id, ids))
    rows = connection.execute(asked).all()
    return {dms_id: (sha256, version, rule) for dms_id, sha256, version, rule in rows}


def rule_of(
    known: KeptRule | Noted | None, record: Record, version: Callable[[str], Schedule], schedule: Schedule
) -> tuple[Schedule, Rule | None]:
    """The version and the rule that hold for a record: what it is kept under, else what its card names in `schedule`."""
    if known is None or known.sha256 != record.card.sha256:
        return schedule, schedule.rules.get(record.card.retention_rule)
    own = schedule if known.schedule == schedule.sha256 else version(known.schedule)
    return own, own.rules.get(known.rule)


def forget(connection: Connection, dms_id: str) -> int:
    """Remove what is noted of a record that was destroyed; how many rows that were."""
    return connection.execute(delete(kept_rule).where(kept_rule.c.dms_id == dms_id)).rowcount


def all_noted(connection: Connection) -> bool:
    """Whether no record is left over from a time before rules were noted."""
    return connection.execute(select(unnoted.c.since).limit(1)).first() is None


def mark_all_noted(connection: Connection) -> None:
    """Say that every record is noted."""
    connection.execute(delete(unnoted))


def _same_paper(known: KeptRule, card: Card) -> bool:
    return (known.kind, known.category) == (card.kind, card.category)


def _write(connection: Connection, row: KeptRule) -> None:
    connection.execute(delete(kept_rule).where(kept_rule.c.dms_id == row.dms_id))
    connection.execute(insert(kept_rule).values(**vars(row)))


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
