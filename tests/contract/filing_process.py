"""What each of several processes does in the test of filing at the same time."""

from __future__ import annotations

from pathlib import Path

from retention.errors import AlreadyFiled
from tests.contract.conftest import MAKERS
from tests.contract.deposits import deposit

SHARED = 10


def file_twenty(backend: str, folder: str, process: int) -> tuple[list[str], list[str]]:
    """File ten documents of its own and ten that all processes file; give back the ids it made and
    those that it was told were there."""
    inbox = Path(folder) / f"inbox-{process}"
    inbox.mkdir()
    dms = MAKERS[backend](Path(folder))
    made, told = [], []
    for number in range(20):
        owner = "all" if number < SHARED else str(process)
        try:
            made.append(dms.file(deposit(inbox, f"{owner}/{number}".encode(), ("认购书",))))
        except AlreadyFiled as error:
            told.append(error.dms_id)
    return made, told
