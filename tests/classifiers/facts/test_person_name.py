from __future__ import annotations

import pytest

from classifiers.facts.person_name import find
from tests.classifiers.facts.page import page, told

FOUND = [
    ("买受人：王建国、李秀英", [("王建国", "buyer"), ("李秀英", "buyer")]),
    ("买受人（签字）：王建国", [("王建国", "buyer")]),
    ("乙  方（买受人）：  欧阳明月", [("欧阳明月", "buyer")]),
    ("买 受 人 ： 熊 涛", [("熊涛", "buyer")]),
    ("买受人：顾军卢飞磊", [("顾军", "buyer"), ("卢飞磊", "buyer")]),
    ("买受人：张三　李四", [("张三", "buyer"), ("李四", "buyer")]),
    ("购房人姓名\n张小燕\n身份证号", [("张小燕", "buyer")]),
    ("客户\n顾志、唐丽\n认购书编号", [("顾志", "buyer"), ("唐丽", "buyer")]),
    ("姓 名 周 晨 庆 性 别 男", [("周晨庆", "")]),
    ("权利人 张三 李四 共有情况 共同共有", [("张三", "owner"), ("李四", "owner")]),
    ("甲方（卖方）：付玉丽乙方（买方）：何梦素", [("付玉丽", "seller"), ("何梦素", "buyer")]),
    ("甲方：付玉丽身份证110101199001010023", [("付玉丽", "")]),
    ("原告王强，男，1980年1月2日出生", [("王强", "plaintiff")]),
    ("原告王强诉被告赵刚房屋买卖合同纠纷", [("王强", "plaintiff"), ("赵刚", "defendant")]),
    ("上诉人（原审原告）严帆。", [("严帆", "plaintiff")]),
    ("被申请人：王建国  性别：女", [("王建国", "respondent")]),
    ("委托代理人：刘洋，广东某律师事务所律师", [("刘洋", "agent")]),
    ("本人贺宇，身份证号", [("贺宇", "")]),
    ("兹证明夏伟家（身份证号110101199001010023）", [("夏伟家", "")]),
    ("1\n罗海\n13800138000\n2", [("罗海", "")]),
    ("尊敬的于云先生", [("于云", "addressee")]),
    ("卖方 汪东　买方 袁涵　监管人 青岛市万阳房地产有限公司", [("汪东", "seller"), ("袁涵", "buyer")]),
    ("权利人：邵成、汤小满", [("邵成", "owner"), ("汤小满", "owner")]),
    ("尊敬的孟立秋、祁琳业主：", [("孟立秋", "addressee"), ("祁琳", "addressee")]),
    ("签约通知书\n朱俊欣、杜虹梅：\n您于", [("朱俊欣", "addressee"), ("杜虹梅", "addressee")]),
    ("本院受理的何娟诉你公司房屋买卖合同纠纷一案", [("何娟", "plaintiff")]),
    ("你公司与肖刚珍房屋买卖合同纠纷一案", [("肖刚珍", "")]),
    ("吕航\n110101199001010023", [("吕航", "")]),
    (
        "姓名　关系　证件号码\n鲍文清　申请人　110101199001010023\n吕航　配偶　1101011990",
        [("鲍文清", ""), ("吕航", "")],
    ),
    ("序号　业主姓名　房号\n1　潘英　802\n2　窦静　703", [("潘英", "owner"), ("窦静", "owner")]),
    ("置业顾问：王建国", [("王建国", "staff")]),
    ("审判长　郁达明\n书记员　黎可", [("郁达明", "court"), ("黎可", "court")]),
    ("乙方：磨永康　身份证号：", [("磨永康", "")]),
    ("因与火秋菊（身份证号：", [("火秋菊", "")]),
    ("逄淑芬女士：", [("逄淑芬", "addressee")]),
]
NOT_FOUND = [
    ("买受人：深圳市万象置业有限公司", "it is a company"),
    ("申请人：签字", "it is a word on a form"),
    ("客户签名：　　日期：", "nobody signed"),
    ("业主：________", "nobody signed"),
    ("乙方应当在三日内付款", "应当 is a verb"),
    ("乙方付定金20,000元", "付 is a verb"),
    ("原告向本院提出诉讼请求", "向 is a preposition"),
    ("被告应支付原告违约金", "应 is a verb"),
    ("姓名\n方式\n单位", "they are labels"),
    ("姓名\n电话\n金额", "they are labels"),
    ("承租人王某", "it is not the whole name"),
    ("审判员王建国", "nothing parts the name from the label"),
    ("经办：已核", "it is no name"),
    ("火车站附近", "a rare surname is a word where nothing says that a name stands there"),
    ("可投诉至物业主管部门", "it is an office"),
    ("你单位与沈阳福商品房销售合同", "nothing says where the name ends"),
]


@pytest.mark.parametrize(("text", "people"), FOUND)
def test_a_party_is_found_with_the_role(text: str, people: list[tuple[str, str]]) -> None:
    assert told(find, text) == people


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_words_are_nobodys_name(text: str, why: str) -> None:
    assert told(find, text) == [], why


def test_the_quote_keeps_the_spaces_of_the_page() -> None:
    assert [fact.quote for fact in find(page("买受人：熊　涛"))] == ["熊　涛"]
