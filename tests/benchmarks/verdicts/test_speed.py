"""What labelling costs is measured over the same pages, however they are bound."""

from __future__ import annotations

from benchmarks.verdicts import speed
from benchmarks.verdicts.product import Product
from tests.classifiers.pages import transcript


def test_each_length_has_its_cost_and_blank_pages_are_no_pages() -> None:
    found = speed.measure(Product(), [transcript("收据\n今收到定金", ""), transcript("")], pages=1, rounds=1)
    assert found["pages"] == 100
    assert all(found[f"{length}"]["ms_a_page"] > 0 for length in speed.LENGTHS)


def test_a_full_page_is_the_lines_of_several_run_together() -> None:
    found = speed.measure(Product(), [transcript("收据\n今收到定金" * 20)], pages=1, rounds=1)
    assert found["full_page"]["characters"] >= speed.FULL


def test_without_a_page_of_text_nothing_is_measured() -> None:
    assert speed.measure(Product(), [transcript("")], pages=1) == {}
