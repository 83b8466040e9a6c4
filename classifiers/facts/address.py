"""Postal and property addresses behind their label (their parts are those of GB/T 23705)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.fact import Fact
from classifiers.facts.finding import Find, facts
from classifiers.glyphs import Evened, even
from consumers.transcript import Page

ROLES = {
    "property": "房屋坐落 房地坐落 房地产坐落 房屋座落 坐落 座落 房屋地址 物业地址 房产地址 房屋位置 位于",
    "residence": "住址 住所地 住所 现居地址 现居住地址 现住址 现住 家庭地址 家庭住址 户籍地址 户籍所在地 户籍地 "
    "经常居住地 居住地址 居住地 住",
    "mail": "通讯地址 通信地址 联系地址 邮寄地址 送达地址 收件地址",
    "": "地址 注册地址 注册地 办公地址 单位地址 营业场所 经营场所",
}
LABELS = {label: role for role, labels in ROLES.items() for label in labels.split()}
NAMES = "|".join(sorted((label for label in LABELS if label != "住"), key=len, reverse=True))
LABEL = re.compile(
    rf"(?P<label>{NAMES}|(?<=[,;。\n])住(?![宅房户所院建]))(?:\([^()\n]{{1,8}}\))?(?:为|是|于|在)?\n?:?\n?"
)
STOP = re.compile(
    r"[,。;:!?]|\(|电话|联系|邮编|邮政|手机|法定代表|身份|公民|证件|统一社会|签发|传真|[甲乙丙]方|"
    r"性别|的?(?:房产|房屋|住宅|商品房|不动产)|不动产|权证|建筑面积|一套"
    r"|\n(?=[^\n]{1,10}[:]|\n|公民|性别|出生|民族|权利|房屋|共有|用途|规划|登记|面积|土地|不动产|"
    r"附记|职业|联系|邮|姓名|签发|[A-Z])"
)
PLACE = re.compile(r"[省市区县州旗镇乡村]")
STREET = re.compile(r"\d|[路街道巷弄号村栋幢室苑园]")
ENDS = re.compile(r"(?:室|号|户|房|楼|层|元|座|\d)$")
GOES_ON = re.compile(r"(?:[\d-]+\n?[号栋幢单室层弄户]|[号栋幢单室层弄])")
LONGEST = 70


def find(page: Page) -> tuple[Fact, ...]:
    """All addresses; role `property`, `residence`, `mail`, or nothing where the label is just 地址."""
    evened = even(page)
    return facts("address", page, evened, _finds(evened))


def _finds(evened: Evened) -> Iterator[Find]:
    for label in LABEL.finditer(evened.text):
        end = _end(evened, label.end())
        value = evened.text[label.end() : end].replace("\n", "").rstrip("、/-")
        if 6 <= len(value) <= LONGEST and PLACE.search(value[:12]) and STREET.search(value):
            yield Find(value, label.end(), end, 0.9 if ":" in label.group() else 0.8, LABELS[label["label"]])


def _end(evened: Evened, start: int) -> int:
    """Where the address ends: at punctuation, at the next label, or at a line end after a whole address."""
    text = evened.text
    stop = STOP.search(text, start, start + LONGEST)
    end = stop.start() if stop else min(len(text), start + LONGEST)
    for place in range(start + 1, end):
        line_ends = text[place] == "\n" or place in evened.seams
        if (
            line_ends
            and ENDS.search(text, start, place)
            and not GOES_ON.match(text, place + (text[place] == "\n"))
        ):
            return place
    return end
