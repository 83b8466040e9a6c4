"""Numbers of title certificates (不动产登记暂行条例实施细则), and of those for house and land before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.facts.places import PROVINCES
from classifiers.glyphs import Evened, even
from consumers.transcript import Page

HAN = "\u4e00-\u9fff"
SERIAL = r"(?P<serial>[A-Z]{0,2}\n?[\dOo](?:[\n .·]?[\dOol-]){2,13})"
"""Between 第 and 号; a dot in it is a speck on the paper."""

NEW = re.compile(
    rf"(?P<province>[{PROVINCES}])\n?[(]?\n?(?P<year>2\n?0\n?[\dOo]\n?[\dOo])\n?[)]?\n?"
    rf"(?P<place>[{HAN}](?:\n?[{HAN}]){{0,14}}?)\n?"
    rf"不\n?动\n?产\n?(?P<kind>权|证\n?明)(?:证书?)?\n?第\n?{SERIAL}\n?号"
)
HOUSE = re.compile(
    rf"(?P<code>(?:(?![房屋证权号产])[{HAN}X]){{0,6}}房(?:\n?[地产权他项证共屋所有"
    rf"]){{1,6}}\n?(?:(?:(?![房第])[{HAN}]\n?){{0,8}}\d{{0,2}}字|(?<=证)))"
    rf"(?P<year>[(]\d{{4}}[)])?\n?第\n?{SERIAL}\n?号"
)
LAND = re.compile(
    rf"(?P<code>[{HAN}]{{0,5}}(?:国|集)\n?(?:土\n?)?用)\n?(?P<year>[(]\d{{4}}[)])\n?"
    rf"(?P<nth>[{HAN}]{{0,6}}?字?第?)\n?{SERIAL}\n?号"
)
PERMIT = re.compile(r"预售|售证|许字|售许|预字|预\(|现售|准字|验字|测")
LEAD = re.compile(
    rf".*(?:证书|证号|编号|原有|现有|领取|取得|核发|颁发|发放|补发|换发|注销|收回|遗失|登记|权证为|证为|"
    rf"[为号是持有及与和的即称系书证原将以至由把凭该本了就对在])(?=[{HAN}]*房|[{HAN}]*[国集])"
)


def find(page: Page) -> tuple[Fact, ...]:
    """All certificate numbers, with round full-width brackets and without spaces.

    Role: `title` ownership or land use, `proof` 不动产证明, `lien` a right of another in the property.
    """
    evened = even(page)
    return facts("certificate_no", page, evened, [*_new(evened.text), *_old(evened)])


def _new(text: str) -> Iterator[Find]:
    for match in NEW.finditer(text):
        kind, place = _plain(match["kind"]), _plain(match["place"])
        year, serial = _digits(match["year"]), _digits(match["serial"])
        value = f"{match['province']}（{year}）{place}不动产{kind}第{serial}号"
        yield Find(value, match.start(), match.end(), 0.97, "title" if kind == "权" else "proof")


def _old(evened: Evened) -> Iterator[Find]:
    for match in HOUSE.finditer(evened.text):
        if PERMIT.search(_plain(match["code"])) or not re.search(r"房\n?[^字]*[证地他]", match["code"]):
            continue
        cut, sure = _lead(match["code"], match.start(), evened)
        code = _plain(match["code"][cut:])
        value = f"{code}{_brackets(match['year'])}第{_digits(match['serial'])}号"
        role = "lien" if "他" in code else "title"
        yield Find(value, match.start() + cut, match.end(), 0.95 if sure else 0.7, role)
    for match in LAND.finditer(evened.text):
        cut, sure = _lead(match["code"], match.start(), evened)
        code = _plain(match["code"][cut:]).replace("国土用", "国用")
        value = f"{code}{_brackets(match['year'])}{_plain(match['nth'])}{_digits(match['serial'])}号"
        yield Find(value, match.start() + cut, match.end(), 0.95 if sure else 0.7, "title")


def _lead(code: str, start: int, evened: Evened) -> tuple[int, bool]:
    """How many characters of running text stand before the place name, and whether that is beyond doubt."""
    gap = max((place - start for place in range(start + 1, start + 5) if place in evened.gaps), default=0)
    named = LEAD.match(code)
    cut = max(gap if gap < code.find("房") + 1 or gap < code.find("用") else 0, named.end() if named else 0)
    head = re.split(r"[房国集]", code[cut:])[0]
    return cut, cut > 0 or len(head) <= 2


def _plain(glyphs: str) -> str:
    return re.sub(r"[\n .·]", "", glyphs)


def _digits(glyphs: str) -> str:
    return _plain(glyphs).replace("O", "0").replace("o", "0").replace("l", "1")


def _brackets(year: str | None) -> str:
    return f"（{year[1:-1]}）" if year else ""
