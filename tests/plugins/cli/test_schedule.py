from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.exit_codes import ExitCode
from retention import schedule
from tests.plugins.cli.conftest import TEXT_PDFS, Answer

Dossier = Callable[..., Answer]
pytestmark = pytest.mark.process


def test_the_rows_are_shown_in_their_order_with_authority(dossier: Dossier) -> None:
    (shown,) = dossier("schedule", "show", "--json").lines
    rules = schedule.load(schedule.EXAMPLE_HOME_SELLER).rules
    assert [row["rule"] for row in shown["rules"]] == list(rules)
    assert (shown["example"], all(row["authority"] for row in shown["rules"])) == (True, True)
    assert "示例" in dossier("schedule", "show").out


def test_the_check_tells_rows_that_nothing_comes_under(dossier: Dossier) -> None:
    answer = dossier("schedule", "check", "--json")
    assert answer.code == ExitCode.REFUSED
    assert [line["en"] for line in answer.lines] == ["row 1, permanent: no kind of paper comes under it"]


def test_the_property_managers_example_has_nothing_to_check(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_SCHEDULE", str(schedule.EXAMPLE_PROPERTY_MANAGER))
    answer = dossier("schedule", "check")
    assert (answer.code, "nothing to look at" in answer.out) == (ExitCode.OK, True)


def test_a_changed_schedule_is_proposed_and_taken(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dossier("init")
    dossier("file", TEXT_PDFS[0])
    assert dossier("schedule", "diff", "--json").lines[0]["changes"] == []
    own = tmp_path / "own.toml"
    head, row, rest = schedule.EXAMPLE_HOME_SELLER.read_text("utf-8").partition('id = "sales-30y"')
    own.write_text(head.replace('"0.1"', '"0.2"') + row + rest.replace("P30Y", "20年", 1), "utf-8")
    monkeypatch.setenv("DOSSIER_SCHEDULE", str(own))
    (proposal,) = dossier("schedule", "diff", "--json").lines
    (change,) = proposal["changes"]
    assert (change["was"]["period"], change["becomes"]["period"], change["shorter"]) == ("P30Y", "P20Y", True)
    assert "期限缩短" in dossier("schedule", "diff").out
    wrong = dossier("schedule", "take", "0" * 12, "--by", "李静", "--reason", "修订")
    assert (wrong.code, proposal["proposal"] in wrong.err) == (ExitCode.USAGE, True)
    done = dossier("schedule", "take", proposal["proposal"], "--by", "李静", "--reason", "修订", "--json")
    assert (done.code, [line["id"] for line in done.lines]) == (ExitCode.OK, [change["id"]])
    assert dossier("schedule", "diff", "--json").lines[0]["changes"] == []
