"""The appraisal report as a sheet to sign: 档案鉴定报告, HTML for A4 landscape."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from retention.appraising.appraisal import (
    AGREEMENT_NAMES,
    DECISION_NAMES,
    SIDE_NAMES,
    SIDES,
    Appraisal,
    Item,
    counts,
)
from retention.register import Head
from retention.reports.words import CATEGORY_NAMES, CategoryNames, category_name
from retention.reviewed import category_place

_ORDER = (*DECISION_NAMES, None)
_UNDECIDED = ("未作决定", "not decided")


def render_appraisal_html(
    batch: Appraisal,
    *,
    organisation: str,
    made_on: date,
    made_by: str,
    register_head: Head,
    category_names: CategoryNames = CATEGORY_NAMES,
) -> str:
    """One HTML page that needs nothing from outside. What it says of papers was masked when it was written down;
    `register_head` is printed so that the paper itself vouches for the register."""
    tallies = [
        (*DECISION_NAMES[name], number)
        for name, number in counts(batch.items).items()
        if name in DECISION_NAMES  # the others are told by themselves
    ]
    return (
        _environment()
        .get_template("appraisal.html.j2")
        .render(
            batch=batch,
            organisation=organisation,
            made_on=made_on.isoformat(),
            made_by=made_by,
            head=register_head,
            tallies=[*tallies, (*_UNDECIDED, counts(batch.items)["undecided"])],
            pages=sum(one.pages for one in batch.items),
            groups=_groups(batch.items, category_names),
            sides=[(SIDE_NAMES[side], batch.opinion_of(side)) for side in SIDES],
            agreement=AGREEMENT_NAMES,
        )
    )


def _groups(
    items: Sequence[Item], names: CategoryNames
) -> list[tuple[tuple[str, str], list[tuple[tuple[str, str], list[Item]]]]]:
    """The items by decision, in the order in which decisions are listed, and in each by category."""
    ordered = sorted(items, key=lambda one: (_ORDER.index(one.decision), category_place(one.category)))
    return [
        (
            DECISION_NAMES[decision] if decision else _UNDECIDED,
            [
                (category_name(category, names), list(same))
                for category, same in groupby(those, key=lambda one: one.category)
            ],
        )
        for decision, those in groupby(ordered, key=lambda one: one.decision)
    ]


def _environment() -> Environment:
    """Escaping is always on: what stands on a scan, or in a file's name, is nobody's HTML."""
    return Environment(
        loader=PackageLoader("retention", "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
