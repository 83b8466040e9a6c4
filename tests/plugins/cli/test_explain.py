from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import TEXT_PDFS, Answer

Dossier = Callable[..., Answer]
pytestmark = pytest.mark.process


def test_a_file_is_explained_without_being_filed(dossier: Dossier, home: Path) -> None:
    (told,) = dossier("explain", "--json", TEXT_PDFS[0]).lines
    assert (told["kind"], told["filed_as"], told["corrections"]) == ("认购书", None, [])
    assert told["rules"]
    assert told["grams_for"]
    assert told["rivals"]
    assert not (home / "dms").exists()


def test_people_read_it_in_chinese(dossier: Dossier) -> None:
    told = dossier("explain", TEXT_PDFS[0]).out
    assert "■ 结论" in told
    assert "特征用语“认购人”" in told


def test_a_file_that_is_not_there_is_refused(dossier: Dossier, tmp_path: Path) -> None:
    assert dossier("explain", tmp_path / "none.pdf").code == ExitCode.REFUSED
    (told,) = dossier("explain", "--json", tmp_path / "none.pdf").lines
    assert told["error"]["code"] == "not-a-file"


def test_a_record_that_is_not_there_is_a_wrong_word(dossier: Dossier) -> None:
    dossier("init")
    answer = dossier("explain", "9")
    assert answer.code == ExitCode.USAGE
    assert "9" in answer.err
