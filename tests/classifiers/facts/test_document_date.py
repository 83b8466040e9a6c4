from __future__ import annotations

import datetime

import cn2an  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.facts.document_date import find
from tests.classifiers.facts.page import page, told, values

FOUND = [
    ("于2014年1月12日签订", "2014-01-12"),
    ("于 2014 年 1 月 12 日 签 订", "2014-01-12"),
    ("自2014-01-12起", "2014-01-12"),
    ("自2014.1.12起", "2014-01-12"),
    ("自2014/1/12起", "2014-01-12"),
    ("自２０１４年１月１２日起", "2014-01-12"),
    ("【2014】年【1】月【12】日止", "2014-01-12"),
    ("至二〇一七年八月一日止", "2017-08-01"),
    ("至二○一七年十二月卅一日止", "2017-12-31"),
    ("至二零二〇年一月二十日止", "2020-01-20"),
    ("至二O一七年十月十日止", "2017-10-10"),
    ("至一九九八年元月初五日止", "1998-01-05"),
    ("至二〇一七年8月1日止", "2017-08-01"),
    ("至2016年11月2\n1日止", "2016-11-21"),
    ("至2016年11月21\n日止", "2016-11-21"),
    ("报修时间2021-11-2409:07", "2021-11-24"),
]
NOT_FOUND = [
    ("2023年13月1日止", "there is no 13th month"),
    ("2023-02-30起", "February ends before"),
    ("1990年1月2日出生", "it is a birthday"),
    ("出生日期：1990年1月2日", "it is a birthday"),
    ("有效期限2010.01.01-2030.01.01", "it is the validity of a card"),
    ("第1.2.3条", "it is a clause"),
    ("3-2-1201", "it is a room"),
    ("2015-3-1201", "the day has four digits"),
    ("2014年1月", "it has no day"),
    ("14年1月2日", "it has no century"),
]
SIGNED = [
    ("签订日期：2014年1月12日", "2014-01-12"),
    ("2013年5月6日交付。\n甲方：\n2014年1月12日", "2014-01-12"),
    ("二〇一七年八月一日\n书记员 王五", "2017-08-01"),
    ("登记时间\n2011-11-25", "2011-11-25"),
    ("客户签字：王五 日期：2014.1.12", "2014-01-12"),
    ("日期：20140112", "2014-01-12"),
    ("财务部\n213年4月15日\n财务专用章", "2013-04-15"),
    ("财务部\n013年4月15日", "2013-04-15"),
    ("2014年1月12日(盖章)", "2014-01-12"),
]
UNTIL = [
    "付款期限为2012年\n12月31日。",
    "请于2014年1月12日前付清",
    "最迟应于2014年1月12日到账",
    "截止日期：2014年1月12日",
    "付款期限为\n2014年1月12日",
    "租期自2014年1月1日起至2014年1月12日止",
    "合同于2014年1月12日到期",
]
NOT_UNTIL = ["截至2014年1月12日，尚欠", "于2014年1月12日在贵司看房", "2014年1月12日前述房屋"]
NOT_SIGNED = ["于2014年1月12日在贵司看房", "竣工日期\n2014-01-12", "2014年1月12日前付清"]


@pytest.mark.parametrize(("text", "day"), FOUND)
def test_a_date_is_found_in_whatever_way_it_is_written(text: str, day: str) -> None:
    assert values(find, text) == [day]


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_other_numbers_are_no_date_of_the_document(text: str, why: str) -> None:
    assert values(find, text) == [], why


@pytest.mark.parametrize(("text", "day"), SIGNED)
def test_the_date_that_closes_the_document_is_the_signed_one(text: str, day: str) -> None:
    assert (day, "signed") in told(find, text)


@pytest.mark.parametrize("text", NOT_SIGNED)
def test_a_date_within_the_text_is_not_the_signed_one(text: str) -> None:
    assert {fact.role for fact in find(page(text))} <= {"", "until"}


@pytest.mark.parametrize("text", UNTIL)
def test_a_day_until_which_something_lasts_is_told_as_such(text: str) -> None:
    assert find(page(text))[-1].role == "until"


@pytest.mark.parametrize("text", NOT_UNTIL)
def test_other_days_are_no_term(text: str) -> None:
    assert [fact.role for fact in find(page(text))] == [""]


def test_a_day_that_is_a_term_and_something_else_as_well_is_not_only_a_term() -> None:
    assert told(find, "于2014年1月12日签订，至2014年1月12日止有效") == [("2014-01-12", "")]


@pytest.mark.parametrize(
    "line",
    ["2013-04-15 09:02 FROM: 江州锦澜 FAX NO. 02700816600 P1", "2013/04/15 09:02 传真 江州锦澜 第1页"],
)
def test_the_line_of_a_fax_machine_is_no_day_of_the_paper(line: str) -> None:
    assert values(find, f"{line}\n催款函\n于2012年3月4日签订") == ["2012-03-04"]
    assert values(find, "2013-04-15 09:02 登记，传真号 02700816600") == ["2013-04-15"]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_read_back_from_both_ways_of_writing(day: datetime.date) -> None:
    han = str.maketrans("0123456789", "〇一二三四五六七八九")
    tens = ["", "十", "二十", "三十"]
    numeral = [
        tens[part // 10] + str(part % 10).translate(han).replace("〇", "") for part in (day.month, day.day)
    ]
    chinese = f"{str(day.year).translate(han)}年{numeral[0]}月{numeral[1]}日"
    for text in (f"于{day.year}年{day.month}月{day.day}日，", f"于{chinese}，"):
        assert values(find, text) == [day.isoformat()]


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)))
def test_chinese_dates_are_what_cn2an_says(day: datetime.date) -> None:
    written = cn2an.transform(f"{day.year}年{day.month}月{day.day}日", "an2cn")
    assert values(find, f"{written}") == [day.isoformat()]
