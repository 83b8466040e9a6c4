"""An archive that stands right before a destruction: papers that are due, approved, and witnesses who are registered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from plugins.keeping import disposing
from plugins.wiring import Archive
from retention import register
from retention.appraising import appraisals
from retention.disposing import witnesses
from retention.errors import BadDisposal, NoSuchRecord
from tests.plugins import ready_made
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import PROPOSER, approved, file_due

WHY: dict[str, Any] = {"reason": "税务稽查", "mandate": "税稽通12号", "by": "李静"}
WITNESSES = {"孙丽": "孙丽自己的口令一二三四五", "钱峰": "钱峰自己的口令一二三四五"}
AFTER = NOON + timedelta(days=200)


class Crash(BaseException):
    """The program ends here; nobody catches it."""


def later(archive: Archive) -> Archive:
    """The same archive, when the quarantine is over."""
    return replace(archive, clock=lambda: AFTER)


def furnish(archive: Archive, folder: Path) -> None:
    """Two papers that are due and approved to be destroyed, and two witnesses."""
    with pytest.MonkeyPatch.context() as patched:
        # What a passphrase's hash costs is no matter here.
        patched.setattr(witnesses, "_COST", 16)
        for name, passphrase in WITNESSES.items():
            disposing.enrol(archive, name, passphrase, vouched_by="王芳")
    for content in (b"1", b"2"):
        file_due(archive, folder / "papers", content)
    approved(archive)


@cache
def two_approved() -> Path:
    """An archive that is furnished so, to be copied."""
    return ready_made.made(furnish)


def batch_of(archive: Archive) -> int:
    """The one appraisal."""
    with archive.engine.begin() as connection:
        return appraisals.every(connection)[0].id


def whole(archive: Archive, batch: int) -> int:
    """Start, witness, execute, each as far as it is not done; gives back the disposal's number."""
    number = disposing.start(archive, batch, by=PROPOSER).disposal.id
    for name, passphrase in WITNESSES.items():
        if name not in {one.name for one in disposing.show(archive, number).confirmations}:
            disposing.witness(later(archive), number, name, passphrase)
    disposing.execute(later(archive), number, by="吴刚")
    return number


def ended(archive: Archive, batch: int) -> int:
    """The same again, after a crash; where everything is held nothing is left to be witnessed."""
    try:
        return whole(archive, batch)
    except BadDisposal:
        return disposing.start(archive, batch, by=PROPOSER).disposal.id


def states(archive: Archive, number: int) -> dict[str, str]:
    """Where each record of the disposal stands."""
    return {one.dms_id: one.state for one in disposing.show(archive, number).items}


def is_there(archive: Archive, dms_id: str) -> bool:
    """Whether the DMS has the record, in sight or in quarantine."""
    try:
        archive.dms.record(dms_id)
    except NoSuchRecord:
        return any(archive.dms.quarantined(dms_id))
    return True


def outcomes(archive: Archive, *actions: str) -> list[str]:
    """The subjects of the register's entries of these actions, sorted; the whole chain holds."""
    with archive.engine.begin() as connection:
        register.verify(connection)
        return sorted(one.subject for one in register.entries(connection) if one.action in actions)
