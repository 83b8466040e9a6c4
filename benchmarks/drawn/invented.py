"""Invented: people, firms, homes and numbers that nobody has, drawn from a seed, each remembered as a field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from benchmarks.drawn import words

_NEVER_GIVEN = ("320197", "510196", "440398", "610195", "350197", "230196")
"""County codes that were never given out: nobody can own an ID number that opens with one."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_YEAR_DIGITS = "〇一二三四五六七八九"

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Soul:
    """An invented person."""

    name: str
    id: str
    phone: str
    address: str

    @property
    def sex(self) -> str:
        """男 or 女, as the ID number has it."""
        return "男" if int(self.id[16]) % 2 else "女"

    @property
    def born(self) -> tuple[int, int, int]:
        """Year, month, day of birth."""
        return int(self.id[6:10]), int(self.id[10:12]), int(self.id[12:14])


@dataclass
class Invention:
    """Draws values; those that a paper should give back are kept in `fields` under the names of the truth."""

    rng: np.random.Generator
    fields: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    city: tuple[str, str, str] = ("", "", "")

    def __post_init__(self) -> None:
        self.city = self.pick(words.CITIES)

    def pick(self, some: Sequence[Kind]) -> Kind:
        """One of them."""
        return some[int(self.rng.integers(len(some)))]

    def some(self, of: Sequence[Kind], count: int) -> list[Kind]:
        """`count` different ones, in their own order."""
        chosen = sorted(self.rng.choice(len(of), min(count, len(of)), replace=False).tolist())
        return [of[number] for number in chosen]

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both possible."""
        return int(self.rng.integers(low, high + 1))

    def keep(self, name: str, value: str) -> str:
        """The value, remembered."""
        if value not in self.fields[name]:
            self.fields[name].append(value)
        return value

    def name(self) -> str:
        """A person's name."""
        given = "".join(self.pick(words.GIVEN) for _ in range(self.number(1, 2)))
        return self.keep("names", self.pick(words.SURNAMES) + given)

    def soul(self) -> Soul:
        """A person with all that a form asks."""
        return Soul(self.name(), self.id_number(), self.phone(), self.address())

    def id_number(self) -> str:
        """18 characters with a valid check digit (GB 11643)."""
        born = f"{self.number(1950, 2001)}{self.number(1, 12):02}{self.number(1, 28):02}"
        body = f"{self.pick(_NEVER_GIVEN)}{born}{self.number(1, 998):03}"
        total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
        return self.keep("id_no", body + "10X98765432"[total % 11])

    def phone(self) -> str:
        """A mobile number."""
        return f"1{self.pick(('39', '58', '86', '77', '35'))}{self.number(0, 99_999_999):08}"

    def address(self) -> str:
        """A street and number in the invention's city."""
        street = self.pick(words.STREETS)
        return f"{self.city[0]}{self.city[1]}{street}{self.number(3, 488)}号{self.number(1, 29)}幢{self.floor()}室"

    def floor(self) -> str:
        """A door number: floor and flat."""
        return f"{self.number(2, 31)}0{self.number(1, 4)}"

    def project(self) -> str:
        """The name of a housing estate."""
        return self.keep("project", self.pick(words.ESTATES) + self.pick(words.ESTATE_ENDS))

    def unit(self) -> str:
        """A home within an estate."""
        block, stair, door = self.number(1, 28), self.number(1, 3), self.floor()
        way = self.pick(("{}幢{}单元{}室", "{}栋{}单元{}号", "{}号楼{}单元{}室", "{}-{}-{}"))
        return self.keep("unit", way.format(block, stair, door))

    def company(self, trade: str = "房地产开发有限公司") -> str:
        """A firm's full name."""
        return self.keep("companies", self.city[0][:2] + self.pick(words.FIRMS) + trade)

    def amount(self, low: int, high: int) -> tuple[str, str]:
        """Money, as figures with commas and in capital numerals."""
        sum_of = self.number(low, high) // 100 * 100 + self.number(0, 1) * self.number(0, 99)
        return self.keep("amounts", f"{sum_of:,}"), capital(sum_of)

    def date(self, low: int = 2008, high: int = 2025) -> str:
        """A day as papers write it."""
        year, month, day = self.number(low, high), self.number(1, 12), self.number(1, 28)
        return self.keep("dates", f"{year}年{month}月{day}日")

    def short_date(self) -> str:
        """A day as forms write it."""
        year, month, day = self.number(2008, 2025), self.number(1, 12), self.number(1, 28)
        return self.keep("dates", f"{year}-{month:02}-{day:02}")

    def solemn_date(self) -> str:
        """A day as courts write it."""
        year = "".join(_YEAR_DIGITS[int(digit)] for digit in str(self.number(2012, 2025)))
        return self.keep("dates", f"{year}年{_tens(self.number(1, 12))}月{_tens(self.number(1, 28))}日")

    def contract_number(self) -> str:
        """A contract's number in one of the usual ways."""
        year, serial = self.number(2009, 2025), self.number(0, 999_999)
        way = self.pick(("{}预{:07}", "HT-{}-{:05}", "YS{}{:06}", "GF-{}-0{:04}", "（{}）商合字第{:05}号"))
        return self.keep("contract_no", way.format(year, serial))

    def case_number(self) -> str:
        """A court's number of a case."""
        court = f"{self.city[2]}{self.number(1, 99):02}{self.number(1, 29):02}"
        kind = self.pick(("民初", "民终", "执", "民再"))
        return self.keep("case_no", f"（{self.number(2014, 2025)}）{court}{kind}{self.number(11, 19_999)}号")

    def certificate_number(self, modern: bool = True) -> str:
        """The number of a title certificate."""
        if modern:
            year, serial = self.number(2016, 2025), self.number(1000, 9_999_999)
            return self.keep("cert_no", f"{self.city[2]}（{year}）{self.city[0]}不动产权第{serial:07}号")
        place = self.city[0][0]
        return self.keep("cert_no", f"{place}房权证{self.city[1][0]}字第{self.number(100_000, 9_999_999)}号")


def capital(amount: int) -> str:
    """Yuan in capital numerals, closed by 元整; below a hundred million."""
    high, low = divmod(amount, 10_000)
    text = (_group(high) + "万" if high else "") + ("零" if high and 0 < low < 1000 else "") + _group(low)
    return text + "元整"


def _group(four: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = four // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text


def _tens(number: int) -> str:
    digits = "十一二三四五六七八九"
    if number <= 10:
        return "〇一二三四五六七八九十"[number]
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")
