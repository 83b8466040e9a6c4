"""Capital numerals 壹佰贰拾万元整: what they are worth in yuan (支付结算办法, annex 1)."""

from __future__ import annotations

import re

DIGITS = {
    **dict.fromkeys("零〇", 0),
    "壹": 1,
    **dict.fromkeys("贰貳弍", 2),
    **dict.fromkeys("叁參叄弎", 3),
    "肆": 4,
    "伍": 5,
    **dict.fromkeys("陆陸", 6),
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
UNITS = {"仟": 1000, "佰": 100, "拾": 10}
CAPITALS = "".join(DIGITS) + "".join(UNITS) + "万萬亿億"
"""The characters of which such a number is made."""

SUM = re.compile(
    rf"(?P<yuan>[{CAPITALS}]+)(?:[元圆圓](?:[整正]|零?(?P<jiao>[{''.join(DIGITS)}])角[整正]?)?"
    rf"(?:零?(?P<fen>[{''.join(DIGITS)}])分)?[整正]?|[整正])"
)


def yuan(glyphs: str) -> str:
    """The sum as a plain decimal, or nothing where they are not well formed or no 元 or 整 follows."""
    match = SUM.match(glyphs.replace("\n", ""))
    if match is None:
        return ""
    whole = number(match["yuan"])
    if whole is None:
        return ""
    jiao, fen = (DIGITS[match[name]] if match[name] else 0 for name in ("jiao", "fen"))
    return f"{whole}.{jiao}{fen}" if match["jiao"] or match["fen"] else str(whole)


def number(glyphs: str) -> int | None:
    """The whole number, or None where the units don't go down as they must."""
    glyphs = glyphs.replace("萬", "万").replace("億", "亿")
    head, hundred_million, rest = glyphs.rpartition("亿")
    myriads, ten_thousand, ones = rest.rpartition("万")
    if (hundred_million and not head) or (ten_thousand and not myriads):
        return None
    parts = [_section(part) for part in (head, myriads, ones)]
    if None in parts:
        return None
    high, middle, low = (part or 0 for part in parts)
    total = high * 100_000_000 + middle * 10_000 + low
    return total or None


def _section(glyphs: str) -> int | None:
    """Up to four digits with their units: 贰仟零伍 is 2005."""
    total, below, digit = 0, 10_000, None
    for place, glyph in enumerate(glyphs):
        if glyph in DIGITS:
            if digit:
                return None
            digit = DIGITS[glyph]
        elif glyph not in UNITS or UNITS[glyph] >= below or (digit is None and (glyph, place) != ("拾", 0)):
            return None
        else:
            below = UNITS[glyph]
            total += (1 if digit is None else digit) * below
            digit = None
    return total + (digit or 0)
