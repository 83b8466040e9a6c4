"""What a page says that a person has laid into a batch; and which pages are none of that."""

from __future__ import annotations

import pytest

from classifiers.parts.cover import dossier_code, kind_code, separator_code, sheet
from tests.classifiers.parts.coded import coded
from tests.classifiers.parts.papers import CONTRACT_1, RECEIPT

PRINTED_DOSSIER = "客户档案封面页\n锦绣花园 6-1-803\nPD1:D:锦绣花园/6-1-803\n本页不归档。"


def test_what_is_printed_is_read_back() -> None:
    told = [
        sheet(coded(code))
        for code in (separator_code(), dossier_code("锦绣花园/6-1-803"), kind_code("id-card"))
    ]
    assert [(one.dossier, one.kind, one.troubles) for one in told if one] == [
        ("", "", ()),
        ("锦绣花园/6-1-803", "", ()),
        ("", "id-card", ()),
    ]


def test_the_code_that_stands_twice_on_a_sheet_is_one() -> None:
    told = sheet(coded(dossier_code("锦绣花园/6-1-803"), dossier_code("锦绣花园/6-1-803")))
    assert told is not None
    assert (told.dossier, told.troubles) == ("锦绣花园/6-1-803", ())


def test_the_other_code_of_a_sheet_makes_up_for_a_damaged_one() -> None:
    told = sheet(coded(dossier_code("锦绣花园/6-1-803"), text=PRINTED_DOSSIER, damaged=True))
    assert told is not None
    assert (told.dossier, told.troubles) == ("锦绣花园/6-1-803", ())


@pytest.mark.parametrize("patch", ["PATCHT", "patcht"])
def test_the_separator_sheet_of_paperless_is_one_here_too(patch: str) -> None:
    assert sheet(coded(patch)) is not None


@pytest.mark.parametrize("damaged", [True, False], ids=["damaged", "not seen at all"])
def test_a_cover_whose_code_can_not_be_read_is_told_and_says_nothing_else(damaged: bool) -> None:
    told = sheet(coded(text=PRINTED_DOSSIER, damaged=damaged))
    assert told is not None
    assert (told.dossier, told.kind) == ("", "")
    assert "无法识读" in told.troubles[0]


def test_a_separator_sheet_is_known_by_its_print_alone() -> None:
    told = sheet(coded(text="分隔页\nSeparator sheet\nPDl：S"))
    assert told is not None
    assert told.troubles == ()


@pytest.mark.parametrize("code", ["PD2:D:锦绣花园/6-1-803", "PD1:X:1", "PD1:D:"])
def test_a_code_of_another_version_is_told_and_not_guessed(code: str) -> None:
    told = sheet(coded(code))
    assert told is not None
    assert (told.dossier, told.kind) == ("", "")
    assert code in told.troubles[0]


def test_a_sheet_with_two_dossiers_names_none() -> None:
    told = sheet(coded(dossier_code("甲/1-1"), dossier_code("乙/2-2")))
    assert told is not None
    assert told.dossier == ""
    assert "多个客户档案" in told.troubles[0]


@pytest.mark.parametrize("codes", [(), ("ASN00123",), ("https://example.invalid/发票?no=123",)])
def test_a_paper_with_other_codes_is_no_sheet(codes: tuple[str, ...]) -> None:
    assert sheet(coded(*codes, text=RECEIPT)) is None


def test_a_page_full_of_text_is_no_sheet_whatever_sticks_on_it() -> None:
    assert sheet(coded(separator_code(), text=CONTRACT_1 * 4)) is None


def test_a_paper_with_a_damaged_code_is_no_sheet() -> None:
    assert sheet(coded(text=RECEIPT, damaged=True)) is None
