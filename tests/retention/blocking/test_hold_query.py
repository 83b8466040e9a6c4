"""The words of a hold by query are found in a record however they are written."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from retention.blocking import hold_query
from retention.blocking.hold_query import HeldQuery
from tests.retention.a_record import a_record

# A compatibility ideograph, a radical, circled, squared and wide signs become others once they are evened out.
SIGNS = st.sampled_from("渗漏漏\uf90e\u2f54水㊟㍿株Ａaßé\u0301ｶﾞ 　\n\x00（1１")
TEXTS = st.text(SIGNS, max_size=6)


@given(TEXTS, TEXTS.filter(str.strip))
def test_what_is_told_at_a_glance_is_what_evening_out_tells(title: str, words: str) -> None:
    record = a_record()
    record = replace(record, card=replace(record.card, title=title))
    card = record.card
    own = (title, card.name, card.customer, card.dossier, card.unit, *(one.value for one in card.facts))
    whole = hold_query._even("\n".join(own))
    wanted = all(hold_query._even(word) in whole for word in words.split())
    assert HeldQuery(words=words).words_on(record) == wanted


def test_a_word_in_another_shape_of_its_signs_is_found() -> None:
    record = a_record()
    for title in ("⽔管渗漏", "水 管\n渗　漏"):
        there = replace(record, card=replace(record.card, title=title))
        assert HeldQuery(words="水管 渗漏").words_on(there)
    assert not HeldQuery(words="渗漏").words_on(replace(record, card=replace(record.card, title="渗水")))
