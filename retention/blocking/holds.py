"""The holds in our database: placed, listed, released with a reason, never deleted; each step is in the register.

A hold by query holds what it found when it was placed, whatever becomes of its labels later, AND what comes later and
fits it. Until what it found is written down it holds everything whose card fits, so that a crash in between frees nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from retention import register
from retention.blocking.hold import HOLD_SCOPES, HOLD_SORTS, Hold, HoldScope, HoldSort
from retention.blocking.hold_query import HeldQuery
from retention.errors import BadHold
from retention.households.dossier import key_part
from retention.keeping_tables import hold, hold_record
from retention.record import Record


def place(
    connection: Connection,
    scope: HoldScope,
    key: str,
    *,
    reason: str,
    mandate: str,
    who: str,
    at: datetime,
    sort: HoldSort = "hold",
) -> Hold:
    """Place a hold inside the caller's transaction, with its register entry, and give it back.

    The register's lock is taken first: who is asking at this moment whether he may destroy something is waited for, and
    whoever asks later sees the hold. One by query still needs its list (`write_down`). Raises BadHold.
    """
    _refuse(scope, key, sort, reason, mandate, who)
    register.lock(connection)
    row = {
        "sort": sort,
        "scope": scope,
        "key": key.strip(),
        "reason": reason.strip(),
        "mandate": mandate.strip(),
        "who": who.strip(),
        "at": _stamp(at),
        "listed_at": "" if scope == "query" else _stamp(at),
        "released_at": "",
        "released_by": "",
        "release_reason": "",
    }
    number = connection.execute(insert(hold).values(**row).returning(hold.c.id)).scalar_one()
    told = {name: row[name] for name in ("sort", "scope", "key", "reason", "mandate")}
    _register(connection, at, who, "hold-placed", number, told)
    placed = one(connection, number)
    assert placed is not None
    return placed


def write_down(connection: Connection, number: int, found: Iterable[tuple[str, str]], at: datetime) -> int:
    """Write down the ids and checksums that a hold by query found; how many are new. May be done again."""
    known = set(connection.execute(select(hold_record.c.dms_id).where(_list_of(number, "found"))).scalars())
    rows = [
        {"hold_id": number, "dms_id": dms_id, "sha256": sha256, "why": "found"}
        for dms_id, sha256 in dict(found).items()
        if dms_id not in known
    ]
    if rows:
        connection.execute(insert(hold_record), rows)
    listed = update(hold).where(hold.c.id == number, hold.c.listed_at == "").values(listed_at=_stamp(at))
    if connection.execute(listed).rowcount or rows:
        _register(connection, at, "dossier", "hold-listed", number, {"found": len(rows)})
    return len(rows)


def note_words(connection: Connection, record: Record, texts: Sequence[str]) -> None:
    """Note for which standing holds by query the record's text has the words. May be done again."""
    for each in standing(connection, ("query",)):
        query = HeldQuery.read(each.key)
        if not query.words:
            continue
        ours = _list_of(each.id, "words") & (hold_record.c.dms_id == record.dms_id)
        connection.execute(delete(hold_record).where(ours))
        if query.words_on(record, texts):
            row = {"hold_id": each.id, "dms_id": record.dms_id, "sha256": record.card.sha256, "why": "words"}
            connection.execute(insert(hold_record).values(**row))


def release(connection: Connection, number: int, *, who: str, at: datetime, reason: str) -> Hold:
    """Release the hold, with a register entry, and give it back; others on the same things stand. Raises BadHold."""
    known = one(connection, number)
    if known is None:
        raise BadHold(f"没有冻结 {number}：见 dossier holds list。There is no hold {number}; see the list")
    if not reason.strip() or not who.strip():
        raise BadHold("解除须写明经办人和理由。To release a hold, say who and why (--by, --reason)")
    if not known.stands:
        raise BadHold(f"冻结 {number} 已由 {known.released_by} 解除。Hold {number} was released before")
    register.lock(connection)
    done = update(hold).where(hold.c.id == number, hold.c.released_at == "")
    row = {"released_at": _stamp(at), "released_by": who.strip(), "release_reason": reason.strip()}
    if connection.execute(done.values(**row)).rowcount != 1:
        raise BadHold(f"冻结 {number} 刚被他人解除。Hold {number} was just released by somebody else")
    told = {"sort": known.sort, "scope": known.scope, "key": known.key, "reason": reason.strip()}
    _register(connection, at, who, "hold-released", number, told)
    released = one(connection, number)
    assert released is not None
    return released


def one(connection: Connection, number: int) -> Hold | None:
    """The hold with that number, released or not; None: there is none."""
    row = connection.execute(select(hold).where(hold.c.id == number)).one_or_none()
    return Hold(*row) if row else None


def every(connection: Connection, *, released: bool = False) -> tuple[Hold, ...]:
    """The holds that stand, the oldest first; with `released` also those that do not any more."""
    asked = select(hold).order_by(hold.c.id)
    return tuple(
        Hold(*row) for row in connection.execute(asked if released else asked.where(hold.c.released_at == ""))
    )


def standing(connection: Connection, scopes: Sequence[HoldScope]) -> tuple[Hold, ...]:
    """The holds of these scopes that stand, the oldest first."""
    asked = select(hold).where(hold.c.released_at == "", hold.c.scope.in_(scopes)).order_by(hold.c.id)
    return tuple(Hold(*row) for row in connection.execute(asked))


def found_by(connection: Connection, number: int) -> tuple[tuple[str, str], ...]:
    """Id and checksum of every record that a hold by query found when it was placed."""
    columns = (hold_record.c.dms_id, hold_record.c.sha256)
    rows = connection.execute(
        select(*columns).where(_list_of(number, "found")).order_by(hold_record.c.dms_id)
    )
    return tuple((row.dms_id, row.sha256) for row in rows)


def _refuse(scope: HoldScope, key: str, sort: HoldSort, reason: str, mandate: str, who: str) -> None:
    if scope not in HOLD_SCOPES or sort not in HOLD_SORTS:
        raise BadHold(f"{scope}/{sort}: there is no such hold; choose {HOLD_SCOPES} and {HOLD_SORTS}")
    for said, what, english in (
        (key, "对象", "what it is placed on"),
        (reason, "理由", "the reason (--reason)"),
        (mandate, "依据", "the mandate: whose order, which paper (--mandate)"),
        (who, "经办人", "who places it (--by)"),
    ):
        if not said.strip():
            raise BadHold(f"未写明{what}。Say {english}")
    if scope in ("case", "customer") and len(key_part(key)) < 2:
        raise BadHold(f"“{key}”太短，会冻结无关文件。{key!r} is too short: write it in full")


def _list_of(number: int, why: str):  # type: ignore[no-untyped-def]  # the expression's type is SQLAlchemy's own
    return (hold_record.c.hold_id == number) & (hold_record.c.why == why)


def _register(
    connection: Connection, at: datetime, who: str, action: str, number: int, told: Mapping[str, object]
) -> None:
    register.append(connection, at=at, actor=who, action=action, subject=f"hold/{number}", payload=told)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
