"""A Block: something that stands in the way of disposing of a due record, with its reason.

A blocked record stays in every list, with its blocks; it is only not free. More sorts of block (holds,
open debts, loans, restrictions) come in by `blocks_on`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from retention.event import Event, Scope
from retention.record import Record


@dataclass(frozen=True)
class Block:
    """`code` is `open-litigation` or `labels-in-doubt`; the reasons are for a reader."""

    code: str
    reason_zh: str
    reason_en: str


class OpenCases:
    """Which dossiers have litigation that nobody has closed, gathered while the records go by.

    A litigation record is open until a `case_closed` event of the record or of its dossier, on or
    before `today` and not before the day on the paper: a case closed in 2020 does not close one whose
    summons came in 2022. A record without a date is closed by any such event.
    """

    def __init__(self, today: date) -> None:
        self._today = today
        self._open: dict[Scope, Record] = {}

    def look_at(self, record: Record, about: Sequence[Event]) -> None:
        """Note the record if it is litigation and open; `about` are the events of it and its dossier."""
        if record.card.category != "litigation":
            return
        since = record.card.document_date or date.min
        if any(one.kind == "case_closed" and since <= one.on <= self._today for one in about):
            return
        scope = _scope(record)
        known = self._open.get(scope)
        if known is None or record.dms_id < known.dms_id:
            self._open[scope] = record

    def open_for(self, record: Record) -> Record | None:
        """A litigation record that keeps this record from being disposed of, or None."""
        return self._open.get(_scope(record))


def blocks_on(record: Record, cases: OpenCases) -> tuple[Block, ...]:
    """Everything that stands in the way of disposing of the record; empty where it is free."""
    blocks = []
    case = cases.open_for(record)
    if case is not None:
        zh = f"暂缓：诉讼未结（{case.card.title}，档号 {case.dms_id}，尚未登记结案）"
        en = f"blocked: open litigation ({case.card.kind}, record {case.dms_id}, no 'case closed' known)"
        blocks.append(Block("open-litigation", zh, en))
    if record.card.needs_review:
        reasons = "；".join(record.card.review_reasons)
        zh, en = (
            f"暂缓：标注待人工核对（{reasons}）",
            "blocked: its labels still wait for a person to check them",
        )
        blocks.append(Block("labels-in-doubt", zh, en))
    return tuple(blocks)


def _scope(record: Record) -> Scope:
    """What litigation reaches: the whole dossier, or the record alone while it is in none."""
    dossier = record.card.dossier
    return Scope("dossier", dossier) if dossier else Scope("record", record.dms_id)
