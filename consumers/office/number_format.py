"""A number as a spreadsheet shows it, by its number format (ECMA-376 part 1, 18.8.31).

What is made of a format: digits, decimals, thousands, percent, what stands before, between and behind, and the sections by
sign. Fractions and exponents are shown as plain numbers, conditions are passed over.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Decimal

from consumers.office.date_format import shown_date

_LONGEST = 255
"""Characters of a format (Excel takes no more)."""
_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|.', re.DOTALL)
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<dropped>\[[^\]]*\]|\*.|_.)'
    r"|(?P<digits>[#0?](?:[#0?,]*[#0?])?(?:\.[#0?]*)?,*|\.[#0?]+)|(?P<sign>.)",
    re.DOTALL,
)


def shown(value: object, code: str) -> str:
    """What stands in the cell for that value and format; "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return shown_date(value, _sections(code)[0])
    if isinstance(value, dt.timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, int | float):
        return _number(value, code)
    return str(value)


def plain(value: float) -> str:
    """The number as it is: no exponent for whole ones, so that long numbers stay what they are."""
    if isinstance(value, int) or (math.isfinite(value) and abs(value) < 1e21 and value == int(value)):
        return str(int(value))
    return f"{value:.12g}"


def _number(value: float, code: str) -> str:
    if code in ("General", "@", "") or not math.isfinite(value) or abs(value) >= 1e21:
        return plain(value)
    sections = _sections(code)
    section, minus = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        # A section of its own says itself how negative numbers are marked.
        section, minus = sections[1], ""
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    pieces = list(_PIECE.finditer(section))
    patterns = [piece["digits"] for piece in pieces if piece["digits"]]
    signs = "".join(piece["sign"] or "" for piece in pieces)
    if re.search(r"[A-Za-z/]", signs):
        # An exponent, a fraction, a date that is none.
        return plain(value)
    texts = iter(_spread(_digits(Decimal(repr(abs(value))) * 100 ** signs.count("%"), patterns), patterns))
    said = (
        next(texts)
        if piece["digits"]
        else piece["quoted"]
        or piece["escaped"]
        or piece["currency"]
        or piece["sign"]
        or " " * bool(piece["dropped"])
        for piece in pieces
    )
    return " ".join(f"{minus}{''.join(said)}".split())


def _spread(text: str, patterns: list[str]) -> list[str]:
    """The digits, shared out where something stands between them, as in a phone number: filled from the right."""
    shares: list[str] = []
    for pattern in reversed(patterns[1:]):
        size = len(pattern.rstrip(","))
        shares.append(text[-size:])
        text = text[:-size]
    return [text, *reversed(shares)]


def _digits(exact: Decimal, patterns: list[str]) -> str:
    """The digits for the patterns taken together: rounded, with thousands, filled up with zeros."""
    pattern = "".join(patterns)
    bare = pattern.rstrip(",")
    whole, _, decimals = bare.partition(".")
    exact /= Decimal(1000) ** (len(pattern) - len(bare))
    rounded = exact.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    head, _, tail = (f"{rounded:,f}" if "," in whole else f"{rounded:f}").partition(".")
    while len(tail) > decimals.count("0") and tail.endswith("0"):
        tail = tail[:-1]
    if head == "0" and "0" not in whole:
        head = ""
    return head.zfill(whole.count("0")) + (f".{tail}" if tail else "")


def _sections(code: str) -> list[str]:
    """The parts that semicolons outside of quotes set apart."""
    parts = [""]
    for sign in _TOKEN.findall(code[:_LONGEST]):
        if sign == ";":
            parts.append("")
        else:
            parts[-1] += sign
    return parts[:4]
