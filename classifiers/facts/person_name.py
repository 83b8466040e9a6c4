"""Names of people: behind the label of a party, before their own number, or addressed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from classifiers.fact import Fact
from classifiers.facts import columns, parties
from classifiers.facts.finding import Find, facts
from classifiers.facts.surnames import is_name
from classifiers.glyphs import Evened, even
from consumers.transcript import Page

RUN = re.compile(r"[\u4e00-\u9fff、/]{2,40}")
COMPANY = re.compile(r"公司|银行|支行|中心|集团|法院|委员会|事务所|大厦|物业|地产|管理局|政府|医院|学校|有限")
STOP = re.compile(
    r"居民|身份|性别|电话|联系|手机|签[字名章]|盖章|证件|公民|国籍|民族|出生|住[所址]|[,(]?住|"
    r"[甲乙丙丁]方|买方|卖方|出卖|买受|先生|女士|小姐|[等的系之诉]|(?<=..)[男女]"
    r"|委托|法定|代理|与被|与你|不服|因[与不房]|为[共夫母父我贵]|工号|编号|地址|通讯|年龄|共[有同]|"
    r"案由|日期|职业|置业|经办|单独|占|房屋|提供|投诉|反映|报修|申请|请求"
)
PARTED = re.compile(r"[、/]|[和与及]")
BEFORE_IDENTITY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4})[(,]{1,2}(?:[男女],)?(?:居民|公民)?身份(?:证|号)"
)
IN_A_CELL = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,4})\n?(?=(?:1[3-9]\d{9}|[1-8]\d{16}[\dXx])(?!\d))"
)
CAUSE = r"(?:商品房|房屋|房地产|买卖|金融|借款|物业|民间|离婚|合同|预约|建设|追索|相邻|财产|因)"
SUED = re.compile(
    r"(?P<lead>[受审]理的?|关于|^|\n|与|诉)(?P<name>[\u4e00-\u9fff]{2,4}?)"
    rf"(?=(?P<follows>诉(?!讼)|与[你我贵]|与[^,。\n]{{2,30}}纠纷|{CAUSE}[^,。\n]{{0,16}}(?:纠纷|一案)))"
)
"""How courts and lawyers name a case: 受理的X诉Y…纠纷一案, 你公司与X…纠纷."""

ADDRESSED = re.compile(
    r"(?:尊敬的|致:?\n?|(?:^|(?<=\n)))(?P<name>[\u4e00-\u9fff]{2,4}?(?:、[\u4e00-\u9fff]{2,4}?){0,3})"
    r"(?:先生|女士|小姐|业主|:(?=\n))"
)
DOUBTFUL = frozenset("于应常成时支查计关连全明单向解简安管施原包达代任申权强付路车房商海平方满易温谈宣初")
"""Surnames that are verbs and adverbs more often."""

HEADER = re.compile(
    r"(?:客户|业主|员工|成员|权利人|购房人|买受人|申请人)?姓名|业主|客户|买受人|购房人|权利人|认购人"
)
"""What stands over a column of names."""

FOLLOWS = re.compile(r"[,。;:()\n\d]|$|[A-Za-z]")


def find(page: Page) -> tuple[Fact, ...]:
    """All people who are named as a party; the role says which (buyer, seller, plaintiff ...)."""
    evened = even(page)
    return facts("person_name", page, evened, [*_labelled(evened), *_proven(evened), *_in_columns(evened)])


def _labelled(evened: Evened) -> Iterator[Find]:
    for label in parties.LABEL.finditer(evened.text):
        parted = bool(label["sep"]) or label.end() in evened.gaps or label.group().endswith(")")
        if label["label"] in parties.NEVER_A_PERSON or not (
            parted or label["label"] in parties.WITHOUT_COLON
        ):
            continue
        names = _names(evened, label.end(), whole_line=label["sep"] == "\n", told=parted)
        if not parted and names and not _is_sure(names, evened.text):
            continue
        for name, start, end in names:
            yield Find(name, start, end, 0.92 if ":" in label["sep"] else 0.8, parties.role(label))


def _proven(evened: Evened) -> Iterator[Find]:
    """People without a label: named before their identity or mobile number, or addressed."""
    for match in BEFORE_IDENTITY.finditer(evened.text):
        readings = [match["name"][cut:] for cut in range(len(match["name"]) - 1)]
        names = [name for name in readings if is_name(name)]
        names = names or [name for name in readings if is_name(name, told=True)][:1]
        if len(names) == 1:
            yield Find(names[0], match.end("name") - len(names[0]), match.end("name"), 0.8)
    for pattern, role in ((IN_A_CELL, ""), (ADDRESSED, "addressee")):
        for match in pattern.finditer(evened.text):
            called = list(re.finditer("[^、]+", match["name"]))
            # A name by itself on a line is nothing; two of them, a colon or 先生 make it an address.
            bare = role and len(called) == 1 and match["name"] == match.group()
            if not bare and all(is_name(name.group(), told=True) for name in called):
                for name in called:
                    first = match.start("name")
                    yield Find(name.group(), first + name.start(), first + name.end(), 0.75, role)
    yield from _sued(evened.text)


def _in_columns(evened: Evened) -> Iterator[Find]:
    """The people of a table, by the header of their column."""
    for head, start, end in columns.below(evened, HEADER):
        for part in re.finditer(r"[^、/ ]+", evened.text[start:end]):
            if is_name(part.group(), told=True):
                role = parties.ROLES.get(head.removesuffix("姓名") or head, "")
                yield Find(part.group(), start + part.start(), start + part.end(), 0.8, role)


def _sued(text: str) -> Iterator[Find]:
    for match in SUED.finditer(text):
        told = "理" in match["lead"]
        if not told and match["lead"] not in ("与", "诉") and match["follows"] != "诉":
            continue
        if is_name(match["name"]) and (told or match["name"][0] not in DOUBTFUL):
            role = "plaintiff" if match["follows"] == "诉" else "defendant" if match["lead"] == "诉" else ""
            yield Find(match["name"], *match.span("name"), 0.7, role)


def _is_sure(names: list[tuple[str, int, int]], text: str) -> bool:
    """Whether what follows a label with nothing between is a name, and no verb such as 应 or 付."""
    return (
        names[0][0][0] not in DOUBTFUL
        or re.match(r"[,。;(\n]|身份|公民|签字", text[names[-1][2] : names[-1][2] + 2]) is not None
    )


def _names(evened: Evened, start: int, *, whole_line: bool, told: bool) -> list[tuple[str, int, int]]:
    """The names from `start` on, with their places; none where the text goes on as no list of names does."""
    run = RUN.match(evened.text, start)
    if run is None:
        return []
    found: list[tuple[str, int, int]] = []
    for first, last in _segments(evened, run):
        if COMPANY.search(evened.text, first, last):
            break
        names = _in_segment(evened.text[first:last], told=told)
        if not names:
            break
        end = first
        for name in names:
            place = evened.text.index(name, end)
            end = place + len(name)
            found.append((name, place, end))
    if whole_line and found and not _ends_well(evened, found[-1][2]):
        return []
    return found


def _ends_well(evened: Evened, end: int) -> bool:
    """Whether a name that is a cell of its own stops there."""
    return end in evened.gaps or FOLLOWS.match(evened.text, end) is not None


def _segments(evened: Evened, run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The stretches between 、 / and spaces; single characters that spaces part belong together (熊 涛)."""
    cuts = [
        run.start(),
        *(place for place in range(run.start() + 1, run.end()) if place in evened.gaps),
        run.end(),
    ]
    pieces: list[tuple[int, int]] = []
    single = False
    for first, last in pairwise(cuts):
        if single and (last - first == 1 or pieces[-1][1] - pieces[-1][0] == 1):
            pieces[-1] = (pieces[-1][0], last)
        else:
            pieces.append((first, last))
        single = last - first == 1
    for first, last in pieces:
        for part in re.finditer(r"[^、/]+", evened.text[first:last]):
            yield first + part.start(), first + part.end()


def _in_segment(segment: str, *, told: bool) -> list[str]:
    stop = STOP.search(segment)
    words = segment[: stop.start()] if stop else segment
    if is_name(words, told=told):
        return [words]
    for mark in PARTED.finditer(words):
        left, right = words[: mark.start()], words[mark.end() :]
        if is_name(left) and is_name(right):
            return [left, right]
        if is_name(left) and stop is None and mark.group() == "与":
            return [left]
    return _two(words)


def _two(words: str) -> list[str]:
    """Two names that stand together without a space, where there is only one way to part them."""
    ways = [[words[:cut], words[cut:]] for cut in (2, 3, 4) if is_name(words[:cut]) and is_name(words[cut:])]
    return ways[0] if len(ways) == 1 else []
