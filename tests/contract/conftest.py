"""The backends that the contract is asked of, and an empty one for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.backends import BACKENDS, Place
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.upload.filing import Patience
from retention.dms import Deposit, Dms
from tests.contract.deposits import deposit
from tests.live import server


def _local(folder: Path) -> Dms:
    return BACKENDS["local"](Place(folder / "archive"))


def _paperless(folder: Path) -> Dms:
    return PaperlessDms(server.url(), server.token_for(folder), patience=Patience(reading=300.0))


MAKERS: dict[str, Callable[[Path], Dms]] = {"local": _local, "paperless": _paperless}

# paperless-ngx takes only files of kinds that it knows; tests/live asks the same with such files.
NOT_OF_PAPERLESS = {
    "test_the_bytes_come_back_as_they_were_filed": "paperless-ngx takes no file of an unknown kind",
    "test_filing_leaves_the_source_file_alone": "paperless-ngx takes no file of one byte",
    "test_an_empty_file_can_be_filed": "paperless-ngx takes no empty file",
    "test_the_archive_version_comes_back_where_one_is_kept": "paperless-ngx gets it with the original inside",
}


REACHED = sorted(name for name in MAKERS if name != "paperless" or not server.MISSING)
"""The backends that can be asked here; `tests/conftest.py` says at the start which can not, and why."""


@pytest.fixture(params=REACHED)
def backend(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of each backend in turn."""
    name = str(request.param)
    if name == "paperless":
        reason = NOT_OF_PAPERLESS.get(request.node.originalname, "")
        if reason:
            pytest.skip(reason)  # a row of NOT_OF_PAPERLESS; tests/live asks the same with other files
        monkeypatch.setattr(request.module, "deposit", _as_text)
    yield name
    if name == "paperless":
        server.clear(tmp_path)


@pytest.fixture
def dms(backend: str, tmp_path: Path) -> Dms:
    """An empty DMS."""
    return MAKERS[backend](tmp_path)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder for originals."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def _as_text(folder: Path, content: bytes, *args: tuple[str, ...], **card: Any) -> Deposit:
    """A deposit whose file is a text that paperless-ngx takes, another one for each `content`."""
    return deposit(folder, f"bytes {content.hex()}".encode(), *args, **card)
