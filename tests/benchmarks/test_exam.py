"""What both exams promise of their papers (benchmarks/exam/README.md)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from benchmarks.verdicts import exam
from classifiers.corpus.invented import SLOTS
from classifiers.corpus.writing import SLOT
from classifiers.facts import FINDERS, id_number, uscc
from classifiers.taxonomy import load

Filled = Annotated[str, StringConstraints(min_length=1)]
NEVER_GIVEN = re.compile(r"\d{4}98")
"""Regions that no certificate of a real person can bear."""


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Filled
    first: int
    last: int


class Paper(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    id: Filled
    kind: Filled
    category: Literal["sales", "contract", "title", "repair", "litigation", "other"]
    maker: Filled
    hard: bool
    lines: Filled | None = None
    pages: tuple[Filled, ...] = ()
    parts: tuple[Part, ...] = ()
    facts: dict[str, tuple[Filled, ...]] | None = None

    @model_validator(mode="after")
    def either_lines_or_pages(self) -> Paper:
        if (self.lines is None) == (not self.pages):
            raise ValueError("give lines or pages, not both")
        return self

    @property
    def text(self) -> str:
        return "\n".join(self.pages) or self.lines or ""


class Papers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    text: tuple[Paper, ...]


@pytest.fixture(scope="module", params=[exam.TEXTS, exam.SECOND], ids=["first", "second"])
def papers(request: pytest.FixtureRequest) -> tuple[Paper, ...]:
    path: Path = request.param
    return Papers.model_validate(tomllib.loads(path.read_text("utf-8"))).text


def _values(papers: tuple[Paper, ...], name: str) -> list[tuple[str, str]]:
    return [
        (paper.id, "".join(value.split())) for paper in papers for value in (paper.facts or {}).get(name, ())
    ]


def test_no_two_papers_have_the_same_id(papers: tuple[Paper, ...]) -> None:
    assert [name for name, many in Counter(paper.id for paper in papers).items() if many > 1] == []


def test_every_kind_is_known_and_stands_in_its_category(papers: tuple[Paper, ...]) -> None:
    categories = {kind.id: kind.category for kind in load().kind}
    assert [paper.id for paper in papers if categories.get(paper.kind) != paper.category] == []
    assert [paper.id for paper in papers for part in paper.parts if part.kind not in categories] == []


def test_every_kind_stands_at_least_twice(papers: tuple[Paper, ...]) -> None:
    found = Counter(paper.kind for paper in papers)
    assert [kind for kind in found if found[kind] < 2] == []
    assert len(found) > 60


def test_the_parts_of_a_mixed_scan_leave_no_page_out_and_hold_its_kind(papers: tuple[Paper, ...]) -> None:
    mixed = [paper for paper in papers if paper.parts]
    assert mixed
    for paper in mixed:
        assert paper.parts[0].first == 1, paper.id
        assert paper.parts[-1].last == len(paper.pages), paper.id
        assert all(after.first == before.last + 1 for before, after in pairwise(paper.parts)), paper.id
        assert all(part.first <= part.last for part in paper.parts), paper.id
        assert paper.kind in {part.kind for part in paper.parts}, paper.id


def test_every_slot_can_be_filled_and_none_stands_beside_facts(papers: tuple[Paper, ...]) -> None:
    assert [paper.id for paper in papers if set(SLOT.findall(paper.text)) - SLOTS] == []
    assert [paper.id for paper in papers if paper.facts is not None and SLOT.search(paper.text)] == []


def test_every_fact_has_a_finder_and_stands_in_its_paper(papers: tuple[Paper, ...]) -> None:
    listed = [
        (paper, name, value)
        for paper in papers
        for name, told in (paper.facts or {}).items()
        for value in told
    ]
    assert listed
    assert {name for _, name, _ in listed} <= FINDERS.keys()
    assert [
        (paper.id, value)
        for paper, _, value in listed
        if "".join(value.split()) not in "".join(paper.text.split())
    ] == []


def test_every_id_number_has_its_check_digit_and_a_region_never_given(papers: tuple[Paper, ...]) -> None:
    found = _values(papers, "id_number")
    assert found
    long = [(name, value) for name, value in found if len(value) == 18]
    assert [told for told in long if id_number.check_character(told[1][:17]) != told[1][17]] == []
    assert [told for told in long if not NEVER_GIVEN.match(told[1])] == []


def test_every_credit_code_has_its_check_character(papers: tuple[Paper, ...]) -> None:
    found = _values(papers, "uscc")
    assert found
    assert [(name, value) for name, value in found if uscc.check_character(value[:17]) != value[17]] == []


def test_a_property_unit_number_has_28_places(papers: tuple[Paper, ...]) -> None:
    found = _values(papers, "property_unit_no")
    assert found
    assert [(name, value) for name, value in found if len(value) != 28] == []
