"""The principal part: the document for which a mixed file was made, and what the file as a whole is labelled.

A file that stays in one piece is found, guarded and kept as its principal part: the others accompany it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from classifiers.confidentiality import Ladder
from classifiers.labels import Labels
from classifiers.parts.part import Part
from classifiers.taxonomy import ACCOMPANIES, OTHER, Taxonomy

_PERSONAL = ("none", "personal", "sensitive")
_PROPOSAL = "此文件似含"
_NAMED = re.compile(r"第 [\d-]+ 页 “(.+?)”")


def principal(parts: tuple[Part, ...], taxonomy: Taxonomy) -> Part:
    """The part for which the file was made.

    Separator sheets and what is none of the known categories come last, then papers that accompany
    others (identity, mandate, receipt). Among the rest a category that `claims` the file goes first (a
    court's or lawyer's paper: the file belongs to the case). Then the category with the most pages, at a
    tie the one of more `weight`; in it the longest part, at a tie the first. `parts` is not empty.
    """
    ranks = [_rank(part, taxonomy) for part in parts]
    candidates = [part for part, rank in zip(parts, ranks, strict=True) if rank == max(ranks)]
    category = _category(candidates, taxonomy)
    own = [part for part in candidates if part.labels.category == category]
    return max(own, key=lambda part: (_pages(part), -part.range.first))


def as_one(parts: tuple[Part, ...], taxonomy: Taxonomy, ladder: Ladder) -> Labels:
    """The labels of a mixed file that stays in one piece, with the proposal to part it among the doubts.

    They are the principal part's, but as secret and as personal as the most secret and most personal part.
    """
    labels = principal(parts, taxonomy).labels
    level = max((part.labels.confidentiality for part in parts), key=ladder.rank)
    personal = max((part.labels.personal_data for part in parts), key=_PERSONAL.index)
    return replace(
        labels,
        confidentiality=level,
        personal_data=personal,
        review_reasons=(*_doubts(parts), proposal(parts)),
    )


def proposal(parts: tuple[Part, ...]) -> str:
    """What a person is asked: where the documents lie, in one sentence (Chinese)."""
    places = "；".join(f"{_place(part)} {_name(part)}" for part in parts)
    papers = sum(not part.range.separator for part in parts)
    return f"{_PROPOSAL} {papers} 份材料，建议分件：{places}。请核对后分别归档"


def proposed_kinds(why: str) -> tuple[str, ...]:
    """The kinds that a `proposal` names, in the order of the pages; empty for any other sentence."""
    return tuple(_NAMED.findall(why)) if why.startswith(_PROPOSAL) else ()


def _doubts(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Every part's doubts but those of separator sheets, each once, in the order of the pages."""
    doubts = [
        why if why.startswith("第 ") else f"{_place(part)}：{why}"
        for part in parts
        if not part.range.separator
        for why in part.labels.review_reasons
    ]
    return tuple(dict.fromkeys(doubts))


def _place(part: Part) -> str:
    if part.range.first == part.range.last:
        return f"第 {part.range.first} 页"
    return f"第 {part.range.first}-{part.range.last} 页"


def _name(part: Part) -> str:
    return "分隔页或目录" if part.range.separator else f"“{part.labels.kind}”"


def _rank(part: Part, taxonomy: Taxonomy) -> int:
    if part.range.separator:
        return 0
    if part.labels.category == OTHER:
        return 1
    kind = next((row.id for row in taxonomy.kind if row.zh == part.labels.kind), "")
    return 2 if ACCOMPANIES in taxonomy.traits(kind) else 3


def _category(parts: list[Part], taxonomy: Taxonomy) -> str:
    pages: Counter[str] = Counter()
    for part in parts:
        pages[part.labels.category] += _pages(part)
    rows = {row.id: row for row in taxonomy.category}
    claiming = [one for one in pages if one in rows and rows[one].claims]
    return max(claiming or pages, key=lambda one: (pages[one], rows[one].weight if one in rows else 0))


def _pages(part: Part) -> int:
    return part.range.last - part.range.first + 1
