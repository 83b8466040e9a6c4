"""The printed review: whole, harmless, masked, and self-contained."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from retention.periods.event import Event
from retention.record import Record
from retention.register import Head
from retention.reports import render_review_html
from retention.review import review
from tests.retention.a_record import TODAY, a_record, example
from tests.retention.our_database import our_database

NUMBER = "130104196001104707"
HEAD = Head(412, "2026-11-21T08:00:00.000000Z", "3f" * 32)


def hide(text: str) -> str:
    return re.sub(r"(\d{4})\d{10}(\d{3}[\dX])", r"\1**********\2", text)


def printed(
    *records: Record, events: tuple[Event, ...] = (), is_example: bool = True, head: Head = HEAD
) -> str:
    schedule = replace(example(), example=is_example)
    engine = our_database(events, records)
    found = review(engine.begin, records, schedule, date(2020, 1, 1), date(2027, 12, 31), TODAY)
    engine.dispose()
    return render_review_html(
        found, organisation="滨江置业", made_on=TODAY, made_by="王晓云", register_head=head, mask=hide
    )


ALL_SORTS = (
    a_record("101"),
    a_record("102", retention_rule="identity-with-dossier", title="身份证复印件"),
    a_record("103", retention_rule="", title="无规则的文件"),
    a_record("104", retention_rule="title-permanent", category="title"),
    a_record(
        "105", category="litigation", retention_rule="litigation-30y", kind="民事起诉状", title="起诉状"
    ),
)


def seen(html: str) -> str:
    body = ElementTree.fromstring(html).find("body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())


def test_the_page_is_well_formed_and_shows_every_list() -> None:
    text = seen(printed(*ALL_SORTS))
    for expected in (
        "保管期限到期鉴定审查表",
        "滨江置业",
        "王晓云",
        "认筹确认单 贺宇",
        "2022-12-31",
        "暂缓：诉讼未结",
        "缺：客户档案结卷",
        "缺：结案",
        "身份证复印件",
        "无规则的文件",
        "title-permanent",
        "国家档案局令第10号",
        "任何文件不因本表而销毁",
        "第 412 条",
        HEAD.hash,
    ):
        assert expected in text


def test_an_empty_archive_still_makes_a_page() -> None:
    text = seen(printed(head=Head(0, "", "0" * 64)))
    assert "没有到期文件" in text
    assert "台账尚无记录" in text


def test_the_example_warning_stands_only_on_an_example() -> None:
    assert "EXAMPLE SCHEDULE" in printed()
    assert "EXAMPLE SCHEDULE" not in printed(is_example=False)


@pytest.mark.parametrize(
    "field", ["title", "kind", "dossier", "confidentiality", "retention_rule", "category"]
)
def test_what_stands_on_paper_is_never_html(field: str) -> None:
    html = printed(a_record("101", **{field: "<script>alert(1)</script>"}))
    assert "<script" not in html
    ElementTree.fromstring(html)


@pytest.mark.parametrize("field", ["title", "dossier"])
def test_an_id_number_is_masked(field: str) -> None:
    for rule in ("sales-10y", "income-10y", ""):
        html = printed(a_record("101", **{field: f"甲 {NUMBER}"}, retention_rule=rule))
        assert NUMBER not in html
        assert "1301**********4707" in html


def test_an_id_number_in_a_reason_is_masked() -> None:
    claim = a_record("1", category="litigation", retention_rule="litigation-30y", title=f"起诉状 {NUMBER}")
    doubtful = a_record("2", review_reasons=(f"号码 {NUMBER} 校验不符",))
    assert NUMBER not in printed(claim, doubtful)


def test_the_page_needs_nothing_from_outside() -> None:
    html = printed(*ALL_SORTS)
    assert not re.search(r"https?://|\bsrc=|<link|@import|url\(", html)


def test_the_chart_counts_what_is_listed() -> None:
    html = printed(*(a_record(str(n), document_date=date(2011 + n % 3, 1, 1)) for n in range(9)))
    assert re.findall(r'class="count">(\d+)<', html) == ["3", "3", "3"]


def test_years_long_past_share_a_bar() -> None:
    html = printed(*(a_record(str(n), document_date=date(1980 + n, 1, 1)) for n in range(35)))
    assert "≤2013" in html
    assert html.count('class="count"') == 12
