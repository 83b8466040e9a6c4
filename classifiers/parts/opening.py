"""How a document begins: a title standing alone among a page's first lines, and what forbids taking it for one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median

from classifiers.evidence import squeeze
from classifiers.labels import Reason
from consumers.transcript import Page

_LOOKED_AT, _LEAST_WEIGHT = 5, 6.0
_MOST_IN_TITLE = 30
_MOST_IN_HEADING = 22
_FURNITURE = re.compile(
    r"^(?:第\d+页|共\d+页|第\d+页.{0,4}共\d+页|\d+/\d+|[-—–~·.]*\d*[-—–~·.]*|no[.:：].*|编号.*|档号.*|表\d+.*|.{0,6}号码?[:：].*|复印件|正本|副本|存档|"
    r"档案专用|受控文件|已归档|归档日期.*|打印时间.*|版本号.*|绝版留存|页码.*|.*扫描全能王.*|机密程度.*|.{1,4}联|第.联.*|from:.*|hp.*|全宗号.*)$",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"[，,。；;、!！?？]|(?:原件|复印件|影印件|\d份)$|^(?:本|该|此|上述|因|如|若|并|其|由|与|和|及|或|在|以|为|根据|依据|按照|关于本)|提交|签订了|已经|应当|之日|所述|双方|附有|出具了"
)
_LISTED = re.compile(
    r"^[☑□■●○√×◎]|^[(\[（]?\d{1,3}(?!\d)|^[(（]?[一二三四五六七八九十]{1,3}[)）、.，,]|^第.{1,4}[条章节]"
)
_NUMBERED = re.compile(
    r"(?<=[\u4e00-\u9fff)])(?:编号|单号|票号|no\.?|№|n0\.?)[:：.]?[0-9a-z\-]*$", re.IGNORECASE
)
"""The number that a form bears beside its title."""
_TICKED = re.compile(r"^(?:[√☑×]|\d{1,2}份|原件|复印件)+$")
"""The cell behind an item of a list: the line before it is no title."""
_LABELLED = re.compile(r"[:：].")
_ANNEX = re.compile(
    r"^[【\[(]?(?:合同|协议)?附(?:件|表|图|录|页|则|注)|^附[:：]|^附[一二三四五六七八九十\d]|^[(（]?(?:接上页|续上页|续表|续页)|^(?:房屋)?(?:分层)?分户(?:平面)?图|"
    r"^(?:房屋|总|楼层)?平面(?:布置)?图|^宗地图|^(?:处理|审批|审核|领导|部门|主管)(?:意见|结果|情况)|^补充条款|^目录$|^说明$|^填表说明|^附记|^(?:特别)?(?:告知|提示)$"
)
_ATTESTED_WITHIN = 12
_ATTESTS = re.compile("在前面的|前面的?《|前述《|前附《")
"""A notary's certificate is bound behind the deed that it attests, and is one document with it."""
_UNKNOWN = re.compile(
    r"(?:协议书?|合同书?|证明书?|通知书?|申请书?|委托书|承诺书|声明书?|告知书|确认[书单函]|决定书|裁定书|判决书|调解书|起诉状|答辩状|收据|发票|凭证|"
    r"回执单?|记录[表单]|明细表?|决议|纪要|公告|批复|复函|意见书|资格证|许可证|登记证|介绍信|账单|公约|规约|登记[表簿卡]|申请表|审批表|清单|审核表|验收[表单]|派工单|报修单|函|笔录|报告书?|目录|公证书|执照|请示|结算单|通知单)$"
)


@dataclass(frozen=True)
class Opening:
    """The title that a page opens with: the line as it stands, and the kind that it names.

    `kind` is empty for a title that no row of the taxonomy knows, and for a heading in large print.
    `first` is true where nothing stands above it but a letterhead (short lines that say nothing), or
    where its print is `large`. `support` is all that the page has to say for that kind.
    """

    quote: str
    kind: str
    first: bool
    large: bool
    support: float


def first_words(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The first lines of a page of squeezed lines that say anything: no page number, no mark of an office."""
    return tuple(line for line in lines[:_LOOKED_AT] if not _FURNITURE.match(line))[:3]


def annex(lines: tuple[str, ...]) -> str:
    """The line at the head of a page of squeezed lines that makes it a piece of the document before."""
    head = first_words(lines)[:2]
    by_head = next((line for line in head if _ANNEX.match(line)), "")
    return by_head or next((line for line in lines[:_ATTESTED_WITHIN] if _ATTESTS.search(line)), "")


def opening(page: Page, evidence: dict[str, tuple[Reason, ...]]) -> Opening | None:
    """The title that the page opens with, by what speaks for each kind on this page alone; None without one."""
    best: Opening | None = None
    letterhead = True
    for index, (text, said, large) in enumerate(_head(page)):
        above_all, letterhead = large or letterhead, letterhead and _may_be_title(text, large=False)
        if not _may_be_title(text, large=large):
            continue
        kind, weight = _strongest(text, evidence)
        if kind and (weight >= _LEAST_WEIGHT or large or _NUMBERED.search(text)):
            return Opening(said, kind, above_all, large, sum(one.weight for one in evidence[kind]))
        named = len(text) >= 2 and _UNKNOWN.search(_NUMBERED.sub("", text))
        heading = large and index <= 1 and 4 <= len(text) <= _MOST_IN_HEADING
        if best is None and not kind and (named or heading):
            best = Opening(said, "", above_all and bool(named), large, 0.0)
    return best


def _strongest(text: str, evidence: dict[str, tuple[Reason, ...]]) -> tuple[str, float]:
    """The kind for which this line says most as a title, at a tie with the rest of the page, and how much."""
    named = [
        (reason.weight, sum(one.weight for one in reasons), kind)
        for kind, reasons in evidence.items()
        for reason in reasons
        if reason.rule.startswith("title:") and squeeze(reason.quote) == text
    ]
    weight, _, kind = max(named, default=(0.0, 0.0, ""))
    return kind, weight


def _head(page: Page) -> list[tuple[str, str, bool]]:
    """The first lines that say anything, squeezed and as they stand, and whether their print is large."""
    heights = [line.box.bottom - line.box.top for line in page.lines if line.box]
    usual = median(heights) if heights else 0.0
    head = []
    for line, below in zip_longest(page.lines[:12], page.lines[1:12]):
        text = squeeze(line.text)
        if below is not None and _TICKED.match(squeeze(below.text)):
            continue
        if text and not _FURNITURE.match(text):
            large = line.box is not None and usual > 0 and line.box.bottom - line.box.top > 1.3 * usual
            head.append((text, line.text, large))
    return head[:_LOOKED_AT]


def _may_be_title(text: str, *, large: bool) -> bool:
    text = _NUMBERED.sub("", text)
    if len(text) > _MOST_IN_TITLE or _LABELLED.search(text) or _LISTED.match(text):
        return False
    return large or not _PROSE.search(text)
