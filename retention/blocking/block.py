"""A Block: something that stands in the way of disposing of a record, with its reason.

A blocked record stays in every list, with its blocks; it is only not free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from sqlalchemy import Connection

from retention.blocking.hold import SCOPE_NAMES, SORT_NAMES, Hold, HoldSort
from retention.blocking.litigation import Paper
from retention.record import Record

BlockCode = Literal[
    "on-hold",
    "open-debt",
    "personal-data-restricted",
    "on-loan",
    "handed-over",
    "open-litigation",
    "labels-in-doubt",
    "dossier-unassigned",
    "parts-kept",
    "kept-by-appraisal",
    "not-due",
    "not-noted",
    "not-known",
]


@dataclass(frozen=True)
class Block:
    """What stands in the way, by its code; the reasons are for a reader."""

    code: BlockCode
    reason_zh: str
    reason_en: str


class Obstruction(Protocol):
    """One more thing that may stand in the way: loans, for one. The table of them is in `retention.blocking.blocks`."""

    def __call__(
        self, connection: Connection, records: Sequence[Record], today: date
    ) -> Mapping[str, Sequence[Block]]:
        """The blocks by DMS id, inside the caller's transaction; records that are free are left out. Whatever is
        raised counts as a block."""
        ...


_OF_HOLD: dict[HoldSort, BlockCode] = {
    "hold": "on-hold",
    "debt": "open-debt",
    "restriction": "personal-data-restricted",
}


def of_hold(hold: Hold) -> Block:
    """The block that a hold is, with reason, mandate, who and since when."""
    (zh, en), (scope_zh, scope_en) = SORT_NAMES[hold.sort], SCOPE_NAMES[hold.scope]
    day = hold.at[:10]
    return Block(
        _OF_HOLD[hold.sort],
        f"暂缓：{zh}（第{hold.id}号，{scope_zh} {hold.key}）：{hold.reason}；依据 {hold.mandate}；{hold.who} 自 {day}",
        f"blocked: {en} (no. {hold.id}, {scope_en}): {hold.reason}; mandate {hold.mandate}; {hold.who}, since {day}",
    )


def of_litigation(paper: Paper) -> Block:
    """The block that a litigation paper is whose case nobody has closed."""
    zh = f"暂缓：诉讼未结（{paper.title}，编号 {paper.dms_id}，尚未登记结案）"
    en = f"blocked: open litigation ({paper.kind}, record {paper.dms_id}, no 'case closed' known)"
    return Block("open-litigation", zh, en)


def of_card(record: Record) -> tuple[Block, ...]:
    """What on the record's own card stands in the way."""
    card = record.card
    if not (card.needs_review or card.unassigned):
        return ()
    found = []
    if card.needs_review:
        zh = f"暂缓：标注待人工核对（{'；'.join(card.review_reasons)}）"
        found.append(
            Block("labels-in-doubt", zh, "blocked: its labels still wait for a person to check them")
        )
    if card.unassigned:
        # What would stop the disposal of a household's papers is not looked for while nobody knows the household.
        zh = f"暂缓：待归户（{card.dossier_doubt}）"
        en = "blocked: nobody has said yet to which household it belongs"
        found.append(Block("dossier-unassigned", zh, en))
    return tuple(found)


NOT_NOTED = Block(
    "not-noted",
    "暂缓：升级前归档的文件尚未登记，请先运行 dossier schedule diff",
    "blocked: records that were filed by an older version are not noted yet; run dossier schedule diff once",
)


def not_known(error: Exception) -> Block:
    """The block that stands where nobody can say whether anything does."""
    return Block(
        "not-known",
        f"暂缓：无法查明有无冻结或未了事项（{type(error).__name__}）",
        f"blocked: nobody can say what stands in the way ({type(error).__name__}: {error})",
    )


class KeptParts:
    """Which batches have parts that are still kept, gathered while the records go by: a batch holds their pages too
    and must outlive them."""

    def __init__(self) -> None:
        self._parts: dict[str, set[str]] = {}

    def look_at(self, dms_id: str, part_of: str) -> None:
        """Note the record if it is a part of a batch: then `part_of` is the batch's checksum."""
        if part_of:
            self._parts.setdefault(part_of, set()).add(dms_id)

    def kept_of(self, record: Record) -> tuple[str, ...]:
        """The ids of the parts that keep this record from being disposed of; none where it is no batch."""
        return tuple(sorted(self._parts.get(record.card.sha256, ()))) if record.card.batch else ()


def of_parts(parts: Sequence[str]) -> Block:
    """The block that a batch's parts are while they are kept."""
    named = "、".join(parts[:5])
    zh = f"暂缓：分件在管（{len(parts)} 件，编号 {named}）：整批扫描件证明其来源，最后处置"
    en = f"blocked: {len(parts)} of its parts are still kept; it proves where they come from, and goes last"
    return Block("parts-kept", zh, en)
