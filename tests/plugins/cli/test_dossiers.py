"""`dossier dossiers`, as a person types it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.exit_codes import ExitCode
from plugins.settings import load
from plugins.wiring import open_archive
from tests.contract.deposits import deposit
from tests.plugins.cli.conftest import Answer

Dossier = Callable[..., Answer]
HOME, BARE = "锦绣花园/3-2-1501", "3-2-1501"
ID_NUMBER = "11010119900101001X"


@pytest.fixture
def numbers(dossier: Dossier, home: Path, tmp_path: Path) -> list[str]:
    """Two papers that wait to be assigned; the one names an ID number where it must not be seen."""
    archive = open_archive(load({"DOSSIER_HOME": str(home)}, tmp_path))
    held = []
    for content in (b"1", b"2"):
        paper = deposit(
            tmp_path,
            content,
            dossier="",
            dossier_doubt=f"未见房号 {ID_NUMBER}",
            confidentiality="普通商密",
            retention_rule="sales-30y",
            facts=(),
        )
        held.append(archive.dms.file(paper))
    archive.engine.dispose()
    return held


def test_what_waits_is_listed_assigned_and_gone_from_the_list(dossier: Dossier, numbers: list[str]) -> None:
    waiting = dossier("dossiers", "unassigned", "--json").lines
    assert [line["id"] for line in waiting] == numbers
    assert ID_NUMBER not in str(waiting)
    assert ID_NUMBER not in dossier("dossiers", "unassigned").out
    (done,) = dossier("dossiers", "assign", numbers[0], "--dossier", HOME, "--by", "李静", "--json").lines
    assert (done["id"], done["dossier"], done["dossier_doubt"]) == (numbers[0], HOME, "")
    assert [line["id"] for line in dossier("dossiers", "unassigned", "--json").lines] == numbers[1:]
    assert [line["id"] for line in dossier("search", "--unassigned", "--json").lines] == numbers[1:]


def test_the_list_and_one_dossier_are_shown(dossier: Dossier, numbers: list[str]) -> None:
    assert "已归入" in dossier("dossiers", "assign", *numbers, "--dossier", HOME, "--by", "李静").out
    (line,) = dossier("dossiers", "list", "--json").lines
    assert (line["key"], line["records"], line["confidentiality"]) == (HOME, 2, "普通商密")
    assert dossier("dossiers", "list", "--clearance", "内部", "--json").lines == []
    (shown,) = dossier("dossiers", "show", HOME, "--json").lines
    assert [record["id"] for record in shown["records"]] == numbers
    assert HOME in dossier("dossiers", "list").out
    assert "密级 level: 普通商密" in dossier("dossiers", "show", HOME).out


def test_one_that_can_not_be_assigned_is_told_and_the_end_says_so(
    dossier: Dossier, numbers: list[str]
) -> None:
    answer = dossier("dossiers", "assign", numbers[0], "99", "--dossier", HOME, "--by", "李静", "--json")
    assert answer.code == ExitCode.REFUSED
    assert [line["id"] for line in answer.lines] == [numbers[0], "99"]
    assert "99" in answer.lines[1]["error"]["message"]
    assert "99 未归户" in dossier("dossiers", "assign", "99", "--dossier", HOME, "--by", "李静").err


def test_two_dossiers_become_one(dossier: Dossier, numbers: list[str]) -> None:
    dossier("dossiers", "assign", numbers[0], "--dossier", f"某苑/{BARE}", "--by", "李静")
    dossier("dossiers", "assign", numbers[1], "--dossier", HOME, "--by", "李静")
    words = ("dossiers", "merge", f"某苑/{BARE}", HOME, "--by", "李静", "--reason", "同一户")
    (done,) = dossier(*words, "--json").lines
    assert (done["from"], done["into"], done["done"], done["moved"]) == (
        f"某苑/{BARE}",
        HOME,
        True,
        numbers[:1],
    )
    again = dossier(*words)
    assert again.code == ExitCode.OK
    assert "records moved: 0" in again.out
    assert [line["key"] for line in dossier("dossiers", "list", "--json").lines] == [HOME]
    assert f"已并入本档 merged into this one: 某苑/{BARE}" in dossier("dossiers", "show", HOME).out


@pytest.mark.parametrize(
    "words",
    [
        ("show", "乱写"),
        ("merge", "乱写", HOME, "--by", "李静", "--reason", "同一户"),
        ("list", "--clearance", "绝密"),
    ],
)
def test_words_that_make_no_sense_are_a_usage_error(dossier: Dossier, words: tuple[str, ...]) -> None:
    assert dossier("dossiers", *words).code == ExitCode.USAGE
