from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from plugins import settings, wiring
from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import Answer
from tests.plugins.due_papers import approved, file_due

Dossier = Callable[..., Answer]


@pytest.fixture
def paper(home: Path, tmp_path: Path) -> str:
    """A paper that is due, appraised."""
    loaded = settings.load({"DOSSIER_HOME": str(home)}, tmp_path)
    with wiring.open_archive(loaded) as archive:
        number = file_due(archive, tmp_path / "papers", b"1", confidentiality="核心商密")
        approved(archive)
    return number


@pytest.mark.usefixtures("paper")
def test_every_report_is_written_where_nothing_else_is_said(dossier: Dossier, home: Path) -> None:
    for words in (
        ("appraisal", "1"),
        ("holds",),
        ("handover",),
        ("loans",),
        ("statistics", "--year", "2026"),
    ):
        assert dossier("report", *words, "--format", "html,xlsx", "--made-by", "李敏").code == ExitCode.OK
    names = {path.name for path in (home / "reports").iterdir()}
    expected = ("appraisal-1", "holds", "handovers", "loans", "statistics-2026")
    assert names == {f"{name}.{ending}" for name in expected for ending in ("html", "xlsx")}
    assert "李敏" in (home / "reports" / "holds.html").read_text("utf-8")


def test_the_review_is_printed_as_json_as_before_and_masked_for_its_reader(
    dossier: Dossier, paper: str
) -> None:
    (told,) = dossier("report", "retention", "--json").lines
    assert ([one["id"] for one in told["due"]], told["totals"]["overdue"]) == ([paper], 1)
    assert "认购书" in told["due"][0]["title"]
    (masked,) = dossier("report", "retention", "--level", "内部", "--json").lines
    assert masked["due"][0]["title"] == "〔密级以上内容略〕"
    assert masked.keys() == told.keys()
    assert masked["due"][0].keys() == told["due"][0].keys()


@pytest.mark.usefixtures("paper")
def test_the_other_reports_are_objects_with_their_tables(dossier: Dossier) -> None:
    (told,) = dossier("report", "appraisal", "1", "--json").lines
    assert (told["report"], told["figures"]["destroy"], len(told["tables"]["items"])) == ("appraisal-1", 1, 1)


def test_the_ending_tells_the_format(dossier: Dossier, tmp_path: Path) -> None:
    book = tmp_path / "holds.xlsx"
    assert dossier("report", "holds", "--output", book).code == ExitCode.OK
    assert load_workbook(book).sheetnames[0] == "封面"


def test_a_wrong_level_format_or_number_is_told_in_one_line(dossier: Dossier) -> None:
    for words in (
        ("holds", "--level", "绝密"),
        ("holds", "--format", "doc"),
        ("certificate", "7"),
        ("handover", "7"),
    ):
        answer = dossier("report", *words)
        assert (answer.code, len(answer.err.splitlines())) == (ExitCode.USAGE, 1)


@pytest.mark.usefixtures("paper")
def test_the_statistics_are_of_last_year_where_nothing_else_is_said(dossier: Dossier, home: Path) -> None:
    before = datetime.now().astimezone().year
    assert dossier("report", "statistics").code == ExitCode.OK
    (made,) = (home / "reports").glob("statistics-*.html")
    assert made.name in {f"statistics-{year - 1}.html" for year in (before, datetime.now().astimezone().year)}
