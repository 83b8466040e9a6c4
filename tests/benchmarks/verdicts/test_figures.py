"""The figures of a side."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.verdicts.case import Answer
from benchmarks.verdicts.figures import error_ratio, figures
from tests.benchmarks.verdicts.made import case, judged

ANSWERS = judged(
    ("title", "title", 0.9, False), ("title", "sales", 0.9, False), ("other", "other", 0.5, True),
    ("other", "repair", 0.4, True),
)  # fmt: skip


def test_what_goes_to_a_person_does_not_count_as_filed() -> None:
    operating = figures(ANSWERS)["operating"]["labels_sure"]
    assert (operating["coverage"], operating["precision"]) == (0.5, 0.5)


def test_several_households_to_choose_from_are_no_paper_filed_unseen() -> None:
    asking = [(one, replace(answer, asks=True)) for one, answer in ANSWERS]
    operating = figures(asking)["operating"]
    assert operating["labels_sure"]["coverage"] == 0.5
    assert operating["without_review"] == {"coverage": 0.0, "precision": None, "kind_right": None}


def test_a_household_that_is_not_known_yet_is_counted_apart() -> None:
    waiting = [(one, replace(answer, unassigned=True)) for one, answer in ANSWERS]
    operating = figures(waiting)["operating"]
    assert operating["without_review"]["coverage"] == 0.5
    assert operating["dossier_sure_too"] == {"coverage": 0.0, "precision": None, "kind_right": None}


def test_each_category_has_its_documents_and_those_that_were_right() -> None:
    groups = figures(ANSWERS)["by_category"]
    assert {name: (row["documents"], row["right"]) for name, row in groups.items()} == {
        "other": (2, 1),
        "title": (2, 1),
    }


def test_kinds_are_judged_only_where_the_set_tells_them() -> None:
    answer = Answer("sales", 1.0, kind="receipt")
    pairs = [
        (case("sales", kinds=("receipt", "subscription")), answer),
        (case("sales", kinds=("discount",)), answer),
        (case("sales"), answer),
    ]
    found = figures(pairs)
    assert (found["kinds_known"], found["kind_right"]) == (2, 0.5)


def test_a_side_that_tells_no_kinds_has_no_share_of_them() -> None:
    assert figures([(case("sales", kinds=("receipt",)), Answer("sales", 1.0))])["kind_right"] is None


def test_hard_documents_have_a_share_of_their_own() -> None:
    pairs = [(case("sales", hard=True), Answer("title", 1.0)), (case("sales"), Answer("sales", 1.0))]
    assert figures(pairs)["right_hard"] == 0.0


def test_the_ratio_is_our_errors_for_each_of_theirs() -> None:
    assert error_ratio({"errors": 1}, {"errors": 10}) == 0.1
    assert error_ratio({"errors": 1}, {"errors": 0}) is None
