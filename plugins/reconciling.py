"""Comparing our register with what the DMS really holds: each record that was filed, by its id and its checksum.

Principle that must never break: what is found is written down and told, and nothing is mended.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import sqlalchemy as sa

from plugins.archiving.filing import ACTOR
from plugins.logs import log
from plugins.requests.sight import whole
from plugins.wiring import Archive
from retention import register
from retention.errors import DmsUnavailable, NoSuchRecord
from retention.tables import register as entries

What = Literal[
    "vanished", "changed-id", "changed-bytes", "unreadable", "no-card", "unregistered", "came-back"
]
WHATS: tuple[What, ...] = get_args(What)
_ENTRY = "dms-"
_BEGAN = ("filed", "adopted", "restored")
_ENDED = ("destroyed", "found-missing", "quarantined")


@dataclass(frozen=True)
class Discrepancy:
    """A record that does not lie in the DMS as the register says. `sha256` is that of the register, or of the card for an
    `unregistered` one; `detail` is for people. `known` means that an earlier comparison has found the same.

    `vanished`: gone; `changed-id`: gone, and the same bytes lie under another id; `changed-bytes`: other bytes than were
    filed; `unreadable`: there, but its bytes can not be read; `no-card`: there, but no record any more;
    `unregistered`: a record that the register does not know; `came-back`: found to be wrong before, and right now.
    """

    dms_id: str
    what: What
    sha256: str
    detail: str
    known: bool = False

    @property
    def wrong(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.what != "came-back"


@dataclass(frozen=True)
class _Known:
    """What the register says: the checksum of every record by its id, and what was last found of it."""

    filed: dict[str, str]
    found: dict[str, str]


def reconcile(archive: Archive, told: Callable[[int, int], None] | None = None) -> Iterator[Discrepancy]:
    """Every discrepancy, in the order of ids; one that was not known yet is written into the register and logged.

    Every original is read, so this takes as long as that takes; `told` hears how many of how many are done. Raises
    DmsUnavailable where the DMS does not answer.
    """
    with archive.engine.begin() as connection:
        known = _register(connection)
    cards = {record.dms_id: record.card.sha256 for record in whole(archive).records()}
    for count, (dms_id, sha256) in enumerate(sorted(known.filed.items(), key=_by_number), start=1):
        one = _compared(archive, known, cards, dms_id, sha256)
        if one is not None:
            yield _written(archive, one, known)
        if told is not None:
            told(count, len(known.filed))
    for dms_id, sha256 in cards.items():
        if dms_id not in known.filed:
            detail = "登记簿没有这份文件 the register does not know it"
            yield _written(archive, Discrepancy(dms_id, "unregistered", sha256, detail), known)


def _compared(
    archive: Archive, known: _Known, cards: dict[str, str], dms_id: str, sha256: str
) -> Discrepancy | None:
    """What is wrong with one record, or right again."""
    try:
        stored = archive.dms.checksum(dms_id)
    except NoSuchRecord:
        other = archive.dms.find(sha256)
        if other is None or other == dms_id:
            return Discrepancy(dms_id, "vanished", sha256, "已不在文档系统中 no longer in the DMS")
        if known.filed.get(other) == sha256:
            detail = f"已不在文档系统中，另有一份 {other} no longer in the DMS; {other} is another copy"
            return Discrepancy(dms_id, "vanished", sha256, detail)
        return Discrepancy(dms_id, "changed-id", sha256, f"现编号 now {other}")
    except DmsUnavailable as error:
        archive.dms.status()  # raises where it is the DMS that is away, and not this document
        return Discrepancy(dms_id, "unreadable", sha256, str(error))
    if stored != sha256:
        return Discrepancy(dms_id, "changed-bytes", sha256, f"现为 now {stored}")
    if dms_id not in cards:
        return Discrepancy(dms_id, "no-card", sha256, "缺少卷宗卡片 it bears no card")
    if known.found.get(dms_id, "came-back") != "came-back":
        return Discrepancy(
            dms_id, "came-back", sha256, f"曾为 it was {known.found[dms_id]}，现已一致 is right now"
        )
    return None


def _written(archive: Archive, one: Discrepancy, known: _Known) -> Discrepancy:
    if known.found.get(one.dms_id) == one.what:
        return Discrepancy(one.dms_id, one.what, one.sha256, one.detail, known=True)
    tell = log().error if one.wrong else log().warning
    tell("the DMS differs from the register", id=one.dms_id, what=one.what, detail=one.detail)
    with archive.engine.begin() as connection:
        register.append(
            connection,
            at=archive.clock(),
            actor=ACTOR,
            action=f"{_ENTRY}{one.what}",
            subject=f"record/{one.dms_id}",
            payload={"sha256": one.sha256, "detail": one.detail},
        )
    return one


def _register(connection: sa.Connection) -> _Known:
    wanted = [*_BEGAN, *_ENDED, *(f"{_ENTRY}{what}" for what in WHATS)]
    query = (
        sa.select(entries.c.action, entries.c.subject, entries.c.payload)
        .where(entries.c.action.in_(wanted))
        .order_by(entries.c.seq)
    )
    known = _Known({}, {})
    for action, subject, payload in connection.execute(query):
        dms_id = subject.removeprefix("record/")
        if action in _BEGAN:
            known.filed[dms_id] = str(json.loads(payload)["sha256"])
            # Filed anew under an id that an earlier document had: what was found of that is over.
            known.found.pop(dms_id, None)
        elif action in _ENDED:
            known.filed.pop(dms_id, None)
        else:
            known.found[dms_id] = action.removeprefix(_ENTRY)
    return known


def _by_number(row: tuple[str, str]) -> tuple[int, str]:
    return (int(row[0]) if row[0].isdecimal() else 0, row[0])
