from __future__ import annotations

import pytest

from consumers.readers import READERS, Reader


@pytest.mark.parametrize("name", READERS)
def test_a_reader_is_plugged_in_under_its_own_name(name: str) -> None:
    assert READERS[name].name == name


@pytest.mark.parametrize("name", READERS)
def test_a_reader_says_what_is_missing_without_being_made(name: str) -> None:
    assert READERS[name].missing() is None or "install" in str(READERS[name].missing())


def test_every_reader_fits_the_socket() -> None:
    made: list[Reader] = [READERS["blank"](), READERS["text-layer"]()]
    assert [reader.name for reader in made] == ["blank", "text-layer"]
