"""A file is parted where a person has laid sheets, and what they say holds for what lies behind them."""

from __future__ import annotations

from classifiers import taxonomy
from classifiers.parts import Division
from classifiers.parts.sheets import at_sheets_only, divide_by_sheets, has_sheets
from consumers.transcript import Page
from tests.classifiers.parts.coded import coded, pile
from tests.classifiers.parts.papers import CONTRACT_1, CONTRACT_2, ID_BACK, ID_FRONT, LETTER, RECEIPT

TAXONOMY = taxonomy.load()
SEPARATOR = coded("PD1:S")
HOME, OTHER_HOME = coded("PD1:D:甲/1-1"), coded("PD1:D:乙/2-2")
CARD, CONTRACT = coded("PD1:K:id-card"), coded("PD1:K:sale-contract")
ILLEGIBLE = coded(text="客户档案封面页\n丙 3-3", damaged=True)


def divided(*pages: Page | str) -> Division:
    division = divide_by_sheets(pile(*pages), TAXONOMY)
    assert division is not None
    return division


def documents(division: Division) -> list[tuple[int, int, str, str]]:
    return [
        (one.first, one.last, one.cover.dossier if one.cover else "-", one.cover.kind if one.cover else "-")
        for one in division.ranges
        if not one.separator
    ]


def test_a_file_without_sheets_is_parted_otherwise() -> None:
    whole = pile(CONTRACT_1, RECEIPT)
    assert divide_by_sheets(whole, TAXONOMY) is None
    assert not has_sheets(whole)


def test_no_page_is_left_out() -> None:
    division = divided(LETTER, SEPARATOR, HOME, CONTRACT_1, CONTRACT_2, SEPARATOR, RECEIPT, SEPARATOR)
    pages = [number for one in division.ranges for number in range(one.first, one.last + 1)]
    assert pages == list(range(1, 9))


def test_separator_sheets_part_what_nobody_could_tell_apart() -> None:
    division = divided("没有题名的一页", SEPARATOR, "另一页也没有题名", "还有一页")
    assert documents(division) == [(1, 1, "-", "-"), (3, 4, "", "")]
    assert (division.doubts, division.undecided, division.by_sheets) == ((), (), True)


def test_between_separator_sheets_everything_is_one_paper() -> None:
    assert documents(divided(ID_FRONT, CONTRACT_1, SEPARATOR, LETTER)) == [(1, 2, "-", "-"), (4, 4, "", "")]


def test_a_dossier_holds_until_another_is_named_and_a_kind_for_one_paper() -> None:
    division = divided(HOME, CARD, ID_FRONT, SEPARATOR, RECEIPT, OTHER_HOME, CONTRACT, CONTRACT_1)
    assert documents(division) == [
        (3, 3, "甲/1-1", "id-card"),
        (5, 5, "甲/1-1", ""),
        (8, 8, "乙/2-2", "sale-contract"),
    ]


def test_behind_covers_of_dossiers_alone_papers_are_told_apart_as_ever() -> None:
    division = divided(HOME, ID_FRONT, ID_BACK, CONTRACT_1, CONTRACT_2, OTHER_HOME, RECEIPT)
    assert documents(division) == [(2, 3, "甲/1-1", ""), (4, 5, "甲/1-1", ""), (7, 7, "乙/2-2", "")]


def test_where_a_machine_must_not_part_the_sheets_still_do() -> None:
    division = at_sheets_only(divided(HOME, ID_FRONT, CONTRACT_1, OTHER_HOME, RECEIPT), "只提议")
    assert documents(division) == [(2, 3, "甲/1-1", ""), (5, 5, "乙/2-2", "")]
    (kept, other) = [one.cover for one in division.ranges if one.cover]
    assert kept is not None
    assert other is not None
    assert "第 2-2、3-3 页" in kept.troubles[0]
    assert other.troubles == ()


def test_behind_an_illegible_cover_the_dossier_before_holds_no_longer() -> None:
    division = divided(HOME, CONTRACT_1, ILLEGIBLE, RECEIPT, SEPARATOR, LETTER, OTHER_HOME, ID_FRONT)
    assert [entry[2] for entry in documents(division)] == ["甲/1-1", "", "", "乙/2-2"]
    troubled = [bool(one.cover and one.cover.troubles) for one in division.ranges if not one.separator]
    assert troubled == [False, True, True, False]


def test_the_back_of_a_sheet_goes_with_it_and_the_back_of_a_paper_with_the_paper() -> None:
    assert documents(divided(SEPARATOR, "", LETTER, "", SEPARATOR, "", RECEIPT)) == [
        (3, 4, "", ""),
        (7, 7, "", ""),
    ]


def test_two_dossiers_in_a_row_are_told_and_none_is_taken() -> None:
    division = divided(HOME, OTHER_HOME, CONTRACT_1)
    assert documents(division) == [(3, 3, "", "")]
    (cover,) = [one.cover for one in division.ranges if one.cover]
    assert cover is not None
    assert "甲/1-1" in cover.troubles[0]


def test_a_separator_sheet_of_somebody_elses_parts_beside_ours() -> None:
    assert [entry[:2] for entry in documents(divided(LETTER, "分隔页", RECEIPT, SEPARATOR, CONTRACT_1))] == [
        (1, 1),
        (3, 3),
        (5, 5),
    ]
