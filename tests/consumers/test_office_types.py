from __future__ import annotations

import io
import zipfile

import pytest

from consumers.office_types import (
    COMPOUND,
    CUT_OFF,
    DOCX,
    ENCRYPTED,
    MSG,
    OFD,
    XLSX,
    ZIP,
    central_directory,
    compound_type,
    is_mail,
    zip_type,
)
from tests.consumers.office.documents import (
    MSG_CLASS,
    Storage,
    attached,
    compound,
    docx,
    mail,
    message,
    ofd,
    xlsx,
    zipped,
)

ZIPS = [
    (docx(["x"]), DOCX),
    (xlsx([["x"]]), XLSX),
    (ofd([""]), OFD),
    (b"\0" * 100 + docx(["x"]), DOCX),
    (zipped({"a.txt": "x"}), ZIP),
    (
        zipped({"ppt/presentation.xml": "x"}),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (docx(["x"])[:-30], CUT_OFF),
    (b"PK\x03\x04", CUT_OFF),
]
MANY: Storage = {f"s{n}": b"x" for n in range(200)}
COMPOUNDS: list[tuple[Storage, str, str]] = [
    (message("s", "b"), MSG_CLASS, MSG),
    (message("s", "b"), "", MSG),
    (message("s", "b", [{"WordDocument": b"x"}]), MSG_CLASS, MSG),
    ({"WordDocument": b"x"}, "", "application/msword"),
    ({"Workbook": b"x"}, "", "application/vnd.ms-excel"),
    ({"PowerPoint Document": b"x"}, "", "application/vnd.ms-powerpoint"),
    ({"EncryptionInfo": b"x", "EncryptedPackage": b"x" * 9_000}, "", ENCRYPTED),
    ({"Other": b"x"}, "", COMPOUND),
    (MANY | {"zz WordDocument": b"x"}, "", COMPOUND),
    (MANY | {"WordDocument": b"x"}, "", "application/msword"),
]

MAILS = [
    mail().as_bytes(),
    b"Received: from mx (1.2.3.4)\r\n\tby mx2; Fri, 1 Mar 2024\r\nFrom: a@b\r\n\r\nx",
    b"From - Fri Mar  1 10:20:00 2024\r\nFrom: a@b\r\nSubject: x\r\n\r\nx",
    b"\xef\xbb\xbfFrom: a@b\nSubject: \xba\xcf\xcd\xac\n\nx",
    b"DKIM-Signature: v=1; b=" + b"\r\n\tAAAA" * 300 + b"\r\nFrom: a@b\r\n\r\n",
    b"From: a@b\nTo: " + b"c@example.com, " * 200 + b"\n\n",
    b"From: a@b\nSubject: " + b"x" * 988 + b"\nMIME-Version: 1.0\n\n",
    b"Return-Path: <a@b>\nX-Mailer: Foxmail\nFrom: a@b\n\n",
]
NO_MAILS = [
    b"",
    b"hello\nFrom: a@b\nSubject: x\n",
    b"Name: a\nFrom: b\nSubject: c\n\n",
    "主题：合同\n发件人：王敏\n".encode(),
    b"Subject: x\nDate: y\n\n",
    b"From: a@b\n\n",
    b"From: a@b\nnot a header\nSubject: x\n",
    b"Content-Type: application/pdf\nContent-Length: 7\n\n%PDF-1.4",
    b"HTTP/1.1 200 OK\nDate: x\nFrom: y\n\n",
    b"date: 2024\ntitle: x\n---\n",
]


@pytest.mark.parametrize(("content", "kind"), ZIPS)
def test_a_zip_is_what_its_list_says(content: bytes, kind: str) -> None:
    assert zip_type(io.BytesIO(content)) == kind


@pytest.mark.parametrize(("storage", "class_id", "kind"), COMPOUNDS)
def test_a_compound_file_is_what_its_directory_says(storage: Storage, class_id: str, kind: str) -> None:
    assert compound_type(io.BytesIO(compound(storage, class_id))) == kind


@pytest.mark.parametrize("length", [8, 100, 512, 1000])
def test_a_compound_file_that_does_not_hold_its_directory_is_cut_off(length: int) -> None:
    content = compound(message("s", "b", [attached("a", b"x" * 20_000)]), MSG_CLASS)
    assert compound_type(io.BytesIO(content[:length])) == CUT_OFF


def test_a_directory_that_goes_in_a_circle_comes_to_an_end() -> None:
    content = bytearray(compound({f"s{n}": b"x" for n in range(40)}))
    fat = 512 * (1 + int.from_bytes(content[76:80], "little"))
    start = int.from_bytes(content[48:52], "little")
    content[fat + 4 * start : fat + 4 * start + 4] = start.to_bytes(4, "little")
    assert compound_type(io.BytesIO(bytes(content))) == COMPOUND


@pytest.mark.parametrize("head", MAILS)
def test_a_mail_is_known_by_its_first_kilobyte(head: bytes) -> None:
    assert is_mail(head[:1024])


@pytest.mark.parametrize("head", NO_MAILS)
def test_lines_with_colons_are_no_mail(head: bytes) -> None:
    assert not is_mail(head)


def test_the_list_of_a_zip_is_not_read_where_it_is_larger_than_anybody_needs() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(200):
            archive.writestr(f"{number}" + "x" * 30_000, b"")
    assert central_directory(held) is None
