"""The made-up archive is entered: into the real schema of the embedded DMS and of our database, by bulk inserts.

The chain of the register, its triggers, and those of events and holds are the real ones; only the functions that would ask
before each row are left out.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.kept.papers import RECORDS_A_DOSSIER, TODAY, cards, case_of, home
from plugins.keeping.retaining import under
from plugins.wiring import Archive
from retention.blocking.hold_query import HeldQuery
from retention.blocking.holds import place, write_down
from retention.disposing.disposing_tables import appraisal, appraisal_item
from retention.households.dossier import key_part
from retention.keeping_tables import happening, kept_rule, litigation, schedule_version
from retention.record import Card
from retention.register import canonical, entry_hash
from retention.schedule import Schedule
from retention.tables import GENESIS, dossier, dossier_number, merge, register

_AT_ONCE = 10_000
_AT = "2026-01-02T03:04:05.000000+00:00"
_EVENTS = ("contract_ended", "loan_paid_out", "dossier_closed", "case_closed")


@dataclass(frozen=True)
class Entered:
    """What is in the archive."""

    records: int
    dossiers: int
    events: int
    holds: int
    entries: int


def enter(archive: Archive, root: Path, records: int, seed: int) -> Entered:
    """Fill the empty archive, whose embedded DMS lies in `root`; the same for the same number and seed."""
    luck = random.Random(seed)  # noqa: S311 - made-up papers, the same for the same seed
    dossiers = -(-records // RECORDS_A_DOSSIER)
    old = replace(archive.rules.schedule, sha256="0" * 64, version="0.0")
    dms = sqlite3.connect(root / "dms.sqlite3", isolation_level=None)
    dms.execute("PRAGMA synchronous = OFF")
    with archive.engine.begin() as connection:
        _versions(connection, (archive.rules.schedule, old))
        _dossiers(connection, dossiers)
    last = (0, GENESIS)
    filed = enumerate((_shown(archive, one) for one in cards(records, archive.rules.taxonomy, seed)), 1)
    while some := list(islice(filed, _AT_ONCE)):
        _documents(dms, some)
        with archive.engine.begin() as connection:
            _noted(connection, some, (archive.rules.schedule, old))
            last = _filed(connection, some, last)
    dms.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    dms.close()
    with archive.engine.begin() as connection:
        events = _events(connection, dossiers, records, luck)
        _mergers(connection, dossiers)
        held = _holds(connection, dossiers, records, luck)
        _appraised(connection, archive.rules.schedule)
    return Entered(records, dossiers, events, held, records + 2 * held)


def _shown(archive: Archive, card: Card) -> Card:
    rule = archive.rules.schedule.rules[card.retention_rule]
    return under(card, card.retention_rule, rule, "", ())


def _documents(dms: sqlite3.Connection, some: Iterable[tuple[int, Card]]) -> None:
    dms.execute("BEGIN")
    dms.executemany(
        "INSERT INTO document (id, sha256, category, kind, confidentiality, dossier, document_date, filed_on,"
        " needs_review, unassigned, card, keys) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]')",
        (
            (
                number,
                card.sha256,
                card.category,
                card.kind,
                card.confidentiality,
                card.dossier,
                card.document_date.isoformat() if card.document_date else None,
                card.filed_on.isoformat(),
                card.needs_review,
                card.unassigned,
                _json(card),
            )
            for number, card in some
        ),
    )
    dms.execute("COMMIT")


def _json(card: Card) -> str:
    whole = {**vars(card), "facts": [vars(one) for one in card.facts]}
    return json.dumps(whole, ensure_ascii=False, default=date.isoformat)


def _versions(connection: sa.Connection, versions: Iterable[Schedule]) -> None:
    rows = [
        {
            "sha256": one.sha256,
            "version": one.version,
            "dated": one.dated,
            "text": one.text,
            "first_used_at": _AT,
        }
        for one in versions
    ]
    connection.execute(sa.insert(schedule_version), rows)


def _dossiers(connection: sa.Connection, count: int) -> None:
    rows = ({**vars(home(number)), "title": "", "opened_on": TODAY} for number in range(count))
    _insert(connection, dossier, rows)


def _noted(
    connection: sa.Connection, some: list[tuple[int, Card]], versions: tuple[Schedule, Schedule]
) -> None:
    new, old = versions
    kept = (
        {
            "dms_id": str(number),
            "sha256": card.sha256,
            "schedule": (old if number % 10 == 0 else new).sha256,
            "rule": card.retention_rule,
            "why": "按文种",
            "labelled": card.retention_rule,
            "kind": card.kind,
            "category": card.category,
            "dossier": card.dossier,
            "part_of": card.part_of,
            "since": _AT,
            "who": "dossier",
        }
        for number, card in some
    )
    _insert(connection, kept_rule, kept)
    suits = (
        {
            "dms_id": str(number),
            "sha256": card.sha256,
            "dossier": card.dossier,
            "dated": card.document_date,
            "kind": card.kind,
            "title": card.title,
        }
        for number, card in some
        if card.category == "litigation"
    )
    _insert(connection, litigation, suits)
    numbers = (
        {
            "name": fact.name,
            "value": key_part(fact.value).upper(),
            "dms_id": str(number),
            "dossier": card.dossier,
        }
        for number, card in some
        for fact in card.facts
        if fact.name == "case_no" or (fact.name == "contract_no" and number % 5 == 0)
    )
    _insert(connection, dossier_number, numbers)


def _filed(connection: sa.Connection, some: list[tuple[int, Card]], last: tuple[int, str]) -> tuple[int, str]:
    rows = []
    seq, prev = last
    for number, card in some:
        body = canonical(
            {"sha256": card.sha256, "kind": card.kind, "rule": card.retention_rule, "dossier": card.dossier}
        )
        seq, at = seq + 1, "2026-01-02T03:04:05.000000Z"
        told = ("dossier", "filed", f"record/{number}", body)
        found = entry_hash(prev, seq, at, *told)
        rows.append((seq, at, *told, prev, found))
        prev = found
    names = [column.name for column in register.columns]
    _insert(connection, register, (dict(zip(names, row, strict=True)) for row in rows))
    return seq, prev


def _events(connection: sa.Connection, dossiers: int, records: int, luck: random.Random) -> int:
    count = dossiers * 3 // 4
    rows: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        of_record = luck.random() < 0.1
        key = str(luck.randrange(records) + 1) if of_record else home(luck.randrange(dossiers)).key
        row = {
            "id": number,
            "kind": luck.choice(_EVENTS),
            "scope": "record" if of_record else "dossier",
            "key": key,
        }
        row |= {
            "happened_on": date(2008, 1, 1) + timedelta(days=luck.randrange(6800)),
            "evidence": "通知书，第1页",
        }
        rows.append(row | {"source": "person", "told_by": "", "who": "李静", "at": _AT, "withdraws": None})
    again = [
        {**row, "id": count + place, "kind": "withdrawn", "withdraws": row["id"]}
        for place, row in enumerate(rows[::50], 1)
    ]
    _insert(connection, happening, [*rows, *again])
    return count


def _mergers(connection: sa.Connection, dossiers: int) -> None:
    pairs = [(home(number).key, home(number + 1).key) for number in range(0, dossiers - 1, 200)]
    told = {"who": "李静", "reason": "同一户", "begun_at": _AT, "listed_at": _AT, "done_at": _AT}
    _insert(connection, merge, ({"source": one, "target": other, **told} for one, other in pairs))
    for one, other in pairs:
        connection.execute(sa.update(dossier).where(dossier.c.key == one).values(merged_into=other))


def _holds(connection: sa.Connection, dossiers: int, records: int, luck: random.Random) -> int:
    """One hold for every hundred dossiers: on dossiers, records, cases, customers, and five by query."""
    count = max(20, dossiers // 100)
    at = datetime(2026, 1, 2, tzinfo=UTC)
    told: dict[str, Any] = {"reason": "税务稽查", "mandate": "税稽通〔2026〕12号", "who": "李静", "at": at}
    for number in range(count - 5):
        dossier_no = luck.randrange(dossiers)
        match number % 20:
            case 0 | 1:
                place(connection, "case", case_of(dossier_no), **told)
            case 2:
                place(connection, "customer", home(dossier_no).customer, **told)
            case 3 | 4 | 5 | 6:
                place(connection, "record", str(luck.randrange(records) + 1), **told, sort="debt")
            case 7:
                place(connection, "dossier", home(dossier_no).key, **told, sort="restriction")
            case _:
                place(connection, "dossier", home(dossier_no).key, **told)
    for number in range(5):
        query = HeldQuery(
            category="repair", dated_from=date(2010 + number, 1, 1), dated_to=date(2010 + number, 1, 7)
        )
        if number == 4:
            query = HeldQuery(words="渗漏")
        placed = place(connection, "query", query.written(), **told)
        found = {str(luck.randrange(records) + 1) for _ in range(500)}
        write_down(connection, placed.id, [(one, "0" * 64) for one in found], at)
    return count


def _appraised(connection: sa.Connection, schedule: Schedule) -> None:
    """An approved batch of years ago, by which one record of a thousand is kept for ever."""
    empty = {"withdrawn_by": "", "withdrawn_at": "", "note": ""}
    row = {
        "id": 1,
        "as_of": date(2023, 1, 5),
        "schedule": schedule.sha256,
        "proposed_by": "李静",
        "proposed_at": _AT,
    }
    connection.execute(sa.insert(appraisal).values(**row, **empty, approved_by="赵敏", approved_at=_AT))
    columns = {column.name: "" for column in appraisal_item.columns} | {
        "appraisal_id": 1,
        "pages": 1,
        "blocks": "[]",
    }
    columns |= {"cutoff_on": TODAY, "retain_until": TODAY, "decision": "permanent", "kept_until": None}
    asked = sa.select(kept_rule.c.dms_id, kept_rule.c.sha256).where(kept_rule.c.dms_id.like("%200"))
    rows = [{**columns, "dms_id": one, "sha256": sha256} for one, sha256 in connection.execute(asked)]
    _insert(connection, appraisal_item, rows)
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval('appraisal_id_seq', 1)"))
        connection.execute(sa.text("SELECT setval('happening_id_seq', (SELECT max(id) FROM happening))"))


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    rest: Iterator[dict[str, Any]] = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        connection.execute(sa.insert(table), some)
