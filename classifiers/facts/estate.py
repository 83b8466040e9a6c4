"""The name of the estate that stands directly before a room: 锦绣花园 in 锦绣花园3栋2单元1201."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifiers.glyphs import Evened

ENDINGS = (
    "花园|公园|庄园|家园|嘉园|雅园|园区|学园|佳园|名园|园|华苑|雅苑|名苑|嘉苑|苑|华府|学府|首府|"
    "王府|御府|府|公馆|会馆|馆|名邸|官邸|府邸|邸|春城|新城|"
    "上城|名城|江城|城|国际|天境|云境|境|雅居|名居|居|庭院|华庭|庭|别院|院|公寓|寓|广场|中心|大厦|"
    "小区|社区|新村|花都|名都|都|半岛|岛|豪庭|山庄|庄|"
    "别墅|墅|世家|世纪|时代|天下|印象|天地|港湾|海湾|湾|水岸|河岸|岸|港|雅郡|郡|台|里|轩|阁|筑|宸|"
    "樾|玺|悦|峰|汇|座|谷|坊|巷|珑|第|景|澜|峯|堂|品|"
    "之星|之光|之恋|丽舍|名门|领地|尚品|一品|壹号|一号|传奇|故事|假日|空间|楼盘"
)
PHASE = r"(?:[一二三四五六七八九十\d]{1,2}期|[A-Z东西南北]区|[A-Z]地块|[一二三四五六七八九十\d]{1,2}组团)"
BEFORE = re.compile(
    rf"(?P<name>[\u4e00-\u9fff·\n]{{1,16}}?(?:[\u4e00-\u9fff]|(?<=[\u4e00-\u9fff]){PHASE}))"
    rf"(?P<called>[”\"]?(?:项目|小区)?[”\"]?)\n?\(?$"
)
TYPICAL = re.compile(rf"[\u4e00-\u9fff](?:{ENDINGS}){PHASE}?$|[\u4e00-\u9fff]{{2}}{PHASE}$")
QUOTES = frozenset('“”"')
LEADS = re.compile(
    r".*(?:购买|认购|申购|订购|预订|预定|选定|选购|所购|购得|购置|置换|调换|换购|位于|坐落|座落|"
    r"地处|出售|出卖|交付|承租|出租|租赁|关于|贵司|我司|本司|交来|收到|缴来|办理|抵押物|抵押|标的物|标的|担保物|"
    r"查封|冻结|涉案|名下|自有|登记|入住|继承|赠与|签订|签署|维修|检测|"
    r"支付|代付|缴付|汇付|缴纳|交纳|补交|补缴|偿还|退还|返还|结清|支取|提取|转账|按揭|受让|转让|出让|购入|购进|买入|收购|"
    r"竞买|竞得|拍得|拍卖|变卖|过户|接收|收房|移交|占用|租用|租住|装修|评估|"
    r"公司|项目|楼盘|房屋|房产|房源|物业|房号|小区(?=.{2})|名称|甲方|乙方|丙方|双方|三方|买方|卖方|"
    r"一方|对方|贵方|我方|买受人|出卖人|原告|被告|业主|客户|本人|我的|"
    r"[省市县镇乡]|(?<![小社])区(?=.{2})|[路街道弄]|(?<![\u4e00-\u9fff])致|(?<![壹一])号|[在于至到对就为的将及由该是系把了购与以其有]|免去)"
)
STRONG_LEAD = re.compile(
    r"(?:购买|认购|申购|订购|购置|购入|预订|选定|所购|购得|受让|转让|位于|坐落|座落|号|楼盘|贵司)$"
)
"""Only after these is a name believed that does not end as estates' names do."""

NO_ESTATE = re.compile(
    r"(?:楼盘|房号|单元|房源|地址|住址|坐落|座落|楼栋|栋号|房间|室号|面积|编号|合同|意向|协议|建筑|"
    r"房屋|商品房|住宅|物业|(?:服务|营销|销售|登记|管理|客服|交易|会议)中心|会所|本项|上述|下列|原|新|共|小区|社区|我家)$|^(?:园区|小区|社区|中心|公寓)$"
)


@dataclass(frozen=True)
class Estate:
    """The name at `start` to `end` of the evened text; `typical` says that it ends as such names do."""

    name: str
    start: int
    end: int
    typical: bool


def estate_before(evened: Evened, room_start: int) -> Estate | None:
    """The estate named directly before `room_start`, or None."""
    window = evened.text[max(0, room_start - 18) : room_start]
    match = BEFORE.search(window)
    if match is None:
        return None
    run = _last_lines(match["name"])
    first = room_start - len(window) + match.end("name") - len(run)
    quoted = match["called"][:1] in QUOTES
    lead = LEADS.match(run.replace("\n", " "))
    cut = max(lead.end() if lead else 0, _after_gap(evened, first, len(run)))
    start = first + cut + (run[cut : cut + 1] == "\n")
    name = run[cut:].replace("\n", "")
    bounded = cut > 0 or _is_boundary(evened, start)
    typical = (
        is_typical(name) or "区" in match["called"] or (quoted and evened.text[start - 1 : start] in QUOTES)
    )
    if NO_ESTATE.search(name) or not 2 <= len(name) <= 10 or not bounded:
        return None
    if not typical and (len(name) > 6 or not STRONG_LEAD.search(run[:cut])):
        return None
    return Estate(name, start, first + len(run), typical)


def _last_lines(run: str) -> str:
    """The last line, with the one before where only the rest of a name stands in the last."""
    lines = run.split("\n")
    return "\n".join(lines[-2:]) if len(lines[-1]) <= 2 else lines[-1]


def _after_gap(evened: Evened, first: int, length: int) -> int:
    """Where in the run its last cell begins; spaces between all characters part nothing."""
    return max(
        (
            gap - first
            for gap in range(first + 1, first + length - 2)
            if gap in evened.gaps and gap - 1 not in evened.gaps and gap + 1 not in evened.gaps
        ),
        default=0,
    )


def is_typical(name: str) -> bool:
    """Whether the name, without its phase, ends as estates' names do."""
    return TYPICAL.search(name) is not None


def _is_boundary(evened: Evened, start: int) -> bool:
    before = evened.text[max(0, start - 1) : start]
    return not before or not ("\u4e00" <= before <= "\u9fff") or start in evened.gaps
