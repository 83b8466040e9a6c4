"""The stages of a disposal: started from an approved appraisal, its list confirmed by witnesses, begun with a manifest, ended.

Each is in the register, in the same transaction. Nothing is destroyed here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from retention import person, register
from retention.acts import stamp
from retention.appraising import appraisals
from retention.disposing import renewing
from retention.disposing.disposal import (
    UNDER_WAY,
    WITNESSES,
    Disposal,
    checksum_of,
    counts,
    manifest_of,
    others_than,
    unfit,
    witnesses_of,
)
from retention.disposing.disposals import batch_of, there
from retention.disposing.disposing_tables import disposal, disposal_item, disposal_witness
from retention.errors import BadDisposal

_NOBODY = ("未写明执行人（--by）", "say who executes it (--by)")
_SKEW = timedelta(hours=1)
"""So far may the clocks of two machines that write into one register differ."""


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
    _refuse_early_clock(connection, at)
    doomed = [one for one in batch.items if one.decision == "destroy"]
    if not doomed or not who.strip():
        raise BadDisposal(
            "本批没有决定销毁的文件，或未写明经办人（--by）。Nothing in it is to be destroyed, or nobody is named (--by)"
        )
    row = {
        "appraisal_id": number,
        "started_by": who.strip(),
        "started_at": stamp(at),
        "quarantine_until": until,
    }
    empty = dict.fromkeys(("manifest", "manifest_sha256", "begun_by", "begun_at", "done_at"), "")
    made = connection.execute(insert(disposal).values(**row, **empty).returning(disposal.c.id)).scalar_one()
    rows = [{"disposal_id": made, "dms_id": one.dms_id, "sha256": one.sha256} for one in doomed]
    waiting = {"state": "todo", "detail": "", "at": stamp(at)}
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
    if renewing.barred(connection, name, one.started_at):
        faults.append(
            (
                f"{name} 在本次处置开始后由他人担保换过口令，不得监销本次：请另一监销人确认",
                f"{name} got a new passphrase on others' word after this disposal was started: let another witness confirm it",
            )
        )
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
        connection.execute(insert(disposal_witness).values(**row, at=stamp(at)))
        told = {"manifest": sha256, "items": len(one.in_state("quarantined"))}
        _register(connection, at, name, "disposal-witnessed", f"disposal/{number}", told)
    return there(connection, number)


def begin(connection: Connection, number: int, *, who: str, at: datetime, today: date) -> Disposal:
    """Write the manifest, for good, before anything is destroyed; gives back the one that is there where it was begun
    before, also by somebody else. Raises BadDisposal with everything that is lacking."""
    register.lock(connection)
    one = there(connection, number)
    if one.begun_at:
        return _continued(connection, one, who, at)
    batch, faults = batch_of(connection, one), []
    if not who.strip():
        faults.append(_NOBODY)
    if one.in_state("todo"):
        faults.append(("尚未全部隔离", "not all is in quarantine: run disposal start again"))
    if today <= one.quarantine_until:
        faults.append(
            (f"隔离期至 {one.quarantine_until}", f"the quarantine lasts until {one.quarantine_until}")
        )
    manifest = manifest_of(one, batch)
    sha256 = checksum_of(manifest)
    present = witnesses_of(one, batch, sha256)
    _refuse([*faults, *_unwatched(who, present, sha256)])
    row = {"manifest": manifest, "manifest_sha256": sha256, "begun_by": who.strip(), "begun_at": stamp(at)}
    connection.execute(update(disposal).where(disposal.c.id == number).values(**row))
    told = {"manifest": json.loads(manifest), "sha256": sha256, "witnesses": list(present)}
    _register(connection, at, who, "disposal-begun", f"disposal/{number}", told)
    return there(connection, number)


def _continued(connection: Connection, one: Disposal, who: str, at: datetime) -> Disposal:
    """The disposal that was begun before; who goes on with it in another's place is in the register."""
    present = witnesses_of(one, batch_of(connection, one), one.manifest_sha256)
    if not who.strip():
        _refuse([_NOBODY])
    if not person.same(who, one.begun_by) and one.in_state(*UNDER_WAY):
        _refuse(_unwatched(who, present, one.manifest_sha256))
        told = {"manifest": one.manifest_sha256, "begun_by": one.begun_by}
        _register(connection, at, who, "disposal-continued", f"disposal/{one.id}", told)
    return one


def _unwatched(who: str, present: Sequence[str], sha256: str) -> list[tuple[str, str]]:
    """Where fewer look on than must, beside who destroys."""
    count = len(others_than(who, present))
    if count >= WITNESSES:
        return []
    return [
        (
            f"须执行人以外 {WITNESSES} 人监销，现清册（{sha256[:12]}）仅 {count} 人确认",
            f"{WITNESSES} witnesses beside who executes must confirm the list as it is now ({sha256[:12]}): {count} did",
        )
    ]


def finish(connection: Connection, number: int, *, at: datetime) -> Disposal:
    """Write the end where every item of a disposal that was begun has its outcome; again: nothing happens."""
    register.lock(connection)
    one = there(connection, number)
    if one.begun_at and not one.done_at and not one.in_state(*UNDER_WAY):
        connection.execute(update(disposal).where(disposal.c.id == number).values(done_at=stamp(at)))
        one = there(connection, number)
        told: dict[str, object] = {"result": one.result, "manifest": one.manifest_sha256}
        told |= dict(counts(one.items).items())
        _register(connection, at, one.begun_by, "disposal-done", f"disposal/{number}", told)
    return one


def _refuse_early_clock(connection: Connection, at: datetime) -> None:
    """A quarantine that began long ago by a wrong clock would be over as soon as that is set right."""
    last = register.head(connection)
    if last.seq and at + _SKEW < datetime.fromisoformat(last.at):
        raise BadDisposal(
            f"本机时钟为 {stamp(at)[:16]}，早于台账末条 {last.at[:16]}：先校准时钟。The clock stands before the register's last "
            "entry: set it right first"
        )


def _refuse(faults: list[tuple[str, str]]) -> None:
    if faults:
        raise BadDisposal("；".join(zh for zh, _ in faults) + "。" + "; ".join(en for _, en in faults))


def _register(
    connection: Connection, at: datetime, who: str, action: str, subject: str, told: Mapping[str, object]
) -> None:
    register.append(connection, at=at, actor=who.strip(), action=action, subject=subject, payload=told)
