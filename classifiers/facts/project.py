"""The estate (project, 楼盘) by its name: before a room, or after a label such as 楼盘名称."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.fact import Fact
from classifiers.facts.estate import estate_before, is_typical
from classifiers.facts.finding import Find, facts
from classifiers.facts.unit import units
from classifiers.glyphs import Evened, even
from consumers.transcript import Page

LABELLED = re.compile(
    r"(?:楼盘名称|项目名称|小区名称|楼盘|小区|认购项目|购买项目|意向项目|认购楼盘|意向楼盘|"
    r"订购物业|项目)(?P<sep>[:\n]{0,2})(?P<name>[\u4e00-\u9fff·]{3,12})(?![\u4e00-\u9fff])"
)


def find(page: Page) -> tuple[Fact, ...]:
    """All estates; the role is that of the unit behind the name."""
    evened = even(page)
    return facts("project", page, evened, [*_before_units(evened), *_labelled(evened)])


def _before_units(evened: Evened) -> Iterator[Find]:
    for unit in units(evened):
        estate = estate_before(evened, unit.start)
        if estate:
            yield Find(estate.name, estate.start, estate.end, 0.9 if estate.typical else 0.6, unit.role)


def _labelled(evened: Evened) -> Iterator[Find]:
    for match in LABELLED.finditer(evened.text):
        if (match["sep"] or match.start("name") in evened.gaps) and is_typical(match["name"]):
            yield Find(match["name"], match.start("name"), match.end("name"), 0.85, "property")
