"""Deletion that a person asks for: nothing is destroyed here. Every record is restricted at once; what is due goes into a
batch to be appraised, like anything else; what must still be kept waits, restricted, until its period is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plugins.keeping.appraising import today_of
from plugins.keeping.holding import list_late
from plugins.keeping.retaining import catch_up
from plugins.masking import mask_id_numbers
from plugins.requests import restricting
from plugins.requests.sight import record_of
from plugins.wiring import Archive
from retention.appraising import appraisals, appraised, putting_up
from retention.appraising.appraisal import Appraisal, Item
from retention.errors import BadRequest
from retention.requests import requests, restrictions
from retention.requests.request import STATE_NAMES
from retention.review import review


@dataclass(frozen=True)
class Deleted:
    """What became of a request for deletion: records restricted; the batch of those that are due (None: none is); those that
    hold data of others and were not named; those that the DMS could not hide now, with the reason."""

    restricted: tuple[str, ...]
    batch: Appraisal | None
    left: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


def delete(archive: Archive, number: int, ids: Sequence[str], *, by: str, reason: str) -> Deleted:
    """Restrict these records, without `ids` all that are confirmed and hold nobody else's data, and propose those that are
    due. May be done again. Raises BadRequest."""
    with archive.engine.begin() as connection:
        one = requests.there(connection, number)
    if one.state in ("received", "checked"):
        raise BadRequest(
            f"第{number}号申请须先核验身份并查找（requests check、requests find）。Check the identity, and find, first"
        )
    if one.state != "found":
        zh, en = STATE_NAMES[one.state]
        raise BadRequest(
            f"第{number}号申请{zh}，不再限制处理：如仍要求删除，另行受理（requests open --kind deletion）。Request {number} is {en}: what is asked "
            "anew is a new request (requests open --kind deletion)"
        )
    alone = [item.dms_id for item in one.confirmed if not item.others]
    wanted = list(dict.fromkeys(ids)) or alone
    if not wanted:
        raise BadRequest(
            "没有已确认且不涉及他人的文件：写明文件（--record）。No confirmed record holds his data alone: name records (--record)"
        )
    settled = restricting.restrict(archive, number, wanted, by=by, reason=reason)
    batch = propose(archive, number, by=by)
    left = tuple(item.dms_id for item in one.confirmed if item.dms_id not in wanted)
    return Deleted(settled.done, batch, left, settled.failed)


def propose(archive: Archive, number: int, *, by: str) -> Appraisal | None:
    """A batch of those records of the request that are restricted and due, and in no other; None where none is."""
    catch_up(archive)
    list_late(archive)
    day, schedule = today_of(archive), archive.rules.schedule
    with archive.engine.begin() as connection:
        mine = [
            one.dms_id
            for one in restrictions.of_request(connection, number)
            if one.state in restrictions.STANDING
        ]
    records = [record for dms_id in mine if (record := record_of(archive, dms_id)) is not None]
    found = review(archive.engine.begin, records, schedule, day, day, day)
    due = [one for one in found.due if one.state == "overdue" and not one.blocks]
    with archive.engine.begin() as connection:
        taken = appraised.taken(connection, [one.record.dms_id for one in due])
        free = [one for one in due if one.record.dms_id not in taken]
        items = [_because(appraisals.item_of(one, schedule.sha256, mask_id_numbers), number) for one in free]
        batch = putting_up.propose(
            connection, items, schedule=schedule.sha256, as_of=day, who=by, at=archive.clock()
        )
        if batch is not None:
            proposed = [item.dms_id for item in batch.items]
            requests.note_batch(connection, number, proposed, batch.id)
            told = {"appraisal": batch.id, "reason": "PIPL 47", "records": proposed}
            requests.note(connection, number, "request-proposed", told, who=by, at=archive.clock())
    return batch


def _because(item: Item, number: int) -> Item:
    """The item, with who asks for its deletion: by the request's number."""
    return replace(
        item,
        why_zh=f"第{number}号申请要求删除（个人信息保护法第四十七条，PIPL 47）；{item.why_zh}",
        why_en=f"deletion asked for by request {number} (PIPL 47); {item.why_en}",
    )
