"""The confidentiality ladder, and the marks on paper that speak of it or of a state secret."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from classifiers.errors import BadTaxonomy
from classifiers.labels import Reason
from consumers.transcript import Transcript

SHIPPED = Path(str(files("classifiers.taxonomy"))) / "ladder.toml"
_SHORT = 24
_HEAD = 6


class Level(BaseModel):
    """One rung: its name, its English name, and the marks on paper that mean it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    en: str
    marks: tuple[str, ...]


class StateSecret(BaseModel):
    """How papers that are state secrets are marked: level and star (保守国家秘密法)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    levels: tuple[str, ...]
    stars: tuple[str, ...]


class Ladder(BaseModel):
    """The rungs, lowest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    level: tuple[Level, ...]
    state_secret: StateSecret

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
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadTaxonomy(f"{path}: {error}") from error


def printed_level(transcript: Transcript, ladder: Ladder) -> Mark | None:
    """The highest commercial level that a mark at a page's head names, if any.

    Only short lines among a page's first or last ones count: a contract that speaks of 商业秘密 in a
    clause bears no mark.
    """
    for level in reversed(ladder.level):
        for page in transcript.pages:
            lines = [line.text for line in page.lines]
            for text in lines[:_HEAD] + lines[-3:]:
                bare = _bare(text)
                if len(bare) <= _SHORT and any(
                    bare.startswith(mark) or bare.endswith(mark) for mark in level.marks
                ):
                    return Mark(level.name, page.number, text)
    return None


def state_secret(transcript: Transcript, ladder: Ladder) -> Mark | None:
    """The mark of a state secret, if the paper bears one.

    Level and star in a short line anywhere; or, because the star is the first thing that a bad scan
    loses, at a page's head a line of the level alone or with its period (绝密 10年, 机密 启用前).
    """
    marks = ladder.state_secret
    levels = "|".join(map(re.escape, marks.levels))
    stars = "".join(map(re.escape, marks.stars))
    starred = re.compile(f"(?:{levels})[{stars}]")
    bare_mark = re.compile(f"^(?:{re.escape(marks.levels[0])}|(?:{levels})(?:长期|启用前|\\d+(?:年|个月)))")
    for page in transcript.pages:
        for index, line in enumerate(page.lines):
            bare = _bare(line.text)
            found = starred.search(bare)
            if found and len(bare) <= _SHORT:
                return Mark(found.group(), page.number, line.text)
            cells = re.split(r"\u3000+", line.text) if index < _HEAD else []
            for cell in map(_bare, cells):
                found = bare_mark.match(cell)
                if found and len(cell) <= 10:
                    return Mark(found.group(), page.number, line.text)
    return None


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
