from __future__ import annotations

import pytest

from consumers.office_types import COMPOUND, CUT_OFF, ENCRYPTED, ZIP
from consumers.unreadable import recognised, refusal_of

SAID = [
    ("application/msword", "old-format", "docx 或 PDF", "docx or PDF"),
    ("application/vnd.ms-excel", "old-format", "xlsx 或 PDF", "xlsx or PDF"),
    ("application/vnd.ms-powerpoint", "old-format", "另存为 PDF", "as PDF"),
    ("application/vnd.oasis.opendocument", "old-format", "docx、xlsx 或 PDF", "docx, xlsx or PDF"),
    (COMPOUND, "old-format", "另存为 PDF", "as PDF"),
    (ENCRYPTED, "encrypted", "去掉密码", "remove that"),
    (CUT_OFF, "damaged", "重新复制", "anew"),
    (ZIP, "wrong-type", "解压", "unpack"),
    ("image/gif", "wrong-type", "PNG", "PNG"),
    ("", "wrong-type", "（扩展名 .xyz）", ".xyz"),
]
HEADS = [
    (b"{\\rtf1\\ansi", "application/rtf"),
    (b"Rar!\x1a\x07\x01\x00", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"GIF89a", "image/gif"),
    (b"\0\0\0\x18ftypheic", "image/heic"),
    (b"\xef\xbb\xbf\r\n<HTML>", "text/html"),
    (b"<!DOCTYPE html>", "text/html"),
    (b"hello", ""),
    (b"", ""),
]


@pytest.mark.parametrize(("kind", "code", "zh", "en"), SAID)
def test_a_refusal_says_what_to_do(kind: str, code: str, zh: str, en: str) -> None:
    refusal = refusal_of(kind, ".xyz")
    assert refusal.code == code
    assert zh in refusal.zh
    assert en in refusal.en


@pytest.mark.parametrize(("head", "kind"), HEADS)
def test_what_can_not_be_read_is_known_by_its_first_bytes(head: bytes, kind: str) -> None:
    assert recognised(head) == kind
