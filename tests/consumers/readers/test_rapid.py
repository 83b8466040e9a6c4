from __future__ import annotations

import re
import resource
from pathlib import Path

import pytest
from PIL import Image

from consumers.pictures import Picture
from consumers.rapid.paddle import Boxes, crop
from consumers.readers.rapid import RapidReader
from consumers.transcript import Transcript
from samples.draw import plan
from samples.papers import papers
from tests.consumers.made import read_with
from tests.consumers.typed import typed

pytestmark = pytest.mark.ocr

LOOKS = [
    pytest.param("scans/认购书-王建国.jpg", id="upright, from a feeder"),
    pytest.param("scans/20160829101522.webp", id="turned by 180"),
    pytest.param("scans/SCAN_20201120_0007.jpg", id="turned by 90"),
    pytest.param("scans/FAX_120721_1105.tif", id="fax, G4"),
    pytest.param("scans/IMG_20240804_111733.jpg", id="photo"),
    pytest.param("scans/ts058.jpg", id="old paper"),
    pytest.param("scans/PG-2019-06-0147.jpg", id="photocopy, askew"),
    pytest.param("scans/SCAN_20220516_0005.jpg", id="askew by 1.8 degrees"),
    pytest.param("scans/20190628.bmp", id="BMP of 150 dpi"),
    pytest.param("scans/SCAN_20260314_0002.pdf", id="mixed PDF"),
]
TURNED = [
    ("scans/20160829101522.webp", 180),
    ("scans/SCAN_20210310_0001.jpg", 180),
    ("scans/SCAN_20201120_0007.jpg", 270),
    ("scans/认购书-王建国.jpg", 0),
    ("scans/IMG_3307.webp", 0),
]


@pytest.fixture(scope="module")
def reader() -> RapidReader:
    return RapidReader()


@pytest.mark.parametrize("file", LOOKS)
def test_what_matters_on_a_paper_is_read_whatever_it_looks_like(
    sample_transcripts: dict[str, Transcript], file: str
) -> None:
    keys = papers()[plan()[file].paper].keys
    said = re.sub(r"\s", "", sample_transcripts[file].text).replace(":", "：")
    missing = [key for key in keys if key.replace(":", "：") not in said]
    assert len(missing) <= len(keys) // 4, missing


@pytest.mark.parametrize(("file", "rotation"), TURNED)
def test_a_page_is_turned_upright_and_tells_how_far(
    sample_transcripts: dict[str, Transcript], file: str, rotation: int
) -> None:
    assert [page.rotation for page in sample_transcripts[file].pages] == [rotation]


def test_no_upright_sample_is_turned(sample_transcripts: dict[str, Transcript]) -> None:
    turned = {
        file
        for file, transcript in sample_transcripts.items()
        if "turned" not in plan()[file].look and any(page.rotation for page in transcript.pages)
    }
    assert turned <= {file for file, _ in TURNED}


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("scans/FAX_120721_1105.tif", "业主姓名.*刘德福.*1-3-301"),
        ("scans/PG-2019-06-0147.jpg", "电话.*18600002974.*预约上门.*6月11日"),
        ("scans/PG-2019-06-0147.jpg", "维修人员.*马志强.*到场时间.*9:25"),
        ("scans/吴春梅.jpg", "文化程度.*高中.*婚姻状况.*已婚"),
    ],
)
def test_a_form_is_read_row_by_row_however_it_lies(
    sample_transcripts: dict[str, Transcript], file: str, row: str
) -> None:
    assert any(re.search(row, line.text) for line in sample_transcripts[file].pages[0].lines)


def test_the_pages_of_a_tiff_come_in_their_order(sample_transcripts: dict[str, Transcript]) -> None:
    first, second, third = sample_transcripts["scans/SCAN_20190404_0012.tif"].pages
    assert ("买受人" in first.text, "逾期付款" in second.text, "附件清单" in third.text) == (True, True, True)


def test_a_mixed_file_says_so(sample_transcripts: dict[str, Transcript]) -> None:
    mixed = sample_transcripts["scans/SCAN_20260314_0002.pdf"]
    assert (mixed.source, mixed.reader) == ("mixed", "text-layer+rapid")


def test_every_line_has_a_place_on_the_page_and_a_confidence(
    sample_transcripts: dict[str, Transcript],
) -> None:
    lines = [line for page in sample_transcripts["scans/IMG_3307.webp"].pages for line in page.lines]
    assert lines
    for line in lines:
        assert line.box is not None
        assert 0 <= line.box.left < line.box.right <= 1
        assert 0 <= line.box.top < line.box.bottom <= 1
        assert line.confidence is not None
        assert 0 < line.confidence <= 1


@pytest.mark.parametrize("size", [(1, 1), (2, 800), (700, 1)])
def test_a_page_without_text_is_blank_however_odd_its_size(
    reader: RapidReader, tmp_path: Path, size: tuple[int, int]
) -> None:
    Image.new("L", size, 255).save(tmp_path / "w.png")
    page = read_with(reader, tmp_path / "w.png")
    assert page is not None
    assert (page.source, page.lines, page.confidence) == ("blank", (), None)


def test_a_strip_of_a_page_does_not_eat_up_the_memory(reader: RapidReader, tmp_path: Path) -> None:
    Image.new("L", (1, 500), 0).save(tmp_path / "s.png")
    read_with(reader, tmp_path / "s.png")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 3 << 20  # kilobytes: 3 GB


def test_a_line_that_says_which_way_is_up_is_cut_out_once(
    reader: RapidReader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = ((60, 60, "商品房买卖合同"), (60, 160, "买受人：王建国"), (60, 260, "2024年3月1日"))
    Image.fromarray(typed(*lines)).save(tmp_path / "page.png")
    cut: list[bytes] = []

    def counted(picture: Picture, box: Boxes) -> Picture:
        cut.append(box.tobytes())
        return crop(picture, box)

    monkeypatch.setattr("consumers.readers.rapid.crop", counted)
    page = read_with(reader, tmp_path / "page.png")
    assert page is not None
    assert "王建国" in page.text
    assert len(cut) == len(set(cut)) >= 3


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert RapidReader.missing() == ("install rapidocr and openvino: pip install 'paperless-dossier[ocr]'")
