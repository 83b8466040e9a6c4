"""Verdicts are summed up over the scans that they belong to."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import quality
from benchmarks.measure.outcome import Reading
from benchmarks.measure.truth import Case


def _case(name: str, text: str, look: str = "clean", turn: int = 0, **fields: tuple[str, ...]) -> Case:
    return Case(Path(name), text, fields, look, ("seal",) if look == "office" else (), turn, 1)


def _judged(text: str, look: str = "clean", turn: int = 0, **fields: tuple[str, ...]) -> quality.Verdict:
    return quality.judge(_case("a", "甲乙丙丁", look, turn, **fields), Reading(text))


def test_turned_scans_stand_apart_from_upright_ones() -> None:
    found = quality.figures([_judged("甲乙丙丁"), _judged("", turn=90)])
    assert (found["upright"]["scans"], found["upright"]["cer_mean"]) == (1, 0.0)
    assert (found["turned"]["scans"], found["turned"]["cer_mean"]) == (1, 1.0)


def test_each_look_and_each_trait_has_its_own_errors() -> None:
    found = quality.figures([_judged("甲乙丙丁"), _judged("甲乙丙", "office")])
    assert found["by_look"]["clean"]["cer_mean"] == 0.0
    assert found["by_look"]["office"]["cer_mean"] == found["by_trait"]["seal"]["cer_mean"] == 0.25


def test_only_numbers_count_as_numbers() -> None:
    found = quality.errors([_judged("甲乙", id_no=("甲乙",), case_no=("丙",), names=("丁",))])
    assert (found["numbers_found"], found["values_found"]) == (0.5, 0.3333)


def test_without_any_value_there_is_no_recall() -> None:
    assert quality.errors([_judged("甲")])["numbers_found"] is None


def test_the_worst_come_first_with_what_they_lost() -> None:
    good, bad = _judged("甲乙丙丁"), _judged("甲戊", names=("丙丁",))
    (row,) = quality.worst([good, bad], 1)
    assert (row["missing"], row["added"], row["values_lost"]) == ("乙丙丁", "戊", ["names 丙丁"])


def test_a_refused_scan_counts_as_read_empty_and_is_named() -> None:
    verdict = quality.judge(_case("b.jpg", "甲乙"), Reading("", refused="damaged"))
    found = quality.figures([verdict])
    assert found["upright"]["cer_mean"] == 1.0
    assert found["refused"] == {"b.jpg": "damaged"}
