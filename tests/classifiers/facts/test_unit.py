from __future__ import annotations

import pytest

from classifiers.facts.unit import find
from tests.classifiers.facts.page import page, told

FOUND = [
    ("房号：3-2-1201", [("3-2-1201", "property")]),
    ("楼盘/房号\n锦绣花园3-2-1201", [("3-2-1201", "property")]),
    ("购买锦绣花园3栋2单元1201室", [("3-2-1201", "property")]),
    ("坐落\n深圳市福田区福华路1号锦绣花园3栋2单元1201室", [("3-2-1201", "property")]),
    ("我是3栋2单元1201室业主", [("3-2-1201", "property")]),
    ("原告王强，住深圳市福田区福华路1号3栋2单元1201室。", [("3-2-1201", "address")]),
    ("住址\n深圳市福田区福华\n路1号3栋2单元\n1201室", [("3-2-1201", "address")]),
    ("房屋地址：福华路1号3栋2单元1201室", [("3-2-1201", "property")]),
    (
        "通讯地址：福华路1号3栋2单元1201室，认购5栋1单元302室",
        [("3-2-1201", "address"), ("5-1-302", "property")],
    ),
    ("3栋2单元1201室", [("3-2-1201", "")]),
    ("房号\n面积\n3-2-1201\n89.5", [("3-2-1201", "property")]),
    ("3-2-1201室", [("3-2-1201", "")]),
    ("认购20栋2404房", [("20-2404", "property")]),
    ("房号 20-2404", [("20-2404", "property")]),
    ("房屋坐落：东方公馆7幢乙单元506室", [("7-乙-506", "property")]),
    ("以“晴岭华府”12-4-1802作抵押", [("12-4-1802", "property")]),
    ("办理悦府小区2-1-2208的转移登记", [("2-1-2208", "property")]),
    ("原告：王强，男．住柳江市汉口路481号26幢201室．", [("26-201", "address")]),
    ("送达地点　柳江市槐树巷324号11幢1702室", [("11-1702", "address")]),
]
NOT_FOUND = [
    ("日期：2015-3-12", "it is a date"),
    ("序号 3-2-1201", "nothing says that it is a room"),
    ("GB 50300-2013-1201", "it is a standard"),
    ("比例 1-2-300", "it is a ratio"),
    ("图号3-1201", "it is a drawing"),
    ("意向面积90-120㎡", "it is a range of areas"),
    ("电话：021-12-3456", "it is a telephone number"),
]


@pytest.mark.parametrize(("text", "units"), FOUND)
def test_a_unit_is_found_and_told_from_an_address(text: str, units: list[tuple[str, str]]) -> None:
    assert told(find, text) == units


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_numbers_with_hyphens_are_no_unit(text: str, why: str) -> None:
    assert told(find, text) == [], why


def test_two_ways_of_writing_one_unit_are_one_fact() -> None:
    (fact,) = find(page("购买锦绣花园3栋2单元1201室，房号3-2-1201"))
    assert (fact.value, fact.role, fact.quote) == ("3-2-1201", "property", "3栋2单元1201室")


@pytest.mark.parametrize(
    "written",
    [
        "3栋2单元1201",
        "3-2-1201",
        "三号楼二单元1201室",
        "3#2-1201",
        "3#楼2单元12层1201户",
        "第3幢2单元1201号房",
        "3 号 楼 2 单 元 1201 室",
        "３栋２单元１２０１室",
        "三栋二单元一二〇一室",
        "3幢2门1201室",
        "3座2单元12楼1201房",
    ],
)
def test_one_unit_has_one_form_however_it_is_written(written: str) -> None:
    assert told(find, f"房号：{written}") == [("3-2-1201", "property")]
