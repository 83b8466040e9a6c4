"""Disposal 处置: what was approved to be destroyed, in quarantine and on its way out; the list that witnesses confirm.

Nothing here destroys anything; `retention.disposing.destroying` does, one record at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from retention import person
from retention.appraising.appraisal import Appraisal, Item
from retention.register import canonical

ItemState = Literal[
    "todo",
    "held",
    "quarantined",
    "destroying",
    "destroyed",
    "missing",
    "mismatch",
    "kept",
    "restoring",
    "restored",
]
ITEM_STATES: tuple[ItemState, ...] = get_args(ItemState)
STATE_NAMES: dict[ItemState, tuple[str, str]] = {
    "todo": ("待隔离", "to be quarantined"),
    "held": ("未隔离，有未了事项", "not quarantined: something stood in the way"),
    "quarantined": ("隔离中", "in quarantine"),
    "destroying": ("销毁中断，待继续", "destruction was begun"),
    "destroyed": ("已销毁", "destroyed"),
    "missing": ("此前已不在文档系统", "somebody had removed it before"),
    "mismatch": ("内容不符，未销毁", "other bytes under its id: not destroyed"),
    "kept": ("未销毁，仍隔离", "not destroyed, still in quarantine"),
    "restoring": ("恢复中断，待继续", "restoration was begun"),
    "restored": ("已恢复", "restored"),
}
"""Chinese and English name of each state."""
UNDER_WAY: tuple[ItemState, ...] = ("todo", "quarantined", "destroying", "restoring")
"""The states that something still follows; the others are outcomes."""
WITNESSES = 2


@dataclass(frozen=True)
class DisposalItem:
    """One record of a disposal: where it stands, why, and since when (UTC, ISO 8601). `versions` are the checksums of what people
    have put over its first file in the DMS, as they were when it went into quarantine: they go with it."""

    dms_id: str
    sha256: str
    state: ItemState
    detail: str
    at: str
    versions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Confirmation:
    """That a witness has compared the list with that checksum and confirmed it, with his own passphrase."""

    name: str
    manifest_sha256: str
    at: str


@dataclass(frozen=True)
class Disposal:
    """A disposal as it stands. `quarantine_until` is the last day of the quarantine; the manifest is empty until destruction
    began; `done_at` until every item has its outcome."""

    id: int
    appraisal_id: int
    started_by: str
    started_at: str
    quarantine_until: date
    manifest: str
    manifest_sha256: str
    begun_by: str
    begun_at: str
    done_at: str
    items: tuple[DisposalItem, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()

    def in_state(self, *states: ItemState) -> tuple[DisposalItem, ...]:
        """The items that stand there, in their order."""
        return tuple(one for one in self.items if one.state in states)

    @property
    def result(self) -> str:
        """`preparing`, `quarantine`, `executing`; `executed` where every item was destroyed, `partly-executed` where some
        were, `not-executed` where none was."""
        if self.in_state("todo"):
            return "preparing"
        if not self.done_at:
            return "executing" if self.begun_at else "quarantine"
        destroyed = len(self.in_state("destroyed"))
        return (
            "executed" if destroyed == len(self.items) else "partly-executed" if destroyed else "not-executed"
        )


def manifest_of(one: Disposal, batch: Appraisal) -> str:
    """The list of what is to be destroyed, as canonical JSON: what is in quarantine now. Anything that changes it makes
    another checksum, and asks for the witnesses again."""
    doomed = {each.dms_id: each.versions for each in one.in_state("quarantined", "destroying")}
    return canonical(
        {
            "disposal": one.id,
            "appraisal": batch.id,
            "proposed_by": batch.proposed_by,
            "approved_by": batch.approved_by,
            "approved_at": batch.approved_at,
            "quarantine_until": one.quarantine_until.isoformat(),
            "items": [
                _row(item, doomed[item.dms_id])
                for item in sorted(batch.items, key=lambda i: i.dms_id)
                if item.dms_id in doomed
            ],
        }
    )


def checksum_of(manifest: str) -> str:
    """The SHA-256 of the manifest's UTF-8 bytes, in hex: what the witnesses confirm."""
    return hashlib.sha256(manifest.encode()).hexdigest()


def unfit(name: str, batch: Appraisal) -> Iterator[tuple[str, str]]:
    """Why this person may not witness the batch's destruction, in Chinese and in English; nothing: he may."""
    if person.same(name, batch.proposed_by):
        yield f"{name} 是提出人，不得监销", "the proposer may not be a witness"
    if person.same(name, batch.approved_by):
        yield f"{name} 是批准人，不得监销", "the approver may not be a witness"


def witnesses_of(one: Disposal, batch: Appraisal, sha256: str) -> tuple[str, ...]:
    """The fit people who have confirmed the list with that checksum, each once."""
    return fit((each for each in one.confirmations if each.manifest_sha256 == sha256), batch)


def fit(confirmations: Iterable[Confirmation], batch: Appraisal) -> tuple[str, ...]:
    """Those who have confirmed it and may, each once."""
    found = {
        person.key_of(each.name): each.name for each in confirmations if not any(unfit(each.name, batch))
    }
    return tuple(found.values())


def others_than(who: str, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the witnesses who look on: who destroys is not one of them."""
    return tuple(name for name in names if not person.same(name, who))


def counts(items: Sequence[DisposalItem]) -> Mapping[ItemState, int]:
    """How many items stand where; what there is none of is left out."""
    found = {state: sum(one.state == state for one in items) for state in ITEM_STATES}
    return {state: number for state, number in found.items() if number}


def _row(item: Item, versions: tuple[str, ...]) -> dict[str, object]:
    # Named where there are some: the list of a record without any reads as it did before versions were told.
    return ({"versions": list(versions)} if versions else {}) | {
        "id": item.dms_id,
        "sha256": item.sha256,
        "title": item.title,
        "dossier": item.dossier,
        "category": item.category,
        "kind": item.kind,
        "pages": item.pages,
        "rule": item.rule,
        "authority": item.authority,
        "cutoff_on": item.cutoff_on.isoformat(),
        "retain_until": item.retain_until.isoformat(),
    }
