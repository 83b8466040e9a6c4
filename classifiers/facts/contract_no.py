"""Contract numbers, as printed on 商品房买卖合同示范文本 (GF-2014-0171/0172) and on subscription papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.facts.reference import is_reference, references, written
from classifiers.glyphs import Evened, even
from consumers.transcript import Page

_BRACKET = r"(?:\([^()\n]{0,8}\))?"
LABEL = re.compile(
    r"(?P<paper>合同(?:网签)?备案(?:登记)?(?=\n?编)|备案合同|网签备案(?=\n?编)|认购协议书|认购合同书|认购协议|"
    r"认购合同|认购书|认购单|认购|[订定]购[书单]|订购协议|预[订定][书单]|借款合同|贷款合同|抵押合同|担保合同"
    rf"|补充协议|协议书|协议|合同书|合同|台同|合约){_BRACKET}[》”\"]?(?:[一壹两二]份)?{_BRACKET}[,、]?\(?\n?(?:合\n?同)?"
    r"(?:编\n?[号码]|号码?|流水号)(?![楼栋幢室房线])"
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
CODE = (
    r"[A-Z]{1,6}-?\d[A-Z0-9]{0,20}(?:-[A-Z0-9]{1,12}){0,4}"
    r"|[A-Z]{1,8}[\u4e00-\u9fff]{1,3}\d{4,20}(?:-[A-Z0-9]{1,12}){0,3}"
    r"|\((?:19|20)\d\d\)第[A-Z0-9-]{3,20}(?=号)"
    r"|[\u4e00-\u9fff]{1,10}字(?:\((?:19|20)\d\d\))?第[A-Z0-9-]{4,20}(?=号)"
    r"|[\u4e00-\u9fff]{2,10}(?:19|20)\d\d第[A-Z0-9-]{4,20}(?=号)"
)
NUMBER_FIRST = re.compile(
    rf"(?<![A-Za-z0-9.-])(?P<lead>编号为?:?|第|所[签立])?(?P<number>{CODE}|\d{{6,20}})"
    rf"(?P<mark>\n?号{{1,2}})?的?{PAPER}"
)
IN_BRACKETS = re.compile(
    rf"(?P<paper>合同|协议|认购书)(?:\([^()\n]{{1,8}}\))?》?\(\n?(?P<number>{CODE}|\d{{6,20}}(?:-\d{{2,8}})?)\n?号?\)"
)
BEHIND = re.compile(
    rf"(?P<paper>合同|协议|认购书)(?:\([^()\n]{{1,8}}\))?》?\n?(?P<number>{CODE}|(?<=》)\d{{8,20}})"
    r"(?![A-Za-z0-9元万年月-])"
)
"""Running text names the number before the paper (XS2016号预售合同), in brackets behind it, or right behind it."""

LEAD = re.compile(
    r".*(?:签订|签署|签有|订立|所签|编号|合同|协议|作为|依据|根据|按照|[为就以据与的系在是之由凭对将有及和号第])"
)
OTHER = re.compile(
    r"不动产|房地字|房权证|房地产?证|国用|预售证|售许字|许字|公证|备案|[法民刑执仲代评鉴]字|[民刑]初|\)[民刑执]"
)
"""Numbers of this kind belong to certificates, permits, courts and offices."""

TAIL = re.compile(r"[字权明证]\n?第\n?$|[A-Z][\u4e00-\u9fff]{1,3}$")
"""Before what is only the end of a longer number."""

BARE_LABEL = re.compile(r"(?:^|\n)(?:本?编号|编码)(?=[:\n])")
TITLE = re.compile(
    r"(?:合同|协议书?|认购书|认购单|[订定]购[书单]|预[订定][书单]|确认书|保函|担保函)(?:书|\([^()\n]*\))?(?:\n|$)"
)
TITLE_AREA = 160
"""In how many characters from the top a bare 编号 belongs to the title above it."""


def find(page: Page) -> tuple[Fact, ...]:
    """All contract numbers; the role says of which paper: contract, subscription, loan, mortgage ..."""
    evened = even(page)
    return facts("contract_no", page, evened, [*_labelled(evened), *_in_title(evened), *_in_text(evened)])


def _labelled(evened: Evened) -> Iterator[Find]:
    for label, find in references(LABEL, evened):
        if not OTHER.search(find.value):
            yield replace(find, role=_role(label["paper"]))


def _in_title(evened: Evened) -> Iterator[Find]:
    """A bare 编号 near the title of a contract."""
    title = TITLE.search(evened.text, 0, TITLE_AREA)
    if title is None:
        return
    for label, find in references(BARE_LABEL, evened):
        if label.start() <= TITLE_AREA:
            yield replace(find, confidence=0.8, role=_role(evened.text[: title.end()]))


def _in_text(evened: Evened) -> Iterator[Find]:
    for match in NUMBER_FIRST.finditer(evened.text):
        after = match.end("mark") if match["mark"] else match.end("number")
        if (match["lead"] or match["mark"]) and after not in evened.gaps:
            yield from _number(match, evened.text, match.group())
    for pattern in (IN_BRACKETS, BEHIND):
        for match in pattern.finditer(evened.text):
            before = evened.text[max(0, match.start() - 8) : match.end("paper")]
            yield from _number(match, evened.text, before)


def _number(match: re.Match[str], text: str, paper: str) -> Iterator[Find]:
    """The number of a match without the running text before it; nothing for another kind of number."""
    start, end = match.span("number")
    lead = LEAD.match(re.split(r"字|\d", match["number"], maxsplit=1)[0])
    start += lead.end() if lead else 0
    if TAIL.search(text, max(0, start - 6), start) or OTHER.search(text, max(0, start - 8), end):
        return
    end += "第" in text[start:end] and text[end : end + 1] == "号"
    value = written(text[start:end])
    if is_reference(value):
        yield Find(value, start, end, 0.85, _role(paper))


def _role(words: str) -> str:
    return next((role for word, role in ROLES.items() if word in words), "contract")
