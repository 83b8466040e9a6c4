"""A kind that a person lays a sheet in for is the paper's kind; what hangs on it goes up and never down."""

from __future__ import annotations

from classifiers import confidentiality, taxonomy
from classifiers.labels import Labels
from classifiers.parts.cover import Cover
from classifiers.parts.covered import AS_TOLD, covered

TAXONOMY, LADDER = taxonomy.load(), confidentiality.load()
UNSURE = Labels(
    "other", "其他", 0.4, (), "公开", "none", "", ("类别把握只有 40%，请核对类别", "第 1 页文字可疑：模糊")
)


def test_the_kind_is_the_sheets_and_nobody_is_asked_for_it() -> None:
    kind = next(one for one in TAXONOMY.kind if one.id == "id-card")
    labels = covered(UNSURE, Cover(kind="id-card", page=3), TAXONOMY, LADDER)
    assert (labels.kind, labels.category, labels.retention_rule) == (kind.zh, kind.category, kind.retention)
    assert labels.confidence == AS_TOLD
    assert (labels.reasons[0].rule, labels.reasons[0].page) == ("cover:kind", 3)
    assert labels.confidentiality == LADDER.higher("公开", kind.confidentiality)
    assert labels.personal_data == kind.personal_data
    assert labels.review_reasons == ("第 1 页文字可疑：模糊",)


def test_no_level_goes_down_with_a_sheet() -> None:
    high = LADDER.names[-1]
    secret = Labels("title", "x", 0.99, (), high, "sensitive", "")
    labels = covered(secret, Cover(kind="other", page=1), TAXONOMY, LADDER)
    assert (labels.confidentiality, labels.personal_data) == (high, "sensitive")


def test_a_kind_that_there_is_not_changes_nothing_and_is_told() -> None:
    labels = covered(UNSURE, Cover(kind="no-such", page=2), TAXONOMY, LADDER)
    assert (labels.kind, labels.confidence) == ("其他", 0.4)
    assert "no-such" in labels.review_reasons[-1]


def test_the_troubles_of_a_sheet_are_for_a_person_to_see() -> None:
    assert covered(UNSURE, Cover(troubles=("看不清",)), TAXONOMY, LADDER).review_reasons[-1] == "看不清"
