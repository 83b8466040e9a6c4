"""Which part a mixed file was made for, and how the file is labelled that stays in one piece."""

from __future__ import annotations

import pytest

from classifiers.confidentiality import load as load_ladder
from classifiers.labels import Labels
from classifiers.parts import Part, Range, as_one, principal
from classifiers.parts.principal import proposal, proposed_kinds
from classifiers.taxonomy import load

TAXONOMY = load()


def part(kind: str, first: int, last: int, *, separator: bool = False, **labels: object) -> Part:
    row = next(one for one in TAXONOMY.kind if one.id == kind)
    made = Labels(
        category=row.category,
        kind=row.zh,
        confidence=0.9,
        reasons=(),
        confidentiality=row.confidentiality,
        personal_data=row.personal_data,
        retention_rule=row.retention,
        review_reasons=tuple(labels.get("doubts", ())),  # type: ignore[arg-type]  # told by the test itself
    )
    return Part(Range(first, last, separator=separator), made)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["id-card", "sale-contract", "receipt"], "sale-contract"),
        (["judgment", "sale-contract", "id-card"], "judgment"),
        (["household-register", "id-card"], "household-register"),
        (["news", "receipt"], "receipt"),
        (["subscription", "id-card", "receipt"], "subscription"),
        (["handover-notice", "handover-record", "lease"], "handover-notice"),
    ],
)
def test_the_file_was_made_for_its_weightiest_part(kinds: list[str], expected: str) -> None:
    parts = tuple(part(kind, page, page) for page, kind in enumerate(kinds, 1))
    found = principal(parts, TAXONOMY).labels.kind
    assert found == next(kind.zh for kind in TAXONOMY.kind if kind.id == expected)


def test_a_separator_sheet_is_never_the_principal_part() -> None:
    sheet = part("judgment", 1, 1, separator=True)
    assert principal((sheet, part("id-card", 2, 2)), TAXONOMY).labels.kind == "身份证复印件"


def test_of_two_of_one_category_the_longer_one_counts() -> None:
    parts = (part("lease", 1, 1), part("sale-contract", 2, 9))
    assert principal(parts, TAXONOMY).range.first == 2


def test_a_company_says_itself_which_category_claims_a_mixed_file() -> None:
    own = TAXONOMY.model_copy(
        update={
            "category": tuple(
                row.model_copy(update={"claims": row.id == "repair"}) for row in TAXONOMY.category
            )
        }
    )
    parts = (part("judgment", 1, 5), part("repair-order", 6, 6))
    assert principal(parts, own).labels.category == "repair"
    assert principal(parts, TAXONOMY).labels.category == "litigation"


def test_a_company_says_itself_what_only_accompanies_other_papers() -> None:
    accompanying = [
        row.model_copy(update={"traits": ("accompanies",)}) if row.id == "sale-contract" else row
        for row in TAXONOMY.kind
    ]
    own = TAXONOMY.model_copy(update={"kind": tuple(accompanying)})
    parts = (part("sale-contract", 1, 9), part("repair-order", 10, 10))
    assert principal(parts, own).labels.category == "repair"


def test_the_whole_is_as_secret_and_as_personal_as_its_most_secret_part() -> None:
    parts = (part("id-card", 1, 1), part("sale-contract", 2, 4))
    ladder = load_ladder()
    whole = as_one(parts, TAXONOMY, ladder)
    ranks = [ladder.rank(one.labels.confidentiality) for one in parts]
    assert ladder.rank(whole.confidentiality) == max(ranks)
    assert whole.personal_data == "sensitive"


def test_a_person_reads_which_pages_are_what() -> None:
    parts = (
        part("lease", 1, 1, separator=True),
        part("id-card", 2, 2),
        part("sale-contract", 3, 5, doubts=["请核对类别"]),
    )
    whole = as_one(parts, TAXONOMY, load_ladder())
    assert whole.needs_review
    assert whole.review_reasons == (
        "第 3-5 页：请核对类别",
        "此文件似含 2 份材料，建议分件：第 1 页 分隔页或目录；第 2 页 “身份证复印件”；第 3-5 页 “商品房买卖合同”。请核对后分别归档",
    )


def test_the_kinds_that_a_proposal_names_can_be_told_from_it() -> None:
    parts = (part("lease", 1, 1, separator=True), part("id-card", 2, 2), part("sale-contract", 3, 5))
    assert proposed_kinds(proposal(parts)) == ("身份证复印件", "商品房买卖合同")
    assert proposed_kinds("第 3-5 页 “商品房买卖合同”：请核对类别") == ()
