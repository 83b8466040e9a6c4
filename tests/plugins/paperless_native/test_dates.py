"""Days on a paper, as paperless stores them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from plugins.paperless_native import dates

TODAY = date(2026, 3, 2)


def until(last: date) -> Callable[[date], bool]:
    return lambda day: day <= last


def first(text: str) -> date | None:
    return next(dates.days_of_text(text, until(TODAY), TODAY), None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("签订日期：2023年8月15日", date(2023, 8, 15)),
        ("二〇二三年八月十五日", date(2023, 8, 15)),
        ("二○二三年十一月二十日", date(2023, 11, 20)),
        ("日期：2024.03.05", date(2024, 3, 5)),
        ("日期：2024-3-5", date(2024, 3, 5)),
        ("日期：2024/03/05", date(2024, 3, 5)),
        ("2023 年 8 月 15 日", date(2023, 8, 15)),
        ("日期：２０２３年８月１５日", date(2023, 8, 15)),
        ("没有日期", None),
        ("出生：1985年7月12日", None),
        ("有效期限 2012.08.15-2032.08.15", None),
        ("日期：2023年2月30日", None),
    ],
)
def test_a_day_is_read_as_people_here_write_it(text: str, day: date | None) -> None:
    assert first(text) == day


def test_the_day_of_the_paper_comes_first_and_the_others_in_their_order() -> None:
    text = "双方于2020年6月18日签订合同，2022年1月1日起补助。\f日期：2021.12.20"
    days = list(dates.days_of_text(text, until(TODAY), TODAY))
    assert days == [date(2021, 12, 20), date(2020, 6, 18), date(2022, 1, 1)]


def test_a_day_that_the_server_does_not_take_is_not_the_papers() -> None:
    text = "签订日期：2023年8月15日\n交付日期：2030年6月30日"
    assert list(dates.days_of_text(text, until(TODAY), TODAY)) == [date(2023, 8, 15)]
    assert list(dates.days_of_text(text, lambda day: day != date(2023, 8, 15), TODAY)) == [date(2030, 6, 30)]


@pytest.mark.parametrize(
    "name", ["合同2024-03-05.pdf", "2024.03.05.pdf", "认购书_2024年3月5日_王.pdf", "scan_2024-03-05_x.tif"]
)
def test_a_day_in_a_files_name_is_found(name: str) -> None:
    assert list(dates.days_of_name(name, until(TODAY))) == [date(2024, 3, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "签订日期：2024.03.05",
        "有效期限2012.08.15-2032.08.15",
        "二〇二三年八月十五日",
        "按照合同第3.2.11条的约定执行，双方没有异议",
    ],
)
def test_nothing_of_a_date_that_we_know_is_left_to_be_read_otherwise(text: str) -> None:
    assert not any(sign.isdecimal() for sign in dates.without_ours(text))


def test_dates_of_other_tongues_are_left() -> None:
    text = "Signed on 15.08.2023 in Berlin, see 3.2.11"
    assert dates.without_ours(text) == text


def test_of_a_very_long_text_the_beginning_and_the_end_are_looked_at() -> None:
    text = "日期：2023年8月15日\n" + "字" * 2 * dates.MOST_CHARACTERS + "\n落款日期：2024年3月5日"
    days = list(dates.days_of_text(text, until(TODAY), TODAY))
    assert days == [date(2024, 3, 5), date(2023, 8, 15)]
    assert len(dates.without_ours(text)) <= dates.MOST_CHARACTERS + 1
