"""The disposals in our database: started from an approved appraisal, confirmed by witnesses, begun with a manifest, ended.

Each step is in the register, in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert, select, update

from retention import person, register
from retention.appraising import appraisals
from retention.appraising.appraisal import Appraisal
from retention.disposing.disposal import (
    WITNESSES,
    Confirmation,
    Disposal,
    DisposalItem,
    ItemState,
    checksum_of,
    counts,
    manifest_of,
    unfit,
    witnesses_of,
)
from retention.disposing.disposing_tables import disposal, disposal_item, disposal_witness
from retention.errors import BadDisposal


def start(connection: Connection, number: int, *, who: str, at: datetime, until: date) -> Disposal:
    """Write down that what appraisal `number` has decided to destroy goes into quarantine, or give back what was written
    before. `until` is the last day of the quarantine. Raises BadDisposal."""
    register.lock(connection)
    known = connection.execute(select(disposal.c.id).where(disposal.c.appraisal_id == number)).scalar()
    if known is not None:
        return there(connection, known)
    batch = appraisals.get(connection, number)
    if batch is None or not batch.approved_at:
        raise BadDisposal(
            f"鉴定批次 {number} 未经批准：先 appraisal approve。Appraisal {number} is not approved: approve it first"
        )
    doomed = [one for one in batch.items if one.decision == "destroy"]
    if not doomed or not who.strip():
        raise BadDisposal(
            "本批没有决定销毁的文件，或未写明经办人（--by）。Nothing in it is to be destroyed, or nobody is named (--by)"
        )
    row = {
        "appraisal_id": number,
        "started_by": who.strip(),
        "started_at": _stamp(at),
        "quarantine_until": until,
    }
    empty = dict.fromkeys(("manifest", "manifest_sha256", "begun_by", "begun_at", "done_at"), "")
    made = connection.execute(insert(disposal).values(**row, **empty).returning(disposal.c.id)).scalar_one()
    rows = [{"disposal_id": made, "dms_id": one.dms_id, "sha256": one.sha256} for one in doomed]
    waiting = {"state": "todo", "detail": "", "at": _stamp(at)}
    connection.execute(insert(disposal_item), [{**one, **waiting} for one in rows])
    told = {"appraisal": number, "items": len(rows), "quarantine_until": until.isoformat()}
    _register(connection, at, who, "disposal-started", f"disposal/{made}", told)
    return there(connection, made)


def confirm(connection: Connection, number: int, name: str, *, at: datetime, today: date) -> Disposal:
    """Write down that this witness, who has just proven who he is, confirms the list as it is now. Raises BadDisposal."""
    register.lock(connection)
    one = there(connection, number)
    batch = batch_of(connection, one)
    faults = [*unfit(name, batch)]
    if one.begun_at:
        faults.append(("销毁已开始", "destruction has begun: it needs no more witnesses"))
    elif one.in_state("todo"):
        faults.append(
            ("尚未全部隔离：先重做 disposal start", "not all is in quarantine: run disposal start again")
        )
    elif today <= one.quarantine_until:
        faults.append(
            (
                f"隔离期至 {one.quarantine_until}，期满后方可监销",
                f"the quarantine lasts until {one.quarantine_until}: come back afterwards",
            )
        )
    elif not one.in_state("quarantined"):
        faults.append(("没有待销毁的文件", "nothing is left to be destroyed"))
    _refuse(faults)
    sha256, key = checksum_of(manifest_of(one, batch)), person.key_of(name)
    mine = (disposal_witness.c.disposal_id == number) & (disposal_witness.c.key == key)
    same = select(disposal_witness.c.key).where(mine, disposal_witness.c.manifest_sha256 == sha256)
    if connection.execute(same).first() is None:
        row = {"disposal_id": number, "key": key, "name": name.strip(), "manifest_sha256": sha256}
        connection.execute(insert(disposal_witness).values(**row, at=_stamp(at)))
        told = {"manifest": sha256, "items": len(one.in_state("quarantined"))}
        _register(connection, at, name, "disposal-witnessed", f"disposal/{number}", told)
    return there(connection, number)


def begin(connection: Connection, number: int, *, who: str, at: datetime, today: date) -> Disposal:
    """Write the manifest, for good, before anything is destroyed; gives back the one that is there where it was begun
    before. Raises BadDisposal with everything that is lacking."""
    register.lock(connection)
    one = there(connection, number)
    if one.begun_at:
        return one
    batch, faults = batch_of(connection, one), []
    if not who.strip():
        faults.append(("未写明执行人（--by）", "say who executes it (--by)"))
    if one.in_state("todo"):
        faults.append(("尚未全部隔离", "not all is in quarantine: run disposal start again"))
    if today <= one.quarantine_until:
        faults.append(
            (f"隔离期至 {one.quarantine_until}", f"the quarantine lasts until {one.quarantine_until}")
        )
    manifest = manifest_of(one, batch)
    sha256 = checksum_of(manifest)
    present = witnesses_of(one, batch, sha256)
    if len(present) < WITNESSES:
        faults.append(
            (
                f"须 {WITNESSES} 人监销，现清册（{sha256[:12]}）仅 {len(present)} 人确认",
                f"{WITNESSES} witnesses must confirm the list as it is now ({sha256[:12]}): {len(present)} did",
            )
        )
    _refuse(faults)
    row = {"manifest": manifest, "manifest_sha256": sha256, "begun_by": who.strip(), "begun_at": _stamp(at)}
    connection.execute(update(disposal).where(disposal.c.id == number).values(**row))
    told = {"manifest": json.loads(manifest), "sha256": sha256, "witnesses": list(present)}
    _register(connection, at, who, "disposal-begun", f"disposal/{number}", told)
    return there(connection, number)


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
    return connection.execute(done.values(state=state, detail=detail, at=_stamp(at))).rowcount == 1


def note_versions(connection: Connection, number: int, dms_id: str, versions: Sequence[str]) -> None:
    """Write down which further files the DMS keeps of the item."""
    mine = (disposal_item.c.disposal_id == number) & (disposal_item.c.dms_id == dms_id)
    connection.execute(update(disposal_item).where(mine).values(versions=" ".join(versions)))


def finish(connection: Connection, number: int, *, at: datetime) -> Disposal:
    """Write the end where every item of a disposal that was begun has its outcome; again: nothing happens."""
    register.lock(connection)
    one = there(connection, number)
    if one.begun_at and not one.done_at and not one.in_state("todo", "quarantined", "destroying"):
        connection.execute(update(disposal).where(disposal.c.id == number).values(done_at=_stamp(at)))
        one = there(connection, number)
        told: dict[str, object] = {"result": one.result, "manifest": one.manifest_sha256}
        told |= dict(counts(one.items).items())
        _register(connection, at, one.begun_by, "disposal-done", f"disposal/{number}", told)
    return one


def get(connection: Connection, number: int) -> Disposal | None:
    """The disposal with its items, by id, and its confirmations; None: there is none."""
    row = connection.execute(select(disposal).where(disposal.c.id == number)).one_or_none()
    if row is None:
        return None
    item, said = disposal_item.c, disposal_witness.c
    asked = select(item.dms_id, item.sha256, item.state, item.detail, item.at, item.versions)
    rows = connection.execute(asked.where(item.disposal_id == number).order_by(item.dms_id))
    items = tuple(DisposalItem(*each[:-1], tuple(each.versions.split())) for each in rows)
    wanted = select(said.name, said.manifest_sha256, said.at).where(said.disposal_id == number)
    those = tuple(Confirmation(*each) for each in connection.execute(wanted.order_by(said.at, said.key)))
    return replace(Disposal(*row), items=items, confirmations=those)


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


def _refuse(faults: list[tuple[str, str]]) -> None:
    if faults:
        raise BadDisposal("；".join(zh for zh, _ in faults) + "。" + "; ".join(en for _, en in faults))


def _register(
    connection: Connection, at: datetime, who: str, action: str, subject: str, told: Mapping[str, object]
) -> None:
    register.append(connection, at=at, actor=who.strip(), action=action, subject=subject, payload=told)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


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
