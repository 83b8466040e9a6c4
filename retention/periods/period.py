"""A Period: how long something is kept, as a length on the calendar, not as a number of days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import cached_property

_ISO_8601 = re.compile(r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?", re.ASCII)
_ISO_WEEKS = re.compile(r"P(?P<weeks>\d+)W", re.ASCII)
_CHINESE = re.compile(r"(?:(?P<years>\d+)年)?(?:(?P<months>\d+)个月)?(?:(?P<days>\d+)[天日])?", re.ASCII)
_LONGEST_YEARS = 200


@dataclass(frozen=True)
class Period:
    """A length of whole years, months and days; together more than nothing."""

    years: int = 0
    months: int = 0
    days: int = 0

    def last_day(self, start: date) -> date:
        """The last day of the period that runs from `start`.

        `start` itself is not counted, the day given back is (民法典 art. 201, 202: the period begins
        on the day after; its last day is the corresponding day of the month in which it ends, or
        that month's last day where there is none: 29 February becomes 28 February). Years and
        months are added together first, then the days. Beyond the calendar's end it is `date.max`.
        """
        months = start.month - 1 + self.months + 12 * self.years
        year, month = start.year + months // 12, months % 12 + 1
        if year > MAXYEAR:
            return date.max
        end = date(year, month, min(start.day, monthrange(year, month)[1]))
        try:
            return end + timedelta(days=self.days)
        except OverflowError:
            return date.max

    @cached_property
    def zh(self) -> str:
        """As a Chinese office writes it: 30年, 1年6个月."""
        parts = ((self.years, "年"), (self.months, "个月"), (self.days, "天"))
        return "".join(f"{number}{word}" for number, word in parts if number)

    @cached_property
    def en(self) -> str:
        """In English: 30 years, 1 year 6 months."""
        parts = ((self.years, "year"), (self.months, "month"), (self.days, "day"))
        return " ".join(f"{number} {word}{'s' * (number > 1)}" for number, word in parts if number)

    @cached_property
    def iso(self) -> str:
        """As ISO 8601 writes it: P30Y."""
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + "".join(f"{number}{letter}" for number, letter in parts if number)


def parse_period(text: str) -> Period:
    """The period that an ISO 8601 duration of years, months and days says, or one of weeks, or a Chinese one: 30年.

    Raises ValueError with what to write instead; a length of nothing or of more than 200 years is
    taken for a slip of the pen.
    """
    match = _ISO_8601.fullmatch(text) or _ISO_WEEKS.fullmatch(text) or _CHINESE.fullmatch(text)
    if match is None or not text or len(text) > 20:
        raise ValueError(
            f"{text!r} is no period: write 'permanent', or years, months and days like 'P30Y', 'P1Y6M'"
        )
    told = {name: int(number or 0) for name, number in match.groupdict().items()}
    found = Period(days=7 * told["weeks"]) if "weeks" in told else Period(**told)
    if found == Period():
        raise ValueError(f"{text!r} is a period of nothing: write at least 'P1D'")
    if found.years + found.months / 12 + found.days / 365 > _LONGEST_YEARS:
        raise ValueError(f"{text!r} is longer than {_LONGEST_YEARS} years: write 'permanent'")
    return found
