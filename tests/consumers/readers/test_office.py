from __future__ import annotations

from pathlib import Path

import pytest

from consumers.bounds import Bounds
from consumers.media import media_type_of
from consumers.readers.office import OfficeReader
from consumers.reading import read_page
from tests.conftest import SAMPLES
from tests.consumers.made import read_with
from tests.consumers.office.documents import docx, picture, xlsx


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "made"
    path.write_bytes(content)
    return path


def test_a_page_that_was_written_is_read_as_it_was_written(tmp_path: Path) -> None:
    page = read_with(OfficeReader(), _written(tmp_path, docx(["合同", "甲方"])))
    assert page is not None
    assert (page.text, page.source, page.reader, page.confidence) == (
        "合同\n甲方",
        "text-layer",
        "office",
        None,
    )


def test_a_sheet_with_nothing_on_it_is_blank_and_no_doubt(tmp_path: Path) -> None:
    page = read_with(OfficeReader(), _written(tmp_path, xlsx()))
    assert page is not None
    assert (page.source, page.lines, page.doubtful) == ("blank", (), ())


@pytest.mark.parametrize("sample", ["scans/IMG_2041.jpg", "scans/锦绣3-2-1201.pdf"])
def test_a_picture_or_a_pdf_is_left_to_other_readers(sample: str) -> None:
    assert read_with(OfficeReader(), SAMPLES / sample) is None


def test_a_picture_in_a_document_is_left_to_other_readers(tmp_path: Path) -> None:
    assert read_with(OfficeReader(), _written(tmp_path, docx(["合同"], [picture()])), 2) is None


@pytest.mark.parametrize("names", [("rapid",), ("tesseract",), ("text-layer",), ("blank",), ("office",)])
def test_a_written_page_is_read_whichever_reader_was_asked_for(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    path = _written(tmp_path, docx(["合同"]))
    _, page, _ = read_page(path, media_type_of(path), 1, names, Bounds())
    assert (page.text, page.reader) == ("合同", "office")
