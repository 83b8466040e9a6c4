"""A serial number on a paper is kept on its card, belongs to one record, and is never lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consumers import intake
from consumers.transcript import Box, Code, Transcript
from plugins import settings as settings_module
from plugins.archiving.filing import file_document
from plugins.archiving.serials import serial_keys
from plugins.wiring import Archive, open_archive
from retention.dms import Query
from retention.record import Card
from tests.plugins.conftest import NOON, RULES_OF_THE_OFFICE, SUBSCRIPTION, scan_of, text_scan, transcript_of

_CORNER = Box(0.7, 0.0, 0.9, 0.1)


def filed(archive: Archive, folder: Path, text: str, *codes: str, number: int = 1) -> Card:
    """The card of a paper with those codes on its first page, once it is filed."""
    scan = scan_of(text_scan(folder, f"{number}.pdf", f"{text}\n{number}"))
    with archive.engine.begin() as connection:
        intake.register(
            connection,
            intake_id=f"{number:032}",
            name=scan.name,
            source="inbox",
            origin="",
            owner="",
            sha256=scan.sha256,
            at=NOON,
        )
    return file_document(archive, f"{number:032}", scan, stuck(text, scan.sha256, *codes)).card


def stuck(text: str, sha256: str, *codes: str) -> Transcript:
    whole = transcript_of(text, sha256)
    first, *others = whole.pages
    found = tuple(Code(one, "Code128", _CORNER) for one in codes)
    return replace(whole, pages=(replace(first, codes=found), *others))


def test_the_number_is_on_the_card_and_finds_the_record(archive: Archive, tmp_path: Path) -> None:
    card = filed(archive, tmp_path, SUBSCRIPTION, "ASN00123")
    assert (card.asn, card.asn_taken, card.needs_review) == (123, False, False)
    for words in ("ASN00123", "asn123"):
        (hit,) = archive.dms.search(Query(words=words), archive.clearance())
        assert hit.record.card.asn == 123


def test_a_paper_without_a_sticker_has_no_number(archive: Archive, tmp_path: Path) -> None:
    card = filed(archive, tmp_path, SUBSCRIPTION, "https://example.invalid/ASN")
    assert card.asn is None
    assert serial_keys(card, "ASN") == ()


def test_a_number_that_is_taken_is_told_and_kept(archive: Archive, tmp_path: Path) -> None:
    filed(archive, tmp_path, SUBSCRIPTION, "ASN00123")
    card = filed(archive, tmp_path, RULES_OF_THE_OFFICE, "ASN00123", number=2)
    assert (card.asn, card.asn_taken) == (123, True)
    assert "档案序号 123 已属于系统编号 1" in "".join(card.review_reasons)


def test_the_number_of_a_file_that_was_refused_in_the_end_is_free_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(archive.dms, "file", lambda deposit: pytest.skip("never filed"))
        with pytest.raises(pytest.skip.Exception):
            filed(archive, tmp_path, SUBSCRIPTION, "ASN00123")
    with archive.engine.begin() as connection:
        intake.move(connection, f"{1:032}", "quarantined", at=NOON)
    card = filed(archive, tmp_path, RULES_OF_THE_OFFICE, "ASN00123", number=2)
    assert (card.asn, card.asn_taken) == (123, False)


def test_of_two_numbers_on_one_paper_the_first_counts_and_the_other_is_told(
    archive: Archive, tmp_path: Path
) -> None:
    card = filed(archive, tmp_path, SUBSCRIPTION, "ASN7", "ASN8")
    assert card.asn == 7
    assert "未取 8" in "".join(card.review_reasons)


def test_another_prefix_is_a_setting_and_a_dash_reads_none(tmp_path: Path) -> None:
    for value, expected in (("DA", 5), ("-", None)):
        told = {"DOSSIER_HOME": str(tmp_path / value), "DOSSIER_ASN_PREFIX": value}
        with open_archive(settings_module.load(told, tmp_path), lambda: NOON) as archive:
            assert filed(archive, tmp_path / value, SUBSCRIPTION, "ASN4", "DA5", "-6").asn == expected
