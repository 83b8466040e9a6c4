"""Forms: with ruled grids, with blanks to fill in on a line, and lists with many columns."""

from __future__ import annotations

from benchmarks.drawn.draft import Draft
from benchmarks.drawn.invented import Invention

_FAULTS = (
    "厨房洗菜盆下水管松脱漏水",
    "北卧室窗台雨后返潮起皮",
    "入户门密码锁无法识别指纹",
    "客厅顶灯回路跳闸",
    "卫生间地漏返味排水缓慢",
    "阳台推拉门滑轮卡滞",
    "可视对讲无声音",
    "主卧墙面裂缝约一米二",
)
_DONE = (
    "更换配件后试水正常",
    "铲除重新批腻子并涂刷两遍",
    "已复位固件，业主现场试用",
    "更换断路器，测试四小时未再跳闸",
)


def subscription(made: Invention) -> Draft:
    """A reservation form, a dense grid filled in by hand or by machine."""
    buyer, seller = made.soul(), made.company()
    total, in_words = made.amount(500_000, 5_000_000)
    deposit, _ = made.amount(10_000, 100_000)
    pen = made.pick((("{{", "}}"), ("", "")))

    def by(text: str) -> str:
        return f"{pen[0]}{text}{pen[1]}"

    text = "\n".join(
        [
            f"# {made.pick(('购 房 意 向 登 记 表', '商品房预约单', '选 房 确 认 书'))}",
            f"^ 开发企业：{seller}",
            "|=4 6 4 8; 9",
            f"|客户姓名|{by(buyer.name)}|证件号码|{by(buyer.id)}|",
            f"|联系电话|{by(buyer.phone)}|性别|{by(buyer.sex)}|",
            f"|联系地址|{by(buyer.address)}|",
            f"|所选项目|{by(made.project())}|所选房号|{by(made.unit())}|",
            f"|户型|{made.pick(('三室二厅', '两室一厅', '四室两厅三卫'))}|建筑面积|{by(f'{made.number(5800, 18000) / 100:.2f}')}㎡|",
            f"|成交总价|{by(total)}元（{by(in_words)}）|",
            f"|已交订金|{by(deposit)}元|收款方式|☑刷卡 □现金 □转账|",
            f"|付款方式|□一次性 ☑按揭 □分期|约定签约日|{by(made.short_date())}|",
            "|=4 18; 20",
            "|特别约定|逾期七日未签约的，本单自动失效，房源另行安排；订金不计利息，凭收据原件退还。|",
            "@gap 0.3",
            f". 客户签名：{by(buyer.name)}　　　　置业顾问：{by(made.name())}　　　　日期：{by(made.short_date())}",
        ]
    )
    return Draft(
        "购房意向登记表",
        "sales",
        text,
        made.pick(("face=hei points=11", "face=zenhei points=11", "face=song points=12")),
        seller,
        "销售部",
    )


def repair(made: Invention) -> Draft:
    """A repair slip with a grid."""
    firm, owner = made.company("物业服务有限公司"), made.name()
    text = "\n".join(
        [
            f"## {firm}",
            "# 维 修 服 务 单",
            f". 单号：WX{made.number(2014, 2025)}{made.number(0, 99999):05}　　　　　受理时间：{made.short_date()} {made.number(8, 18)}:{made.number(10, 59)}",
            "|=3 7 3 7; 10",
            f"|业主|{{{{{owner}}}}}|房号|{{{{{made.unit()}}}}}|",
            f"|电话|{{{{{made.phone()}}}}}|所属小区|{made.project()}|",
            f"|报修内容|{{{{{'；'.join(made.some(_FAULTS, made.number(1, 3)))}}}}}|",
            "|责任判定|☑保修期内 □有偿服务 □人为损坏|",
            f"|处理情况|{{{{{made.pick(_DONE)}}}}}|",
            "|=5 3 3 4 5; 9",
            "|材料名称|数量|单价|金额|备注|",
            f"|角阀|{made.number(1, 4)}|{made.number(12, 60)}.00|{made.number(60, 240)}.00|甲供|",
            f"|密封胶|{made.number(1, 6)}|{made.number(12, 40)}.50|{made.number(60, 140)}.00|　|",
            "|=3 7 3 7; 11",
            f"|维修人|{{{{{made.name()}}}}}|完成日期|{{{{{made.short_date()}}}}}|",
            f"|业主确认|{{{{{owner}}}}}|满意度|☑满意 □一般 □不满意|",
            "~ 白联存根　红联业主　黄联财务",
        ]
    )
    return Draft(
        "维修服务单",
        "repair",
        text,
        made.pick(
            ("face=song points=11", "a5 wide points=9 face=zenhei margin=12,10,12", "face=micro points=12")
        ),
        firm,
        "",
    )


def roster(made: Invention) -> Draft:
    """A list with many columns."""
    rows = []
    for number in range(1, made.number(8, 14)):
        rows.append(
            f"|{number}|{made.name()}|{made.floor()}|{made.number(5500, 16000) / 100:.2f}|{made.phone()}|{made.short_date()}|{made.pick(('已领', '未领', '代领'))}|"
        )
    text = "\n".join(
        [
            f"# {made.project()}交付钥匙领取登记表",
            f". 楼栋：{made.number(1, 20)}号楼　　　　　　经办人：{made.name()}",
            "|=2 4 3 4 6 5 3; 8.5",
            "|序号|业主姓名|房号|面积(㎡)|联系电话|领取日期|状态|",
            *rows,
            f". 合计：{len(rows)}户",
        ]
    )
    return Draft(
        "钥匙领取登记表",
        "other",
        text,
        made.pick(("face=song points=10.5", "face=hei points=10.5", "wide face=song-office points=11")),
    )


def blanks(made: Invention) -> Draft:
    """A form without a grid: labels with what was filled in on a rule."""
    buyer, spouse = made.soul(), made.soul()
    income, _ = made.amount(4000, 48_000)
    firm = made.company("科技有限公司")
    text = "\n".join(
        [
            "# 收 入 证 明",
            f". 致：{made.keep('companies', made.pick(('宁江银行股份有限公司', '榕港开发银行股份有限公司')))}",
            f"兹证明{{　{buyer.name}　}}（身份证号码{{　{buyer.id}　}}）系我单位正式职工，"
            f"自{{　{made.date()}　}}起在我单位工作，现任{{　{made.pick(('工程师', '出纳', '驾驶员', '行政主管'))}　}}职务，"
            f"税前月均收入为人民币{{　{income}　}}元。",
            f"该职工配偶：{{　{spouse.name}　}}，身份证号码：{{　{spouse.id}　}}。",
            "我单位对本证明的真实性负责，并知悉本证明仅用于办理个人住房贷款，不作为我单位对该职工的担保。",
            "@gap 0.8",
            f". 单位地址：{{　{made.address()}　}}",
            f". 联系人：{{　{made.name()}　}}　　联系电话：{{　{made.phone()}　}}",
            "@gap 1.2",
            f"> 单位（公章）：{firm}",
            f"> {made.date()}",
        ]
    )
    return Draft(
        "收入证明",
        "contract",
        text,
        made.pick(("face=song points=14 leading=1.9", "face=hei-office points=13 leading=1.8")),
        firm,
        "",
    )


def evidence(made: Invention) -> Draft:
    """A list of evidence with cells of several lines."""
    rows = [
        f"|1|商品房买卖合同（编号{made.contract_number()}）|1-{made.number(12, 30)}|证明双方存在买卖关系，约定于{made.date()}前交付|",
        f"|2|付款凭证{made.number(2, 9)}张|31-{made.number(34, 44)}|证明原告已付款{made.amount(200_000, 900_000)[0]}元|",
        f"|3|EMS邮寄单及签收记录|{made.number(45, 49)}|证明原告于{made.date()}向被告发出催告|",
        f"|4|现场照片|{made.number(50, 59)}|证明墙面渗水、地板起鼓的事实|",
    ]
    text = "\n".join(
        [
            "# 证 据 清 单",
            f". 案号：{made.case_number()}",
            f". 提交人：{made.name()}（原告）",
            "|=2 7 3 9; 12",
            "|序号|名称|页码|证明目的|",
            *rows,
            f". 提交日期：{made.date()}　　　　　　　签收人：{made.name()}",
        ]
    )
    return Draft(
        "证据清单",
        "litigation",
        text,
        made.pick(("face=song points=12", "face=ming points=12", "face=hei points=11")),
    )
