"""Tests of plugins.backends.local.bigrams, against SQLite's FTS5 itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from plugins.backends.local.bigrams import indexed, sought

RUN = st.text("商品房a1𠮷𠮸(", max_size=12)


def test_a_pair_is_its_two_characters_in_hexadecimal() -> None:
    assert indexed(["认购"]) == "8ba48d2d 8d2d0000"
    assert sought("认购书") == '"8ba48d2d 8d2d4e66"'


@given(st.lists(RUN, max_size=4), st.text("商品房a1𠮷𠮸(", min_size=1, max_size=5))
def test_a_word_is_found_if_and_only_if_it_stands_in_one_of_the_runs(runs: list[str], word: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE found USING fts5 (text, content='', tokenize='ascii')")
        connection.execute("INSERT INTO found (rowid, text) VALUES (1, ?)", (indexed(runs),))
        (hits,) = connection.execute(
            "SELECT count(*) FROM found WHERE found MATCH ?", (sought(word),)
        ).fetchone()
    assert bool(hits) == any(word in run for run in runs)
