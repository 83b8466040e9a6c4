"""What was transferred out of the archive: the block that keeps its copy here from being disposed of as ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from retention.blocking.block import Block
from retention.custody.custody_tables import hand_over, hand_over_item
from retention.record import Record


def obstructs(connection: Connection, records: Sequence[Record], today: date) -> dict[str, tuple[Block, ...]]:
    """The blocks of those records that were handed over to somebody else for good."""
    del today
    one = hand_over.c
    done = (one.sort == "transfer") & (one.done_at != "")
    if connection.execute(select(one.id).where(done).limit(1)).first() is None:
        return {}  # a list of a million asks this for some hundred at a time
    sums = {one.dms_id: one.card.sha256 for one in records}
    item = hand_over_item.c
    asked = select(item.dms_id, item.sha256, one.id, one.receiver, one.done_on)
    asked = asked.join(hand_over, one.id == item.hand_over_id).order_by(one.id)
    asked = asked.where(done, item.dms_id.in_(list(sums)))
    return {
        row.dms_id: (_block(row.id, row.receiver, row.done_on),)
        for row in connection.execute(asked)
        if row.sha256 == sums[row.dms_id]
    }


def _block(number: int, receiver: str, on: date) -> Block:
    return Block(
        "handed-over",
        f"暂缓：已移交（第{number}号移交，{on} 移交 {receiver}；本系统所存为副本）",
        f"blocked: handed over to {receiver} on {on} (hand-over {number}); what is here is a copy",
    )
