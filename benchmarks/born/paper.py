"""A born-digital paper, and the words that its pages are filled with."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

_SENTENCES = (
    "出卖人应当在本合同约定的期限内将符合条件的商品房交付买受人使用。",
    "买受人未按照约定时间付款的，出卖人有权依照合同追究其违约责任。",
    "双方因履行本合同发生争议的，协商解决；协商不成的，依法向房屋所在地人民法院起诉。",
    "面积误差比绝对值超出3%时，买受人有权解除合同，出卖人应于15日内退还已付房款。",
    "本合同自双方签字盖章之日起生效，一式四份，具有同等法律效力。",
    "The parties agree that notices may be sent by e-mail to the address given in Annex A.",
    "保修期自交付之日起计算，防水工程为五年，电气管线和给排水管道为两年。",
    "物业服务费按建筑面积每月每平方米2.80元计收，每半年预缴一次。",
)


@dataclass(frozen=True)
class Paper:
    """A page of a PDF (`number` from 1) and its text in the order in which a person reads it."""

    name: str
    path: Path
    text: str
    number: int = 1


def prose(rng: random.Random, length: int) -> str:
    """So many characters of running text, cut at the end."""
    said = ""
    while len(said) < length:
        said += rng.choice(_SENTENCES)
    return said[:length]


def entries(rng: random.Random, count: int) -> list[tuple[str, str]]:
    """Labels and values of a form."""
    names = (
        "买受人",
        "身份证号码",
        "联系电话",
        "房号",
        "建筑面积",
        "总价款",
        "签订日期",
        "合同编号",
        "付款方式",
        "通讯地址",
    )

    def value(label: str) -> str:
        if label == "买受人":
            return "".join(rng.sample("周敏慧秦庆罗娟梅田晓珍", 3))
        if label == "通讯地址":
            return f"江州市云澜区文化大道{rng.randrange(1, 999)}号{rng.randrange(1, 30)}栋"
        if label == "付款方式":
            return rng.choice(("按揭贷款，首付三成", "一次性付款", "分期付款"))
        return "".join(rng.choice("0123456789") for _ in range(rng.randrange(5, 19)))

    return [(names[n % len(names)], value(names[n % len(names)])) for n in range(count)]
