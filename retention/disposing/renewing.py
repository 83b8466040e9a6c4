"""A witness' new passphrase: by his own old one, or, where that is forgotten, on the word of two people.

Principle that must never break: whoever vouches could type the new passphrase himself. So nobody vouches who has a hand in
what is under way, and a witness who was renewed that way has no part in any disposal that was started before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, or_, select, update

from retention import person, register
from retention.acts import stamp
from retention.disposing import witnesses
from retention.disposing.disposal import UNDER_WAY
from retention.disposing.disposing_tables import (
    appraisal,
    appraisal_item,
    disposal,
    disposal_item,
    disposal_witness,
    witness,
)
from retention.errors import BadCredential

VOUCHERS = 2


def change(connection: Connection, name: str, old: str, new: str, *, at: datetime) -> bool:
    """Give the witness his new passphrase where `old` is his; else False: it is counted and in the register, so the caller
    commits before he refuses. What he has confirmed stands. Raises BadCredential."""
    witnesses.refuse_short(new)
    if not witnesses.prove(connection, name, old, at=at):
        return False
    row = witnesses.of_name(connection, name)
    assert row is not None
    _write(connection, name, new, {})
    told = {"witness": row.name, "how": "old-passphrase"}
    _register(connection, at, row.name, row.name, told)
    return True


def reset(
    connection: Connection, name: str, new: str, *, vouched_by: Sequence[str], at: datetime
) -> witnesses.Witness:
    """Give a witness who has forgotten his passphrase, or was blocked, a new one: two people say that it is he. What he has
    confirmed of disposals that are not begun counts no more. Raises BadCredential."""
    witnesses.refuse_short(new)
    register.lock(connection)
    row = witnesses.of_name(connection, name)
    if row is None:
        raise BadCredential(
            f"{name} 未登记为监销人：先 disposal enrol。{name} is no registered witness: disposal enrol first"
        )
    vouchers = {person.key_of(each): each.strip() for each in vouched_by if person.key_of(each)}
    if len(vouchers) < VOUCHERS or any(person.same(each, name) for each in vouchers.values()):
        raise BadCredential(
            f"忘记口令须由本人以外 {VOUCHERS} 人担保（--vouched-by 写 {VOUCHERS} 次）。A forgotten passphrase wants {VOUCHERS} other people "
            "who vouch: --vouched-by for each"
        )
    busy = [each for each in vouchers.values() if any(person.same(each, one) for one in _engaged(connection))]
    if busy:
        raise BadCredential(
            f"{'、'.join(busy)} 是未完结的鉴定或处置的提出人、批准人或执行人，不得担保：请另选他人。{', '.join(busy)} proposed, approved or "
            "carries out what is under way: let somebody else vouch"
        )
    names = "、".join(vouchers.values())
    void = _withdraw(connection, name)
    _write(connection, name, new, {"vouched_by": names, "renewed_at": stamp(at)})
    told = {"witness": row.name, "how": "vouched", "vouched_by": list(vouchers.values()), "void": void}
    _register(connection, at, names, row.name, told)
    return witnesses.Witness(row.name, names, row.since, 0)


def barred(connection: Connection, name: str, started_at: str) -> bool:
    """Whether he was given a new passphrase on the word of others after a disposal that was started at that time."""
    row = witnesses.of_name(connection, name)
    return row is not None and bool(row.renewed_at) and started_at <= row.renewed_at


def _engaged(connection: Connection) -> Iterator[str]:
    """Who has proposed, approved, started or executed what is not over, as they were written."""
    moving = select(disposal_item.c.disposal_id).where(disposal_item.c.state.in_(UNDER_WAY))
    doomed = select(appraisal_item.c.appraisal_id).where(appraisal_item.c.decision == "destroy")
    going = or_(
        appraisal.c.approved_at == "",
        disposal.c.id.in_(moving),
        disposal.c.id.is_(None) & appraisal.c.id.in_(doomed),
    )
    asked = (
        select(appraisal.c.proposed_by, appraisal.c.approved_by, disposal.c.started_by, disposal.c.begun_by)
        .select_from(appraisal.outerjoin(disposal, disposal.c.appraisal_id == appraisal.c.id))
        .where(appraisal.c.withdrawn_at == "", going)
    )
    for row in connection.execute(asked):
        yield from filter(None, row)


def _withdraw(connection: Connection, name: str) -> list[int]:
    """Take back what he has confirmed of disposals that are not begun; gives back their numbers. The register keeps it."""
    waiting = select(disposal.c.id).where(disposal.c.begun_at == "")
    said = select(disposal_witness.c.disposal_id, disposal_witness.c.key, disposal_witness.c.name)
    found = [
        (row.disposal_id, row.key)
        for row in connection.execute(said.where(disposal_witness.c.disposal_id.in_(waiting)))
        if person.same(row.name, name)
    ]
    for number, key in found:
        mine = (disposal_witness.c.disposal_id == number) & (disposal_witness.c.key == key)
        connection.execute(delete(disposal_witness).where(mine))
    return sorted({number for number, _ in found})


def _write(connection: Connection, name: str, new: str, row: dict[str, str]) -> None:
    mine = witness.c.key.in_(witnesses.keys_of(connection, name))
    values = {"credential": witnesses.hashed(new), "failures": 0, **row}
    connection.execute(update(witness).where(mine).values(**values))


def _register(connection: Connection, at: datetime, actor: str, name: str, told: dict[str, object]) -> None:
    subject = f"witness/{name}"
    register.append(connection, at=at, actor=actor, action="witness-renewed", subject=subject, payload=told)
