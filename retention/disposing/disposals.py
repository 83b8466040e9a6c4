"""The disposals in our database, as they stand, and the moves of their items from one state to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from retention.acts import stamp
from retention.appraising import appraisals
from retention.appraising.appraisal import Appraisal
from retention.disposing.disposal import (
    Confirmation,
    Disposal,
    DisposalItem,
    ItemState,
)
from retention.disposing.disposing_tables import disposal, disposal_item, disposal_witness
from retention.errors import BadDisposal

_ITEMS = select(
    *(disposal_item.c[name] for name in ("dms_id", "sha256", "state", "detail", "at", "versions"))
)


def move(
    connection: Connection,
    number: int,
    dms_id: str,
    was: tuple[ItemState, ...],
    state: ItemState,
    detail: str,
    at: datetime,
) -> bool:
    """Let the item stand in `state`; False where it does not stand in one of `was` any more."""
    mine = (disposal_item.c.disposal_id == number) & (disposal_item.c.dms_id == dms_id)
    done = update(disposal_item).where(mine, disposal_item.c.state.in_(was))
    return connection.execute(done.values(state=state, detail=detail, at=stamp(at))).rowcount == 1


def note_versions(connection: Connection, number: int, dms_id: str, versions: Sequence[str]) -> None:
    """Write down which further files the DMS keeps of the item."""
    mine = (disposal_item.c.disposal_id == number) & (disposal_item.c.dms_id == dms_id)
    connection.execute(update(disposal_item).where(mine).values(versions=" ".join(versions)))


def get(connection: Connection, number: int) -> Disposal | None:
    """The disposal with its items, by id, and its confirmations; None: there is none."""
    row = connection.execute(select(disposal).where(disposal.c.id == number)).one_or_none()
    if row is None:
        return None
    item = disposal_item.c
    rows = connection.execute(_ITEMS.where(item.disposal_id == number).order_by(item.dms_id))
    those = confirmations(connection, number)
    return replace(Disposal(*row), items=tuple(map(_item, rows)), confirmations=those)


def item(connection: Connection, number: int, dms_id: str) -> DisposalItem | None:
    """The one item of that id; None where the disposal has none."""
    mine = (disposal_item.c.disposal_id == number) & (disposal_item.c.dms_id == dms_id)
    row = connection.execute(_ITEMS.where(mine)).one_or_none()
    return _item(row) if row is not None else None


def confirmations(connection: Connection, number: int, sha256: str = "") -> tuple[Confirmation, ...]:
    """Who has confirmed lists of that disposal, in the order of time; with `sha256` only the list with that checksum."""
    said = disposal_witness.c
    wanted = select(said.name, said.manifest_sha256, said.at).where(said.disposal_id == number)
    if sha256:
        wanted = wanted.where(said.manifest_sha256 == sha256)
    return tuple(Confirmation(*each) for each in connection.execute(wanted.order_by(said.at, said.key)))


def there(connection: Connection, number: int) -> Disposal:
    """The same; raises BadDisposal where there is none."""
    one = get(connection, number)
    if one is None:
        raise BadDisposal(
            f"没有处置 {number}：见 disposal show。There is no disposal {number}; see disposal show"
        )
    return one


def every(connection: Connection) -> tuple[Disposal, ...]:
    """All disposals, the oldest first, with their items."""
    numbers = connection.execute(select(disposal.c.id).order_by(disposal.c.id)).scalars().all()
    return tuple(there(connection, number) for number in numbers)


def named_later(connection: Connection, number: int, dms_id: str) -> bool:
    """Whether a later disposal is about the record too."""
    mine = (disposal_item.c.dms_id == dms_id) & (disposal_item.c.disposal_id > number)
    return connection.execute(select(disposal_item.c.dms_id).where(mine)).first() is not None


def batch_of(connection: Connection, one: Disposal) -> Appraisal:
    """The appraisal that has decided it."""
    batch = appraisals.get(connection, one.appraisal_id)
    assert batch is not None
    return batch


def hidden(connection: Connection, ids: Iterable[str]) -> frozenset[str]:
    """Those of these records that are in quarantine for a disposal, or were there when they were kept at the last moment."""
    states: tuple[ItemState, ...] = ("quarantined", "destroying", "kept")
    found: set[str] = set()
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        some = disposal_item.c.dms_id.in_(wanted[start : start + 500])
        asked = select(disposal_item.c.dms_id).where(some, disposal_item.c.state.in_(states))
        found.update(connection.execute(asked).scalars())
    return frozenset(found)


def _item(row: Any) -> DisposalItem:
    dms_id, sha256, state, detail, at, versions = row
    return DisposalItem(dms_id, sha256, state, detail, at, tuple(versions.split()))
