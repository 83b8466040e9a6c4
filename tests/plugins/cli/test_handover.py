from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins import settings, wiring
from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import Answer
from tests.plugins.due_papers import file_due

Dossier = Callable[..., Answer]
FROM = ("--department", "销售部", "--to", "档案室", "--by", "李静")


@pytest.fixture
def number(home: Path, tmp_path: Path) -> str:
    """A paper."""
    with wiring.open_archive(settings.load({"DOSSIER_HOME": str(home)}, tmp_path)) as archive:
        return file_due(archive, tmp_path / "papers", b"1")


def test_a_list_is_made_confirmed_by_both_and_shown(dossier: Dossier, number: str) -> None:
    (one,) = dossier("handover", "propose", "--record", number, *FROM, "--json").lines
    assert (one["state"], one["counts"]) == ("open", {"sales": {"records": 1, "pages": 2}})
    dossier("handover", "confirm", "1", "--side", "giver", "--by", "周伟")
    assert dossier("handover", "confirm", "1", "--side", "receiver", "--by", "周伟").code == ExitCode.USAGE
    (done,) = dossier("handover", "confirm", "1", "--side", "receiver", "--by", "王芳", "--json").lines
    assert (done["state"], done["given"]["who"], done["received"]["who"]) == ("done", "周伟", "王芳")
    assert "已移交" in dossier("handover", "list").out
    assert [row["state"] for row in dossier("handover", "list", "--json").lines] == ["done"]
    assert "认购书" in dossier("handover", "show", "1").out


def test_an_open_list_is_withdrawn(dossier: Dossier, number: str) -> None:
    dossier("handover", "propose", "--record", number, *FROM)
    (one,) = dossier("handover", "withdraw", "1", "--by", "李静", "--reason", "有误", "--json").lines
    assert (one["state"], one["note"]) == ("withdrawn", "有误")


@pytest.mark.parametrize(
    "words",
    [
        ("propose", *FROM),
        ("propose", "--transfer", "--record", "1", *FROM),
        ("confirm", "1", "--side", "nobody", "--by", "x"),
    ],
)
def test_words_that_make_no_sense_are_told(dossier: Dossier, number: str, words: tuple[str, ...]) -> None:
    assert number
    assert dossier("handover", *words).code == ExitCode.USAGE
