"""What the program leaves behind for a file."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from consumers import reading_process
from consumers.bounds import Bounds
from plugins.paperless_native import program
from tests.conftest import SAMPLES

BORN = SAMPLES / "scans" / "YL20200530-0063.pdf"
SCAN = SAMPLES / "scans" / "SCAN_20201120_0007.jpg"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its limits are those of a process that ends; this one goes on."""
    monkeypatch.setattr(reading_process, "begin", lambda memory_mb: None)
    monkeypatch.setattr(signal, "setitimer", lambda *of: None)
    monkeypatch.setattr(signal, "alarm", lambda seconds: None)


def read(monkeypatch: pytest.MonkeyPatch, reader: str, *words: object) -> tuple[int, dict[str, Any]]:
    monkeypatch.setenv("DOSSIER_READER", reader)
    code = program.main([str(word) for word in words])
    folder = Path(str(words[-1]))
    answer: dict[str, Any] = json.loads((folder / "reading.json").read_text("ascii"))
    return code, answer


def test_the_text_of_every_page_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, answer = read(monkeypatch, "text-layer", BORN, tmp_path)
    (page,) = answer["pages"]
    assert (code, page["source"], page["reader"]) == (0, "text-layer", "text-layer")
    assert "确认单" in page["text"]
    assert (answer["archive"], answer["thumbnail"]) == (False, True)


def test_a_file_that_can_not_be_read_leaves_its_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 and nothing more")
    code, answer = read(monkeypatch, "text-layer", broken, tmp_path)
    assert (code, answer["refused"][0]) == (3, "damaged")


@pytest.mark.parametrize(
    ("wanted", "made"), [(["--archive", "yes"], True), (["--archive", "recognised"], False), ([], False)]
)
def test_an_archive_of_text_that_the_pdf_brought_is_made_only_when_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wanted: list[str], made: bool
) -> None:
    _, answer = read(monkeypatch, "text-layer", *wanted, BORN, tmp_path)
    assert (answer["archive"], (tmp_path / "archive.pdf").exists()) == (made, made)


@pytest.mark.ocr
def test_the_archive_of_a_picture_bears_our_text_and_stands_upright(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = ["--archive", "recognised", "--archival", "--recognise", SCAN, tmp_path]
    _, answer = read(monkeypatch, "rapid", *words)
    assert (answer["archive"], answer["pages"][0]["source"]) == (True, "ocr")
    with pikepdf.open(tmp_path / "archive.pdf") as pdf:
        assert pdf.pages[0].obj.Rotate == 270
        assert pdf.open_metadata().pdfa_status == "2B"


def test_the_limits_of_the_settings_hold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOSSIER_MAX_CHARACTERS", "10")
    code, answer = read(monkeypatch, "text-layer", BORN, tmp_path)
    assert (code, answer["refused"][0]) == (3, "too-much-text")


def test_the_time_that_the_server_leaves_bounds_the_reading(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[Bounds] = []

    def result(job: program.Job, readers: tuple[str, ...], bounds: Bounds, most: int) -> dict[str, object]:
        seen.append(bounds)
        return {}

    monkeypatch.setattr(program, "_result", result)
    read(monkeypatch, "text-layer", "--seconds", "41.5", BORN, tmp_path)
    assert seen[0].file_seconds == 41


def test_a_thumbnail_alone_needs_no_reader_to_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _, answer = read(monkeypatch, "blank", "--only-thumbnail", SCAN, tmp_path)
    assert answer == {"thumbnail": True}
