"""The exam's papers become cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.verdicts import exam
from benchmarks.verdicts.case import Case

TEXTS = """
[[text]]
id = "one"
kind = "receipt"
category = "sales"
maker = "a"
hard = true
pages = ["收据\\n今收到{buyer}交来定金{amount}元", "第二页\\n{buyer}已交清"]
"""


def _cases(folder: Path, scans: int) -> list[Case]:
    path = folder / "texts.toml"
    path.write_text(TEXTS, encoding="utf-8")
    return list(exam.cases(scans, path))


def test_a_paper_comes_as_written_and_so_many_times_as_a_scan(tmp_path: Path) -> None:
    found = _cases(tmp_path, 2)
    assert [case.look == "as written" for case in found] == [True, False, False]
    assert {case.document for case in found} == {"one"}


def test_pages_are_numbered_on_and_name_the_same_people(tmp_path: Path) -> None:
    (case,) = _cases(tmp_path, 0)
    first, second = case.transcript.pages
    assert (first.number, second.number) == (1, 2)
    buyer = second.lines[1].text.removesuffix("已交清")
    assert buyer
    assert buyer in first.text


def test_two_runs_make_the_same_scans(tmp_path: Path) -> None:
    assert _cases(tmp_path, 2) == _cases(tmp_path, 2)


def test_hurt_is_the_share_of_characters_lost_or_wrong() -> None:
    assert exam.hurt("一二三四", "四三 二一") == 0.0
    assert exam.hurt("一二三四", "一二三五") == 0.25


@pytest.mark.parametrize("path", [exam.TEXTS, exam.SECOND], ids=["first", "second"])
def test_every_paper_of_the_exams_can_be_made(path: Path) -> None:
    found = list(exam.cases(0, path))
    assert len(found) > 200
    assert all(case.transcript.text.strip() and "{" not in case.transcript.text for case in found)
