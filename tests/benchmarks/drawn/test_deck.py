"""The set has the form of the labelled sets, and the same seed draws the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.drawn import deck
from benchmarks.drawn.__main__ import write
from benchmarks.measure import truth


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    write(7, 3, folder)
    return folder


def test_the_set_is_read_as_a_truth_with_every_look_in_it(drawn: Path) -> None:
    cases = truth.load(drawn / "documents.jsonl")
    assert len(cases) == 7
    assert {case.look for case in cases} == {"clean", "office", "copy", "fax", "photo", "old", "lowres"}
    assert all(case.path.exists() for case in cases)


def test_every_value_of_a_document_stands_in_its_text(drawn: Path) -> None:
    for case in truth.load(drawn / "documents.jsonl"):
        squeezed = "".join(case.text.split())
        assert case.fields
        for values in case.fields.values():
            assert all("".join(value.split()) in squeezed for value in values)


def test_the_same_number_and_seed_draw_the_same_file(drawn: Path, tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    again = deck.draw_one(1, 3, tmp_path)
    name = again.label["file"]
    assert (tmp_path / "scans" / name).read_bytes() == (drawn / "scans" / name).read_bytes()
