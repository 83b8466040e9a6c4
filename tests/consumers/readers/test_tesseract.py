from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from consumers.bounds import Bounds
from consumers.errors import ReaderUnavailable, Refused
from consumers.media import media_type_of
from consumers.pages import open_scan
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


@needs_tesseract
def test_lines_come_with_the_words_that_make_them_up() -> None:
    page = read_with(TesseractReader(), SAMPLES / "scans/SCAN_20180426_0022.tif")
    assert page is not None
    for line in page.lines:
        assert re.sub(r"\s", "", "".join(word.text for word in line.words)) == re.sub(r"\s", "", line.text)
    assert sum(len(line.words) for line in page.lines) > len(page.lines)


@needs_tesseract
def test_a_page_with_ink_that_is_no_text_is_doubtful(tmp_path: Path) -> None:
    drawing = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(drawing).line([(300, 900), (500, 700), (520, 1000), (800, 760)], fill="black", width=4)
    drawing.save(tmp_path / "drawing.png")
    page = read_with(TesseractReader(), tmp_path / "drawing.png")
    assert page is not None
    assert page.doubtful


@needs_tesseract
def test_specks_on_a_back_side_are_a_blank_page_and_not_doubtful(tmp_path: Path) -> None:
    back = Image.new("L", (1240, 1754), 250)
    for place in range(60, 1200, 60):
        ImageDraw.Draw(back).circle((place, 1.3 * place), 2, fill=60)
    back.save(tmp_path / "back.png")
    page = read_with(TesseractReader(), tmp_path / "back.png")
    assert page is not None
    assert (page.source, page.lines, page.doubtful) == ("blank", (), ())


@needs_tesseract
def test_a_page_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    grain = np.random.default_rng(1).integers(0, 2, (700, 700), dtype=np.uint8) * 255
    Image.fromarray(np.kron(grain, np.ones((5, 5), np.uint8))).save(tmp_path / "noise.png")
    path = tmp_path / "noise.png"
    with (
        open_scan(path, media_type_of(path), Bounds(seconds=1)) as scan,
        pytest.raises(Refused) as refused,
    ):
        TesseractReader().read(scan.page(1))
    assert refused.value.code == "too-slow"


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
