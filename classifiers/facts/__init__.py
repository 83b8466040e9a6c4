"""The socket for fact finders: each looks at one page and gives back what it found, with the place.

A finder is a module with a `find(page)`; it is plugged in by one row of `FINDERS`. Finders do not
know each other, read nothing but the page, and are sure of what they say: no fact without page and
quote, and a wrong value is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable

from classifiers.fact import Fact
from classifiers.facts import (
    address,
    amount,
    area,
    case_no,
    certificate_no,
    company_name,
    contract_no,
    document_date,
    filing_no,
    id_number,
    person_name,
    phone,
    project,
    property_unit_no,
    unit,
    uscc,
)
from consumers.transcript import Page, Transcript

Finder = Callable[[Page], tuple[Fact, ...]]
"""Looks at one page; gives the facts in the order they stand there, each value at most once a role."""

FINDERS: dict[str, Finder] = {
    "person_name": person_name.find,
    "id_number": id_number.find,
    "phone": phone.find,
    "company_name": company_name.find,
    "uscc": uscc.find,
    "unit": unit.find,
    "project": project.find,
    "property_unit_no": property_unit_no.find,
    "address": address.find,
    "contract_no": contract_no.find,
    "filing_no": filing_no.find,
    "certificate_no": certificate_no.find,
    "case_no": case_no.find,
    "amount": amount.find,
    "document_date": document_date.find,
    "area": area.find,
}
"""What is plugged in: fact name -> finder."""


def find(transcript: Transcript, finders: dict[str, Finder] | None = None) -> tuple[Fact, ...]:
    """Every fact of the document, page by page, finder by finder."""
    table = FINDERS if finders is None else finders
    return tuple(fact for page in transcript.pages for finder in table.values() for fact in finder(page))
