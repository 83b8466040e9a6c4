from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plugins.paperless.existing.plan import Plan, fields_in, plan
from plugins.paperless.existing.seen import Seen, joined

SEEN = Seen(
    id=1,
    title="t",
    content="",
    added=date(2026, 3, 2),
    kind="",
    categories=(),
    levels=(),
    states=frozenset(),
    fields={},
    name="n",
    media_type="text/plain",
    pages=1,
    sha256="0" * 64,
    may_change=True,
    card=None,
)
LADDER = ("公开", "内部", "普通商密")


@pytest.mark.parametrize(
    ("there", "ours", "renew", "set_", "kept"),
    [
        ("", {}, False, True, False),  # empty: filled
        ("", {"kind": "旧"}, False, False, True),  # ours, and emptied by a person
        ("", {"kind": "旧"}, True, False, True),
        ("人定", {}, False, False, True),  # a person's
        ("人定", {}, True, False, True),
        ("人定", {"kind": "旧"}, True, False, True),  # ours, and changed by a person
        ("旧", {"kind": "旧"}, False, False, True),  # ours, and nobody asked to renew it
        ("旧", {"kind": "旧"}, True, True, False),  # ours, unchanged, to be renewed
        ("新", {}, True, False, False),  # as wanted already
    ],
)
def test_a_label_is_set_only_where_it_is_empty_or_ours_and_unchanged(
    there: str, ours: dict[str, str], *, renew: bool, set_: bool, kept: bool
) -> None:
    found = plan({"kind": "新"}, replace(SEEN, kind=there), ours, replace_ours=renew)
    assert (bool(found.sets), bool(found.kept)) == (set_, kept)
    assert found.replaces == ({"kind": there} if set_ and there else {})


def test_nothing_is_set_where_nothing_is_known() -> None:
    assert plan({"kind": "", "field:房号": None}, SEEN, {}, replace_ours=False) == Plan()


def test_a_level_in_the_field_alone_keeps_the_tag_off_too() -> None:
    seen = replace(SEEN, levels=("内部",))
    assert plan({"level": "普通商密"}, seen, {}, replace_ours=False).sets == {}


def test_the_level_stands_in_its_field_too() -> None:
    assert fields_in({"level": "内部", "field:房号": "1-2", "kind": "x"}) == {"密级": "内部", "房号": "1-2"}


def test_numbers_are_compared_as_numbers() -> None:
    seen = replace(SEEN, fields={"置信度": 0.9})
    assert plan({"field:置信度": 0.90}, seen, {}, replace_ours=False) == Plan()


def test_of_several_levels_the_highest_counts_unless_one_is_not_of_the_ladder() -> None:
    assert joined(("内部", "普通商密", "公开"), LADDER) == "普通商密"
    assert joined(("内部", "绝密"), LADDER) == "内部、绝密"
