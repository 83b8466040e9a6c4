"""Unified social credit codes of organisations: 18 characters with a check character (GB 32100)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.glyphs import even
from consumers.transcript import Page

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
REGISTRARS = re.compile(r"1[1-39]|2[19]|3[1-59]|4[19]|5[1-39]|6[129]|7[129]|8[19]|9[1-3]|A[19]|N[1-39]|Y1")
"""Registering authority and kind: 91 company, 92 sole trader, 11 state organ, 52 private body ..."""

MISREAD = str.maketrans("OIZS", "0125")
"""Letters that the code never uses, and what stands there instead."""

LOOK_ALIKE = {
    "8": "B",
    "B": "8",
    "6": "G",
    "G": "6",
    "0": "DQU",
    "D": "0",
    "Q": "0",
    "U": "0",
    "1": "7",
    "7": "1T",
    "T": "7",
}
"""Which the code uses and a reader mixes up; its check character alone would prove too little."""

ORGANISATION = (3, 7, 9, 10, 5, 8, 4, 2)
CODE = re.compile(r"(?<![0-9A-Za-z])[1-9ANYIO][0-9A-Za-z](?:[ \n]?[0-9A-Za-z]){16}(?![0-9A-Za-z])")
LABEL = re.compile(r"(?:信用代码|信用编码|纳税人识别号|税号)[^0-9A-Za-z]{0,6}$")


def find(page: Page) -> tuple[Fact, ...]:
    """All codes of the page whose check character agrees."""
    evened = even(page)
    return facts("uscc", page, evened, _finds(evened.text))


def check_character(code: str) -> str:
    """The check character that belongs to the first 17 characters."""
    total = sum(weight * ALPHABET.index(glyph) for weight, glyph in zip(WEIGHTS, code, strict=False))
    return ALPHABET[-total % 31]


def is_valid(code: str) -> bool:
    """Whether registrar, alphabet, region and check character of an upper-case code agree."""
    if len(code) != 18 or not set(code) <= set(ALPHABET) or not REGISTRARS.match(code):
        return False
    return code[2:8].isdigit() and check_character(code) == code[17]


def organisation_check(code: str) -> str:
    """The check character of the organisation code (GB 11714) that stands at places 9 to 17 of an upper-case code."""
    total = sum(weight * int(glyph, 36) for weight, glyph in zip(ORGANISATION, code[8:16], strict=True))
    return "0123456789X"[-total % 11]


def _finds(text: str) -> Iterator[Find]:
    for match in CODE.finditer(text):
        glyphs = re.sub(r"[ \n]", "", match.group()).upper()
        code = glyphs.translate(MISREAD)
        labelled = LABEL.search(text[max(0, match.start() - 14) : match.start()]) is not None
        if is_valid(code):
            if labelled or _is_unmistakable(code, match.group()):
                yield Find(code, match.start(), match.end(), 0.98 if code == glyphs else 0.85)
        elif labelled and (mended := _mended(code)):
            yield Find(mended, match.start(), match.end(), 0.6)


def _mended(code: str) -> str:
    """The only code with one look-alike exchanged of which both check characters agree, or nothing."""
    ways = {
        code[:place] + other + code[place + 1 :]
        for place, glyph in enumerate(code)
        for other in LOOK_ALIKE.get(glyph, "")
    }
    proven = [way for way in ways if is_valid(way) and organisation_check(way) == way[16]]
    return proven[0] if len(proven) == 1 else ""


def _is_unmistakable(code: str, glyphs: str) -> bool:
    """Without a label before it: unbroken, and with a letter where no identity number has one."""
    return glyphs.isalnum() and not re.fullmatch(r"\d{17}[\dX]", code)
