from __future__ import annotations

import pytest

from consumers.office.charset import decoded, mended


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("合同".encode(), "utf-8", "合同"),
        ("合同".encode("gbk"), "gb2312", "合同"),
        ("镕基㙟".encode("gb18030"), "gb2312", "镕基㙟"),
        ("合同".encode("gbk"), "", "合同"),
        ("合同".encode("gbk"), "utf-8", "合同"),
        ("合同".encode("big5"), "big5", "合同"),
        ("合同".encode(), "no-such-charset", "合同"),
        ("合同".encode(), "base64", "合同"),
        (b"\xef\xbb\xbf" + "合同".encode(), "", "合同"),
        (b"\x80\xff", "", "\ufffd\ufffd"),
        (b"", "utf-8", ""),
    ],
)
def test_bytes_become_the_text_that_was_meant(content: bytes, charset: str, text: str) -> None:
    assert decoded(content, charset) == text


def test_one_bad_byte_costs_one_character() -> None:
    content = "合同编号".encode() + b"\xff\xff" + "甲方".encode()
    assert decoded(content, "utf-8") == "合同编号\ufffd\ufffd甲方"


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_a_header_in_raw_bytes_is_mended(charset: str) -> None:
    raw = "关于合同".encode(charset).decode("ascii", "surrogateescape")
    assert mended(raw) == "关于合同"


def test_a_header_that_is_sound_stays() -> None:
    assert mended("关于合同") == "关于合同"
