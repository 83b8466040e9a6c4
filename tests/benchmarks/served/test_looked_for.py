"""Tests of drawing what people would type."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure.truth import Case
from benchmarks.served.looked_for import Looked, drawn


def case(text: str, **fields: tuple[str, ...]) -> Case:
    return Case(Path("x.png"), text, fields, "clean", (), 0, 1)


CASES = [
    case(
        "买受人周文海 3栋2单元1201室 合同 XS20163173221",
        names=("周文海",),
        unit=("3栋2单元1201室",),
        contract_no=("XS20163173221",),
    ),
    case("买受人周文海与贺宇 房号 5栋302 合同", names=("周文海", "贺宇"), unit=("5栋302",)),
]


def typed(sort: str, each: int = 20) -> list[tuple[str, int]]:
    return [(one.typed, one.wanted) for one in drawn(CASES, each) if one.sort == sort]


def test_only_what_stands_on_one_scan_alone_is_looked_for() -> None:
    assert typed("names") == [("贺宇", 1)]
    words = typed("words")
    assert ("贺宇", 1) in words
    assert not {"合同", "文海"} & {word for word, _ in words}


def test_units_are_typed_in_all_their_forms() -> None:
    assert set(typed("units")) == {
        ("3栋2单元1201", 0),
        ("3-2-1201", 0),
        ("1201", 0),
        ("5栋302", 1),
        ("5-302", 1),
        ("302", 1),
    }


def test_a_unit_in_another_spelling_is_borne_too() -> None:
    others = [*CASES, case("已交付", unit=("3幢2单元1201",))]
    assert "3-2-1201" not in {one.typed for one in drawn(others, 20)}


def test_numbers_are_typed_whole_and_by_their_end() -> None:
    assert set(typed("numbers")) == {("XS20163173221", 0), ("73221", 0)}


def test_all_scans_come_before_one_comes_twice_and_the_same_are_drawn_each_time() -> None:
    assert {wanted for _, wanted in typed("units", 2)} == {0, 1}
    assert drawn(CASES, 3) == drawn(CASES, 3)
    assert all(isinstance(one, Looked) for one in drawn(CASES, 3))
