from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import TEXT_PDFS, Answer

Dossier = Callable[..., Answer]
pytestmark = pytest.mark.process
ON = ("--on", "2025-03-01", "--evidence", "结案通知书", "--by", "李静")


@pytest.fixture
def home_key(dossier: Dossier) -> str:
    """The key of a dossier in which a paper lies."""
    dossier("init")
    dossier("file", "--json", TEXT_PDFS[0])
    (found,) = dossier("dossiers", "list", "--json").lines
    return str(found["key"])


def test_an_event_is_entered_listed_and_withdrawn(dossier: Dossier, home_key: str) -> None:
    (told,) = dossier("events", "add", "结案", "--dossier", home_key, *ON, "--json").lines
    assert (told["kind"], told["on"], told["key"], told["withdrawn"]) == (
        "case_closed",
        "2025-03-01",
        home_key,
        None,
    )
    number = str(told["id"])
    answer = dossier("events", "withdraw", number, "--by", "王晓云", "--reason", "又上诉")
    assert (answer.code, "已撤销" in answer.out) == (ExitCode.OK, True)
    (listed,) = dossier("events", "list", "--dossier", home_key, "--json").lines
    assert (listed["withdrawn"]["who"], listed["withdrawn"]["reason"]) == ("王晓云", "又上诉")


def test_a_list_is_taken_whole_or_not_at_all(dossier: Dossier, home_key: str, tmp_path: Path) -> None:
    rows = f"kind,on,dossier,record,evidence\n合同终止,2025-01-01,{home_key},,解除协议\n"
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(rows, "utf-8")
    bad.write_text(rows + "判决,2025-01-01,x,,y\n", "utf-8")
    answer = dossier("events", "import", bad, "--by", "李静")
    assert (answer.code, "第3行" in answer.err) == (ExitCode.USAGE, True)
    assert dossier("events", "list", "--json").lines == []
    (told,) = dossier("events", "import", good, "--by", "李静", "--json").lines
    assert (told["kind"], told["source"]) == ("contract_ended", "csv")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("判决", "--dossier", "甲苑/1-101"), "choose from contract_ended"),
        (("结案",), "Give one of --dossier and --record"),
        (("结案", "--dossier", "甲苑/1-101", "--record", "1"), "Give only one"),
        (("结案", "--dossier", "甲苑/1-101"), "No dossier"),
        (("结案", "--record", "999"), "There is no record 999"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(dossier: Dossier, words: tuple[str, ...], told: str) -> None:
    answer = dossier("events", "add", *words, *ON)
    assert (answer.code, told in answer.err) == (ExitCode.USAGE, True), answer.err
