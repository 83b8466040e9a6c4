"""The confidentiality ladder, and the marks on paper that speak of it or of a state secret."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from classifiers.errors import BadTaxonomy
from classifiers.evidence import squeeze
from classifiers.labels import Reason
from consumers.transcript import Transcript

SHIPPED = Path(str(files("classifiers.taxonomy"))) / "ladder.toml"
_SHORT = 24
_CELL = 12
_HEAD, _FOOT = 6, 3
_PERIOD = "(?:长期|启用前|[0-9一二三四五六七八九十]+(?:年|个月))"
_BEFORE = "(?:密级:?|仅供|仅限|本公司)?"
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


class Ladder(BaseModel):
    """The rungs, lowest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    level: Annotated[tuple[Level, ...], Field(min_length=1)]
    state_secret: StateSecret

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        if len(set(self.names)) < len(self.names):
            raise ValueError("two levels have the same name; give one of them another")
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


def printed_level(transcript: Transcript, ladder: Ladder) -> Mark | None:
    """The highest commercial level that a mark at a page's head or foot names, if any.

    A mark stands alone in its line or cell, or with a period or a request behind it (核心商密▲10年,
    内部资料 注意保存): a clause about 商业秘密 is no mark, and neither is a rating as AAA级.
    """
    for level in reversed(ladder.level):
        if not level.marks:
            continue
        mark = re.compile(f"{_BEFORE}(?:{'|'.join(map(re.escape, level.marks))}){_BEHIND}")
        for page in transcript.pages:
            for line in (*page.lines[:_HEAD], *page.lines[-_FOOT:]):
                if any(len(cell) <= _SHORT and mark.match(cell) for cell in _cells(line.text)):
                    return Mark(level.name, page.number, line.text)
    return None


def state_secret(transcript: Transcript, ladder: Ladder) -> Mark | None:
    """The mark of a state secret, if the paper bears one.

    Level and star in a short line anywhere; or, because the star is the first thing that a bad scan
    loses or takes for a letter, a cell at a page's head with the level and its period (绝密 10年,
    机密女启用前) or with the highest level alone.
    """
    marks = ladder.state_secret
    levels = "|".join(map(re.escape, marks.levels))
    stars = "".join(map(re.escape, marks.stars))
    starred = re.compile(f"(?<!商业)(?<!工作)(?:{levels})[{stars}]")
    alone = f"{re.escape(marks.levels[0])}(?:级|文件|件|材料)?.?$"
    bare_mark = re.compile(f"{_BEFORE}(?P<mark>{alone}|(?:{levels}).?{_PERIOD})")
    for page in transcript.pages:
        for index, line in enumerate(page.lines):
            bare = squeeze(line.text)
            found = starred.search(bare)
            if found and len(bare) <= _SHORT:
                return Mark(found.group(), page.number, line.text)
            for cell in _cells(line.text) if index < _HEAD else ():
                found = bare_mark.match(cell)
                if found and len(cell) <= _CELL:
                    return Mark(found["mark"], page.number, line.text)
    return None


def _cells(text: str) -> list[str]:
    """The line's cells as rules see them, brackets around each gone."""
    return [squeeze(cell).strip("()[]【】〔〕《》") for cell in re.split("\u3000+", text)]
