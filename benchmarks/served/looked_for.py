"""What people would type to find a labelled scan again: names, units, numbers, words of two characters."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.measure.truth import Case
from plugins.searching.evened import even_out

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_DIGITS = re.compile(r"[0-9]+")
_NUMBERS = ("contract_no", "case_no", "cert_no")
_UNIT = re.compile(r"^[0-9]{1,3}[-栋]")
_LAST = 5
_WORDS = "words"


@dataclass(frozen=True)
class Looked:
    """One search: its sort, what is typed, and the scan that is looked for, by its place in the set."""

    sort: str
    typed: str
    wanted: int


def drawn(cases: list[Case], each: int, seed: int = 1) -> list[Looked]:
    """Up to `each` searches of every sort, each for another scan while there are any. Only what the truth has on one scan
    alone is looked for, so that every other hit is a false one."""
    texts = [even_out(case.text) for case in cases]
    units = [{_parts(unit) for unit in case.fields.get("unit", ())} for case in cases]
    found: list[Looked] = []
    for sort, typed_for in _SORTS.items():
        chance = random.Random(f"{seed} {sort}")  # noqa: S311 - draws samples, guards nothing
        all_of_sort = [
            [one for one in dict.fromkeys(typed_for(case)) if _bears(one, texts, units) == [place]]
            for place, case in enumerate(cases)
        ]
        if sort == _WORDS:
            all_of_sort = [chance.sample(words, len(words)) for words in all_of_sort]
        # Turn by turn, so that all scans come before one comes twice, and units and numbers in all their forms.
        order = chance.sample(range(len(cases)), len(cases))
        turns = max(map(len, all_of_sort), default=0)
        row = [
            Looked(sort, all_of_sort[place][(at + turn) % len(all_of_sort[place])], place)
            for turn in range(turns)
            for at, place in enumerate(order)
            if turn < len(all_of_sort[place])
        ]
        found += row[:each]
    return found


def _bears(typed: str, texts: list[str], units: list[set[tuple[str, ...]]]) -> list[int]:
    """The places of the scans that have it. The truth does not name every unit, and a paper writes it as it likes: whatever has
    the room's number counts as having the unit."""
    word, parts = even_out(typed), _parts(typed)
    unit = parts if len(parts) > 1 else None
    room = re.compile(rf"(?<![0-9]){parts[-1]}(?![0-9])") if unit and _UNIT.search(typed) else None
    return [
        place
        for place, text in enumerate(texts)
        if word in text or unit in units[place] or (room and room.search(text))
    ]


def _parts(unit: str) -> tuple[str, ...]:
    return tuple(_DIGITS.findall(unit))


def _names(case: Case) -> Iterator[str]:
    yield from case.fields.get("names", ())


def _units(case: Case) -> Iterator[str]:
    for unit in case.fields.get("unit", ()):
        parts = _parts(unit)
        if len(parts) == 3:
            building, entrance, room = parts
            yield from (f"{building}栋{entrance}单元{room}", "-".join(parts), room)
        elif len(parts) == 2:
            yield from (f"{parts[0]}栋{parts[1]}", "-".join(parts), parts[1])


def _numbers(case: Case) -> Iterator[str]:
    for name in _NUMBERS:
        for value in case.fields.get(name, ()):
            yield value
            yield (_DIGITS.findall(value) or [""])[-1][-_LAST:] or value


def _words(case: Case) -> Iterator[str]:
    runs = _CHINESE.findall(case.text)
    yield from sorted({run[at : at + 2] for run in runs for at in range(len(run) - 1)})


_SORTS: dict[str, Callable[[Case], Iterator[str]]] = {
    "names": _names,
    "units": _units,
    "numbers": _numbers,
    _WORDS: _words,
}
