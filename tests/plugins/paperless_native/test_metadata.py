"""What stored files say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from consumers.scan import scan_of
from consumers.searchable import write_searchable
from consumers.transcript import Box, Line, Page, Transcript
from plugins.paperless_native.metadata import of_our_layer, of_picture
from tests.conftest import SAMPLES

SCAN = SAMPLES / "scans" / "SCAN_20201120_0007.jpg"


def told(rows: list[dict[str, str]]) -> dict[str, str]:
    assert all(set(row) == {"namespace", "prefix", "key", "value"} for row in rows)
    return {f"{row['prefix']}:{row['key']}": row["value"] for row in rows}


def test_a_scan_tells_its_size_and_resolution() -> None:
    assert told(of_picture(SCAN)) == {
        "tiff:ImageWidth": "1654",
        "tiff:ImageLength": "2339",
        "tiff:XResolution": "200",
        "tiff:YResolution": "200",
    }


def test_a_tiff_tells_its_pages(tmp_path: Path) -> None:
    page = Image.new("L", (10, 20))
    page.save(tmp_path / "a.tif", save_all=True, append_images=[page, page])
    assert told(of_picture(tmp_path / "a.tif"))["dossier:Pages"] == "3"


def test_a_photo_tells_its_device_and_day_but_not_its_place(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[271], exif[305] = "Maker\0", "Firmware 1"
    exif.get_ifd(0x8769)[36867] = "2023:05:12 15:42:33"
    exif.get_ifd(0x8825)[2] = (IFDRational(31), IFDRational(14), IFDRational(7))
    Image.new("RGB", (10, 10)).save(tmp_path / "a.jpg", exif=exif)
    found = told(of_picture(tmp_path / "a.jpg"))
    assert (found["tiff:Make"], found["tiff:Software"]) == ("Maker", "Firmware 1")
    assert found["exif:DateTimeOriginal"] == "2023:05:12 15:42:33"
    assert not any("31" in value for value in found.values())


def test_our_archive_version_tells_how_many_pages_were_recognised(tmp_path: Path) -> None:
    scan = scan_of(SCAN, "test")
    line = Line("不动产权证书", Box(0.1, 0.1, 0.5, 0.15))
    write_searchable(scan, Transcript(scan.sha256, (Page(1, (line,), "ocr", "rapid"),)), tmp_path / "a.pdf")
    assert told(of_our_layer(tmp_path / "a.pdf")) == {"dossier:RecognisedPages": "1"}
    assert of_our_layer(SAMPLES / "scans" / "YL20200530-0063.pdf") == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"II*\0\xff\xff\xff\xff"])
def test_a_broken_file_tells_nothing_and_raises_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "broken").write_bytes(content)
    assert of_picture(tmp_path / "broken") == []
    assert of_our_layer(tmp_path / "broken") == []
