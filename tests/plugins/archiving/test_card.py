"""The card: title, day, end of retention, and the strings by which people look for a document."""

from __future__ import annotations

from datetime import date

import pytest

from classifiers.fact import Fact
from plugins.archiving.card import document_date, make_card, search_keys, unit_spellings
from plugins.archiving.filing import judge
from plugins.wiring import Archive
from retention.households.dossier import DossierChoice
from retention.record import Card
from tests.plugins.conftest import NOON, SUBSCRIPTION, scan_of, text_scan, transcript_of


def _fact(value: str, role: str = "") -> Fact:
    return Fact("document_date", value, 1, value, 0.9, role)


def _card(archive: Archive, text: str) -> Card:
    """The card of a document with that text."""
    path = text_scan(archive.settings.home, "a.pdf", text)
    verdict = judge(transcript_of(text), archive.rules, 0.75, b"pepper")
    return make_card(
        scan=scan_of(path),
        pages=1,
        labels=verdict.labels,
        facts=verdict.facts,
        choice=verdict.choice,
        schedule=archive.rules.schedule,
        today=NOON.date(),
    )


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([("2024-01-02", ""), ("2024-05-06", "signed")], date(2024, 5, 6)),
        ([("2024-05-06", "signed"), ("2025-01-01", "")], date(2024, 5, 6)),
        ([("2024-01-02", ""), ("2023-12-31", "")], date(2024, 1, 2)),
        ([("2026-12-01", "signed"), ("2024-01-02", "")], date(2024, 1, 2)),
        ([("2027-01-01", "")], None),
        ([], None),
    ],
)
def test_the_day_of_a_paper_is_the_last_one_that_closes_it_and_never_lies_ahead(
    dates: list[tuple[str, str]], expected: date | None
) -> None:
    facts = tuple(_fact(value, role) for value, role in dates)
    assert document_date(facts, NOON.date()) == expected


def test_a_card_says_what_whose_and_of_when(archive: Archive) -> None:
    card = _card(archive, SUBSCRIPTION)
    assert card.title == "认购书 锦绣花园6-1-803 周文海 2024-05-06"
    assert (card.category, card.dossier, card.document_date) == (
        "sales",
        "锦绣花园/6-1-803",
        date(2024, 5, 6),
    )
    assert card.retain_until == date(2054, 12, 31)


def test_no_id_number_stands_whole_in_a_title(archive: Archive) -> None:
    text = SUBSCRIPTION.replace("6栋1单元803室", "").replace("锦绣花园", "")
    card = _card(archive, text)
    assert "420198198803054519" not in card.title + card.dossier
    assert card.dossier.startswith("客户/周文海-")


def test_a_case_number_can_be_looked_for_without_its_brackets() -> None:
    nobody = DossierChoice("", "", "", "", "", (), "")
    keys = search_keys((Fact("case_no", "（2022）鲁0613民初5173号", 1, "", 0.9, ""),), nobody)
    assert keys == ("（2022）鲁0613民初5173号", "2022鲁0613民初5173号")


def test_a_unit_can_be_looked_for_in_every_way_in_which_people_type_it() -> None:
    assert unit_spellings("3-2-1201") == (
        "3-2-1201",
        "3栋2单元1201室",
        "3号楼2单元1201室",
        "3幢2单元1201室",
    )
    assert "20栋2404房" not in unit_spellings("20-2404")
    assert "20栋2404室" in unit_spellings("20-2404")
    assert unit_spellings("B-561x-1-2") == ("B-561x-1-2",)


def test_search_keys_hold_names_numbers_and_all_spellings_once(archive: Archive) -> None:
    verdict = judge(transcript_of(SUBSCRIPTION), archive.rules, 0.75, b"")
    keys = search_keys(verdict.facts, verdict.choice)
    assert {"周文海", "锦绣花园", "13900001111", "6-1-803", "6栋1单元803室"} <= set(keys)
    assert len(keys) == len(set(keys))


def test_a_paper_that_names_no_household_needs_no_review_and_one_that_names_several_does(
    archive: Archive,
) -> None:
    none = _card(
        archive, SUBSCRIPTION.replace("锦绣花园6栋1单元803室", "商品房一套").replace("420198198803054519", "")
    )
    assert (none.dossier, none.needs_review, none.unassigned) == ("", False, True)
    several = _card(archive, SUBSCRIPTION.replace("803室", "803室、锦绣花园7栋1单元901室"))
    assert several.dossier == ""
    assert several.dossier_doubt in several.review_reasons


def test_a_card_tells_what_its_dossier_rests_on(archive: Archive) -> None:
    assert "房号 6-1-803（第1页）" in _card(archive, SUBSCRIPTION).dossier_evidence
