"""The confidentiality ladder, what puts a document on a rung of it, and the marks of state secrets.

Principle that must never break: a level is only ever raised here. Lowering it needs a person and a reason.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from classifiers import personal_data
from classifiers.errors import BadTaxonomy
from classifiers.evidence import squeeze
from classifiers.labels import Reason
from classifiers.personal_data import Found
from consumers.transcript import Transcript

SHIPPED = Path(str(files("classifiers.taxonomy"))) / "ladder.toml"
_SHORT = 24
_CELL = 12
_HEAD, _FOOT = 6, 3
_PERIOD = "(?:长期|启用前|[0-9一二三四五六七八九十]+(?:年|个月))"
_BEFORE = "(?:密级:?|仅供|仅限|本公司)?"
_TICKS = "☑√■✓✔"
_BOXES = "□☐○口"
# OCR takes 密 and 机 for these.
_LOOKALIKES = {"密": "[密蜜宓]", "机": "[机杌]"}
# What a mark is quoted with: whoever speaks of 标有“机密★”字样 marks nothing.
_QUOTING = "“”\"'‘’「『《<标注有为印盖含是个份打"
_URGENT = "(?:特急|加急|特提|平急|急件)?"
_KEPT_FOR = re.compile(f"(?:{_PERIOD})?{_URGENT}[^\u4e00-\u9fff“”\"'’」』》]{{0,4}}")
_NEARLY_KEPT_FOR = re.compile(
    "(?=.{0,4}[0-9一二三四五六七八九十年月长期启前])[^的等字“”\"'’」』》、,。]{1,5}"
)
_WITH_PERIOD = re.compile(f"{_PERIOD}{_URGENT}")
_BEFORE_STAR = re.compile(
    f"(?:.*[^\u4e00-\u9fff{_QUOTING}、,。]|(?:密级|附件.{{0,3}}|编号.{{0,8}}|份号.{{0,8}}))?"
)
_BEHIND = f"(?:[▲△★☆*,，:。!]|{_PERIOD}|注意|请|严禁|不得|不准|$)"


_Word = Annotated[str, StringConstraints(min_length=1)]


class Level(BaseModel):
    """One rung: its name, its English name, and the marks on paper that mean it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: _Word
    en: _Word
    marks: tuple[_Word, ...]


class StateSecret(BaseModel):
    """How papers that are state secrets are marked: level and star (保守国家秘密法)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    levels: Annotated[tuple[_Word, ...], Field(min_length=1)]
    stars: Annotated[tuple[_Word, ...], Field(min_length=1)]
    misread: tuple[_Word, ...] = ()


class Raise(BaseModel):
    """The rung that a paper must stand on at least which bears one of these sorts of personal data."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    by: Annotated[tuple[_Word, ...], Field(min_length=1)]
    level: _Word


class Ladder(BaseModel):
    """The rungs, lowest first; `customers` is the least one for whatever concerns a customer."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    level: Annotated[tuple[Level, ...], Field(min_length=1)]
    customers: str = ""
    raises: Annotated[tuple[Raise, ...], Field(alias="raise")] = ()
    state_secret: StateSecret

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        if len(set(self.names)) < len(self.names):
            raise ValueError("two levels have the same name; give one of them another")
        for name in (self.customers, *(row.level for row in self.raises)):
            if name and name not in self.names:
                raise ValueError(f"there is no level {name!r}; choose from {', '.join(self.names)}")
        sorts = {row.id for row in personal_data.shipped()}
        for sort in (one for row in self.raises for one in row.by):
            if sort not in sorts:
                raise ValueError(
                    f"personal-data.toml has no row {sort!r}; choose from {', '.join(sorted(sorts))}"
                )
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the rungs, lowest first."""
        return tuple(level.name for level in self.level)

    def rank(self, name: str) -> int:
        """How high a rung stands, counted from 0; raises KeyError for a name that is none."""
        try:
            return self.names.index(name)
        except ValueError as error:
            raise KeyError(name) from error

    def higher(self, one: str, other: str) -> str:
        """The higher of two rungs."""
        return one if self.rank(one) >= self.rank(other) else other

    def up_to(self, name: str) -> frozenset[str]:
        """That rung and all below it; raises KeyError for a name that is none."""
        return frozenset(self.names[: self.rank(name) + 1])


@dataclass(frozen=True)
class Mark:
    """A mark found on the paper: what it says, on which page (from 1), in which line."""

    name: str
    page: int
    quote: str

    def reason(self) -> Reason:
        """The mark as a reason for the level."""
        return Reason(f"mark:{self.name}", self.quote, self.page, 10.0)


def load(path: Path = SHIPPED) -> Ladder:
    """Read a ladder; raises BadTaxonomy naming the file and the fault."""
    try:
        return Ladder.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadTaxonomy(f"{path}: {error}") from error


def level_of(
    of_kind: str, *, concerns_customer: bool, mark: Mark | None, found: tuple[Found, ...], ladder: Ladder
) -> tuple[str, tuple[Reason, ...]]:
    """The highest of what the kind, a customer, a printed mark and the found personal data ask for.

    The reasons are those that raised it above the kind's own level, the one that decided last.
    """
    level, reasons = of_kind, []
    asked: list[tuple[str, Reason]] = []
    if concerns_customer and ladder.customers:
        asked.append((ladder.customers, Reason("level:customers", "客户资料", 1, 0.0)))
    for row in ladder.raises:
        asked += [(row.level, one.reasons[0]) for one in found if one.row.id in row.by]
    if mark is not None:
        asked.append((mark.name, mark.reason()))
    for name, reason in asked:
        if ladder.rank(name) > ladder.rank(level):
            level = name
            reasons.append(reason)
    return level, tuple(reasons)


def printed_level(transcript: Transcript, ladder: Ladder) -> Mark | None:
    """The highest commercial level that a mark at a page's head or foot names, if any.

    A mark stands alone in its line or cell, or with a period or a request behind it (核心商密▲10年,
    内部资料 注意保存): a clause about 商业秘密 is no mark, and neither is a rating as AAA级. Of several
    levels to choose from in one line, the ticked one is meant, and none where none is ticked.
    """
    for level in reversed(ladder.level):
        if not level.marks:
            continue
        words = "|".join(map(re.escape, level.marks))
        mark = re.compile(f"{_BEFORE}[{_TICKS}]?(?:{words}){_BEHIND}")
        ticked = re.compile(f"[{_TICKS}](?:{words}|{re.escape(level.name)})(?![A-Za-z])")
        for page in transcript.pages:
            for line in (*page.lines[:_HEAD], *page.lines[-_FOOT:]):
                if _is_choice(line.text, ladder):
                    if ticked.search(squeeze(line.text)):
                        return Mark(level.name, page.number, line.text)
                elif any(len(cell) <= _SHORT and mark.match(cell) for cell in _cells(line.text)):
                    return Mark(level.name, page.number, line.text)
    return None


def state_secret(transcript: Transcript, ladder: Ladder) -> Mark | None:
    """The mark of a state secret, if the paper bears one.

    Level and star in a cell of their own anywhere, with a period behind them or nothing: a newspaper
    that tells of papers 标有“机密★”字样 bears none, however narrow its columns. Or, because the star is
    the first thing that a bad scan loses or takes for a letter, a cell at a page's head with the level
    and its period (绝密 10年, 机密女启用前), with the level and a misread star, or with the highest level
    alone. A line with several levels is a form to tick or a legend, and no mark.
    """
    for page in transcript.pages:
        for index, line in enumerate(page.lines):
            if _is_choice(line.text, ladder):
                continue
            for cell in _cells(line.text):
                name = _starred(cell, ladder.state_secret, at_head=index < _HEAD)
                if not name and index < _HEAD and len(cell) <= _CELL:
                    name = _bare(cell, ladder.state_secret)
                if name:
                    return Mark(name, page.number, line.text)
    return None


def _starred(cell: str, marks: StateSecret, *, at_head: bool) -> str:
    """The level with its star, where the cell is a mark and does not speak of one; else nothing."""
    place = _patterns(marks).starred.search(cell) if len(cell) <= _SHORT else None
    if place is None:
        return ""
    before, behind = cell[: place.start()], cell[place.end() :]
    whole = _KEPT_FOR.fullmatch(behind) or (at_head and _NEARLY_KEPT_FOR.fullmatch(behind))
    # With a period behind it, a mark is one even where OCR ran the line before it into the same cell.
    alone = _BEFORE_STAR.fullmatch(before) or (
        _WITH_PERIOD.fullmatch(behind) and before[-1] not in f"{_QUOTING}、,。"
    )
    return place.group() if whole and alone else ""


def _bare(cell: str, marks: StateSecret) -> str:
    place = _patterns(marks).bare.match(cell)
    return place["mark"] if place else ""


@dataclass(frozen=True)
class _Patterns:
    starred: re.Pattern[str]
    bare: re.Pattern[str]


@cache
def _patterns(marks: StateSecret) -> _Patterns:
    spelt = ["".join(_LOOKALIKES.get(sign, re.escape(sign)) for sign in level) for level in marks.levels]
    levels = "|".join(spelt)
    stars = "".join(map(re.escape, marks.stars))
    misread = "".join(map(re.escape, marks.misread))
    endings = [f"(?:{levels}).?{_PERIOD}", f"{spelt[0]}(?:级|文件|件|材料)?.?$"]
    if misread:
        endings.append(f"(?:{levels})[{misread}]$")
    return _Patterns(
        re.compile(f"(?<!商业)(?<!工作)(?:{levels})[{stars}]"),
        re.compile(f"{_BEFORE}(?P<mark>{'|'.join(endings)})"),
    )


def _is_choice(text: str, ladder: Ladder) -> bool:
    """Whether a line names several levels, as a form does for somebody to tick."""
    bare = squeeze(text)
    names = {name for name in (*ladder.names, *ladder.state_secret.levels) if name in bare}
    # 商业秘密 and 内部公开 are one level each, though another's name stands in them.
    return len(names) >= 3 or sum(bare.count(sign) for sign in _TICKS + "□☐") >= 2


def _cells(text: str) -> list[str]:
    """The line's cells as rules see them, brackets around each gone."""
    return list(_each_cell(text))


def _each_cell(text: str) -> Iterator[str]:
    for cell in re.split("\u3000+|\\s{3,}", text):
        yield squeeze(cell).strip("()[]【】〔〕《》")
