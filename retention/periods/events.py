"""The events that people, lists and papers told, in our database: entered, withdrawn by a second event, never deleted.

Every one has who, when and the evidence, and an entry in the register. What was withdrawn counts no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from sqlalchemy import Connection, Row, Select, func, insert, select

from retention import register
from retention.among import among
from retention.errors import BadEvent
from retention.keeping_tables import happening
from retention.periods.event import EVENT_NAMES, HAPPENINGS, Event, HappeningKind, Scope

Source = Literal["person", "csv", "label"]
_WITHDRAWN = "withdrawn"
_AT_ONCE = 1_000
"""Keys asked for in one statement."""


@dataclass(frozen=True)
class Told:
    """An event as it was entered. `at` is UTC, ISO 8601; `told_by` the record whose labels told it, else empty.

    `withdrawn_by` is empty while it counts; else `withdrawn_at` and `withdrawn_because` are said too."""

    id: int
    event: Event
    source: Source
    told_by: str
    who: str
    at: str
    withdrawn_by: str = ""
    withdrawn_at: str = ""
    withdrawn_because: str = ""

    @property
    def counts(self) -> bool:
        """Whether nobody has withdrawn it."""
        return not self.withdrawn_by


def tell(
    connection: Connection,
    event: Event,
    *,
    who: str,
    at: datetime,
    source: Source = "person",
    told_by: str = "",
) -> Told:
    """Enter the event inside the caller's transaction, with its register entry, and give it back.

    The same one (kind, day, scope, evidence, source) told a second time is given back as it stands. Raises BadEvent for
    one that is in the future at `at`, says nothing about how one knows, or names no dossier or record.
    """
    _refuse(event, who, at)
    register.lock(connection)
    known = [
        one
        for one in _read(connection, _of_scope(event.scope))
        if one.counts and (one.event, one.source, one.told_by) == (event, source, told_by)
    ]
    if known:
        return known[0]
    row = {
        "kind": event.kind,
        "happened_on": event.on,
        "scope": event.scope.sort,
        "key": event.scope.key,
        "evidence": event.evidence,
        "source": source,
        "told_by": told_by,
        "who": who,
        "at": _stamp(at),
    }
    number = connection.execute(insert(happening).values(**row).returning(happening.c.id)).scalar_one()
    told = {"event": number, "kind": event.kind, "on": event.on.isoformat(), "evidence": event.evidence}
    told |= {"source": source} | ({"told_by": told_by} if told_by else {})
    subject = f"{event.scope.sort}/{event.scope.key}"
    register.append(connection, at=at, actor=who, action="event", subject=subject, payload=told)
    return Told(number, event, source, told_by, who, row["at"])  # type: ignore[arg-type]  # a text, see _stamp


def withdraw(connection: Connection, number: int, *, who: str, at: datetime, reason: str) -> Told:
    """Let the event with this number count no more, by a second one that says why; gives back how it stands now.

    Raises BadEvent where there is none with that number, where it was withdrawn before, and without a reason.
    """
    if not reason.strip() or not who.strip():
        raise BadEvent("撤销须写明经办人和理由。To withdraw an event, say who and why (--by, --reason)")
    register.lock(connection)
    known = one(connection, number)
    if known is None:
        raise BadEvent(f"没有事件 {number}：见 dossier events list。There is no event {number}; see the list")
    if not known.counts:
        raise BadEvent(f"事件 {number} 已由 {known.withdrawn_by} 撤销。Event {number} was withdrawn before")
    event = known.event
    row = {"kind": _WITHDRAWN, "happened_on": at.astimezone(UTC).date(), "scope": event.scope.sort}
    row |= {"key": event.scope.key, "evidence": reason, "source": "person", "told_by": "", "who": who}
    connection.execute(insert(happening).values(**row, at=_stamp(at), withdraws=number))
    subject = f"{event.scope.sort}/{event.scope.key}"
    payload = {"event": number, "kind": event.kind, "on": event.on.isoformat(), "reason": reason}
    register.append(connection, at=at, actor=who, action="event-withdrawn", subject=subject, payload=payload)
    again = one(connection, number)
    assert again is not None
    return again


def one(connection: Connection, number: int) -> Told | None:
    """The event with that number, withdrawn or not; None: there is none."""
    return next(_read(connection, _events().where(happening.c.id == number)), None)


def told_by_labels_of(connection: Connection, dms_id: str) -> tuple[Told, ...]:
    """The events that count and that the labels of this record told."""
    return tuple(
        each for each in _read(connection, _events().where(happening.c.told_by == dms_id)) if each.counts
    )


def listed(connection: Connection, scope: Scope | None = None, *, withdrawn: bool = True) -> Iterator[Told]:
    """The events in the order in which they were told, of one dossier or record or of all."""
    asked = _of_scope(scope) if scope else _events()
    return (each for each in _read(connection, asked) if withdrawn or each.counts)


def about(
    connection: Connection, scopes: Iterable[Scope], kinds: Sequence[HappeningKind] = HAPPENINGS
) -> dict[Scope, tuple[Told, ...]]:
    """The events of these kinds that count about each of these dossiers and records; those without any are left out."""
    found: dict[Scope, list[Told]] = {}
    wanted = set(scopes)
    for sort in ("record", "dossier"):
        keys = sorted({scope.key for scope in wanted if scope.sort == sort and scope.key})
        for start in range(0, len(keys), _AT_ONCE):
            some = among(connection, happening.c.key, keys[start : start + _AT_ONCE])
            those = (happening.c.scope == sort) & some & happening.c.kind.in_(kinds)
            for each in _read(connection, _events().where(those)):
                if each.counts:
                    found.setdefault(each.event.scope, []).append(each)
    return {scope: tuple(those) for scope, those in found.items()}


def last_days(
    connection: Connection, sort: Literal["dossier", "record"], keys: Sequence[str]
) -> dict[tuple[str, str], date]:
    """The latest day of each kind of event that counts, by key and kind, about some thousand dossiers or records."""
    second = happening.alias("second")
    withdrawn = select(second.c.id).where(second.c.withdraws == happening.c.id).exists()
    asked = (
        select(happening.c.key, happening.c.kind, func.max(happening.c.happened_on))
        .where(happening.c.scope == sort, among(connection, happening.c.key, keys))
        .where(happening.c.kind != _WITHDRAWN, ~withdrawn)
        .group_by(happening.c.key, happening.c.kind)
    )
    return {(key, kind): day for key, kind, day in connection.execute(asked).all()}


def _refuse(event: Event, who: str, at: datetime) -> None:
    name = EVENT_NAMES[event.kind][0] if event.kind in HAPPENINGS else event.kind
    if event.kind not in HAPPENINGS:
        raise BadEvent(f"没有事件 {name}。There is no event {name!r}; choose from {', '.join(HAPPENINGS)}")
    if not event.scope.key.strip():
        raise BadEvent(f"“{name}”未写明客户档案或文件。Say which dossier or record it happened to")
    if not event.evidence.strip():
        raise BadEvent(f"“{name}”未写明依据：凭什么文件得知。Say how one knows: which paper, which page")
    if not who.strip():
        raise BadEvent(f"“{name}”未写明经办人。Say who tells it")
    if event.on > at.astimezone().date():
        raise BadEvent(
            f"“{name}”的日期 {event.on} 在今天之后：发生后再登记。{event.on} is in the future; enter it once it happened"
        )


def _events() -> Select[tuple[object, ...]]:
    second = happening.alias("second")
    return (
        select(happening, second.c.who.label("by"), second.c.at.label("then"), second.c.evidence.label("why"))
        .outerjoin(second, second.c.withdraws == happening.c.id)
        .where(happening.c.kind != _WITHDRAWN)
        .order_by(happening.c.id)
    )


def _of_scope(scope: Scope) -> Select[tuple[object, ...]]:
    return _events().where(happening.c.scope == scope.sort, happening.c.key == scope.key)


def _read(connection: Connection, asked: Select[tuple[object, ...]]) -> Iterator[Told]:
    for row in connection.execute(asked):
        yield _told(row)


def _told(row: Row[tuple[object, ...]]) -> Told:
    kind: HappeningKind = row.kind
    day: date = row.happened_on
    event = Event(kind, day, Scope(row.scope, row.key), row.evidence)
    return Told(
        row.id, event, row.source, row.told_by, row.who, row.at, row.by or "", row.then or "", row.why or ""
    )


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
