from __future__ import annotations

import pytest

from consumers.transcript import Line, Page, PageSource, Transcript

SOURCES: list[tuple[tuple[PageSource, ...], str]] = [
    (("text-layer",), "text-layer"),
    (("text-layer", "blank"), "text-layer"),
    (("ocr",), "ocr"),
    (("ocr", "blank", "ocr"), "ocr"),
    (("text-layer", "ocr"), "mixed"),
    (("blank",), "ocr"),
    ((), "ocr"),
]


def _page(number: int, source: PageSource = "ocr", reader: str = "rapid", *said: str) -> Page:
    return Page(number, tuple(map(Line, said)), source, reader)


@pytest.mark.parametrize(("sources", "source"), SOURCES)
def test_a_transcript_says_how_its_pages_were_read(sources: tuple[PageSource, ...], source: str) -> None:
    pages = tuple(_page(number, one) for number, one in enumerate(sources, 1))
    assert Transcript("0" * 64, pages).source == source


def test_lines_are_joined_by_line_feeds_and_pages_by_form_feeds() -> None:
    pages = (_page(1, "ocr", "rapid", "甲方", "乙方"), _page(2, "ocr", "rapid", "签字"))
    assert Transcript("0" * 64, pages).text == "甲方\n乙方\f签字"


def test_readers_are_named_once_in_the_order_of_the_pages() -> None:
    pages = (_page(1, "text-layer", "text-layer"), _page(2), _page(3, "text-layer", "text-layer"))
    assert Transcript("0" * 64, pages).reader == "text-layer+rapid"


def test_every_doubt_has_its_page_in_front() -> None:
    pages = (_page(1), Page(2, (), "ocr", "rapid", doubtful=("faint", "cut")))
    assert Transcript("0" * 64, pages).doubtful == ("page 2: faint", "page 2: cut")
