from __future__ import annotations

from pathlib import Path

import pytest

from consumers.errors import Refused
from consumers.media import PDF, SUFFIXES, TIFF, media_type_in, media_type_of, sniff
from consumers.office_types import COMPOUND, DOCX, EML, MSG, OFD, XLSX, ZIP
from tests.conftest import SAMPLES
from tests.consumers.office.documents import MSG_CLASS, compound, docx, mail, message, ofd, xlsx, zipped

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
    (b"PK\x03\x04...%PDF-1.4", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", COMPOUND),
    (b"From: a@b\r\nSubject: %PDF-1.4\r\n\r\n", EML),
]
"""A zip and a compound file may hold anything: more than this, their beginning does not tell."""

OFFICE_FILES = [
    (docx(["x"]), DOCX),
    (xlsx([["x"]]), XLSX),
    (ofd([""]), OFD),
    (mail().as_bytes(), EML),
    (compound(message("s", "b"), MSG_CLASS), MSG),
]
REFUSED = [
    (compound({"WordDocument": b"x"}), "old-format"),
    (compound({"EncryptedPackage": b"x"}), "encrypted"),
    (zipped({"a.txt": "x"}), "wrong-type"),
    (docx(["x"])[:-30], "damaged"),
    (b"{\\rtf1 x", "old-format"),
    ("姓名：王敏\n房号：3-2-1201\n".encode(), "wrong-type"),
    (b"MZ\x90\0", "wrong-type"),
]

NONE_OF_OURS = [
    pytest.param(b"x" * 1020 + b"%PDF-", id="a PDF's mark behind the first 1024 bytes"),
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


@pytest.mark.parametrize(("content", "kind"), OFFICE_FILES, ids=[kind for _, kind in OFFICE_FILES])
def test_an_office_file_is_known_by_its_inside(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "合同.pdf"
    path.write_bytes(content)
    assert media_type_of(path) == kind
    assert media_type_in(content, "合同.pdf") == kind


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_what_can_not_be_read_is_refused_by_what_it_is(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        media_type_in(content, "合同.pdf")
    assert refusal.value.code == code


def test_a_refusal_for_its_type_names_the_ending_and_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "客户资料.dat"
    path.write_bytes(b"0123456789")
    with pytest.raises(Refused) as refusal:
        media_type_of(path)
    assert all(part in refusal.value.zh for part in (".dat", "PDF、PNG、JPEG、TIFF、WebP、BMP、docx"))
    assert all(part in refusal.value.en for part in (".dat", "PDF, PNG, JPEG, TIFF, WebP, BMP, docx"))
