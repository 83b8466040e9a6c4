"""Tests of plugins.backends.local.rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.backends.local.rows import number_of, restored, storable
from retention.errors import NoSuchRecord


@given(st.text(st.characters(codec=None)))
def test_any_string_comes_back_as_it_was(text: str) -> None:
    assert restored(storable(text)) == text


def test_only_an_id_as_we_write_them_is_an_id() -> None:
    assert number_of("17") == 17
    for wrong in ("017", "１７", "17 ", "0", ""):
        with pytest.raises(NoSuchRecord):
            number_of(wrong)
