"""Handling a request from its arrival to its end: the steps that need nothing but our database, and correcting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from classifiers.facts.id_number import is_valid
from plugins.errors import BadWord
from plugins.keeping.appraising import today_of
from plugins.masking import mask_id_numbers
from plugins.teaching.correcting import Corrected, Wanted, correct
from plugins.wiring import Archive
from retention.errors import BadRequest
from retention.requests import requests
from retention.requests.request import Arrival, ItemState, Request, RequestKind, asker_of, even, last_day

_FEWEST_PLACES = 5
_OF_AN_ID_CARD = (15, 18)


def receive(
    archive: Archive,
    kind: RequestKind,
    name: str,
    id_number: str,
    *,
    channel: str,
    by: str,
    words: str = "",
    received_on: date | None = None,
) -> Request:
    """Write down that a person asks; the clock runs from the day of arrival, today unless told. Raises BadRequest."""
    today = today_of(archive)
    on = received_on or today
    if on > today:
        raise BadRequest(
            f"收到日 {on} 尚未到（--on）。It can not have come on {on}: that day is to come (--on)"
        )
    number = even(id_number)
    if len(number) < _FEWEST_PLACES or (
        len(number) == max(_OF_AN_ID_CARD) and number[:-1].isdigit() and not is_valid(number)
    ):
        raise BadRequest(
            "证件号码有误，请核对后重输。The ID number is wrong (too few places, or its check digit does not fit): type it again"
        )
    due = last_day(on, archive.settings.request_days)
    arrival = Arrival(mask_id_numbers(channel.strip()), mask_id_numbers(words.strip()), on, due)
    with archive.engine.begin() as connection:
        asker = asker_of(name, number, archive.pepper)
        return requests.receive(connection, kind, asker, arrival, who=by, at=archive.clock())


def check(archive: Archive, number: int, *, how: str, by: str) -> Request:
    """The identity was checked. Raises BadRequest."""
    with archive.engine.begin() as connection:
        return requests.check(connection, number, how=mask_id_numbers(how), who=by, at=archive.clock())


def judge(archive: Archive, number: int, ids: Sequence[str], state: ItemState, *, by: str) -> Request:
    """A person says of records whether they are of who asks. Raises BadRequest."""
    with archive.engine.begin() as connection:
        return requests.judge(connection, number, ids, state, who=by, at=archive.clock())


def extend(archive: Archive, number: int, until: date, *, by: str, reason: str) -> Request:
    """Give the answer more time, once. Raises BadRequest."""
    with archive.engine.begin() as connection:
        why = mask_id_numbers(reason)
        return requests.extend(connection, number, until=until, reason=why, who=by, at=archive.clock())


def correct_record(
    archive: Archive, number: int, dms_id: str, wanted: Wanted, *, by: str, reason: str
) -> Corrected:
    """Correct a record's labels for a request, as everybody's corrections go, and link the two. Raises BadRequest, and
    what correcting raises.

    A crash between the two leaves a correction that names the request in its reason; doing it again writes the link.
    """
    one = show(archive, number)
    if one.kind != "correction" or dms_id not in {item.dms_id for item in one.confirmed}:
        raise BadRequest(
            f"第{number}号申请不是更正，或文件 {dms_id} 未确认是其本人的。Request {number} asks for no correction, or record "
            f"{dms_id} is not confirmed to be of who asks"
        )
    if not reason.strip():
        raise BadWord("--reason: 不能为空，请写错在何处。it is empty; write what was wrong")
    done = correct(archive, dms_id, wanted, by, f"第{number}号个人信息更正申请：{reason.strip()}")
    with archive.engine.begin() as connection:
        told = {"record": dms_id, "what": [each.what for each in done.corrections]}
        requests.note(connection, number, "request-corrected", told, who=by, at=archive.clock())
    return done


def refuse(archive: Archive, number: int, *, by: str, reason: str) -> Request:
    """It is refused, with the reason that the person is told. Raises BadRequest."""
    with archive.engine.begin() as connection:
        words, today = mask_id_numbers(reason), today_of(archive)
        return requests.answer(
            connection,
            number,
            words=words,
            told={},
            who=by,
            at=archive.clock(),
            today=today,
            refused=True,
        )


def close(archive: Archive, number: int, *, by: str) -> Request:
    """Nothing follows any more. Raises BadRequest."""
    with archive.engine.begin() as connection:
        return requests.close(connection, number, who=by, at=archive.clock())


def show(archive: Archive, number: int) -> Request:
    """The request as it stands; raises BadRequest where there is none with that number."""
    with archive.engine.begin() as connection:
        return requests.there(connection, number)
