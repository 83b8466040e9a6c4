"""The labelled sets are read in either form."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.measure import truth

_LABELS = (
    "file,id,category,kind,hard,pages,format,degradation,dpi\n"
    "A.jpg,A,sales,认购书,0,1,jpg,photo+seal+skew-1.13+persp+q56+rot180,200\n"
    "B.pdf,B,sales,认购书,0,1,pdf-text,none (fpdf2),\n"
    "C.jpg,C,sales,认购书,0,2,pdf-image,lowres+lowres186+gray,186\n"
)


def _labelled(folder: Path) -> Path:
    (folder / "labels.csv").write_text(_LABELS, encoding="utf-8")
    fields = {"project": "金桂府", "id_no": ["1", "2"]}
    rows = [{"id": name, "text": f"字{name}", "fields": fields} for name in "ABC"]
    documents = folder / "documents.jsonl"
    documents.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return documents


def test_look_traits_and_turn_come_from_the_degradation(tmp_path: Path) -> None:
    first, last = truth.load(_labelled(tmp_path))
    assert (first.look, first.traits, first.turn) == ("photo", ("seal", "persp"), 180)
    assert (last.look, last.traits, last.turn, last.pages) == ("lowres", ("gray",), 0, 2)


def test_born_digital_files_are_left_out(tmp_path: Path) -> None:
    assert [case.path.name for case in truth.load(_labelled(tmp_path))] == ["A.jpg", "C.jpg"]


def test_a_field_may_hold_one_value_or_several(tmp_path: Path) -> None:
    assert truth.load(_labelled(tmp_path))[0].fields == {"project": ("金桂府",), "id_no": ("1", "2")}


def test_every_scan_among_the_samples_has_its_text() -> None:
    cases = truth.load(truth.SAMPLES)
    assert len(cases) >= 40
    assert all(case.path.exists() and case.text for case in cases)
    assert {case.look for case in cases} == {"clean", "office", "copy", "fax", "old", "photo"}


def test_the_samples_that_lie_turned_are_known_as_such() -> None:
    assert sorted(case.turn for case in truth.load(truth.SAMPLES) if case.turn) == [90, 180, 180]
