"""The backends that the contract is asked of, and an empty one for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.backends import BACKENDS, Place
from retention.dms import Dms


def _local(folder: Path) -> Dms:
    return BACKENDS["local"](Place(folder / "archive"))


MAKERS: dict[str, Callable[[Path], Dms]] = {"local": _local}


@pytest.fixture(params=sorted(MAKERS))
def backend(request: pytest.FixtureRequest) -> str:
    """The name of each backend in turn."""
    return str(request.param)


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
