from __future__ import annotations

from pathlib import Path

import pytest

from plugins.errors import BadWord
from plugins.keeping import report_files
from plugins.keeping.report_files import formats_of, write
from plugins.wiring import Archive
from retention.errors import NoPdf
from retention.reports.report import Report
from tests.retention.reports.made_up import every_report, eyes


@pytest.fixture
def report() -> Report:
    return next(one for one in every_report(1, eyes()) if one.name == "holds")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the writers make is no matter here."""
    made = {
        name: lambda report, name=name: f"{name} {report.name}".encode() for name in ("html", "pdf", "xlsx")
    }
    monkeypatch.setattr(report_files, "WRITERS", made)


@pytest.mark.parametrize(
    ("told", "output", "expected"),
    [
        ("", None, ("html",)),
        ("", Path("a.pdf"), ("pdf",)),
        ("", Path("a.XLSX"), ("xlsx",)),
        ("", Path("清单"), ("html",)),
        ("pdf", Path("a.report"), ("pdf",)),
        ("PDF, xlsx,pdf", Path("a.html"), ("pdf", "xlsx")),
    ],
)
def test_the_format_is_what_is_said_else_what_the_file_is_called(
    told: str, output: Path | None, expected: tuple[str, ...]
) -> None:
    assert formats_of(told, output) == expected


@pytest.mark.parametrize("name", ["a.doc", "a.报告", "a.html.bak"])
def test_a_file_is_never_called_what_it_is_not(name: str) -> None:
    with pytest.raises(BadWord, match=r"\.html、\.pdf、\.xlsx.*choose a name that ends in html, pdf, xlsx"):
        formats_of("", Path(name))


def test_a_format_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(BadWord, match=r"no format 'doc'; choose from html, pdf, xlsx"):
        formats_of("pdf,doc", None)


def test_each_format_gets_its_own_ending_and_one_alone_the_name_that_was_said(
    archive: Archive, report: Report, tmp_path: Path
) -> None:
    home = archive.settings.home / "reports"
    assert write(archive, report, ("html", "pdf"), None) == (home / "holds.html", home / "holds.pdf")
    assert write(archive, report, ("pdf",), tmp_path / "x" / "清单") == (tmp_path / "x" / "清单",)
    assert write(archive, report, ("pdf", "xlsx"), tmp_path / "y.pdf")[1] == tmp_path / "y.xlsx"
    assert (tmp_path / "y.xlsx").read_bytes() == b"xlsx holds"
    assert [path.name for path in home.iterdir() if path.suffix == ".part"] == []


def test_where_pdf_can_not_be_made_the_others_are_and_it_says_so(
    archive: Archive, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_report: Report) -> bytes:
        raise NoPdf("缺少 Pango")

    made = {"html": lambda _report: b"html", "xlsx": lambda _report: b"xlsx", "pdf": refuse}
    monkeypatch.setattr(report_files, "WRITERS", made)
    with pytest.raises(NoPdf, match=r"缺少 Pango.*a\.html.*a\.xlsx"):
        write(archive, report, ("pdf", "html", "xlsx"), tmp_path / "a.pdf")
    assert sorted(path.name for path in tmp_path.glob("a.*")) == ["a.html", "a.xlsx"]


def test_a_place_that_can_not_be_written_to_is_told(archive: Archive, report: Report, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadWord, match=r"--output: .* can not be written"):
        write(archive, report, ("html",), tmp_path / "file" / "a.html")
