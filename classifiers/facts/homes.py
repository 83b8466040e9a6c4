"""Which rooms of a page can be believed to be homes, and whether one is the property or an address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.facts.estate import estate_before
from classifiers.facts.finding import Find, nearest, words
from classifiers.facts.rooms import Room, rooms
from classifiers.glyphs import Evened

ADDRESS_WORDS = (
    "\n住",
    *words(
        "住址 住所 现居 现住 居住 户籍 户口 通讯地址 通信地址 联系地址 家庭地址 家庭住址 邮寄地址 "
        "送达地址 送达地点 收件地点 地址 注册地 营业场所 办公地 ,住 。住 ;住 .住 、住 :住 住在 租住 迁来 迁入 迁往"
    ),
)
PROPERTY_WORDS = words(
    "房号 室号 房间号 单元号 购买 认购 申购 预订 订购 选定 选购 坐落 座落 位于 所购 购得 房屋 "
    "房产 房源 物业 楼盘 项目 标的 抵押物 出售 出卖 转让 赠与 过户 调换 换到 换至 有限公司就 报修 "
    "维修 工程名称 交付 我是 业主 签约 网签 出租 承租 租赁 查封 商品房 房屋地址 物业地址 房产地址 "
    "报修地址 项目地址 部位 入住 收房 验收 交房 接到 预售 预告登记"
)
ROLES = {**dict.fromkeys(ADDRESS_WORDS, "address"), **dict.fromkeys(PROPERTY_WORDS, "property")}
AFTER = re.compile(
    r"[-,(的之\n]{0,4}(?:业主|住宅|房屋|房产|一套|商品房|房源|客户|共同共有|住户|该房|渗|漏|外墙|"
    r"屋面|维修|下称|以下简称|建筑面积|暂测|建面|装修|实测|不动产|认购|"
    r"阳台|卫生间|厨房|产权|权属|签订)"
)
REACH = 60
"""How many characters before the room the word may stand that says whose it is."""

LABEL = re.compile(r"(?:房号|室号|房间号|单元号|楼盘|认购|房源|物业|购房|订购|坐落|座落|房屋)[^。;\d]{0,6}$")
HEADING = re.compile(r"(?:房号|室号|单元号|房间号|房源|楼栋)")


def homes(evened: Evened) -> Iterator[Find]:
    """The rooms that can be believed, each with its role."""
    heading = HEADING.search(evened.text)
    for room in rooms(evened):
        headed = heading is not None and heading.end() <= room.start
        confidence = _belief(room, headed, evened)
        if confidence:
            yield Find(room.value, room.start, room.end, confidence, _role(room, headed, evened))


def _belief(room: Room, headed: bool, evened: Evened) -> float:
    """0.0 for what may be any other number with hyphens; `headed` says that the page has a column of rooms above."""
    if not room.dashed:
        return 0.96 if room.unit else (0.9 if room.word else 0.7)
    estate = estate_before(evened, room.start)
    if LABEL.search(evened.text, max(0, room.start - 14), room.start) or (estate and estate.typical):
        return 0.9 if room.unit else 0.8
    if room.word in ("室", "房", "户", "号房"):
        return 0.85 if room.unit else 0.7
    alone = _is_edge(room.start, room.start - 1, evened) and _is_edge(room.end, room.end, evened)
    return 0.7 if room.unit and alone and headed else 0.0


def _is_edge(place: int, beside: int, evened: Evened) -> bool:
    """Whether at `place` a cell of a table begins or ends."""
    return place in evened.gaps or evened.text[max(0, beside) : beside + 1] in ("", "\n", " ")


def _role(room: Room, headed: bool, evened: Evened) -> str:
    before = evened.text[max(0, room.start - REACH) : room.start]
    before = before[max(0, before.rfind("。"), before.rfind(";")) :]
    told = ROLES.get(nearest(ROLES, before), "")
    if told:
        return told
    if AFTER.match(evened.text, room.end) or (headed if room.dashed else HEADING.search(before)):
        return "property"
    estate = estate_before(evened, room.start)
    return "property" if estate and estate.typical and not re.search(r"[路街道巷]", before) else ""
