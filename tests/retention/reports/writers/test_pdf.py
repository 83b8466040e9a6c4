from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pikepdf
import pytest
from pdfplumber.page import Page

from retention.errors import NoPdf
from retention.reports.report import Cell, Fact, Report, Words
from retention.reports.writers import WRITERS, pdf
from retention.reports.writers.printed import shown
from tests.retention.reports.made_up import NUMBER, SECRET, every_report, eyes
from tests.retention.reports.writers.conftest import PRINTED, PRINTED_MASKED, SOAK, Written

CLOSE = (22,)
"""So many rows that the signatures just do not fit below them any more."""
NOTE = (13,)
"""So many rows that a line just does not fit below them any more."""


def squeezed(text: str) -> str:
    """Without white space, and as the page has it where one sign stands for another."""
    return re.sub(r"\s", "", text)


def squeezed_page(page: Page) -> str:
    return squeezed(page.extract_text())


def texts_of(cell: Cell) -> Iterator[str]:
    one = shown(cell)
    yield from (one.zh, one.en, *(text for alarm in one.alarms for text in (alarm.zh, alarm.en)))


def all_words_of(report: Report) -> Iterator[str]:
    """Every text that the source has."""
    yield from (report.title.zh, report.title.en, report.level, report.frame.organisation)
    for fact in report.facts:
        yield from (fact.name.zh, *texts_of(fact.value))
    for figure in report.figures:
        yield from (figure.name.zh, str(figure.value))
    for told in (*report.cautions, *report.closing, *(one.part for one in report.signatures)):
        yield from (told.zh, told.en)
    for section in report.sections:
        yield section.title.zh
    for _, table in report.tables():
        yield from (column.name.zh for column in table.columns if len(table.rows) and not column.band)
        for row in table.rows:
            for cell in row:
                yield from texts_of(cell)
    for chart in report.charts():
        yield from (chart.title.zh, *chart.labels)


@pytest.mark.parametrize("name", PRINTED)
def test_every_word_of_the_source_can_be_taken_out_of_the_pdf(
    name: str, everything: dict[str, Written]
) -> None:
    one = everything[name]
    # Cells stand beside each other and are broken over lines: each sign must be there, in as many places as it must.
    with pdfplumber.open(BytesIO(one.pdf)) as opened:
        signs = squeezed("".join(char["text"] for page in opened.pages for char in page.chars))
    lacking = [text for text in all_words_of(one.report) if squeezed(text) not in signs]
    assert lacking == []


@pytest.mark.parametrize("name", PRINTED)
def test_every_font_is_embedded_and_cut_down_to_what_is_used(
    name: str, everything: dict[str, Written]
) -> None:
    with pikepdf.open(BytesIO(everything[name].pdf)) as opened:
        fonts = {str(font.BaseFont): font for page in opened.pages for font in page.Resources.Font.values()}
        for title, font in fonts.items():
            (inner,) = font.DescendantFonts
            assert re.fullmatch(r"/[A-Z]{6}\+Noto-(Serif|Sans)-CJK-SC(-Bold)?", title)
            assert "/FontFile3" in inner.FontDescriptor
            assert len(bytes(inner.FontDescriptor.FontFile3.read_bytes())) < 2_000_000
            assert "/ToUnicode" in font
        assert len(fonts) >= 2
        assert str(opened.docinfo["/Title"]).startswith(everything[name].report.title.zh)
        assert str(opened.Root.Lang) == "zh-CN"


@pytest.mark.parametrize("name", PRINTED)
def test_every_page_has_its_number_its_level_and_the_register_s_head(
    name: str, everything: dict[str, Written]
) -> None:
    one = everything[name]
    for number, page in enumerate(one.pages, start=1):
        text = squeezed(page)
        assert f"第{number}页共{len(one.pages)}页" in text
        assert f"密级：{one.report.level}" in text
        assert "台账第412条" in text
        assert all(squeezed(caution.zh) in text for caution in one.report.cautions)
    assert one.report.frame.register_head.hash in squeezed("".join(one.pages))


@pytest.mark.parametrize("name", sorted({"appraisal", "destruction", "handover"} & set(PRINTED)))
def test_a_table_that_goes_over_pages_repeats_its_head(name: str, everything: dict[str, Written]) -> None:
    one = everything[name]
    head = squeezed("题名")
    listed = [page for page in one.pages if re.search(r"\b10\d\d\b", page)]
    assert len(listed) >= 2
    assert [page for page in listed if head not in squeezed(page)] == []


@pytest.mark.parametrize("name", PRINTED)
def test_the_library_has_nothing_to_complain_about(name: str, everything: dict[str, Written]) -> None:
    one = everything[name]
    assert one.pdf
    assert one.grumbles.heard == []


@pytest.mark.parametrize("name", PRINTED_MASKED)
def test_nothing_above_the_level_is_in_any_format_and_no_number(
    name: str, masked: dict[str, Written]
) -> None:
    one = masked[name]
    with pikepdf.open(BytesIO(one.pdf)) as opened:
        raw = b"".join(stream.read_bytes() for stream in opened.objects if isinstance(stream, pikepdf.Stream))
    for text in (*one.pages, raw.decode("latin-1")):
        assert SECRET not in text
        assert NUMBER not in text


@pytest.mark.parametrize("rows", range(10, 40) if SOAK else CLOSE)
def test_the_signatures_never_stand_alone_on_a_page(rows: int) -> None:
    """Whatever the length, the last page has a row of the list, or the list's own end, above the signatures."""
    report = next(one for one in every_report(0, eyes()) if one.name == "holds")
    table = next(report.tables())[1]
    full = next(one for one in every_report(rows, eyes()) if one.name == "holds")
    section = replace(report.sections[0], parts=(replace(table, rows=next(full.tables())[1].rows),))
    made = WRITERS["pdf"](replace(full, sections=(section,)))
    with pdfplumber.open(BytesIO(made)) as opened:
        last = opened.pages[-1].extract_text()
    assert "签名" in last
    assert "税稽通" in last


def test_an_empty_report_is_one_whole_page_and_the_same_bytes_each_time() -> None:
    one, other = (next(one for one in every_report(0, eyes()) if one.name == "loans") for _ in range(2))
    made = WRITERS["pdf"](one)
    with pdfplumber.open(BytesIO(made)) as opened:
        assert len(opened.pages) == 1
        assert "没有借出未还的档案" in squeezed(opened.pages[0].extract_text())
    assert made == WRITERS["pdf"](other)


def test_without_its_library_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(NoPdf, match="apt-get install libpango"):
        pdf.probe()
    assert capsys.readouterr().out == ""


def test_this_machine_can_make_pdf() -> None:
    pdf.probe()


def test_without_the_fonts_it_says_so_and_takes_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "FAMILIES", ("Noto Serif CJK SC", "No Such Sans"))
    with pytest.raises(NoPdf, match=r"No Such Sans.*fonts-noto-cjk"):
        pdf.probe()


def test_after_a_report_a_cut_off_scan_is_still_told_from_a_whole_one() -> None:
    # In a process of its own: here somebody may have imported WeasyPrint already.
    told = (
        "from PIL import ImageFile; from retention.reports.writers.pdf import probe; probe(); "
        "print(ImageFile.LOAD_TRUNCATED_IMAGES)"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_english_name_beside_a_fact_stays_within_its_field() -> None:
    report = next(one for one in every_report(0, eyes()) if one.name == "loans")
    fact = Fact(Words("清册校验", "SHA-256 of the whole list"), "值")
    made = WRITERS["pdf"](replace(report, facts=(fact,), sections=(), figures=(), signatures=()))
    with pdfplumber.open(BytesIO(made)) as opened:
        (page,) = opened.pages
        value = min(char["x0"] for char in page.chars if char["text"] == "值")
        name = [word for word in page.extract_words() if word["text"] in ("SHA-256", "whole", "list")]
    assert len(name) == 3
    assert max(word["x1"] for word in name) < value


@pytest.mark.parametrize("rows", range(10, 30) if SOAK else NOTE)
def test_how_many_are_printed_never_stands_without_a_row_above(rows: int) -> None:
    report = next(one for one in every_report(rows + 1, eyes()) if one.name.startswith("appraisal"))
    section, table = next(report.tables())
    cut = replace(section, parts=(replace(table, most=rows),))
    made = WRITERS["pdf"](replace(report, sections=(cut,), closing=(), signatures=()))
    with pdfplumber.open(BytesIO(made)) as opened:
        (told,) = [page for page in map(squeezed_page, opened.pages) if "全部见同名" in page]
    # A row, beside what every page has at its head and foot.
    assert any(squeezed(shown(row[2]).zh) in told for row in table.rows)
