"""The page number printed at a page's head or foot: 第1页 共3页, 1/3, - 2 -, Page 2 of 5."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EDGE_LINES = 3
_COUNT = r"[\[【(]?(\d{1,3})[\]】)]?"
_WITH_TOTAL = (
    re.compile(rf"第{_COUNT}页[,，/、()·.\-]*共{_COUNT}页"),
    re.compile(rf"共{_COUNT}页[,，/、()·.\-]*第{_COUNT}页"),
    re.compile(rf"^(?:页码|页次|P|page)?[:.]?{_COUNT}/{_COUNT}页?$", re.IGNORECASE),
    re.compile(rf"page{_COUNT}of{_COUNT}", re.IGNORECASE),
)
_TOTAL_FIRST = 1
_ALONE = re.compile(
    r"^(?:第(\d{1,3})页|[-—–~·]+(\d{1,3})[-—–~·]+|page(\d{1,3})|页码:?(\d{1,3}))$", re.IGNORECASE
)


@dataclass(frozen=True)
class PageNumber:
    """The number a page gives itself; `total` is 0 where it does not say how many there are."""

    number: int
    total: int
    quote: str

    @property
    def closes(self) -> bool:
        """Whether this is the last page of its document by its own word."""
        return self.number == self.total > 0

    def runs_on_from(self, before: PageNumber) -> bool:
        """Whether this is the page after `before` in one count."""
        return self.number == before.number + 1 and self.total == before.total


def page_number(lines: tuple[str, ...]) -> PageNumber | None:
    """The number at the head or foot of a page of squeezed lines; the foot's counts before the head's."""
    edge = [*reversed(lines[-_EDGE_LINES:]), *lines[:_EDGE_LINES]]
    for line in edge:
        for index, pattern in enumerate(_WITH_TOTAL):
            if found := pattern.search(line):
                first, second = int(found[1]), int(found[2])
                number, total = (second, first) if index == _TOTAL_FIRST else (first, second)
                if 1 <= number <= total:
                    return PageNumber(number, total, line)
    for line in edge:
        if found := _ALONE.match(line):
            return PageNumber(int(next(filter(None, found.groups()))), 0, line)
    return None
