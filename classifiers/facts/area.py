"""Floor areas of the home in square metres, as named by the measuring standard GB/T 17986."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.glyphs import Evened, even
from consumers.transcript import Page

ROLES = {
    "套内": "inner",
    "专有": "inner",
    "分摊": "shared",
    "公摊": "shared",
    "共有": "shared",
}
"""What the label says which area it is; any other is the whole floor area."""

LABEL = (
    r"(?P<label>(?:套内|专有|分摊|公摊|共有|房屋|暂测|实测|预测|合同|抵押|"
    r"总){0,3}(?:的)?(?:共有)?建筑面积|套内面积|套内使用面积|分摊面积|公摊面积"
    r"|(?:房屋|暂测|实测|预测|合同|抵押|产权|登记|预\(实\)测|实\(预\)测)(?:登记)?(?:\([预实暂]测\))?面积"
    r"|建面|套内|公摊|面积)"
)
UNIT = r"(?P<unit>平方米|平米|平方|m2|m(?![a-zA-Z])|M2|㎡|nf|㎥)"
AREA = re.compile(
    rf"{LABEL}(?P<named>\((?:平方米|平米|m2?|M2|㎡)\))?(?:为|是|共计|共|合计|约为|约|:|\n|\(){{0,4}}"
    rf"(?P<value>\d{{1,6}}(?:\.\d{{1,4}})?)(?![\d.]|[-~至到]\d)(?: ?{UNIT})?"
)
SMALLEST, LARGEST = 1.0, 100_000.0


def find(page: Page) -> tuple[Fact, ...]:
    """The labelled areas, as plain decimals; role `gross`, `inner` or `shared`."""
    evened = even(page)
    return facts("area", page, evened, _finds(evened))


def _finds(evened: Evened) -> Iterator[Find]:
    text = evened.text
    for match in AREA.finditer(text):
        if match["label"] == "面积" and not _stands_alone(match.start(), evened):
            continue
        value = match["value"]
        if not (match["unit"] or match["named"] or "." in value) or not SMALLEST <= float(value) <= LARGEST:
            continue
        if not match["unit"] and re.match(r"[%元万年层]", text[match.end() : match.end() + 1]):
            continue
        role = next((role for word, role in ROLES.items() if word in match["label"]), "gross")
        yield Find(value, match.start(), match.end(), 0.95 if match["unit"] == "平方米" else 0.9, role)


def _stands_alone(place: int, evened: Evened) -> bool:
    """Whether the bare word 面积 is no end of a longer one (土地使用权面积, 供热面积)."""
    before = evened.text[max(0, place - 1) : place]
    return place in evened.gaps or not "\u4e00" <= before <= "\u9fff"
