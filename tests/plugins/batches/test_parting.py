"""What a file is labelled that holds several documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from consumers.scan import Scan
from plugins.archiving.filing import Verdict, judge
from plugins.archiving.verdict_json import verdict_json
from plugins.batches.parting import Parting
from plugins.wiring import Archive
from tests.classifiers.parts.papers import (
    CONTRACT_1,
    CONTRACT_2,
    ID_BACK,
    ID_FRONT,
    LETTER,
    RECEIPT,
    SEPARATOR,
)
from tests.plugins.conftest import transcript_of

MIXED = "\f".join(text.strip() for text in (ID_FRONT, ID_BACK, CONTRACT_1, CONTRACT_2, RECEIPT))


def verdict(archive: Archive, text: str, parting: Parting = "propose") -> Verdict:
    return judge(transcript_of(text), archive.rules, 0.75, b"", parting)


def test_each_part_has_its_own_pages_and_labels(archive: Archive) -> None:
    told = [(one.range.first, one.range.last, one.labels.kind) for one in verdict(archive, MIXED).parts]
    assert told == [(1, 2, "身份证复印件"), (3, 4, "商品房买卖合同"), (5, 5, "收据")]


def test_a_mixed_file_is_labelled_by_its_principal_part_and_put_before_a_person(archive: Archive) -> None:
    labels = verdict(archive, MIXED).labels
    assert (labels.category, labels.kind) == ("contract", "商品房买卖合同")
    assert labels.personal_data == "sensitive"
    (proposal,) = [why for why in labels.review_reasons if "分件" in why]
    assert "第 3-4 页 “商品房买卖合同”" in proposal


def test_a_file_that_stays_in_one_piece_is_kept_as_long_as_its_longest_kept_part(archive: Archive) -> None:
    found = verdict(archive, MIXED)
    rules = archive.rules.schedule.rules
    named = [rules[one.labels.retention_rule] for one in found.parts]
    assert rules[found.labels.retention_rule].permanent == any(rule.permanent for rule in named)


def test_off_looks_at_the_file_as_one_document(archive: Archive) -> None:
    found = verdict(archive, MIXED, "off")
    assert found.parts == ()
    assert not any("分件" in why for why in found.labels.review_reasons)


def test_a_separator_sheet_is_a_part_of_no_known_kind_and_raises_no_doubt(archive: Archive) -> None:
    found = verdict(archive, "\f".join((RECEIPT.strip(), SEPARATOR, LETTER.strip())))
    assert [one.labels.category for one in found.parts] == ["sales", "other", "litigation"]
    assert found.parts[1].labels.review_reasons == ()
    assert found.labels.category == "litigation"


@pytest.mark.parametrize("text", [CONTRACT_1.strip() + "\f" + CONTRACT_2.strip(), RECEIPT.strip()])
def test_one_document_has_no_parts_in_json(archive: Archive, text: str, tmp_path: Path) -> None:
    assert "parts" not in as_json(archive, text, tmp_path)


def test_the_parts_stand_in_json_with_pages_and_reasons(archive: Archive, tmp_path: Path) -> None:
    told = as_json(archive, MIXED, tmp_path)
    assert told["category"] == "contract"
    assert told["needs_review"]
    parts = told["parts"]
    assert isinstance(parts, list)
    assert [(one["first"], one["last"], one["kind"]) for one in parts] == [
        (1, 2, "身份证复印件"),
        (3, 4, "商品房买卖合同"),
        (5, 5, "收据"),
    ]
    assert all(0 <= one["confidence"] <= 1 for one in parts)
    assert {"rule", "quote", "page", "weight"} == set(parts[1]["reasons"][0])
    assert any(
        reason["rule"].startswith("part:title") and reason["page"] == 5 for reason in parts[2]["reasons"]
    )


def as_json(archive: Archive, text: str, folder: Path) -> dict[str, object]:
    path = folder / "a.pdf"
    scan = Scan(path, "0" * 64, 1, path.name, "application/pdf", "test")
    return verdict_json(path, scan, transcript_of(text), verdict(archive, text), archive.rules.schedule, 0.1)
