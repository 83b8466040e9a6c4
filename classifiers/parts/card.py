"""Pages that are copies of cards and carry no title of their own: both sides of an ID card."""

from __future__ import annotations

import re

_FRONT = (
    re.compile(r"公民身份号码|^身份号码"),
    re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx](?!\d)"),
    re.compile(r"^姓名"),
    re.compile(r"性别.?[男女].{0,3}民族|^民族|^性别"),
    re.compile(r"^出生"),
    re.compile(r"^住址"),
)
_BACK = (
    re.compile(r"居民身份证$"),
    re.compile(r"^签发机关"),
    re.compile(r"^有效期限"),
    re.compile(r"^中华人民共和国$"),
)
_NO_CARD = re.compile("户主|常住人口|户口|军官|护照|结婚|委托|合同|协议|客户|申请|登记表|承诺")
_MOST_LINES, _NEAR = 24, 2


def near_card(lines: tuple[str, ...]) -> bool:
    """Whether a page of squeezed lines may be the other side of a card, or the same badly read."""
    marks = [mark for mark in (*_FRONT, *_BACK) if any(mark.search(line) for line in lines)]
    return len(lines) <= _MOST_LINES and len(marks) >= _NEAR


def id_card(lines: tuple[str, ...]) -> str:
    """A line of an ID card, where a page of squeezed lines shows little else; empty where it does not."""
    if (
        not lines
        or len(lines) > _MOST_LINES
        or any(len(line) > 44 or _NO_CARD.search(line) for line in lines)
    ):
        return ""
    for side, enough in ((_FRONT, 4), (_BACK, 3)):
        marks = [next((line for line in lines if mark.search(line)), "") for mark in side]
        found = [line for line in marks if line]
        if len(found) >= enough:
            return found[0]
    return ""
