from __future__ import annotations

import pytest

from classifiers.facts.project import find
from tests.classifiers.facts.page import told, values

_WORDS = (
    "支付 代付 缴付 汇付 缴纳 交纳 补交 补缴 偿还 退还 返还 结清 支取 提取 转账 按揭 购买 贷款购买 认购 受让 转让 出售 出让 购入 购进 买入 收购 "
    "竞买 竞得 拍得 拍卖 变卖 过户 接收 收房 移交 占有 占用 租用 租住 装修 评估 位于 坐落于 座落于"
)
VERBS = _WORDS.split()
FOUND = [
    ("锦绣花园3栋2单元1201", "锦绣花园"),
    ("乙方选定锦绣花园3栋2单元1201室", "锦绣花园"),
    ("坐落于南山区后海大道12号海语轩3栋2单元1201室", "海语轩"),
    ("在贵公司东方花园3栋2单元1201室", "东方花园"),
    ("购买锦绣\n花园3栋2单元1201室", "锦绣花园"),
    ("购买锦 绣 花 园 3 栋 2 单元 1201 室", "锦绣花园"),
    ("锦绣花园二期3栋2单元1201室", "锦绣花园二期"),
    ("万科城3-2-1201", "万科城"),
    ("认购万象3栋2单元1201室", "万象"),
    ("楼盘名称　锦绣花园　认筹编号", "锦绣花园"),
    ("在贵公司锦绣花园项目认购26幢1单元1103室", "锦绣花园"),
    ("楼 盘 名 称：锦 绣 花 园", "锦绣花园"),
    ("认购项目\n锦绣花园\n认购房号", "锦绣花园"),
    ("以“晴岭华府”36-3-1304作抵押", "晴岭华府"),
    ("送达地址　东方公馆售楼处", "东方公馆"),
    ("致东方公馆业主：", "东方公馆"),
    ("悦府小区2-1-2208", "悦府"),
    ("购买玉桂壹号8-3-2103室", "玉桂壹号"),
    ("就东方公馆地下车位", "东方公馆"),
    *((f"{verb}锦绣花园3栋2单元1201室", "锦绣花园") for verb in VERBS),
    ("支付锦绣花园3栋2单元1201室购房款", "锦绣花园"),
    ("受让万象3栋2单元1201室", "万象"),
    ("查封被执行人所有听澜公馆27幢1单元3101室", "听澜公馆"),
]
NOT_FOUND = [
    "房号3-2-1201",
    "福华路1号3栋2单元1201室",
    "判令二被告连带承担3栋2单元1201室的维修义务",
    "报修部位3栋2单元1201室",
    "项目：二次供水",
    "上述房屋3栋2单元1201室",
    "物业服务中心3栋2单元1201室",
]


@pytest.mark.parametrize(("text", "name"), FOUND)
def test_the_name_of_the_estate_is_found(text: str, name: str) -> None:
    assert values(find, text) == [name]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_other_words_before_a_room_are_no_estate(text: str) -> None:
    assert values(find, text) == []


def test_the_estate_of_an_address_is_told_from_that_of_the_property() -> None:
    assert told(find, "住址：福华路1号锦绣花园3栋2单元1201室") == [("锦绣花园", "address")]
