"""The date parser in the hands of paperless' consumer."""

from __future__ import annotations

import importlib
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.plugins.paperless_native.server_double import DateParserConfig, Server

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def parser(**changed: Any) -> Any:
    config = {
        "languages": ["zh"],
        "timezone_str": "Asia/Shanghai",
        "ignore_dates": set(),
        "reference_time": NOW,
        "filename_date_order": None,
        "content_date_order": "DMY",
        **changed,
    }
    plugin = importlib.import_module("plugins.paperless_native.date_parser").DossierDateParser
    return plugin(config=DateParserConfig(**config))


def found(filename: str, content: str, **changed: Any) -> list[str]:
    return [day.isoformat() for day in parser(**changed).parse(filename, content)]


def test_a_day_begins_where_the_server_is(server: Server) -> None:
    assert found("a.pdf", "签订日期：2023年8月15日") == ["2023-08-15T00:00:00+08:00"]
    # Before 1992 China had summer time: the offset is that of the day, not of now.
    assert found("a.pdf", "签订日期：1988年8月15日") == ["1988-08-15T00:00:00+09:00"]


def test_days_are_read_year_month_day_whatever_the_server_prefers(server: Server) -> None:
    assert found("a.pdf", "日期：2024.03.05", content_date_order="DMY") == ["2024-03-05T00:00:00+08:00"]


def test_what_the_built_in_parser_knows_comes_after(server: Server) -> None:
    days = found("a.pdf", "Signed 15.08.2023 日期：2024.03.05 and 05.03.2024")
    assert [day[:10] for day in days] == ["2024-03-05", "2023-08-15"]


def test_a_files_name_counts_only_where_the_server_says_so_and_then_first(server: Server) -> None:
    assert [day[:10] for day in found("2020.01.02.pdf", "日期：2024.03.05")] == ["2024-03-05"]
    days = found("2020.01.02.pdf", "日期：2024.03.05", filename_date_order="YMD")
    assert [day[:10] for day in days] == ["2020-01-02", "2024-03-05"]


def test_days_that_the_server_ignores_or_that_are_to_come_are_left_out(server: Server) -> None:
    text = "日期：2024.03.05\n日期：2023年8月15日\n日期：2030年1月1日"
    assert [day[:10] for day in found("", text, ignore_dates={date(2023, 8, 15)})] == ["2024-03-05"]


def test_nothing_is_found_where_there_is_nothing(server: Server) -> None:
    assert found("", "") == []


def test_the_parser_is_one_that_the_server_accepts(server: Server) -> None:
    base = importlib.import_module("documents.plugins.date_parsing.base").DateParserPluginBase
    assert isinstance(parser(), base)


def test_finding_dates_needs_nothing_heavy() -> None:
    heavy = ("numpy", "cv2", "PIL", "pikepdf", "pypdfium2", "rapidocr", "openvino", "sqlalchemy", "rapidfuzz")
    check = f"import sys, plugins.paperless_native.dates; print([n for n in {heavy!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "text", ["第3.2.11条 甲方应当按照约定交付房屋，乙方应当付款", "图纸编号12-05-08 建筑平面图"]
)
def test_a_clauses_number_is_no_day(text: str, server: Server) -> None:
    assert found("a.pdf", text) == []
