from __future__ import annotations

from pathlib import Path

import pytest

from consumers.errors import Refused
from consumers.media import PDF, SUFFIXES, TIFF, media_type_of, sniff
from tests.conftest import SAMPLES

GOOD = sorted((SAMPLES / "scans").iterdir())

HEADS = [
    (b"\x89PNG\r\n\x1a\n....", "image/png"),
    (b"\xff\xd8\xff\xe0....", "image/jpeg"),
    (b"II*\x00....", TIFF),
    (b"MM\x00*....", TIFF),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
    (b"BM" + b"\0" * 30, "image/bmp"),
    (b"%PDF-1.7\n", PDF),
    (b"\r\n\r\n%PDF-1.4\n", PDF),
    (b"@PJL ENTER LANGUAGE=PDF\r\n%PDF-1.4\n", PDF),
    (b"x" * 1019 + b"%PDF-", PDF),
]

NONE_OF_OURS = [
    pytest.param(b"x" * 1020 + b"%PDF-", id="a PDF's mark behind the first 1024 bytes"),
    pytest.param(b"PK\x03\x04...%PDF-1.4", id="a zip with a PDF stored in it"),
    pytest.param(b"RIFF\x10\x00\x00\x00WAVEfmt ", id="a RIFF that is sound"),
    pytest.param(b"BMW", id="text that begins with BM"),
    pytest.param(b"GIF89a....", id="a GIF"),
    pytest.param(b"\x89PNG\r\n", id="half of a PNG's mark"),
    pytest.param(b"\xff\xd8", id="half of a JPEG's mark"),
    pytest.param(b"II+\x00\x08\x00\x00\x00", id="a BigTIFF"),
    pytest.param(b"<html>", id="a web page"),
    pytest.param(b"\0" * 1024, id="zeros"),
    pytest.param(b"", id="nothing"),
]


@pytest.mark.parametrize(("head", "media_type"), HEADS)
def test_the_type_is_told_from_the_first_bytes(head: bytes, media_type: str) -> None:
    assert sniff(head) == media_type


@pytest.mark.parametrize("head", NONE_OF_OURS)
def test_what_is_no_scan_has_no_type(head: bytes) -> None:
    assert sniff(head) is None


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_every_sample_is_what_its_ending_promises(path: Path) -> None:
    assert media_type_of(path) == SUFFIXES[path.suffix.lower()]


def test_the_name_of_a_file_says_nothing_about_its_type(tmp_path: Path) -> None:
    path = tmp_path / "合同.pdf"
    path.write_bytes((SAMPLES / "scans/QS-20250817-015.png").read_bytes())
    assert media_type_of(path) == "image/png"


def test_an_empty_file_is_refused_as_empty() -> None:
    with pytest.raises(Refused) as refusal:
        media_type_of(SAMPLES / "bad/SCAN_20240105_0001.pdf")
    assert refusal.value.code == "empty"


def test_a_zip_named_pdf_is_refused_as_of_the_wrong_type() -> None:
    with pytest.raises(Refused) as refusal:
        media_type_of(SAMPLES / "bad/客户资料.pdf")
    assert refusal.value.code == "wrong-type"


def test_a_refusal_for_its_type_names_the_ending_and_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "客户资料.docx"
    path.write_bytes(b"PK\x03\x04 ....")
    with pytest.raises(Refused) as refusal:
        media_type_of(path)
    assert all(part in refusal.value.zh for part in (".docx", "PDF、PNG、JPEG、TIFF、WebP、BMP"))
    assert all(part in refusal.value.en for part in (".docx", "PDF, PNG, JPEG, TIFF, WebP or BMP"))
