"""Tests of what an audit of rights writes into the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import sqlalchemy as sa

from plugins.rights_audit import audit_rights
from plugins.wiring import Archive
from retention import tables
from retention.dms import Dms, RightsFault

FAULTS = (
    RightsFault("7", "核心商密", "no-owner", "…", repaired=True),
    RightsFault("8", "内部", "share-link", "…"),
)


class Faulty:
    """A DMS of which only the audit is asked."""

    def audit_rights(self, *, repair: bool = False) -> Iterator[RightsFault]:
        return iter(fault if repair else replace(fault, repaired=False) for fault in FAULTS)


def entries(archive: Archive) -> list[Any]:
    with archive.engine.begin() as connection:
        return list(connection.execute(sa.select(tables.register)).mappings())


def test_each_repair_is_an_entry_and_nothing_else_is(archive: Archive) -> None:
    faulty = replace(archive, dms=cast("Dms", Faulty()))
    assert tuple(audit_rights(faulty, repair=True)) == FAULTS
    (entry,) = entries(archive)
    assert (entry["action"], entry["subject"]) == ("rights-repaired", "record/7")


def test_looking_writes_nothing(archive: Archive) -> None:
    faulty = replace(archive, dms=cast("Dms", Faulty()))
    assert [fault.repaired for fault in audit_rights(faulty, repair=False)] == [False, False]
    assert entries(archive) == []
