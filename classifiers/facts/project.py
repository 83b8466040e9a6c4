"""The estate (project, 楼盘) by its name: before a room, or after a label such as 楼盘名称."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.fact import Fact
from classifiers.facts.estate import estate_before, is_typical
from classifiers.facts.finding import Find, facts
from classifiers.facts.homes import homes
from classifiers.glyphs import Evened, even
from consumers.transcript import Page

LABELLED = re.compile(
    r"(?:楼盘名称|项目名称|小区名称|物业名称|楼盘|小区|认购项目|购买项目|意向项目|认购楼盘|意向楼盘|"
    r"订购物业|项目)(?P<sep>[:\n]{0,2})(?P<name>[\u4e00-\u9fff·]{3,40})"
)
CALLED = re.compile(
    r"项目(?!名称|经理|负责|编号|款)|营销中心|销售中心|售楼处|售楼部|[\dA-Za-z-]{0,4}[栋幢]?全体业主|业主|[一二三四五六1-6]期(?:项目|住宅)"
    r"|(?:物业|客户|客服)?服务中心|物业管理处|地下(?:产权)?车|商业街|\d{3,4}[室房户]|\d{1,2}(?:号楼|[栋幢])|外墙|屋面|分期"
)
"""What is said of an estate right behind its name."""


def find(page: Page) -> tuple[Fact, ...]:
    """All estates; the role is that of the unit behind the name."""
    evened = even(page)
    return facts("project", page, evened, [*_before_units(evened), *_labelled(evened)])


def _before_units(evened: Evened) -> Iterator[Find]:
    for home in homes(evened):
        estate = estate_before(evened, home.start)
        if estate:
            yield Find(estate.name, estate.start, estate.end, 0.9 if estate.typical else 0.6, home.role)


def _parts(gap: int, evened: Evened) -> bool:
    """Whether a space parts two words here, and not just the characters of one."""
    return gap in evened.gaps and gap - 1 not in evened.gaps


def _labelled(evened: Evened) -> Iterator[Find]:
    for match in LABELLED.finditer(evened.text):
        start, end = match.span("name")
        end = next((gap for gap in range(start + 2, end) if _parts(gap, evened)), end)
        name = evened.text[start:end]
        if (match["sep"] or start in evened.gaps) and 3 <= len(name) <= 12 and is_typical(name):
            yield Find(name, start, end, 0.85, "property")
    for match in CALLED.finditer(evened.text):
        estate = estate_before(evened, match.start())
        if estate and estate.typical:
            yield Find(estate.name, estate.start, estate.end, 0.7)
