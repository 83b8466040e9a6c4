"""A folder of labelled scans is read, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF

from benchmarks.verdicts import folder
from classifiers import taxonomy
from consumers.transcript import Box, Line, Word

TAXONOMY = taxonomy.load()


def _labelled(place: Path) -> Path:
    sheet = FPDF()
    sheet.add_page()
    sheet.set_font("helvetica", size=12)
    sheet.multi_cell(0, text="Receipt no. 5 for a deposit paid in full at the office. " * 8)
    (place / "scans").mkdir()
    sheet.output(str(place / "scans" / "a.pdf"))
    (place / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    truth = place / "labels.csv"
    truth.write_text(
        "file,category,kind,hard,degradation\n"
        "a.pdf,sales,收据,1,fax+skew-0.80\n"
        "broken.pdf,sales,团购优惠确认单,0,clean\n"
        "bad.pdf,,,,\n",
        encoding="utf-8",
    )
    return truth


def test_files_without_a_category_are_left_out_and_the_others_found_beside_or_in_scans(
    tmp_path: Path,
) -> None:
    found = list(folder.rows(_labelled(tmp_path)))
    assert [row.path.relative_to(tmp_path) for row in found] == [Path("scans/a.pdf"), Path("broken.pdf")]
    assert [(row.hard, row.look) for row in found] == [(True, "fax"), (False, "clean")]


@pytest.mark.process
def test_a_scan_that_was_read_is_taken_from_the_cache_the_next_time(tmp_path: Path) -> None:
    rows = list(folder.rows(_labelled(tmp_path)))
    first = folder.cases(rows, TAXONOMY, tmp_path / "cache")
    assert "Receipt" in first[0].transcript.text
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text(kept.read_text("utf-8").replace("Receipt", "Kept"), "utf-8")
    again = folder.cases(rows, TAXONOMY, tmp_path / "cache")
    assert "Kept" in again[0].transcript.text


@pytest.mark.process
def test_a_refused_file_stays_in_the_set_without_a_text(tmp_path: Path) -> None:
    broken = folder.cases(list(folder.rows(_labelled(tmp_path))), TAXONOMY, None)[1]
    assert broken.transcript.pages == ()
    assert broken.kinds == {"discount"}


def test_the_cache_gives_back_boxes_words_and_doubts(tmp_path: Path) -> None:
    (case,) = folder.cases(list(folder.rows(_labelled(tmp_path)))[:1], TAXONOMY, None)
    box = Box(0.1, 0.2, 0.3, 0.4)
    line = Line("字", box, 0.9, (Word("字", box, 0.9),), 2)
    page = replace(case.transcript.pages[0], lines=(line, Line("b")), doubtful=("看不清",))
    whole = replace(case.transcript, pages=(page,))
    folder._keep(whole, tmp_path / "cache")
    assert folder._kept(tmp_path / "scans" / "a.pdf", tmp_path / "cache") == whole
