from __future__ import annotations

from datetime import date

from retention.reports.contents.statistics import statistics_report
from retention.reports.report import Cell, Report, Words
from retention.reports.yearly import YearFigures
from tests.retention.reports.made_up import FRAME, eyes, figures

HELD = {"litigation": 4}


def made(year: int = 2025) -> Report:
    return statistics_report(figures(year, 3), figures(year - 1, 2), HELD, FRAME, eyes())


def rows(report: Report, key: str) -> list[dict[str, Cell]]:
    table = next(table for _, table in report.tables() if table.key == key)
    keys = [column.key for column in table.columns]
    return [
        dict(zip(keys, row, strict=True)) for row in (*table.rows, *([table.totals] if table.totals else []))
    ]


def test_every_category_has_this_year_and_the_year_before_and_the_sums_are_right() -> None:
    by_category = rows(made(), "by_category")
    *lines, total = by_category
    for key in total.keys() - {"category"}:
        assert total[key] == sum(cell for line in lines if isinstance(cell := line[key], int))
    assert (total["received_2025"], total["received_2024"], total["held"]) == (63, 42, 4)
    assert (total["in_stock_2025"], total["in_stock_2024"]) == (1800, 1200)
    named = [line["category"].zh for line in lines if isinstance(line["category"], Words)]
    assert named == ["销售资料", "签约资料", "办证资料", "修理资料", "诉讼资料", "其他", "整户档案"]


def test_departments_have_what_they_handed_over_and_borrowed() -> None:
    by_department = {line["department"]: line for line in rows(made(), "by_department")[:-1]}
    assert set(by_department) == {"工程部", "法务部", "销售部"}
    assert (by_department["工程部"]["handed_over_2025"], by_department["工程部"]["lent_2025"]) == (24, 0)
    assert (by_department["销售部"]["lent_2025"], by_department["销售部"]["lent_2024"]) == (18, 12)


def test_what_goes_out_of_the_archive_is_not_what_comes_into_it() -> None:
    total = rows(made(), "by_category")[-1]
    assert (total["handed_in_2025"], total["handed_out_2025"]) == (24, 27)


def test_decisions_holds_and_requests_are_counted_by_their_names() -> None:
    report = made()
    assert [(line["items_2024"], line["items_2025"]) for line in rows(report, "by_decision")][-1] == (8, 12)
    assert rows(report, "by_hold")[0]["placed_2025"] == 12
    assert rows(report, "by_request")[0]["answered_2025"] == 3


def test_the_charts_show_the_same_numbers() -> None:
    years, in_stock, departments = made().charts()
    assert dict(zip(years.labels, years.series[1].values, strict=True))["收集"] == 63
    assert in_stock.series[0].values == (200,) * 6
    assert dict(zip(departments.labels, departments.series[0].values, strict=True))["工程部"] == 24


def test_a_year_that_is_not_over_says_so_and_one_without_anything_is_a_report_as_well() -> None:
    assert FRAME.made_on == date(2026, 11, 21)
    assert "尚未结束" in made(2026).cautions[0].zh
    assert made(2025).cautions == ()
    empty = statistics_report(YearFigures(2025), YearFigures(2024), {}, FRAME, eyes())
    assert all(isinstance(one.value, int) and one.value == 0 for one in empty.figures)
    assert rows(empty, "by_department") == []


def test_figures_alone_are_above_nobody_s_level() -> None:
    one = statistics_report(figures(2025, 3), figures(2024, 2), HELD, FRAME, eyes("公开"))
    assert [list(table.rows) for _, table in one.tables()] == [
        list(table.rows) for _, table in made().tables()
    ]
