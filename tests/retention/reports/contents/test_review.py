from __future__ import annotations

from dataclasses import replace
from datetime import date

from retention.reports.contents.review import Lists, review_report
from retention.reports.report import Chart, Report, Row, Table
from retention.review import review
from tests.retention.a_record import TODAY, a_record, example
from tests.retention.our_database import our_database
from tests.retention.reports.made_up import FRAME, NUMBER, a_review, eyes

ALL_SORTS = (
    a_record("101"),
    a_record("102", retention_rule="identity-with-dossier", title="身份证复印件"),
    a_record("103", retention_rule="", title="无规则的文件"),
    a_record("104", retention_rule="title-permanent", category="title"),
    a_record(
        "105", category="litigation", retention_rule="litigation-30y", kind="民事起诉状", title="起诉状"
    ),
)


def rows_of(report: Report, key: str) -> list[Row]:
    return next(list(table.rows) for _, table in report.tables() if table.key == key)


def test_every_list_of_a_real_review_is_in_the_report() -> None:
    engine = our_database((), ALL_SORTS)
    found = review(engine.begin, ALL_SORTS, example(), date(2020, 1, 1), date(2027, 12, 31), TODAY)
    engine.dispose()
    report = review_report(found, FRAME, eyes())
    assert [row[4] for row in rows_of(report, "due")] == ["101"]
    assert "诉讼未结" in str(rows_of(report, "blocked"))
    assert {row[0] for row in rows_of(report, "no_cutoff")} == {"102", "105"}
    assert [row[0] for row in rows_of(report, "no_rule")] == ["103"]
    assert rows_of(report, "permanent")[0][2] == 1
    assert "title-permanent" in [row[0] for row in rows_of(report, "rules")]
    assert {one.key: one.value for one in report.figures}["records"] == 5


def test_the_example_warning_stands_only_on_an_example() -> None:
    found = a_review(1)
    assert "EXAMPLE SCHEDULE" in str(review_report(found, FRAME, eyes()).cautions)
    own = replace(found, schedule=replace(found.schedule, example=False))
    assert review_report(own, FRAME, eyes()).cautions == ()


def test_who_may_not_see_everything_is_told_that_something_is_left_out() -> None:
    assert "高于其密级" in str(review_report(a_review(1), FRAME, eyes("普通商密")).cautions)


def test_an_id_number_is_masked_in_every_list() -> None:
    report = review_report(a_review(16), FRAME, eyes())
    for _, table in report.tables():
        assert NUMBER not in str(list(table.rows))


def test_an_event_that_a_period_runs_from_is_not_quoted_to_who_may_not_see_everything() -> None:
    found = a_review(1)
    (item,) = found.due
    item = replace(
        item,
        record=a_record("1", confidentiality="公开"),
        cutoff=replace(item.cutoff, event="case_closed"),
        why_zh="“结案”（依据：民事判决书）",
    )
    told = [
        str(rows_of(review_report(replace(found, due=(item,)), FRAME, one), "due"))
        for one in (eyes(), eyes("内部"))
    ]
    assert ["民事判决书" in one for one in told] == [True, False]


def test_lists_that_are_longer_than_the_review_holds_are_read_from_where_they_lie() -> None:
    found = a_review(24)
    cut = replace(found, due=found.due[:5], no_cutoff=(), no_rule=())
    lists = Lists(lambda: iter(found.due), lambda: iter(found.no_cutoff), lambda: iter(found.no_rule))
    report = review_report(cut, FRAME, eyes(), lists=lists)
    assert [len(rows_of(report, key)) for key in ("due", "no_cutoff", "no_rule")] == [24, 6, 3]
    assert len(rows_of(report, "blocked")) == found.totals.blocked
    # Nobody has looked at all of them: the marking is the highest that he may see.
    assert review_report(cut, FRAME, eyes("普通商密")).level == "普通商密"


def test_the_chart_counts_what_is_listed_and_years_long_past_share_a_bar() -> None:
    report = review_report(a_review(48), FRAME, eyes())
    (chart,) = report.charts()
    assert isinstance(chart, Chart)
    assert sum(sum(one.values) for one in chart.series) == 48
    assert (len(chart.labels), chart.labels[0], chart.labels[-1]) == (12, "≤2014", "2025")
    assert not list(review_report(a_review(0), FRAME, eyes()).charts())


def test_tables_are_printed_as_far_as_paper_bears() -> None:
    report = review_report(a_review(1), FRAME, eyes())
    assert {table.most for _, table in report.tables() if isinstance(table, Table)} == {300}
