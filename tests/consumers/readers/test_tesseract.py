from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from consumers.errors import ReaderUnavailable
from consumers.readers.tesseract import TesseractReader
from samples.draw import plan
from samples.papers import papers
from tests.conftest import SAMPLES
from tests.consumers.made import read_with

needs_tesseract = pytest.mark.tesseract

LOOKS = [
    pytest.param("scans/SCAN_20180426_0022.tif", 0, id="upright"),
    pytest.param("scans/SCAN_20210310_0001.jpg", 180, id="turned by 180"),
    pytest.param("scans/SCAN_20201120_0007.jpg", 270, id="turned by 90"),
    pytest.param("scans/FAX_130415_0902.tif", 0, id="fax, G4"),
]


@needs_tesseract
@pytest.mark.parametrize(("file", "rotation"), LOOKS)
def test_half_of_what_matters_is_read_and_the_page_is_turned_upright(file: str, rotation: int) -> None:
    page = read_with(TesseractReader(), SAMPLES / file)
    assert page is not None
    keys = papers()[plan()[file].paper].keys
    said = re.sub(r"\s", "", page.text)
    assert page.rotation == rotation
    assert sum(key in said for key in keys) >= len(keys) / 2


@needs_tesseract
@pytest.mark.parametrize("size", [(1, 1), (2, 800), (700, 1), (400, 300)])
def test_a_page_without_text_is_blank_however_odd_its_size(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("L", size, 255).save(tmp_path / "w.png")
    page = read_with(TesseractReader(), tmp_path / "w.png")
    assert page is not None
    assert (page.source, page.lines) == ("blank", ())


def test_without_the_program_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReaderUnavailable, match="apt-get install tesseract-ocr tesseract-ocr-chi-sim"):
        TesseractReader()


@needs_tesseract
def test_without_the_chinese_data_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "eng.traineddata").write_bytes(b"")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(ReaderUnavailable, match="tesseract-ocr-chi-sim"):
        TesseractReader()
