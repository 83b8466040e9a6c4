"""Tests of what is kept as a document's content."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.paperless.candidates import narrowing
from plugins.paperless.content import pages_of, written
from plugins.searching.evened import even_out

TEXTS = st.text(st.characters() | st.sampled_from("\f\0␛; \n民事ＡＢａ〔\ud800"), max_size=30)


@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=3), TEXTS)
def test_every_text_comes_back_through_what_the_server_does_to_it(
    pages: list[str], keys: list[str], title: str
) -> None:
    stored = written(tuple(pages), tuple(keys), title).strip()
    stored.encode()  # half surrogates would be refused
    assert "\0" not in stored
    assert pages_of(stored) == tuple(pages)


@given(st.lists(TEXTS, min_size=1, max_size=3), st.data())
def test_whatever_stands_in_the_text_is_not_missed_by_asking_the_server(
    pages: list[str], data: st.DataObject
) -> None:
    evened = even_out("\n".join(pages))
    start = data.draw(st.integers(0, len(evened)))
    word = evened[start : data.draw(st.integers(start, len(evened)))]
    stored = written(tuple(pages), (), "").lower()
    assert all(asked.lower() in stored for asked in narrowing([word]).split())


def test_text_that_was_not_written_here_is_parted_at_form_feeds() -> None:
    assert pages_of("one\ftwo\f") == ("one", "two")
    assert pages_of("one") == ("one",)


def test_the_keys_stand_one_a_line_behind_the_text() -> None:
    assert written(("text",), ("3栋2单元1501室", "3-2-1501"), "").split("\f")[1].splitlines()[:3] == [
        "〔检索词〕",
        "3栋2单元1501室",
        "3-2-1501",
    ]


def test_what_people_type_of_a_key_and_the_numbers_in_the_text_stand_behind_the_keys() -> None:
    stored = written(("价1280000元",), ("3栋2单元1501室",), "").split("\f")[1].splitlines()
    assert stored[2] == "3栋2单元1501 2单元1501室 2单元1501 1501室 1501 1280000"


def test_only_what_would_not_be_found_is_written_again() -> None:
    assert written(("民 事 判决书\n人民\n币",), (), "").splitlines()[-1] == "民事 事判 书人 民币"
