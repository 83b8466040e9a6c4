"""Contract numbers, as printed on 商品房买卖合同示范文本 (GF-2014-0171/0172) and on subscription papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.facts.reference import references
from classifiers.glyphs import even
from consumers.transcript import Page

LABEL = re.compile(
    r"(?<!备案)(?P<paper>认购协议书|认购合同书|认购协议|认购合同|认购书|认购单|认购|订购书|订购单|订购协议|预订书|借款合同|贷款合同|抵押合同|担保合同"
    r"|补充协议|协议书|协议|合同书|合同|合约)(?:\((?:[^()\n]{0,8})\))?\n?(?:编\n?[号码]|号码?|流水号)(?![楼栋幢室房线])"
)
ROLES = {
    "认购": "subscription",
    "订购": "subscription",
    "预订": "subscription",
    "借款": "loan",
    "贷款": "loan",
    "抵押": "mortgage",
    "担保": "guarantee",
    "补充": "supplement",
}
"""What the label says which paper the number belongs to; any other is the contract itself."""

BARE_LABEL = re.compile(r"(?:^|\n)(?:本?编号|编码)(?=[:\n])")
TITLE = re.compile(r"(?:合同|协议书?|认购书|认购单|订购单|订购书|确认书)(?:书|\([^()\n]*\))?(?:\n|$)")
TITLE_AREA = 160
"""In how many characters from the top a bare 编号 belongs to the title above it."""


def find(page: Page) -> tuple[Fact, ...]:
    """All contract numbers; the role says of which paper: contract, subscription, loan, mortgage ..."""
    evened = even(page)
    return facts("contract_no", page, evened, [*_labelled(evened.text), *_in_title(evened.text)])


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


def _role(words: str) -> str:
    return next((role for word, role in ROLES.items() if word in words), "contract")
