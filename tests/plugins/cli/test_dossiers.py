"""`dossier dossiers`, as a person types it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plugins.exit_codes import ExitCode
from plugins.settings import load
from plugins.wiring import open_archive
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier, raise_level
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


@pytest.fixture
def papers(home: Path, tmp_path: Path) -> None:
    """A dossier that lacks the buyer's ID copy and the contract, and one that lacks nothing; the buyer's name bears an ID number."""
    with open_archive(load({"DOSSIER_HOME": str(home)}, tmp_path)) as archive:
        for content, key, kind in ((b"1", HOME, "认购书"), (b"2", HOME, "收据"), (b"3", BARE, "补充协议")):
            told: dict[str, Any] = {"dossier": key, "kind": kind, "confidentiality": "普通商密", "facts": ()}
            archive.dms.file(deposit(tmp_path, content, category="sales", **told))
            choice = DossierChoice(key, key, key.rpartition("/")[2], "", f"测试甲{ID_NUMBER}", (), "")
            with archive.engine.begin() as connection:
                open_dossier(connection, choice, date(2026, 1, 1))
                raise_level(connection, key, "普通商密", archive.rules.ladder.higher)


@pytest.mark.usefixtures("papers")
def test_missing_papers_are_listed_with_the_reason_and_the_end_says_so(dossier: Dossier) -> None:
    answer = dossier("dossiers", "check")
    assert answer.code == ExitCode.REFUSED
    for told in (
        HOME,
        "缺件",
        "商品房买卖合同",
        "有认购书，应于 2024-03-30 前归档，已逾期",
        "客户身份证件复印件",
        "2 户：缺件 2 户 3 项",
    ):
        assert told in answer.out
    assert "DOSSIER_REQUIRED_PAPERS" in answer.err
    assert ID_NUMBER not in answer.out
    first, second = dossier("dossiers", "check", "--json").lines
    assert (first["key"], [one["id"] for one in first["missing"]]) == (BARE, ["sale-contract"])
    assert (second["key"], second["records"], second["perhaps"]) == (HOME, 2, [])
    assert ID_NUMBER not in str(second)
    assert second["missing"][1] == {
        "id": "sale-contract-after-subscription",
        "name": "商品房买卖合同",
        "any_of": ["商品房买卖合同"],
        "because": "有认购书",
        "authority": second["missing"][1]["authority"],
        "due": "2024-03-30",
        "destroyed_on": None,
        "records": [],
    }


@pytest.mark.usefixtures("papers")
def test_one_dossier_is_checked_by_itself(dossier: Dossier) -> None:
    answer = dossier("dossiers", "check", HOME)
    assert answer.code == ExitCode.REFUSED
    assert "依据" in answer.out
    assert BARE not in answer.out.replace(HOME, "")
    wrong = dossier("dossiers", "check", "乱写")
    assert (wrong.code, "No dossier 乱写" in wrong.err) == (ExitCode.USAGE, True)
    assert dossier("dossiers", "check", HOME, "--clearance", "公开").code == ExitCode.USAGE


def test_where_nothing_is_missing_one_line_says_so(dossier: Dossier, numbers: list[str]) -> None:
    dossier("dossiers", "assign", *numbers, "--dossier", HOME, "--by", "李静")
    dossier("correct", *numbers[:1], "--kind", "签约委托书", "--by", "李静")
    dossier("correct", *numbers[1:], "--kind", "签约委托书", "--by", "李静")
    everything, alone = dossier("dossiers", "check"), dossier("dossiers", "check", HOME)
    assert (everything.code, alone.code) == (ExitCode.OK, ExitCode.OK)
    assert everything.out == "客户档案 1 户，无缺件。1 dossiers, nothing is missing.\n"
    assert alone.out == f"{HOME} 无缺件（共 2 件）。Nothing is missing (2 records).\n"
    assert dossier("dossiers", "check", "--json").lines == []
    (line,) = dossier("dossiers", "check", HOME, "--json").lines
    assert (line["missing"], line["perhaps"]) == ([], [])
