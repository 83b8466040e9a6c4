from __future__ import annotations

from collections.abc import Callable

import pytest

from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import TEXT_PDFS, Answer

Dossier = Callable[..., Answer]
pytestmark = pytest.mark.process


@pytest.fixture
def number(dossier: Dossier) -> str:
    """The number of a paper that was filed."""
    dossier("init")
    dossier("file", "--json", TEXT_PDFS[0])
    (found,) = dossier("search", "--json", "认购").lines
    return str(found["id"])


def test_a_corrected_record_is_found_by_its_new_kind(dossier: Dossier, number: str) -> None:
    (told,) = dossier("correct", number, "--kind", "认筹协议", "--by", "李静", "--json").lines
    assert (told["kind"], told["category"], told["needs_review"]) == ("认筹协议", "sales", False)
    assert told["corrections"][0] == {"what": "kind", "was": "认购书", "became": "认筹协议"}
    (found,) = dossier("search", "--json", "认购").lines
    assert found["kind"] == "认筹协议"


def test_people_see_what_was_and_what_became(dossier: Dossier, number: str) -> None:
    answer = dossier("correct", number, "--kind", "认购书", "--by", "李静")
    assert "认购书（确认）" in answer.out


def test_a_lower_level_without_a_reason_is_a_usage_error(dossier: Dossier, number: str) -> None:
    answer = dossier("correct", number, "--level", "公开", "--by", "李静")
    assert answer.code == ExitCode.USAGE
    assert "--reason" in answer.err


def test_a_correction_is_told_where_the_record_is_explained(dossier: Dossier, number: str) -> None:
    dossier("correct", number, "--kind", "认筹协议", "--by", "李静", "--reason", "以标题为准")
    (told,) = dossier("explain", number, "--json").lines
    assert (told["kind"], told["filed_as"]["kind"]) == ("认购书", "认筹协议")
    assert told["corrections"][0]["who"] == "李静"
    assert "李静 更正文种：认购书 → 认筹协议，理由：以标题为准" in dossier("explain", number).out
