from __future__ import annotations

import datetime as dt

import pytest

from consumers.office.date_format import CHINESE_DATES, shown_date

DAY = dt.datetime.fromisoformat("2024-03-01")
SHOWN = [
    (DAY, "mm-dd-yy", "2024/3/1"),
    (DAY, "yyyy-mm-dd", "2024-03-01"),
    (DAY, "yyyy\\-mm\\-dd", "2024-03-01"),
    (DAY, "yyyy/m/d", "2024/3/1"),
    (DAY, 'yyyy"年"m"月"d"日"', "2024年3月1日"),
    (DAY, '[$-804]yyyy"年"m"月"', "2024年3月"),
    (DAY, "aaaa", "星期五"),
    (DAY, "General", "2024-03-01"),
    (DAY.replace(hour=9, minute=5, second=7), "yyyy-mm-dd hh:mm:ss", "2024-03-01 09:05:07"),
    (DAY.replace(hour=9, minute=5), "m/d/yy h:mm", "2024/3/1 9:05"),
    (DAY.replace(hour=15, minute=4), "h:mm AM/PM", "3:04 PM"),
    (DAY.replace(hour=15, minute=4), "上午/下午h时mm分", "下午3时04分"),
    (DAY.replace(minute=4, second=9), "mm:ss", "04:09"),
    (dt.time(9, 5), "h:mm", "9:05"),
    (dt.time(9, 5), "General", "09:05:00"),
]


@pytest.mark.parametrize(("moment", "code", "text"), SHOWN)
def test_a_date_is_read_as_the_sheet_shows_it(moment: dt.datetime | dt.time, code: str, text: str) -> None:
    assert shown_date(moment, code) == text


def test_the_formats_known_by_number_show_dates_in_chinese() -> None:
    assert shown_date(DAY, CHINESE_DATES[31]) == "2024年3月1日"
