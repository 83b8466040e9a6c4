"""`dossier search`: who is to check a record is told what is to be checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins import settings, wiring
from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import Answer
from tests.plugins.due_papers import file_due

Dossier = Callable[..., Answer]
WHY = "存档序号 42 已用于另一份文件"


@pytest.fixture
def number(home: Path, tmp_path: Path) -> str:
    """A paper that waits for a person."""
    with wiring.open_archive(settings.load({"DOSSIER_HOME": str(home)}, tmp_path)) as archive:
        return file_due(archive, tmp_path / "papers", b"1", review_reasons=(WHY,))


def test_what_is_to_be_checked_is_told_with_why(dossier: Dossier, number: str) -> None:
    assert WHY in dossier("search", "--review").out
    (hit,) = dossier("search", "--review", "--json").lines
    assert (hit["id"], hit["review_reasons"]) == (number, [WHY])
    assert WHY not in dossier("search", "认购书").out
    assert WHY in dossier("explain", number).out
    (told,) = dossier("explain", number, "--json").lines
    assert told["filed_as"]["review_reasons"] == [WHY]


@pytest.mark.parametrize("words", [("explain",), ("correct", "--kind", "认购书", "--by", "李静")])
def test_a_number_that_is_none_is_a_wrong_word_told_in_chinese(
    dossier: Dossier, number: str, words: tuple[str, ...]
) -> None:
    command, *options = words
    answer = dossier(command, f"{number}9", *options)
    assert answer.code == ExitCode.USAGE
    assert f"没有文件 {number}9" in answer.err
    assert "dossier search" in answer.err
