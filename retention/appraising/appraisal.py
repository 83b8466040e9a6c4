"""Appraisal 鉴定: a batch of due records in which people decide; what it consists of, and what an approval asks for.

Nothing here destroys anything. A decision binds nobody until somebody else than the proposer has approved the batch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal, get_args

from retention import person
from retention.blocking.block import Block

_AT_ONCE = 2_000

Decision = Literal["destroy", "extend", "transfer", "permanent", "undetermined"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
DECISION_NAMES: dict[Decision, tuple[str, str]] = {
    "destroy": ("销毁", "destroy"),
    "extend": ("延期", "extend"),
    "transfer": ("移交", "transfer"),
    "permanent": ("永久", "keep for ever"),
    "undetermined": ("待定，次年再鉴定", "undetermined, until next year"),
}
"""Chinese and English name of each decision."""

Side = Literal["archive", "department"]
SIDES: tuple[Side, ...] = get_args(Side)
SIDE_NAMES: dict[Side, tuple[str, str]] = {
    "archive": ("档案部门", "archive"),
    "department": ("归档部门", "owning department"),
}
Agreement = Literal["agree", "disagree"]
AGREEMENTS: tuple[Agreement, ...] = get_args(Agreement)
AGREEMENT_NAMES: dict[Agreement, tuple[str, str]] = {
    "agree": ("同意", "agrees"),
    "disagree": ("不同意", "disagrees"),
}


@dataclass(frozen=True)
class Item:
    """A record as it was proposed: its title with ID numbers masked, under which rule, from which cutoff, until when,
    why, and what stood in the way then; and what was decided. `period` is ISO, `schedule` the SHA-256 of the version."""

    dms_id: str
    sha256: str
    title: str
    category: str
    kind: str
    dossier: str
    confidentiality: str
    pages: int
    rule: str
    rule_name: str
    authority: str
    schedule: str
    period: str
    disposition: str
    cutoff_event: str
    cutoff_on: date
    retain_until: date
    why_zh: str
    why_en: str
    blocks: tuple[Block, ...]
    decision: Decision | None = None
    kept_until: date | None = None
    decided_by: str = ""
    decided_at: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Opinion:
    """What the archive or the owning department says of the decisions whose digest it names."""

    side: Side
    department: str
    who: str
    opinion: Agreement
    words: str
    digest: str
    at: str


@dataclass(frozen=True)
class Appraisal:
    """A batch as it stands. Times are UTC, ISO 8601, empty until then; `opinions` are in the order of time."""

    id: int
    as_of: date
    schedule: str
    proposed_by: str
    proposed_at: str
    approved_by: str
    approved_at: str
    withdrawn_by: str
    withdrawn_at: str
    note: str
    items: tuple[Item, ...] = ()
    opinions: tuple[Opinion, ...] = ()

    @property
    def open(self) -> bool:
        """Whether decisions can still be made in it."""
        return not (self.approved_at or self.withdrawn_at)

    def opinion_of(self, side: Side) -> Opinion | None:
        """The last word of that side; None while it has not spoken."""
        return next((one for one in reversed(self.opinions) if one.side == side), None)


def decisions_digest(items: Iterable[Item]) -> str:
    """What stands for all decisions of a batch: the SHA-256, in hex, of ids, checksums, decisions and days."""
    ordered = sorted(items, key=lambda one: one.dms_id)
    return digest((one.dms_id, one.sha256, one.decision, one.kept_until) for one in ordered)


def digest(rows: Iterable[tuple[str, str, str | None, date | None]]) -> str:
    """The same of id, checksum, decision and day of each item, in the order of ids: of their canonical JSON as one list."""
    found, before, rest = hashlib.sha256(b"["), "", iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        fields = [
            (dms_id, sha256, decision or "", str(until or "")) for dms_id, sha256, decision, until in some
        ]
        # Of texts alone this is their canonical JSON.
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        found.update(f"{before}{text[1:-1]}".encode())
        before = ","
    found.update(b"]")
    return found.hexdigest()


def lacking(batch: Appraisal, approver: str) -> Iterator[tuple[str, str]]:
    """Everything that keeps this person from approving the batch, each in Chinese and in English; nothing: he may."""
    if not batch.open:
        yield (
            (
                f"本批已由 {batch.approved_by} 批准：销毁用 disposal start {batch.id}",
                f"this batch was approved by {batch.approved_by}: disposal start {batch.id} goes on",
            )
            if batch.approved_at
            else (
                f"本批已由 {batch.withdrawn_by} 撤回：另用 appraisal propose 提出",
                f"this batch was withdrawn by {batch.withdrawn_by}: appraisal propose makes another",
            )
        )
        return
    if not person.key_of(approver):
        yield "未写明批准人（--by）", "say who approves it (--by)"
    elif person.same(approver, batch.proposed_by):
        yield (
            f"提出人 {batch.proposed_by} 不得批准自己提出的批次：由他人批准",
            "the proposer may not approve his own batch: let somebody else do it",
        )
    waiting = [one.dms_id for one in batch.items if one.decision is None]
    if waiting:
        few = "、".join(waiting[:5])
        yield (
            f"尚有 {len(waiting)} 件未作决定（{few}）：先用 appraisal decide",
            f"{len(waiting)} items are not decided yet ({few}): decide them first",
        )
    yield from _unspoken(batch)


def _unspoken(batch: Appraisal) -> Iterator[tuple[str, str]]:
    digest, spoken = decisions_digest(batch.items), []
    for side in SIDES:
        zh, en = SIDE_NAMES[side]
        one = batch.opinion_of(side)
        if one is None:
            yield (
                f"缺{zh}意见：用 appraisal opinion",
                f"the opinion of the {en} is missing: appraisal opinion",
            )
        elif one.digest != digest:
            yield (
                f"{zh}意见之后决定有变：请重新会签",
                f"decisions have changed since the {en} spoke: let it speak again",
            )
        elif one.opinion == "disagree":
            yield f"{zh}不同意：先改决定", f"the {en} disagrees: change the decisions first"
        else:
            spoken.append(one.who)
    if len(spoken) == len(SIDES) and person.same(*spoken):
        yield "两方意见须由两人出具", "both opinions are the same person's: two people must give them"


def counts(items: Sequence[Item]) -> dict[str, int]:
    """How many items have which decision; `undecided` are the others."""
    found = {name: sum(one.decision == name for one in items) for name in DECISIONS}
    return found | {"undecided": sum(one.decision is None for one in items)}
