"""The list with which a destruction began: its manifest is read once for a whole run, whatever its length.

Principle that must never break: whoever goes by a list that was read earlier asks in the transaction of the act whether that
very list is still the one that was begun with and that the witnesses have confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from retention.disposing import disposals
from retention.disposing.disposal import WITNESSES, Disposal, checksum_of
from retention.disposing.disposing_tables import disposal
from retention.errors import BadDisposal


class Named(NamedTuple):
    """What the list names under a DMS id: these bytes, with these versions over them."""

    sha256: str
    versions: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """Of disposal `number` what its list names, by DMS id; nothing before destruction began. `sha256` is the list's own
    checksum, empty until then."""

    number: int
    appraisal: int
    sha256: str
    started_by: str
    begun_by: str
    records: Mapping[str, Named] = field(default_factory=dict)

    def named(self, dms_id: str) -> Named:
        """What it names under that id; raises BadDisposal."""
        found = self.records.get(dms_id)
        if found is None:
            raise foreign(self.number, dms_id)
        return found


def listed(one: Disposal) -> Listed:
    """What its manifest names. Raises BadDisposal where that does not have its checksum."""
    if not one.begun_at:
        return Listed(one.id, one.appraisal_id, "", one.started_by, "")
    if checksum_of(one.manifest) != one.manifest_sha256:
        raise _other_list(one.id)
    # A list may have hundreds of thousands of rows: of each only this is kept, as soon as it is read.
    told: Any = json.loads(one.manifest, object_hook=_short)
    records = dict(told["items"])
    return Listed(one.id, one.appraisal_id, one.manifest_sha256, one.started_by, one.begun_by, records)


def without_records(connection: Connection, number: int) -> Listed:
    """The same of a disposal that is there, without what its list names."""
    row = disposal.c
    asked = select(row.id, row.appraisal_id, row.manifest_sha256, row.started_by, row.begun_by)
    return Listed(*connection.execute(asked.where(row.id == number)).one())


def insist(connection: Connection, one: Listed) -> None:
    """Raise BadDisposal unless this is, in the caller's transaction, the list that was begun with, and confirmed by as many
    witnesses as there must be."""
    # Asked by checksum, which an index answers alone: to read on behind the manifest takes longer the longer that is.
    same = select(disposal.c.id).where(disposal.c.manifest_sha256 == one.sha256, disposal.c.begun_at != "")
    begun = one.sha256 and one.number in connection.execute(same).scalars().all()
    if not begun or len(disposals.confirmations(connection, one.number, one.sha256)) < WITNESSES:
        raise _other_list(one.number)


def foreign(number: int, dms_id: str) -> BadDisposal:
    """The refusal of a record that the list of that disposal does not name, or names with other bytes."""
    return BadDisposal(
        f"第{number}号处置的清册没有文件 {dms_id}。The manifest of disposal {number} does not name record {dms_id}"
    )


def _short(row: dict[str, Any]) -> object:
    if "sha256" not in row:
        return row
    return row["id"], Named(row["sha256"], tuple(row.get("versions", ())))


def _other_list(number: int) -> BadDisposal:
    return BadDisposal(
        f"第{number}号处置的清册与监销人确认的不符：停止销毁，先核对台账（dossier register verify）并自备份恢复数据库。The manifest of "
        f"disposal {number} is not the one that the witnesses have confirmed: nothing is destroyed; verify the register, and "
        "restore the database from a backup"
    )
