"""A little corpus and the model that learns from it: enough to see how learning works, not how good it is."""

from __future__ import annotations

from functools import cache

from classifiers import taxonomy
from classifiers.corpus.writing import Text
from classifiers.model.learning import learn
from classifiers.model.learnt import Model

TAXONOMY = taxonomy.load()
TITLES = {
    "receipt": "收据",
    "repair-request": "业主报修登记表",
    "judgment": "民事判决书",
    "subscription": "商品房认购书",
}
BODIES = {
    "receipt": "今收到{buyer}交来购房定金人民币{amount}元，收款人{staff}",
    "repair-request": "厨房漏水，墙面发霉，请派师傅维修，报修人{owner}，电话{phone}",
    "judgment": "原告{plaintiff}诉被告{company}一案，本院审理终结，判决如下",
    "subscription": "认购人{buyer}自愿认购{unit}，于{days}日内签订买卖合同",
}
ENDS = (
    "日期{date}",
    "{city}　{date}",
    "第一联　存根",
    "一式两份，双方各执一份",
    "附：身份证复印件一份",
    "备注：无",
)


def texts() -> tuple[Text, ...]:
    """Four kinds by six makers."""
    return tuple(
        Text(kind, f"m{number}", number == 5, (title, BODIES[kind], end), f"little:{kind}{number}")
        for kind, title in TITLES.items()
        for number, end in enumerate(ENDS)
    )


@cache
def model() -> Model:
    """What is learnt from them."""
    return learn(texts(), TAXONOMY, date="2026-01-05", scans=2)
