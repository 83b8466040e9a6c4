from __future__ import annotations

import re
from io import BytesIO

from pdfminer.cmapdb import CMapParser, FileUnicodeMap

from consumers.searchable.cmap import to_unicode


def _read(codes: dict[str, int]) -> dict[int, str]:
    known = FileUnicodeMap()
    CMapParser(known, BytesIO(to_unicode(codes))).run()
    return known.cid2unichr


def test_each_code_leads_back_to_its_character() -> None:
    codes = {"a": 1, "中": 2, "\U00020000": 3}
    assert _read(codes) == {code: text for text, code in codes.items()}


def test_the_wide_blank_is_given_twice() -> None:
    assert _read({"\u3000": 4}) == {4: "\u3000\u3000"}


def test_a_character_beyond_the_first_plane_is_a_surrogate_pair() -> None:
    assert b"<0001> <D840DC00>" in to_unicode({"\U00020000": 1})


def test_no_section_has_more_than_a_hundred_entries() -> None:
    cmap = to_unicode({chr(0x4E00 + number): number + 1 for number in range(250)})
    assert re.findall(rb"(\d+) beginbfchar", cmap) == [b"100", b"100", b"50"]
