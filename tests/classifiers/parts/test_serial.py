"""Archive serial numbers are read off stickers, and a paper with one of its own begins there."""

from __future__ import annotations

import pytest

from classifiers.parts import Division, Range
from classifiers.parts.serial import at_serials, serials_of, serials_on
from tests.classifiers.parts.coded import coded, pile


@pytest.mark.parametrize(
    ("code", "number"),
    [("ASN00123", 123), ("ASN-00123", 123), ("asn 7", 7), ("ASN0", 0), (" ASN4294967295 ", 4294967295)],
)
def test_a_serial_number_is_read_as_paperless_users_write_it(code: str, number: int) -> None:
    assert serials_on(coded(code), "ASN") == (number,)


@pytest.mark.parametrize("code", ["ASN", "ASN12A", "XASN12", "00123", "ASN4294967296", "ASN00123 附注"])
def test_what_is_no_serial_number_is_none(code: str) -> None:
    assert serials_on(coded(code), "ASN") == ()


def test_another_office_has_another_prefix_or_none() -> None:
    assert serials_on(coded("DA-12", "ASN00013"), "DA") == (12,)
    assert serials_on(coded("ASN00013", "13"), "") == ()


def test_every_number_of_a_document_counts_once() -> None:
    assert serials_of(pile(coded("ASN1"), coded(), coded("ASN1", "ASN2")), "ASN") == (1, 2)


def test_a_page_with_a_number_of_its_own_begins_a_paper() -> None:
    file = pile(coded("ASN1"), coded(), coded("ASN2"), coded("ASN2"), coded())
    division = at_serials(Division((Range(1, 5),), undecided=(3, 5)), file, "ASN")
    assert [(one.first, one.last) for one in division.ranges] == [(1, 2), (3, 5)]
    assert division.undecided == (5,)


def test_who_lays_sheets_parts_with_them_alone() -> None:
    division = Division((Range(1, 2),), by_sheets=True)
    assert at_serials(division, pile(coded("ASN1"), coded("ASN2")), "ASN") == division
