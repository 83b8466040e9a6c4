"""Personal and sensitive data on a paper, after the Personal Information Protection Law 个人信息保护法 art. 4 and 28."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from classifiers.errors import BadTaxonomy
from classifiers.evidence import squeezed_pages
from classifiers.fact import Fact
from classifiers.facts.document_date_terms import UNTIL
from classifiers.labels import PersonalData, Reason
from classifiers.taxonomy import Pattern
from consumers.transcript import Transcript

SHIPPED = Path(str(files("classifiers.taxonomy"))) / "personal-data.toml"

_NAMES_SOMEONE = ("id_number", "phone", "person_name")
_RANK: dict[PersonalData, int] = {"none": 0, "personal": 1, "sensitive": 2}
_AROUND = 6
_CALLED_CARD = re.compile("(?:银行卡|储蓄卡|借记卡|卡号)[^0-9]{0,8}$")
_OWNER = 40
# A card of a natural person: 62 (银联) and 14 to 17 digits more, in groups or not.
_CARD = re.compile(r"(?<![0-9])62(?:[ -]?[0-9]){14,17}(?![0-9])")


class Row(BaseModel):
    """What shows one sort of personal data, which flag it gives, and the words of the law.

    `least` of the `patterns` must stand on the paper; or one of `facts` be found; or, with `under_age`, somebody's
    ID number tell that he was younger than that on the day of the paper; or, with `bank_card`, a card's number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    zh: str
    flag: Literal["personal", "sensitive"]
    authority: Annotated[str, Field(min_length=4)]
    patterns: tuple[Pattern, ...] = ()
    least: Annotated[int, Field(ge=1)] = 1
    facts: tuple[str, ...] = ()
    under_age: int = 0
    bank_card: bool = False


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    row: tuple[Row, ...]


@dataclass(frozen=True)
class Found:
    """One sort of personal data that the paper bears, with the places that show it."""

    row: Row
    reasons: tuple[Reason, ...]


def load(path: Path = SHIPPED) -> tuple[Row, ...]:
    """Read a table; raises BadTaxonomy naming the file and the fault."""
    try:
        rows = _Table.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).row
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadTaxonomy(f"{path}: {error}") from error
    if len({row.id for row in rows}) < len(rows):
        raise BadTaxonomy(f"{path}: two rows have the same id; give one of them another")
    return rows


@cache
def shipped() -> tuple[Row, ...]:
    """The shipped table, read once."""
    return load()


def found(
    transcript: Transcript, facts: tuple[Fact, ...], rows: tuple[Row, ...] | None = None
) -> tuple[Found, ...]:
    """The sorts of personal data on a paper that names a natural person; of any other paper, none."""
    if not any(fact.name in _NAMES_SOMEONE for fact in facts):
        return ()
    pages = squeezed_pages(transcript)
    seen = []
    for row in shipped() if rows is None else rows:
        reasons = tuple(_reasons(row, pages, facts))
        if reasons:
            seen.append(Found(row, reasons))
    return tuple(seen)


def flag(of_kind: PersonalData, facts: tuple[Fact, ...], seen: tuple[Found, ...]) -> PersonalData:
    """The highest of what the kind says, what was found, and `personal` where the paper names somebody (art. 4)."""
    flags: list[PersonalData] = [of_kind, *(one.row.flag for one in seen)]
    if any(fact.name in _NAMES_SOMEONE for fact in facts):
        flags.append("personal")
    return max(flags, key=_RANK.__getitem__)


def _reasons(row: Row, pages: list[tuple[int, str]], facts: tuple[Fact, ...]) -> Iterator[Reason]:
    rule = f"personal:{row.id}"
    for fact in facts:
        if fact.name in row.facts:
            yield Reason(rule, fact.quote, fact.page, 1.0)
            break
    if row.under_age:
        yield from (Reason(rule, fact.quote, fact.page, 1.0) for fact in _younger(facts, row.under_age))
    if row.bank_card:
        yield from (Reason(rule, quote, page, 1.0) for page, quote in _cards(pages))
    hits = [hit for pattern in row.patterns if (hit := _hit(pattern, pages)) is not None]
    if len(hits) >= row.least:
        yield from (Reason(rule, quote, page, 1.0) for page, quote in hits)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _hit(pattern: str, pages: list[tuple[int, str]]) -> tuple[int, str] | None:
    for page, text in pages:
        place = _compiled(pattern).search(text)
        if place:
            return page, text[max(0, place.start() - _AROUND) : place.end() + _AROUND]
    return None


def _younger(facts: tuple[Fact, ...], years: int) -> Iterator[Fact]:
    """The ID numbers whose bearer was younger than `years` on the day on which the paper was signed or, else, its last.

    Without a day nobody's age is known here: the clock is no witness for an old paper. A day of birth is no day of a
    paper.
    """
    born = [(fact, day) for fact in facts if fact.name == "id_number" and (day := _born(fact.value))]
    own = [fact for fact in facts if fact.name == "document_date" and fact.role != UNTIL]
    dates = [(fact.role, date.fromisoformat(fact.value)) for fact in own]
    others = [(role, day) for role, day in dates if day not in {birth for _, birth in born}]
    days = [day for role, day in others if role == "signed"] or [day for _, day in others]
    if days:
        on = max(days)
        yield from (fact for fact, birth in born if birth < on and _age(birth, on) < years)


def _age(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _born(number: str) -> date | None:
    try:
        return (
            date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
            if len(number) == 18
            else None
        )
    except ValueError:
        return None


def _cards(pages: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for page, text in pages:
        for number in _CARD.finditer(text):
            before = text[max(0, number.start() - _OWNER) : number.start()]
            of_company = "公司" in before and not _CALLED_CARD.search(before)
            if _luhn(number.group()) and not of_company:
                yield page, text[max(0, number.start() - _AROUND) : number.end()]


def _luhn(number: str) -> bool:
    """Whether the check digit of a card's number is right (ISO/IEC 7812-1, annex B)."""
    digits = [int(sign) for sign in reversed(number) if sign.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
