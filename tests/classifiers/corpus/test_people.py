from __future__ import annotations

from random import Random

import pytest

from classifiers.corpus import people
from classifiers.facts.surnames import is_name


def test_a_person_has_a_name() -> None:
    names = {people.person(Random(seed)) for seed in range(200)}
    assert len(names) > 150
    assert sum(map(is_name, names)) > 0.9 * len(names)


@pytest.mark.parametrize(
    ("slot", "part"), [("court", "法院"), ("notary", "公证处"), ("lawfirm", "律师事务所"), ("bank", "行")]
)
def test_an_organisation_is_called_what_it_is(slot: str, part: str) -> None:
    for seed in range(20):
        assert part in people.organisation(Random(seed), slot, "江州市", "临江区").replace("营业部", "行")


def test_no_name_has_a_place_that_was_not_filled() -> None:
    for slot in people.ORGANISATIONS:
        assert "{" not in people.organisation(Random(4), slot, "江州市", "临江区")
