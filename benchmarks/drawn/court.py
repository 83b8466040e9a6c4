"""Court papers: judgments, rulings and the forms that courts send."""

from __future__ import annotations

from benchmarks.drawn.draft import Draft
from benchmarks.drawn.invented import Invention

_FOUND = (
    "双方签订合同后，原告依约付清了首付款，银行亦已放款，被告开具了全额发票。",
    "被告于交付期限届满后未通知原告收房，原告多次到售楼处催促未果，遂委托律师发函。",
    "经本院委托，鉴定机构出具意见：卧室外窗渗水系窗框与墙体间密封不足所致，修复费用另行列明。",
    "被告辩称逾期系管控停工所致，但其提交的停工通知仅涉及土方作业，不能证明主体施工因此中断。",
    "原告另主张租房损失，提交租赁合同及转账记录若干，被告对真实性无异议，对关联性不予认可。",
    "庭审中，双方一致确认房屋已于诉讼期间办理交付，原告保留了验房时拍摄的影像资料。",
)
_THINKS = (
    "依法成立的合同，对当事人具有法律约束力，当事人应当按照约定全面履行自己的义务。",
    "约定的违约金过分高于造成的损失的，当事人可以请求人民法院予以适当减少。",
    "当事人对自己提出的主张，有责任提供证据；未能提供证据或者证据不足的，承担不利的后果。",
    "出卖人交付的房屋存在质量问题，在保修期内应当承担修复责任，拒绝修复的应当承担修复费用。",
)


def judgment(made: Invention) -> Draft:
    """A civil judgment."""
    court = f"{made.city[0]}{made.city[1]}人民法院"
    plaintiff, defendant, lawyer = made.soul(), made.company(), made.name()
    money, _ = made.amount(6000, 480_000)
    year, month, day = plaintiff.born
    text = "\n".join(
        [
            f"# {court}",
            "# 民 事 判 决 书",
            f"> {made.case_number()}",
            f"原告：{plaintiff.name}，{plaintiff.sex}，{year}年{month}月{day}日出生，汉族，住{plaintiff.address}，公民身份号码{plaintiff.id}。",
            f"委托诉讼代理人：{lawyer}，律师。",
            f"被告：{defendant}，住所地{made.address()}。法定代表人：{made.name()}，总经理。",
            f"原告{plaintiff.name}与被告{defendant}商品房销售合同纠纷一案，本院于{made.date()}立案后，依法适用"
            f"{made.pick(('简易程序', '普通程序'))}，公开开庭进行了审理。本案现已审理终结。",
            f"本院经审理认定事实如下：{made.date()}，原告购买被告开发的{made.project()}{made.unit()}。"
            + "".join(made.some(_FOUND, made.number(3, 5))),
            "本院认为，" + "".join(made.some(_THINKS, made.number(2, 3))) + "综上所述，判决如下：",
            f"一、被告{defendant}于本判决生效之日起十日内向原告{plaintiff.name}支付{money}元；",
            f"二、驳回原告{plaintiff.name}的其他诉讼请求。",
            "如果未按本判决指定的期间履行给付金钱义务，应当加倍支付迟延履行期间的债务利息。",
            f"案件受理费{made.number(80, 5000)}元，由被告负担。如不服本判决，可以在判决书送达之日起十五日内提起上诉。",
            "@gap 1",
            f"> 审　判　员　　{made.name()}　　",
            f"> {made.solemn_date()}　　",
            f"> 书　记　员　　{made.name()}　　",
        ]
    )
    settings = made.pick(
        (
            "points=15 leading=1.75 face=song margin=26,28,24",
            "points=14 leading=1.6 face=ming",
            "points=13 leading=1.7 face=song-office",
        )
    )
    return Draft("民事判决书", "litigation", text, settings, court, "")


def ruling(made: Invention) -> Draft:
    """An enforcement ruling."""
    court = f"{made.city[0]}中级人民法院"
    bank, debtor = made.keep("companies", f"{made.city[0][:2]}联合信用社"), made.soul()
    text = "\n".join(
        [
            f"## {court}",
            "# 执 行 裁 定 书",
            f"> {made.case_number()}",
            f"申请执行人：{bank}。",
            f"被执行人：{debtor.name}，{debtor.sex}，公民身份号码{debtor.id}，住{debtor.address}。",
            f"本院在执行{bank}与{debtor.name}金融借款合同纠纷一案中，依据已经发生法律效力的{made.case_number()}民事调解书，"
            f"责令被执行人自动履行，被执行人至今未履行。经查，被执行人名下有{made.project()}{made.unit()}房产一处，"
            f"产权证号为{made.certificate_number()}。",
            "依照《中华人民共和国民事诉讼法》有关规定，裁定如下：",
            "查封上述房产，查封期限为三年。查封期间不得办理转移、抵押、出租登记。",
            "本裁定立即执行。",
            "@gap 2",
            f"> 审判长　{made.name()}　　　",
            f"> 审判员　{made.name()}　　　",
            f"> {made.solemn_date()}　　",
        ]
    )
    return Draft(
        "执行裁定书",
        "litigation",
        text,
        made.pick(("points=16 leading=1.8 face=song", "points=15 leading=1.9 face=hand")),
        court,
        "",
    )


def receipt_of_service(made: Invention) -> Draft:
    """A form that says what was served on whom."""
    court, person = f"{made.city[0]}{made.city[1]}人民法院", made.soul()
    text = "\n".join(
        [
            f"## {court}",
            "# 送 达 回 证",
            "|=4 12; 12",
            f"|案号|{{{{{made.case_number()}}}}}|",
            f"|案由|{{{{{made.pick(('商品房预售合同纠纷', '物业服务合同纠纷', '所有权确认纠纷'))}}}}}|",
            f"|受送达人|{{{{{person.name}}}}}|",
            f"|送达地点|{{{{{person.address}}}}}|",
            "|=6 3 3 4; 11",
            "|送达文书名称及件数|送达人|收到时间|受送达人签章|",
            f"|传票壹份、应诉通知书壹份|{made.name()}|{made.short_date()}|{{{{{person.name}}}}}|",
            f"|起诉状副本、证据材料叁份|{made.name()}|{made.short_date()}|　|",
            "|=4 12; 18",
            "|不能送达的理由|／|",
            "|备注|代收人应当注明与受送达人的关系及代收理由。|",
            f". 填发人：{made.name()}　　　　　　　　　　　　　{made.date()}",
        ]
    )
    return Draft(
        "送达回证", "litigation", text, made.pick(("face=song points=13", "face=zenhei points=12")), court, ""
    )
