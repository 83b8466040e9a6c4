from __future__ import annotations

from pathlib import Path

import pytest

from consumers.bounds import Bounds
from consumers.errors import ReaderUnavailable, Refused
from consumers.reading import check_readers, default_readers, read_page
from tests.conftest import SAMPLES
from tests.consumers.made import pdf_of_pages

BORN = SAMPLES / "scans/锦绣3-2-1201.pdf"
SCANNED = SAMPLES / "scans/SCAN_20211221_0001.pdf"


@pytest.mark.ocr
def test_the_text_layer_comes_first_and_rapid_ocr_second() -> None:
    assert default_readers() == ("text-layer", "rapid")


@pytest.mark.parametrize("names", [("blank",), ("text-layer", "blank")])
def test_readers_that_are_plugged_in_are_taken(names: tuple[str, ...]) -> None:
    check_readers(names)


def test_an_unknown_reader_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(ReaderUnavailable, match=r"'abbyy'.*text-layer, rapid, tesseract, blank"):
        check_readers(("text-layer", "abbyy"))


def test_a_reader_whose_program_is_missing_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReaderUnavailable, match="apt-get install tesseract-ocr"):
        check_readers(("tesseract",))


def test_a_page_goes_to_the_first_reader_that_has_something_to_say() -> None:
    count, page, _ = read_page(BORN, "application/pdf", 2, ("text-layer", "blank"), Bounds())
    assert (count, page.number, page.reader) == (2, 2, "text-layer")


def test_a_page_that_one_reader_passes_on_goes_to_the_next() -> None:
    _, page, _ = read_page(SCANNED, "application/pdf", 1, ("text-layer", "blank"), Bounds())
    assert page.reader == "blank"


def test_a_page_that_no_reader_could_read_is_blank_and_says_so() -> None:
    _, page, _ = read_page(SCANNED, "application/pdf", 1, ("text-layer",), Bounds())
    assert (page.source, page.lines) == ("blank", ())
    assert page.doubtful == ("none of the readers text-layer could read it",)


def test_the_seconds_are_those_of_this_page() -> None:
    _, _, seconds = read_page(BORN, "application/pdf", 1, ("blank",), Bounds())
    assert 0 < seconds < 60


def test_a_file_beyond_the_bounds_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_of_pages(4))
    with pytest.raises(Refused, match="too-many-pages"):
        read_page(path, "application/pdf", 1, ("blank",), Bounds(pages=3))
