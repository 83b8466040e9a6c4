"""Whether a record that was approved to be destroyed is due still: an event may have been withdrawn, its kind, its dossier or the
schedule may be another one since people decided.

Principle that must never break: what is not due on the day of the act is not destroyed, whoever has approved what before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from retention.blocking import on_its_way
from retention.blocking.block import Block
from retention.blocking.blocks import OBSTRUCTIONS
from retention.record import Record
from retention.requests.ending import last_days


def obstructs(connection: Connection, records: Sequence[Record], today: date) -> dict[str, tuple[Block, ...]]:
    """The blocks of those records whose period is not over on `today`, or of which nobody can say when it ends."""
    ends = last_days(connection, records)
    return {
        one.dms_id: (_block(ends.get(one.dms_id)),)
        for one in records
        if one.dms_id not in ends or today <= ends[one.dms_id]
    }


OF_DISPOSAL = (*OBSTRUCTIONS, on_its_way.obstructs, obstructs)
"""What is asked of a record that is to be destroyed: what is asked of any, what is just being filed beside it, and whether it
is due."""


def _block(until: date | None) -> Block:
    if until is None:
        zh = "暂缓：未到期（现无保管期限规则、为永久或尚未起算）"
        en = "blocked: it is not due (by now it has no rule, is kept for ever, or has no cutoff yet)"
    else:
        zh, en = (
            f"暂缓：未到期（现须保管至 {until}）",
            f"blocked: it is not due (it must be kept until {until})",
        )
    return Block("not-due", zh, en)
