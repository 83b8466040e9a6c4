"""Small archives made up by chance, with everything in them that decides when a record ends and what stands in its way."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from retention.blocking import holds, litigation
from retention.blocking.hold import HOLD_SORTS
from retention.blocking.hold_query import HeldQuery
from retention.disposing.disposing_tables import appraisal, appraisal_item
from retention.households.dossier_numbers import note_numbers
from retention.keeping_tables import kept_rule, unnoted
from retention.periods import events
from retention.periods.event import HAPPENINGS, Event, Scope
from retention.record import FactValue, Record
from retention.schedule import Schedule, read
from retention.schedule.kept_rules import keep_version
from retention.tables import dossier, merge
from tests.retention.a_record import TODAY, a_record, example
from tests.retention.our_database import LATE, NOW

SCHEDULE = example()
OLD = read(
    SCHEDULE.text.replace('version = "0.1"', 'version = "0.0"').replace('"P10Y"', '"P9Y6M"').encode(),
    Path("old"),
)
DOSSIERS = ("江州雅苑/1栋101", "江州雅苑/1栋102", "1栋102", "客户/贺宇-1", "江州雅苑/9栋")
NAMES = ("贺宇", "石颖琪", "江州置业公司")
CASES = ("(2023)粤0106民初123号", "(2024)粤0106民初7号")
_KINDS = ("认筹确认单", "民事起诉状", "报修单", "收据")
_CATEGORIES = ("sales", "litigation", "repair", "x-own")


def fill(connection: Connection, luck: random.Random) -> list[Record]:
    """Enter an archive into the empty database, and give its records back."""
    for version in (SCHEDULE, OLD):
        keep_version(connection, version, NOW)
    _dossiers(connection, luck)
    records = [_record(str(number), luck) for number in luck.sample(range(1, 30), luck.randrange(14))]
    for record in records:
        if luck.random() < 0.8:
            connection.execute(insert(kept_rule).values(_kept(record, luck)))
        litigation.note(connection, record)
        if luck.random() < 0.8:
            note_numbers(connection, record.dms_id, record.card.dossier, record.card.facts)
    for _ in range(luck.randrange(8)):
        told = events.tell(connection, _event(luck), who="李静", at=LATE)
        if told.counts and luck.random() < 0.2:
            events.withdraw(connection, told.id, who="李静", at=LATE, reason="有误")
    for _ in range(luck.randrange(6)):
        _hold(connection, records, luck)
    for number in range(1, luck.randrange(1, 4)):
        _appraised(connection, number, records, luck)
    if luck.random() < 0.1:
        connection.execute(insert(unnoted).values(since="2026"))
    return records


def _record(dms_id: str, luck: random.Random) -> Record:
    facts = [FactValue("case_no", luck.choice(CASES), 1, "")] * (luck.random() < 0.2)
    facts += [FactValue("person_name", luck.choice(NAMES), 1, "")] * (luck.random() < 0.3)
    batch = luck.random() < 0.15
    day = date(1990, 1, 1) + timedelta(days=luck.randrange(14_000))
    return a_record(
        dms_id,
        sha256=f"{int(dms_id) % 28:064d}",
        title=luck.choice(("认购书", "报修 渗漏", "收据")),
        category=luck.choice(_CATEGORIES),
        kind=luck.choice(_KINDS),
        retention_rule=luck.choice([*SCHEDULE.rules, "", "gone"]),
        dossier=luck.choice((*DOSSIERS, "")),
        customer="、".join(luck.sample(NAMES, luck.randrange(3))),
        document_date=luck.choice((None, day, day)),
        filed_on=date(2012, 1, 1) + timedelta(days=luck.randrange(5400)),
        retain_until=luck.choice((None, None, date(2020, 12, 31), date(2031, 1, 1))),
        review_reasons=("有疑",) * (luck.random() < 0.1),
        dossier_doubt="未见房号" * (luck.random() < 0.1),
        facts=tuple(facts),
        batch=batch,
        part_of="" if batch or luck.random() < 0.7 else f"{luck.randrange(1, 28):064d}",
    )


def _kept(record: Record, luck: random.Random) -> dict[str, Any]:
    card = record.card
    version = luck.choice((SCHEDULE, OLD))
    rule = luck.choice((card.retention_rule, luck.choice([*version.rules, ""])))
    row = {"dms_id": record.dms_id, "sha256": card.sha256 if luck.random() < 0.9 else "e" * 64, "rule": rule}
    row |= {
        "schedule": version.sha256,
        "why": "按文种",
        "labelled": rule,
        "kind": card.kind,
        "category": card.category,
    }
    return row | {"dossier": card.dossier, "part_of": card.part_of, "since": "2026", "who": "李静"}


def _dossiers(connection: Connection, luck: random.Random) -> None:
    into: dict[str, str] = {}
    for key, target in ((DOSSIERS[2], DOSSIERS[1]), (DOSSIERS[1], DOSSIERS[0])):
        if luck.random() < 0.4:
            into[key] = target
    for key in DOSSIERS:
        row = {
            "key": key,
            "title": "",
            "unit": "",
            "project": "",
            "opened_on": TODAY,
            "merged_into": into.get(key, ""),
        }
        connection.execute(
            insert(dossier).values(**row, customer="、".join(luck.sample(NAMES, luck.randrange(3))))
        )
    for key, target in into.items():
        at = luck.choice(("2000", "2101")) + "-06-01T00:00:00"
        row = {
            "source": key,
            "target": target,
            "who": "李静",
            "reason": "同一户",
            "listed_at": at,
            "done_at": at,
        }
        connection.execute(insert(merge).values(**row, begun_at=at))


def _event(luck: random.Random) -> Event:
    of_record = luck.random() < 0.4
    scope = (
        Scope("record", str(luck.randrange(1, 30))) if of_record else Scope("dossier", luck.choice(DOSSIERS))
    )
    day = date(1995, 1, 1) + timedelta(days=luck.randrange(13_000))
    return Event(luck.choice(HAPPENINGS), day, scope, luck.choice(("通知书", "证明")))


def _hold(connection: Connection, records: list[Record], luck: random.Random) -> None:
    told: dict[str, Any] = {
        "reason": "稽查",
        "mandate": "12号",
        "who": "李静",
        "at": NOW,
        "sort": luck.choice(HOLD_SORTS),
    }
    match luck.randrange(5):
        case 0:
            number = holds.place(connection, "record", str(luck.randrange(1, 30)), **told).id
        case 1:
            number = holds.place(connection, "dossier", luck.choice(DOSSIERS), **told).id
        case 2:
            number = holds.place(connection, "case", luck.choice(CASES).replace("(", "（"), **told).id
        case 3:
            number = holds.place(connection, "customer", f" {luck.choice(NAMES)}", **told).id
        case _:
            asked = luck.choice(
                (
                    HeldQuery(words="渗 漏"),
                    HeldQuery(category="repair", dated_from=date(2005, 1, 1)),
                    HeldQuery(dossier=luck.choice(DOSSIERS), words="认购"),
                    HeldQuery(kind="收据", dated_to=date(2010, 1, 1)),
                )
            )
            number = holds.place(connection, "query", asked.written(), **told).id
            if luck.random() < 0.7:
                some = [one for one in records if luck.random() < 0.3]
                holds.write_down(connection, number, [(one.dms_id, one.card.sha256) for one in some], NOW)
            for record in records:
                if luck.random() < 0.3:
                    holds.note_words(connection, record, ("卫生间渗漏，认购",))
    if luck.random() < 0.2:
        holds.release(connection, number, who="李静", at=NOW, reason="已毕")


def _appraised(connection: Connection, number: int, records: list[Record], luck: random.Random) -> None:
    at = datetime(2024, number, 1, tzinfo=UTC).isoformat()
    row = {
        "id": number,
        "as_of": TODAY,
        "schedule": SCHEDULE.sha256,
        "proposed_by": "李静",
        "proposed_at": at,
    }
    row |= {"approved_by": "赵敏", "approved_at": at if luck.random() < 0.8 else ""}
    connection.execute(insert(appraisal).values(**row, withdrawn_by="", withdrawn_at="", note=""))
    for one in records:
        if luck.random() < 0.3:
            item: dict[str, Any] = {column.name: "" for column in appraisal_item.columns}
            item |= {"appraisal_id": number, "pages": 1}
            item |= {"blocks": "[]", "cutoff_on": TODAY, "retain_until": TODAY, "dms_id": one.dms_id}
            item |= {
                "sha256": one.card.sha256,
                "decision": luck.choice(("permanent", "extend", "destroy", "undetermined")),
            }
            item["kept_until"] = luck.choice((None, date(2026, 1, 1), date(2030, 1, 1)))
            connection.execute(insert(appraisal_item).values(**item))


def known_versions() -> dict[str, Schedule]:
    """Both versions by their checksum."""
    return {one.sha256: one for one in (SCHEDULE, OLD)}
