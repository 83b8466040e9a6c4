"""`dossier file` on a batch of papers, and what the other commands then say of its parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import fpdf
import pikepdf
import pytest

from consumers.scan import sha256_of
from plugins.exit_codes import ExitCode
from tests.plugins.cli.conftest import TEXT_PDFS, Answer

Dossier = Callable[..., Answer]
pytestmark = pytest.mark.process


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two born-digital papers with a separator sheet between them, and the setting that parts them."""
    monkeypatch.setenv("DOSSIER_SPLIT", "split")
    sheet = fpdf.FPDF()
    sheet.add_page()
    sheet.set_font("helvetica", size=40)
    sheet.cell(text="PATCH CODE T")
    sheet.output(str(tmp_path / "sheet.pdf"))
    with pikepdf.new() as whole:
        for path in (TEXT_PDFS[0], tmp_path / "sheet.pdf", TEXT_PDFS[2]):
            with pikepdf.open(path) as one:
                whole.pages.extend(one.pages)
        whole.save(tmp_path / "batch.pdf")
    return tmp_path / "batch.pdf"


def test_each_part_is_told_with_its_pages_and_found_by_every_command(dossier: Dossier, batch: Path) -> None:
    last = len(pikepdf.open(batch).pages)
    sheet = len(pikepdf.open(TEXT_PDFS[0]).pages) + 1
    filed = dossier("file", "--json", "--reader", "text-layer", batch)
    assert filed.code == ExitCode.OK
    whole, *parts = filed.lines
    assert (whole["batch"], "part_of" in whole) == (True, False)
    assert {one["part_of"] for one in parts} == {whole["intake"]}
    assert sorted((one["first_page"], one["last_page"]) for one in parts) == [
        (1, sheet - 1),
        (sheet + 1, last),
    ]
    assert {one["file"] for one in filed.lines} == {str(batch)}

    listed = {row["id"]: row for row in dossier("intake", "list", "--json").lines}
    assert "part_of" not in listed[whole["intake"]]
    assert [listed[one["intake"]]["first_page"] for one in parts] == [one["first_page"] for one in parts]

    found = dossier("search", "--json", parts[0]["title"].split()[-1]).lines
    assert [one["id"] for one in found] == [parts[0]["id"]]

    (told,) = dossier("explain", "--json", parts[0]["id"]).lines
    assert told["filed_as"]["part_of"] == sha256_of(batch) == whole["sha256"]
    assert f"分自整批扫描件 {whole['id']}" in dossier("explain", parts[0]["id"]).out
    assert "各件已分别归档" in dossier("explain", whole["id"]).out


def test_classify_tells_the_parts_and_that_they_would_be_filed_apart(dossier: Dossier, batch: Path) -> None:
    (told,) = dossier("classify", "--json", "--reader", "text-layer", batch).lines
    assert told["apart"] is True
    assert [one["separator"] for one in told["parts"]] == [False, True, False]


def test_a_part_that_is_filed_already_is_told_and_has_no_place(
    dossier: Dossier, batch: Path, tmp_path: Path
) -> None:
    dossier("file", "--reader", "text-layer", batch)
    with pikepdf.open(batch) as pdf, pikepdf.new() as other:
        other.pages.extend(pdf.pages)
        # One sheet more: another file, with the same documents in it.
        other.pages.append(pdf.pages[len(pikepdf.open(TEXT_PDFS[0]).pages)])
        other.save(tmp_path / "again.pdf")
    again = dossier("file", "--json", "--reader", "text-layer", tmp_path / "again.pdf")
    assert again.code == ExitCode.REFUSED
    twins = [one for one in again.lines if "error" in one]
    assert {(one["error"]["code"], one["place"]) for one in twins} == {("duplicate", None)}
