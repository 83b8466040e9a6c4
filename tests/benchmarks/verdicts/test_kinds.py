"""What sets call a kind."""

from __future__ import annotations

import csv

from benchmarks.verdicts import folder, kinds
from classifiers import taxonomy

TAXONOMY = taxonomy.load()


def test_the_taxonomy_knows_its_own_names() -> None:
    assert kinds.ids("认购书", TAXONOMY) == kinds.ids("subscription", TAXONOMY) == {"subscription"}


def test_a_name_that_nobody_knows_is_not_judged() -> None:
    assert kinds.ids("没有这种文件", TAXONOMY) == frozenset()


def test_every_row_names_kinds_that_there_are_in_one_category() -> None:
    category = {kind.id: kind.category for kind in TAXONOMY.kind}
    for name, ids in kinds.table().items():
        assert len({category[kind] for kind in ids}) == 1, name


def test_every_kind_of_the_samples_is_known() -> None:
    with folder.SAMPLES.open(encoding="utf-8", newline="") as file:
        named = {row["kind"] for row in csv.DictReader(file) if row["category"]}
    assert [name for name in sorted(named) if not kinds.ids(name, TAXONOMY)] == []
