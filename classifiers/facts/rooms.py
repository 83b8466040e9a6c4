"""Where rooms stand in the text: building, unit, room in the ways people write them (GB/T 23705)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifiers.glyphs import Evened

HAN_NUMBER = "[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}"
DIGITS = {glyph: number for number, glyph in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
DIGITS |= {glyph: number for number, glyph in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
SPACE = r"[\n ]?"
BUILDING = rf"第?(?P<building>[A-Za-z]?\d{{1,3}}(?:-\d{{1,2}}(?=[号#栋幢]))?[A-Za-z]?|{HAN_NUMBER}|[A-Z])"
BUILDING_WORD = rf"{SPACE}(?:号{SPACE}(?:住宅)?楼|栋|幢|棟|座|号{SPACE}[栋幢]|#{SPACE}楼?)"
UNIT = rf"第?(?P<unit>\d{{1,2}}|[A-Z]|[甲乙丙丁戊]|{HAN_NUMBER}){SPACE}(?:单{SPACE}元|门(?=\d))"
FLOOR = rf"(?:第?(?P<floor>\d{{1,2}}|{HAN_NUMBER}){SPACE}[层楼])?"
ROOM = r"(?P<room>[A-Z]?\d{3,4}[A-Z]?|[〇零○一二三四五六七八九]{3,4}(?=[室号户房])|(?<=[层楼])\d{2})"
ROOM_WORD = rf"(?P<word>{SPACE}(?:号{SPACE}房|室|房|户|号(?!楼|[栋幢院]|{SPACE}文)))"
EDGE = r"(?<![\dA-Za-z])(?<![\d][./-])"
NOT_MORE = r"(?![\dA-Za-z]|[.,/-]\d|[元万㎡米%年月岁平吨个台套间人条次份组]|m2)"
JOINT = rf"{SPACE}[-,、]?{SPACE}"

WITH_UNIT = re.compile(
    rf"{EDGE}{BUILDING}{BUILDING_WORD}{JOINT}{UNIT}{JOINT}{FLOOR}{JOINT}{ROOM}(?:{ROOM_WORD}|{NOT_MORE})"
)
UNIT_DASH_ROOM = re.compile(
    rf"{EDGE}{BUILDING}{BUILDING_WORD}{SPACE}-?"
    rf"(?P<unit>\d{{1,2}}){SPACE}[-－]{SPACE}{ROOM}(?:{ROOM_WORD}|{NOT_MORE})"
)
WITHOUT_UNIT = re.compile(rf"{EDGE}{BUILDING}{BUILDING_WORD}{JOINT}{FLOOR}-?{ROOM}(?:{ROOM_WORD}|{NOT_MORE})")
DASHED = re.compile(
    rf"(?<![\dA-Za-z.,/¥])(?<!\d[-:])(?<![\dA-Za-z]-)"
    rf"(?P<building>[A-Z]?\d{{1,3}}){SPACE}[-一]{SPACE}(?:(?P<unit>\d{{1,2}}){SPACE}[-一]{SPACE})?"
    rf"(?P<room>\d{{3,4}})(?:{ROOM_WORD}|{NOT_MORE})"
)
HIGHEST_FLOOR, MOST_ON_A_FLOOR = 70, 60


@dataclass(frozen=True)
class Room:
    """A room at `start` to `end` of the evened text; `unit` is empty where none is named.

    `dashed` are the forms without words (3-2-1201); `word` is the 室, 房, 户 or 号 that follows, if any.
    """

    building: str
    unit: str
    room: str
    start: int
    end: int
    dashed: bool = False
    word: str = ""

    @property
    def value(self) -> str:
        """`3-2-1201`, or `20-2404` without a unit."""
        return "-".join(part for part in (self.building, self.unit, self.room) if part)


def rooms(evened: Evened) -> tuple[Room, ...]:
    """All rooms in the order of the text, none inside another."""
    found: dict[int, Room] = {}
    taken: set[int] = set()
    for pattern in (WITH_UNIT, UNIT_DASH_ROOM, WITHOUT_UNIT, DASHED):
        for room in _rooms(pattern, evened.text):
            if taken.isdisjoint(range(room.start, room.end)):
                taken.update(range(room.start, room.end))
                found[room.start] = room
    return tuple(found[start] for start in sorted(found))


def _rooms(pattern: re.Pattern[str], text: str) -> Iterator[Room]:
    for match in pattern.finditer(text):
        parts = match.groupdict()
        building = _number(match["building"], 3)
        unit = _number(parts.get("unit") or "", 2)
        room = _room(match["room"], _number(parts.get("floor") or "", 2))
        if room and building and (unit or not parts.get("unit")):
            word = re.sub(r"[\n ]", "", match["word"] or "")
            yield Room(building, unit, room, match.start(), match.end(), pattern is DASHED, word)


def _room(glyphs: str, floor: str) -> str:
    """The room number in digits, or nothing where no house has such a floor."""
    number = "".join(str(DIGITS.get(glyph, glyph)) for glyph in glyphs)
    number = number[1:] if re.fullmatch(r"0[1-9]\d\d", number) else number
    digits = "".join(glyph for glyph in number if glyph.isdigit())
    if len(digits) == 2:
        number = digits = floor + digits
    storey, place = divmod(int(digits), 100)
    if floor and storey != int(floor):
        return ""
    return number if 1 <= storey <= HIGHEST_FLOOR and 1 <= place <= MOST_ON_A_FLOOR else ""


def _number(glyphs: str, longest: int) -> str:
    """Building, unit or floor in digits and capitals: 十二 is 12, 03 is 3, A stays; nothing for 0 or 010."""
    if not re.fullmatch(HAN_NUMBER, glyphs):
        zeros = len(glyphs) - len(glyphs.lstrip("0"))
        return glyphs[zeros:].upper() if zeros == 0 or (zeros == 1 and len(glyphs) <= 2 <= longest) else ""
    tens, ten, ones = glyphs.replace("拾", "十").partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return ""
    return str(10 * DIGITS.get(tens, 1) + DIGITS.get(ones, 0)) if ten else str(DIGITS[tens])
