"""The requests in our database: received, identity checked, looked for, answered or refused, closed; each step is in the
register, which holds neither the number of who asks nor his whole name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from retention import register
from retention.acts import stamp
from retention.errors import BadRequest
from retention.record import by_number
from retention.requests.request import (
    KIND_NAMES,
    STATE_NAMES,
    WAITING,
    Arrival,
    Asker,
    ItemState,
    Request,
    RequestItem,
    RequestKind,
    RequestState,
    masked_name,
)
from retention.requests.request_tables import request, request_item

_LATER = ("extended_because", "checked_how", "checked_by", "checked_at", "found_at", "outcome")
_LATEST = ("answered_by", "answered_at", "answer", "closed_by", "closed_at")


def receive(
    connection: Connection,
    kind: RequestKind,
    asker: Asker,
    arrival: Arrival,
    *,
    who: str,
    at: datetime,
) -> Request:
    """Write the request down and give it back: from the day on which it was received the clock runs. Raises BadRequest."""
    if kind not in KIND_NAMES:
        raise BadRequest(f"--kind: {kind}: choose from {', '.join(KIND_NAMES)}")
    for said, zh, en in (
        (asker.name, "申请人姓名（--name）", "who asks (--name)"),
        (arrival.channel, "来函方式（--channel）", "how it came (--channel)"),
        (who, "受理人（--by）", "who received it (--by)"),
    ):
        if not said.strip():
            raise BadRequest(f"未写明{zh}。Say {en}")
    register.lock(connection)
    row: dict[str, Any] = {"kind": kind, "state": "received", **vars(asker), **vars(arrival)}
    row |= {"received_by": who.strip(), "received_at": stamp(at)}
    row |= dict.fromkeys((*_LATER, *_LATEST), "")
    number = connection.execute(insert(request).values(**row).returning(request.c.id)).scalar_one()
    told = {"kind": kind, "name": masked_name(asker.name), "channel": arrival.channel}
    told |= {"received_on": arrival.received_on.isoformat(), "due_on": arrival.due_on.isoformat()}
    _register(connection, at, who, "request-received", number, told)
    return there(connection, number)


def check(connection: Connection, number: int, *, how: str, who: str, at: datetime) -> Request:
    """The identity of who asks was checked, and how. Raises BadRequest."""
    register.lock(connection)
    _in(connection, number, ("received",))
    if not (how.strip() and who.strip()):
        raise BadRequest(
            "须写明如何核验身份、何人核验（--how、--by）。Say how the identity was checked, and who did (--how, --by)"
        )
    row = {
        "state": "checked",
        "checked_how": how.strip(),
        "checked_by": who.strip(),
        "checked_at": stamp(at),
    }
    _write(connection, number, row)
    _register(connection, at, who, "request-identity-checked", number, {"how": how.strip()})
    return there(connection, number)


def note_found(
    connection: Connection, number: int, found: Sequence[RequestItem], *, who: str, at: datetime
) -> Request:
    """Write down where the person was found. What a person has said of a record before stands; one that is not found any
    more goes, unless a person has confirmed it. Raises BadRequest."""
    register.lock(connection)
    one = _in(connection, number, ("checked", "found"))
    said = {item.dms_id: item for item in one.items}
    now = {item.dms_id: item for item in found}
    for dms_id, item in said.items():
        if dms_id not in now and item.state == "hint":
            connection.execute(request_item.delete().where(_mine(number, (dms_id,))))
    for dms_id, item in now.items():
        row: dict[str, Any] = {"sha256": item.sha256, "how": item.how, "others": item.others}
        before = said.get(dms_id)
        if before is None:
            connection.execute(
                insert(request_item).values(request_id=number, dms_id=dms_id, state=item.state, **row)
            )
        else:
            row |= {"state": item.state} if before.state == "hint" else {}
            connection.execute(update(request_item).where(_mine(number, (dms_id,))).values(**row))
    _write(connection, number, {"state": "found", "found_at": stamp(at)})
    counts = {how: sum(item.how == how for item in found) for how in ("number", "text", "name")}
    _register(connection, at, who, "request-looked-for", number, {"found": counts})
    return there(connection, number)


def judge(
    connection: Connection, number: int, ids: Sequence[str], state: ItemState, *, who: str, at: datetime
) -> Request:
    """A person says of these records that they are, or are not, of who asks. Raises BadRequest."""
    register.lock(connection)
    one = _in(connection, number, ("found",))
    foreign = sorted(set(ids) - {item.dms_id for item in one.items})
    if foreign or not ids or not who.strip():
        raise BadRequest(
            f"未查到 {'、'.join(foreign) or '（未写明文件或经办人）'}：见 requests show。Not among what was found: "
            f"{', '.join(foreign) or 'name records and who decides'}"
        )
    for start in range(0, len(ids), 500):
        some = list(ids[start : start + 500])
        connection.execute(update(request_item).where(_mine(number, some)).values(state=state))
        _register(connection, at, who, "request-judged", number, {"state": state, "records": some})
    return there(connection, number)


def extend(
    connection: Connection, number: int, *, until: date, reason: str, who: str, at: datetime
) -> Request:
    """Give the answer more time, once, with a reason. Raises BadRequest."""
    register.lock(connection)
    one = _in(connection, number, WAITING)
    if one.extended_because:
        raise BadRequest("已延期一次：请答复。It was extended once: answer it")
    if until <= one.due_on or not (reason.strip() and who.strip()):
        raise BadRequest(
            f"延期须至 {one.due_on} 之后，并写明理由和经办人。Name a day after {one.due_on}, why, and who (--until, --reason, --by)"
        )
    _write(connection, number, {"due_on": until, "extended_because": reason.strip()})
    told = {"was": one.due_on.isoformat(), "due_on": until.isoformat(), "reason": reason.strip()}
    _register(connection, at, who, "request-extended", number, told)
    return there(connection, number)


def answer(
    connection: Connection,
    number: int,
    *,
    words: str,
    told: Mapping[str, object],
    who: str,
    at: datetime,
    today: date,
    refused: bool = False,
) -> Request:
    """It was answered, or refused with that reason; `told` is what the register says of it beside. Raises BadRequest.

    Nobody gets an answer whose identity was not checked; a refusal needs none.
    """
    register.lock(connection)
    _in(connection, number, WAITING if refused else ("found",))
    if not (words.strip() and who.strip()):
        raise BadRequest(
            "须写明答复或拒绝的理由，及经办人（--reason、--by）。Say what was answered or why it is refused, and who (--reason, --by)"
        )
    outcome = "refused" if refused else "answered"
    row = {"state": outcome, "outcome": outcome, "answered_by": who.strip(), "answer": words.strip()}
    _write(connection, number, {**row, "answered_at": stamp(at), "answered_on": today})
    action = f"request-{outcome}"
    _register(connection, at, who, action, number, {"words": words.strip(), **told})
    return there(connection, number)


def close(connection: Connection, number: int, *, who: str, at: datetime) -> Request:
    """Nothing follows any more. Raises BadRequest."""
    register.lock(connection)
    _in(connection, number, ("answered", "refused"))
    if not who.strip():
        raise BadRequest("未写明经办人（--by）。Say who closes it (--by)")
    _write(connection, number, {"state": "closed", "closed_by": who.strip(), "closed_at": stamp(at)})
    _register(connection, at, who, "request-closed", number, {})
    return there(connection, number)


def note(
    connection: Connection, number: int, action: str, told: Mapping[str, object], *, who: str, at: datetime
) -> None:
    """Write a step of its handling into the register that changes no state of its own."""
    if not who.strip():
        raise BadRequest("未写明经办人（--by）。Say who does it (--by)")
    _register(connection, at, who, action, number, told)


def note_batch(connection: Connection, number: int, ids: Sequence[str], appraisal: int) -> None:
    """Write down in which batch the destruction of these records was proposed."""
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        connection.execute(update(request_item).where(_mine(number, some)).values(appraisal_id=appraisal))


def get(connection: Connection, number: int) -> Request | None:
    """The request with its items, in the order of ids; None: there is none."""
    row = connection.execute(select(request).where(request.c.id == number)).one_or_none()
    if row is None:
        return None
    asked = select(*list(request_item.c)[1:]).where(request_item.c.request_id == number)
    items = sorted(
        (RequestItem(*each) for each in connection.execute(asked)), key=lambda item: by_number(item.dms_id)
    )
    return replace(Request(*row), items=tuple(items))


def there(connection: Connection, number: int) -> Request:
    """The same; raises BadRequest where there is none."""
    one = get(connection, number)
    if one is None:
        raise BadRequest(
            f"没有申请 {number}：见 dossier requests list。There is no request {number}; see the list"
        )
    return one


def every(connection: Connection, *, closed: bool = False) -> tuple[Request, ...]:
    """The requests that are not closed, the one that is due first at first, without items; with `closed` all."""
    asked = select(request).order_by(request.c.due_on, request.c.id)
    asked = asked if closed else asked.where(request.c.state != "closed")
    return tuple(Request(*row) for row in connection.execute(asked))


def overdue(connection: Connection, today: date) -> tuple[Request, ...]:
    """The requests that should have been answered before `today`."""
    asked = select(request).where(request.c.state.in_(WAITING), request.c.due_on < today)
    return tuple(Request(*row) for row in connection.execute(asked.order_by(request.c.due_on, request.c.id)))


def _in(connection: Connection, number: int, states: Iterable[RequestState]) -> Request:
    one = there(connection, number)
    if one.state not in states:
        zh, en = STATE_NAMES[one.state]
        wanted = "、".join(STATE_NAMES[state][0] for state in states)
        raise BadRequest(
            f"第{number}号申请现为“{zh}”，此步须在“{wanted}”时办理。Request {number} is {en}; this wants it to be "
            f"{' or '.join(STATE_NAMES[state][1] for state in states)}"
        )
    return one


def _mine(number: int, ids: Sequence[str]):  # type: ignore[no-untyped-def]  # the expression's type is SQLAlchemy's own
    return (request_item.c.request_id == number) & request_item.c.dms_id.in_(list(ids))


def _write(connection: Connection, number: int, row: Mapping[str, object]) -> None:
    connection.execute(update(request).where(request.c.id == number).values(**row))


def _register(
    connection: Connection, at: datetime, who: str, action: str, number: int, told: Mapping[str, object]
) -> None:
    subject = f"request/{number}"
    register.append(connection, at=at, actor=who.strip(), action=action, subject=subject, payload=told)
