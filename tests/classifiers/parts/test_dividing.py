"""Where the documents of a file begin, and that one document is never torn."""

from __future__ import annotations

import pytest

from classifiers.parts import divide
from classifiers.taxonomy import load
from tests.classifiers.pages import transcript
from tests.classifiers.parts.papers import (
    ANNEX,
    CONTRACT_1,
    CONTRACT_2,
    ID_BACK,
    ID_FRONT,
    JUDGMENT,
    LETTER,
    RECEIPT,
    SECOND_CONTRACT,
    SECOND_RECEIPT,
    SEPARATOR,
    VOLUME_LIST,
)

TAXONOMY = load()


def ranges(*pages: str) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in divide(transcript(*pages), TAXONOMY).ranges]


def numbered(*pages: str) -> list[str]:
    return [f"{page.strip()}\n第{number}页 共{len(pages)}页" for number, page in enumerate(pages, 1)]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((ID_FRONT, CONTRACT_1, CONTRACT_2, RECEIPT), [(1, 1), (2, 3), (4, 4)]),
        ((CONTRACT_1, CONTRACT_2, ID_FRONT, ID_BACK), [(1, 2), (3, 4)]),
        ((RECEIPT, CONTRACT_1, CONTRACT_2), [(1, 1), (2, 3)]),
        ((CONTRACT_1, CONTRACT_2, ANNEX, RECEIPT), [(1, 3), (4, 4)]),
        ((RECEIPT, SECOND_RECEIPT), [(1, 1), (2, 2)]),
        ((CONTRACT_1, CONTRACT_2, SECOND_CONTRACT, CONTRACT_2), [(1, 2), (3, 4)]),
        ((LETTER, *JUDGMENT), [(1, 1), (2, 6)]),
        ((CONTRACT_1, CONTRACT_2, "", LETTER), [(1, 3), (4, 4)]),
    ],
)
def test_each_document_of_a_mixed_file_gets_its_pages(
    pages: tuple[str, ...], expected: list[tuple[int, int]]
) -> None:
    assert ranges(*pages) == expected


@pytest.mark.parametrize(
    "pages",
    [
        (CONTRACT_1, CONTRACT_2, ANNEX),
        JUDGMENT,
        (ID_FRONT, ID_BACK),
        (RECEIPT, ""),
        (CONTRACT_1, "", CONTRACT_2, ""),
        ("商品房买卖合同\n（预售）\n江州明川置业有限公司\n二〇一九年六月", CONTRACT_1, CONTRACT_2),
        numbered(CONTRACT_1, CONTRACT_2, LETTER),
        (VOLUME_LIST, "3 律师函 4\n4 民事判决书 5\n5 交房通知书 9\n6 收据 10"),
    ],
)
def test_one_document_is_never_torn(pages: tuple[str, ...]) -> None:
    assert ranges(*pages) == [(1, len(pages))]


def test_a_separator_sheet_parts_whatever_lies_around_it_and_is_a_part_of_its_own() -> None:
    division = divide(transcript("没有题名的一页", SEPARATOR, "另一页也没有题名"), TAXONOMY)
    assert [(one.first, one.last, one.separator) for one in division.ranges] == [
        (1, 1, False),
        (2, 2, True),
        (3, 3, False),
    ]


def test_separator_sheets_one_behind_the_other_are_one_part() -> None:
    assert ranges(LETTER, SEPARATOR, SEPARATOR, RECEIPT) == [(1, 1), (2, 3), (4, 4)]


def test_the_list_of_a_volume_is_parted_from_what_it_lists() -> None:
    division = divide(transcript(VOLUME_LIST, CONTRACT_1, CONTRACT_2, RECEIPT), TAXONOMY)
    assert [(one.first, one.last) for one in division.ranges] == [(1, 1), (2, 3), (4, 4)]
    assert division.ranges[0].separator


def test_counts_that_end_and_begin_part_papers_without_a_title() -> None:
    first, second = "本页没有题名，只有文字。\n第1页 共1页", "这一页也只有文字。\n第1页 共2页"
    assert ranges(first, second, "还是文字。\n第2页 共2页") == [(1, 1), (2, 3)]


def test_every_beginning_tells_page_and_quote() -> None:
    _, letter = divide(transcript(RECEIPT, LETTER), TAXONOMY).ranges
    told = {reason.rule: (reason.page, reason.quote) for reason in letter.reasons}
    assert told["part:title:lawyers-letter"] == (2, "律师函")
    assert told["part:signed-before"] == (1, "2019年6月18日")


def test_a_title_that_the_page_count_gainsays_is_a_doubt_and_no_cut() -> None:
    division = divide(transcript(*numbered(CONTRACT_1, CONTRACT_2, LETTER)), TAXONOMY)
    assert not division.mixed
    (doubt,) = division.doubts
    assert "第 3 页" in doubt
    assert "律师函" in doubt


def test_a_file_of_one_page_or_none_is_one_document_or_none() -> None:
    assert ranges(RECEIPT) == [(1, 1)]
    assert ranges() == []


def test_no_page_is_left_out_or_told_twice() -> None:
    pages = (SEPARATOR, ID_FRONT, "", CONTRACT_1, CONTRACT_2, SEPARATOR, RECEIPT, SECOND_RECEIPT, *JUDGMENT)
    covered = [page for first, last in ranges(*pages) for page in range(first, last + 1)]
    assert covered == list(range(1, len(pages) + 1))
