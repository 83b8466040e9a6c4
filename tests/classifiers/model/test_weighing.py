from __future__ import annotations

import numpy as np
import pytest

from classifiers import taxonomy
from classifiers.model.features import RULES
from classifiers.model.weighing import (
    DOUBTS,
    MOST_SURE,
    VOICES,
    Kinds,
    Margins,
    Weighing,
    category_chances,
    doubts,
    voices,
)

KINDS = Kinds.of(taxonomy.load())
SILENT = np.zeros((len(KINDS.ids), len(RULES)))
LEVEL = Margins(np.full(len(KINDS.ids), -1.0), np.full(len(KINDS.ids), -1.0))
EVEN = Weighing(np.ones(len(VOICES)), np.array([*np.ones(len(DOUBTS)), 0.0]))


def _leading(kind: str, by: float) -> Margins:
    margins = LEVEL.kind.copy()
    margins[KINDS.ids.index(kind)] += by
    return Margins(margins, LEVEL.category)


def test_chances_together_are_one() -> None:
    chances = EVEN.chances(voices(LEVEL, SILENT, KINDS))
    assert chances.sum() == pytest.approx(1)
    assert category_chances(chances, KINDS).sum() == pytest.approx(1)


def test_the_chance_of_a_category_is_that_of_its_kinds() -> None:
    chances = np.zeros(len(KINDS.ids))
    chances[[KINDS.ids.index("receipt"), KINDS.ids.index("subscription")]] = 0.5
    assert category_chances(chances, KINDS)[KINDS.order.index("sales")] == 1


def test_a_margin_and_a_rule_each_make_a_kind_likelier() -> None:
    said = SILENT.copy()
    said[KINDS.ids.index("receipt"), 0] = 12
    one = EVEN.chances(voices(_leading("receipt", 2), SILENT, KINDS))
    both = EVEN.chances(voices(_leading("receipt", 2), said, KINDS))
    column = KINDS.ids.index("receipt")
    assert 1 / len(KINDS.ids) < one[column] < both[column]


def test_sureness_grows_with_the_lead() -> None:
    sales = KINDS.order.index("sales")
    sure = []
    for by in (0.0, 0.5, 1.5):
        margins = _leading("receipt", by)
        chances = EVEN.chances(voices(margins, SILENT, KINDS))
        sure.append(EVEN.sureness(doubts(sales, chances, margins, SILENT, KINDS, 300)))
    assert sure == sorted(sure)
    assert sure[0] < sure[2]


def test_nothing_is_certain() -> None:
    assert EVEN.sureness(np.full(len(DOUBTS), 100.0)) == MOST_SURE


def test_two_kinds_of_one_category_do_not_put_it_in_doubt() -> None:
    sales = KINDS.order.index("sales")
    one = _leading("receipt", 1.0)
    two = Margins(np.maximum(one.kind, _leading("subscription", 1.0).kind), LEVEL.category)
    chances = EVEN.chances(voices(one, SILENT, KINDS))
    leads = [doubts(sales, chances, margins, SILENT, KINDS, 300)[1] for margins in (one, two)]
    assert leads[0] == leads[1]
