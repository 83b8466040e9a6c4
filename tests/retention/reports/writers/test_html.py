from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta, timezone
from xml.etree import ElementTree

import pytest

from retention.reports.report import MOST_PRINTED, Chart, Column, Report, Rows, Section, Series, Table, Words
from retention.reports.writers.html import written
from tests.retention.reports.made_up import NUMBER, OPEN, SECRET, every_report, eyes
from tests.retention.reports.writers.conftest import REPORTS, Written
from tests.retention.reports.writers.test_pdf import all_words_of


def seen(html: str) -> str:
    body = ElementTree.fromstring(html).find("body")
    assert body is not None
    return "".join("".join(body.itertext()).split())


def a_report(**changes: object) -> Report:
    """The plainest there is."""
    plain = next(one for one in every_report(0, eyes()) if one.name == "loans")
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names the fields that it means


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_is_well_formed_and_shows_every_word(name: str, everything: dict[str, Written]) -> None:
    one = everything[name]
    text = seen(one.html)
    assert [word for word in all_words_of(one.report) if "".join(word.split()) not in text] == []


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_needs_nothing_from_outside(name: str, everything: dict[str, Written]) -> None:
    assert not re.search(r"https?://|\bsrc=|<link|@import|url\(", everything[name].html)


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_above_the_level_is_in_it_and_no_number(name: str, masked: dict[str, Written]) -> None:
    assert SECRET not in masked[name].html
    assert NUMBER not in masked[name].html


def test_what_is_within_the_level_is_still_there(masked: dict[str, Written]) -> None:
    names = ("retention", "appraisal", "destruction", "loans", "handover")
    assert [name for name in names if OPEN not in masked[name].html] == []


def test_what_stands_on_paper_is_never_html() -> None:
    odd = "<script>alert(1)</script>\"'}&"
    table = Table("t", (Column("a", Words(odd, odd)),), ((odd,), (Words(odd, odd),)))
    chart = Chart("c", Words(odd), (odd,), (Series(Words(odd), (1,)),))
    report = a_report(
        title=Words(odd, odd),
        level=odd,
        sections=(Section(Words(odd), (table, chart)),),
        cautions=(Words(odd),),
    )
    for html in (written(report), written(report, paged=True)):
        assert "<script" not in html
        assert "alert(1)" in seen(html)


def test_a_list_that_is_longer_than_paper_bears_says_how_much_is_printed() -> None:
    rows = Rows(lambda: range(1_000_000), 1_000_000, lambda number: (f"第{number}号",))
    report = a_report(sections=(Section(Words("清单"), (Table("t", (Column("a", Words("号")),), rows),)),))
    text = seen(written(report))
    assert f"共1000000件，列出前{MOST_PRINTED}件，全部见同名XLSX" in text
    assert f"第{MOST_PRINTED - 1}号" in text
    assert f"第{MOST_PRINTED}号" not in text


def test_an_empty_section_says_so() -> None:
    assert "没有借出未还的档案" in seen(written(a_report()))


def test_the_signatures_leave_room_for_a_hand_and_tell_what_is_known() -> None:
    text = seen(written(a_report()))
    assert text.count("签名") == 2
    assert "系统所记：李敏2026-11-21" in text


def test_an_empty_register_is_told() -> None:
    report = a_report()
    frame = replace(report.frame, register_head=replace(report.frame.register_head, seq=0))
    assert "台账尚无记录" in seen(written(replace(report, frame=frame)))


def test_the_foot_tells_the_register_s_time_by_the_office_s_clocks() -> None:
    report = a_report()
    zone = timezone(timedelta(hours=8))
    told = seen(written(replace(report, frame=replace(report.frame, zone=zone))))
    assert "第412条，2026-11-2116:00:00+08:00，SHA-256" in told
