"""Contract numbers, as printed on 商品房买卖合同示范文本 (GF-2014-0171/0172) and on subscription papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.facts.reference import FEWEST_DIGITS, references
from classifiers.glyphs import even
from consumers.transcript import Page

LABEL = re.compile(
    r"(?P<paper>合同(?:网签)?备案(?:登记)?|备案合同|网签备案|认购协议书|认购合同书|认购协议|"
    r"认购合同|认购书|认购单|认购|订购书|订购单|订购协议|预订书|借款合同|贷款合同|抵押合同|担保合同"
    r"|补充协议|协议书|协议|合同书|合同|合约)(?:\((?:[^()\n]{0,8})\))?\n?(?:编\n?[号码]|号码?|"
    r"流水号)(?![楼栋幢室房线])"
)
ROLES = {
    "备案": "filing",
    "认购": "subscription",
    "订购": "subscription",
    "预订": "subscription",
    "借款": "loan",
    "贷款": "loan",
    "抵押": "mortgage",
    "担保": "guarantee",
    "补充": "supplement",
    "协议": "agreement",
}
"""What the label says which paper the number belongs to; any other is the contract itself."""

PAPER = r"《?[\u4e00-\u9fff]{0,8}?(?P<paper>合同|协议|认购书|认购单|订购单)"
NUMBER = r"(?P<number>[A-Z]{1,6}-?\d[A-Z0-9]*(?:-[A-Z0-9]+){0,4}|\d{6,20})"
NUMBER_FIRST = re.compile(
    rf"(?<![A-Za-z0-9.-])(?P<lead>编号为?:?|第|所[签立])?{NUMBER}\n?(?P<mark>号)?的?{PAPER}"
)
IN_BRACKETS = re.compile(rf"(?P<paper>合同|协议|认购书)(?:\([^()\n]{{1,8}}\))?》?\(\n?{NUMBER}\n?号?\)")
"""Running text names the number before the paper (XS2016号预售合同), or in brackets behind it."""

BARE_LABEL = re.compile(r"(?:^|\n)(?:本?编号|编码)(?=[:\n])")
TITLE = re.compile(r"(?:合同|协议书?|认购书|认购单|订购单|订购书|确认书)(?:书|\([^()\n]*\))?(?:\n|$)")
TITLE_AREA = 160
"""In how many characters from the top a bare 编号 belongs to the title above it."""


def find(page: Page) -> tuple[Fact, ...]:
    """All contract numbers; the role says of which paper: contract, subscription, loan, mortgage ..."""
    evened = even(page)
    return facts(
        "contract_no",
        page,
        evened,
        [*_labelled(evened.text), *_in_title(evened.text), *_in_text(evened.text)],
    )


def _labelled(text: str) -> Iterator[Find]:
    for label, find in references(LABEL, text):
        yield replace(find, role=_role(label["paper"]))


def _in_title(text: str) -> Iterator[Find]:
    """A bare 编号 near the title of a contract."""
    top = text[:TITLE_AREA]
    title = TITLE.search(top)
    if title is None:
        return
    for _, find in references(BARE_LABEL, top):
        yield replace(find, confidence=0.8, role=_role(title.string[: title.end()]))


def _in_text(text: str) -> Iterator[Find]:
    for match in NUMBER_FIRST.finditer(text):
        if _is_number(match["number"]) and (match["lead"] or match["mark"]):
            yield Find(match["number"], *match.span("number"), 0.85, _role(match.group()))
    for match in IN_BRACKETS.finditer(text):
        if _is_number(match["number"]) and not match["number"].startswith("GF"):
            yield Find(match["number"], *match.span("number"), 0.85, _role(match["paper"]))


def _is_number(glyphs: str) -> bool:
    return sum(glyph.isdigit() for glyph in glyphs) >= FEWEST_DIGITS


def _role(words: str) -> str:
    return next((role for word, role in ROLES.items() if word in words), "contract")
