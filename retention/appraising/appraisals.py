"""The appraisal batches in our database: proposed, decided item by item, judged by both sides, approved or withdrawn.

Each step is in the register. Nothing is destroyed here: an approved batch is where a disposal begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from retention import person, register
from retention.appraising import item_rows
from retention.appraising.appraisal import (
    AGREEMENTS,
    DECISIONS,
    SIDE_NAMES,
    SIDES,
    Agreement,
    Appraisal,
    Decision,
    Item,
    Opinion,
    Side,
    counts,
    decisions_digest,
    lacking,
)
from retention.blocking.block import Block
from retention.disposing.disposing_tables import appraisal, appraisal_item, appraisal_opinion
from retention.errors import BadAppraisal
from retention.frozen import frozen
from retention.reviewed import DueItem

_UNDECIDED = {one.name: one.default for one in fields(Item) if one.default is not MISSING}
_OPINION = tuple(field.name for field in fields(Opinion))
_OWN = frozenset(("dms_id", "sha256", "title"))
_ITEMS = select(*(appraisal_item.c[name] for name in item_rows.COLUMNS))


def item_of(due: DueItem, schedule: str, mask: Callable[[str], str]) -> Item:
    """What is written down of a record that is due; `mask` is laid over every text that came from a paper."""
    card, rule = due.record.card, due.rule
    blocks = [Block(one.code, mask(one.reason_zh), mask(one.reason_en)) for one in due.blocks]
    values = {
        "dms_id": due.record.dms_id,
        "sha256": card.sha256,
        "title": mask(card.title),
        "category": card.category,
        "kind": card.kind,
        "dossier": mask(card.dossier),
        "confidentiality": card.confidentiality,
        "pages": card.pages,
        "rule": rule.id,
        "rule_name": rule.name_zh,
        "authority": rule.authority,
        "schedule": schedule,
        "period": rule.period_iso,
        "disposition": rule.disposition,
        "cutoff_event": due.cutoff.event,
        "cutoff_on": due.cutoff.on,
        "retain_until": due.retain_until,
        "why_zh": mask(due.why_zh),
        "why_en": mask(due.why_en),
        "blocks": tuple(blocks),
    }
    return frozen(Item, values | _UNDECIDED)


def decide(
    connection: Connection,
    number: int,
    ids: Sequence[str],
    decision: Decision,
    *,
    until: date | None,
    who: str,
    at: datetime,
    reason: str,
) -> Appraisal:
    """Decide these items of an open batch, again if they were decided before; `at` is in the office's own time zone, whose day
    it is. Raises BadAppraisal.

    Whether anything stands in the way of destroying them is for the caller to ask first (`retention.blocking.blocks`).
    """
    decide_some(connection, number, ids, decision, until=until, who=who, at=at, reason=reason)
    return _there(connection, number)


def decide_some(
    connection: Connection,
    number: int,
    ids: Sequence[str],
    decision: Decision,
    *,
    until: date | None,
    who: str,
    at: datetime,
    reason: str,
) -> None:
    """The same of some items of a batch that may be long: of the others nothing is read."""
    register.lock(connection)
    batch = _refuse_closed(_found(head(connection, number), number))
    kept_until = _kept_until(decision, until, max(batch.as_of, at.date()))
    if not (who.strip() and reason.strip()):
        raise BadAppraisal("须写明经办人和理由（--by、--reason）。Say who decides, and why")
    refuse_foreign(connection, number, ids)
    row = {"decision": decision, "kept_until": kept_until, "decided_by": who.strip()}
    row |= {"decided_at": stamp(at), "reason": reason.strip()}
    for start in range(0, len(ids), 500):
        some = list(ids[start : start + 500])
        mine = (appraisal_item.c.appraisal_id == number) & appraisal_item.c.dms_id.in_(some)
        connection.execute(update(appraisal_item).where(mine).values(**row))
        told = {
            "decision": decision,
            "until": str(kept_until or ""),
            "reason": reason.strip(),
            "records": some,
        }
        enter(connection, at, who, "appraisal-decided", number, told)


def refuse_foreign(connection: Connection, number: int, ids: Sequence[str]) -> None:
    """Raises BadAppraisal where one of these records is not in the batch, or none is named."""
    there: set[str] = set()
    for start in range(0, len(ids), 500):
        mine = appraisal_item.c.dms_id.in_(ids[start : start + 500])
        asked = select(appraisal_item.c.dms_id).where(appraisal_item.c.appraisal_id == number, mine)
        there.update(connection.execute(asked).scalars())
    foreign = [one for one in dict.fromkeys(ids) if one not in there]
    if foreign or not ids:
        raise BadAppraisal(
            f"文件 {'、'.join(foreign) or '（未写明）'} 不在第{number}号批次中：本批各件见 dossier appraisal show {number}。Not in batch "
            f"{number}: {', '.join(foreign) or 'none was named'}; appraisal show {number} lists what is"
        )


def opine(
    connection: Connection,
    number: int,
    side: Side,
    opinion: Agreement,
    *,
    who: str,
    department: str,
    words: str,
    at: datetime,
) -> Appraisal:
    """Write down what one side says of the decisions as they are now. Raises BadAppraisal."""
    register.lock(connection)
    batch = _open(connection, number)
    if side not in SIDES or opinion not in AGREEMENTS:
        raise BadAppraisal(f"{side}/{opinion}: choose {', '.join(SIDES)} and {', '.join(AGREEMENTS)}")
    if not who.strip() or (side == "department" and not department.strip()):
        raise BadAppraisal("须写明何人、何部门（--by、--department）。Say who, and of which department")
    if any(one.decision is None for one in batch.items):
        raise BadAppraisal("尚有文件未作决定：先逐件决定。Decide every item before the sides speak")
    other = batch.opinion_of(next(one for one in SIDES if one != side))
    if other is not None and person.same(other.who, who):
        raise BadAppraisal(
            f"{other.who} 已代表另一方（{SIDE_NAMES[other.side][0]}）会签：两方意见须由两人出具，请他人会签。{other.who} has spoken for the "
            "other side: two people give the two opinions"
        )
    row = {"side": side, "department": department.strip(), "who": who.strip(), "opinion": opinion}
    row |= {"words": words.strip(), "digest": decisions_digest(batch.items), "at": stamp(at)}
    connection.execute(insert(appraisal_opinion).values(appraisal_id=number, **row))
    told = {name: row[name] for name in ("side", "department", "opinion", "words", "digest")}
    enter(connection, at, who, "appraisal-opinion", number, told)
    return replace(batch, opinions=_found(head(connection, number), number).opinions)


def approve(connection: Connection, number: int, *, who: str, at: datetime, note: str) -> Appraisal:
    """Approve the batch: from now on its decisions bind. Raises BadAppraisal with everything that is lacking."""
    register.lock(connection)
    batch = _there(connection, number)
    faults = list(lacking(batch, who))
    if faults:
        raise BadAppraisal("；".join(zh for zh, _ in faults) + "。" + "; ".join(en for _, en in faults))
    row: dict[str, Any] = {"approved_by": who.strip(), "approved_at": stamp(at), "note": note.strip()}
    connection.execute(update(appraisal).where(appraisal.c.id == number).values(**row))
    told = {"digest": decisions_digest(batch.items), "note": note.strip(), **counts(batch.items)}
    enter(connection, at, who, "appraisal-approved", number, told)
    return replace(batch, **row)


def withdraw(connection: Connection, number: int, *, who: str, at: datetime, reason: str) -> Appraisal:
    """Take an open batch back: its records may be proposed anew. Raises BadAppraisal."""
    register.lock(connection)
    _open(connection, number)
    if not (who.strip() and reason.strip()):
        raise BadAppraisal("须写明经办人和理由（--by、--reason）。Say who withdraws it, and why")
    row = {"withdrawn_by": who.strip(), "withdrawn_at": stamp(at), "note": reason.strip()}
    connection.execute(update(appraisal).where(appraisal.c.id == number).values(**row))
    enter(connection, at, who, "appraisal-withdrawn", number, {"reason": reason.strip()})
    return _there(connection, number)


def get(connection: Connection, number: int) -> Appraisal | None:
    """The batch with its items, in the order of category, dossier and id, and its opinions; None: there is none."""
    batch, row = head(connection, number), appraisal_item.c
    if batch is None:
        return None
    asked = _ITEMS.where(row.appraisal_id == number).order_by(row.category, row.dossier, row.dms_id)
    # A batch may be long, and most of its words stand in many of its items.
    known: dict[object, object] = {}
    rows = connection.execute(asked, execution_options={"yield_per": 2000}).mappings()
    items = (
        item_rows.read(
            {name: one if name in _OWN else known.setdefault(one, one) for name, one in row.items()}
        )
        for row in rows
    )
    return replace(batch, items=tuple(items))


def head(connection: Connection, number: int) -> Appraisal | None:
    """The batch with its opinions and without its items; None: there is none."""
    row = connection.execute(select(appraisal).where(appraisal.c.id == number)).one_or_none()
    if row is None:
        return None
    said = appraisal_opinion.c
    asked = select(*(said[name] for name in _OPINION)).where(said.appraisal_id == number).order_by(said.id)
    return replace(Appraisal(*row), opinions=tuple(Opinion(*one) for one in connection.execute(asked)))


def item(connection: Connection, number: int, dms_id: str) -> Item | None:
    """The item of that id; None where the batch has none."""
    mine = (appraisal_item.c.appraisal_id == number) & (appraisal_item.c.dms_id == dms_id)
    row = connection.execute(_ITEMS.where(mine)).mappings().one_or_none()
    return item_rows.read(dict(row)) if row is not None else None


def every(connection: Connection) -> tuple[Appraisal, ...]:
    """All batches, the oldest first, without items and opinions."""
    return tuple(Appraisal(*row) for row in connection.execute(select(appraisal).order_by(appraisal.c.id)))


def _kept_until(decision: Decision, until: date | None, as_of: date) -> date | None:
    if decision not in DECISIONS:
        raise BadAppraisal(
            f"没有决定 {decision}。There is no decision {decision!r}; choose from {', '.join(DECISIONS)}"
        )
    if decision == "undetermined":
        return date(as_of.year, 12, 31)
    if decision != "extend":
        if until is not None:
            raise BadAppraisal("只有延期才写 --until。--until goes with the decision extend only")
        return None
    if until is None or until <= as_of:
        raise BadAppraisal(
            f"延期须写明 {as_of} 之后的日期（--until）。Say until which day after {as_of} it is kept"
        )
    return until


def _there(connection: Connection, number: int) -> Appraisal:
    return _found(get(connection, number), number)


def _found(batch: Appraisal | None, number: int) -> Appraisal:
    if batch is None:
        raise BadAppraisal(
            f"没有鉴定批次 {number}：见 appraisal list。There is no appraisal {number}; see the list"
        )
    return batch


def _open(connection: Connection, number: int) -> Appraisal:
    return _refuse_closed(_there(connection, number))


def _refuse_closed(batch: Appraisal) -> Appraisal:
    if not batch.open:
        ended = "批准 approved" if batch.approved_at else "撤回 withdrawn"
        raise BadAppraisal(
            f"第{batch.id}号批次已{ended}：另提新批。Batch {batch.id} is closed; propose a new one"
        )
    return batch


def enter(
    connection: Connection, at: datetime, who: str, action: str, number: int, told: Mapping[str, object]
) -> None:
    """Note in the register what was done with the batch."""
    subject = f"appraisal/{number}"
    register.append(connection, at=at, actor=who.strip(), action=action, subject=subject, payload=told)


def stamp(at: datetime) -> str:
    """The time as it is kept: UTC, ISO 8601."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
