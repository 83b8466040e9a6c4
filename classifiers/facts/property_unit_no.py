"""Property unit numbers of the land register: 28 characters in five fields (GB/T 37346)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.facts.places import REGIONS
from classifiers.glyphs import even
from consumers.transcript import Page

DIGIT = r"[0-9OoQDIl]"
NUMBER = re.compile(
    rf"(?<![0-9A-Za-z])(?P<parcel>{DIGIT}(?:[ \n]?{DIGIT}){{11}})[ \n]?"
    rf"(?P<right>[GJZ6][ \n]?[A-HLMNSWXY8])[ \n]?"
    rf"(?P<serial>{DIGIT}(?:[ \n]?{DIGIT}){{4}})[ \n]?(?P<kind>[FLWQ])[ \n]?"
    rf"(?P<thing>{DIGIT}(?:[ \n]?{DIGIT}){{7}})(?![0-9A-Za-z])"
)
DIGITS_MISREAD = str.maketrans("OoQDIl", "000011")
LETTERS_MISREAD = str.maketrans("68", "GB")


def find(page: Page) -> tuple[Fact, ...]:
    """All property unit numbers, without spaces."""
    evened = even(page)
    return facts("property_unit_no", page, evened, _finds(evened.text))


def _finds(text: str) -> Iterator[Find]:
    for match in NUMBER.finditer(text):
        raw = re.sub(r"[ \n]", "", match.group())
        number = "".join(
            (
                _digits(match["parcel"]),
                re.sub(r"[ \n]", "", match["right"]).translate(LETTERS_MISREAD),
                _digits(match["serial"]),
                match["kind"],
                _digits(match["thing"]),
            )
        )
        if number[:2] in REGIONS:
            sure = 0.98 if number == raw else 0.7
            yield Find(number, match.start(), match.end(), sure if _agrees(number) else 0.5)


def _agrees(number: str) -> bool:
    """Whether kind and serial of what stands on the land agree: W means nothing does, and then all are 0."""
    return (number[19] == "W") == (number[20:] == "0" * 8)


def _digits(field: str) -> str:
    return re.sub(r"[ \n]", "", field).translate(DIGITS_MISREAD)
