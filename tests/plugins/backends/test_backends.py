"""Tests of the table of backends."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.backends import BACKENDS, Place


@pytest.mark.parametrize("name", sorted(BACKENDS))
def test_a_backend_bears_the_name_of_its_row(name: str, tmp_path: Path) -> None:
    assert BACKENDS[name](Place(tmp_path)).name == name
