"""Papers: the texts of the samples with the people, homes and companies filled in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from samples.markup import Block, parse

TEXTS = Path(__file__).parent / "texts"
CATEGORIES = ("sales", "contract", "title", "repair", "litigation", "other")

_PLACE = re.compile(r"\[(\w+)\.(\w+)\]")


@dataclass(frozen=True)
class Layout:
    """How a paper was set: sheet and margins in mm, body size in points, faces, the colour of the pen."""

    size: tuple[float, float] = (210.0, 297.0)
    margin: tuple[float, float, float] = (24.0, 26.0, 22.0)
    """Left, top, right."""
    points: float = 12.0
    leading: float = 1.6
    face: str = "song"
    title_face: str = "song"
    pen: str = "blue"


@dataclass(frozen=True)
class Paper:
    """One document: its truth, its layout and its pages."""

    id: str
    category: str
    """Empty for the page that must never enter."""
    kind: str
    date: str
    """YYYY-MM-DD, the day that the paper itself bears."""
    home: str
    """The property unit in its full customary form; empty when the paper has none."""
    customers: tuple[str, ...]
    level: str
    keys: tuple[str, ...]
    """Words that anyone must be able to read on the picture."""
    layout: Layout
    pages: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Person:
    """A made-up person."""

    name: str
    id: str
    phone: str
    addr: str


@cache
def people() -> Mapping[str, Person]:
    """The people by key."""
    return {key: Person(**row) for key, row in _world()["people"].items()}


def company(key: str) -> str:
    """A company's full name."""
    return str(_world()["companies"][key]["name"])


def companies() -> tuple[str, ...]:
    """The full names of all companies."""
    return tuple(str(row["name"]) for row in _world()["companies"].values())


@cache
def papers() -> Mapping[str, Paper]:
    """All papers by id; the page of state secrets stands under `secret`."""
    found = {}
    for category in (*CATEGORIES, "bad"):
        for row in tomllib.loads((TEXTS / f"{category}.toml").read_text("utf-8"))["paper"]:
            found[row["id"]] = _paper("" if category == "bad" else category, row)
    return found


@cache
def _world() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((TEXTS / "world.toml").read_text("utf-8"))


def _paper(category: str, row: dict[str, str]) -> Paper:
    known = {"id", "kind", "date", "home", "who", "level", "keys", "text", "set"}
    if unknown := row.keys() - known:
        raise ValueError(f"{row['id']}: no such key in a paper: {', '.join(sorted(unknown))}")
    homes = _world()["homes"]
    return Paper(
        id=row["id"],
        category=category,
        kind=row["kind"],
        date=row["date"],
        home=str(homes[row["home"]]) if row.get("home") else "",
        customers=tuple(fill(f"[{who}.name]") for who in row.get("who", "").split()),
        level=row.get("level", ""),
        keys=tuple(fill(key) for key in row["keys"].split("|")),
        layout=layout_of(row.get("set", "")),
        pages=parse(fill(row["text"])),
    )


def layout_of(settings: str) -> Layout:
    """A layout from words such as `a5 wide points=10.5 face=hei margin=20,18,20`."""
    layout = Layout()
    for word in settings.split():
        name, _, value = word.partition("=")
        match name:
            case "a5":
                layout = replace(layout, size=(148.0, 210.0))
            case "a6":
                layout = replace(layout, size=(105.0, 148.0))
            case "wide":
                layout = replace(layout, size=(layout.size[1], layout.size[0]))
            case "margin":
                left, top, right = (float(part) for part in value.split(","))
                layout = replace(layout, margin=(left, top, right))
            case "points":
                layout = replace(layout, points=float(value))
            case "leading":
                layout = replace(layout, leading=float(value))
            case "face":
                layout = replace(layout, face=value)
            case "title":
                layout = replace(layout, title_face=value)
            case "pen":
                layout = replace(layout, pen=value)
            case _:
                raise ValueError(f"a layout has no setting called {name!r}")
    return layout


def fill(text: str) -> str:
    """The text with each `[who.what]` replaced; a name that the world does not know is a KeyError."""

    def value(hit: re.Match[str]) -> str:
        world = _world()
        rows = world["people"] if hit[1] in world["people"] else world["companies"]
        return rows[hit[1]][hit[2]]

    return _PLACE.sub(value, text)
