"""The retention review as a sheet to sign: 保管期限到期鉴定审查表, HTML for A4 landscape."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined

from retention.register import Head
from retention.reports.chart import chart_of
from retention.reports.review_rows import blocked_rows, due_groups, rules_in, unruled_rows, waiting_groups
from retention.reports.words import CATEGORY_NAMES, CategoryNames, category_name
from retention.reviewed import Review


def render_review_html(
    review: Review,
    *,
    organisation: str,
    made_on: date,
    made_by: str,
    register_head: Head,
    mask: Callable[[str], str],
    category_names: CategoryNames = CATEGORY_NAMES,
) -> str:
    """One HTML page that needs nothing from outside.

    `mask` is laid over every title, dossier and reason, so that no ID number reaches paper;
    `category_names` are those of the taxonomy in use; `register_head` is printed so that the paper itself vouches for the register.
    """
    template = _environment().get_template("review.html.j2")
    return template.render(
        review=review,
        organisation=organisation,
        made_on=made_on.isoformat(),
        made_by=made_by,
        head=register_head,
        chart=chart_of(review.due, category_names),
        categories=due_groups(review.due, mask, category_names),
        blocked=blocked_rows(review.due, mask),
        waiting=waiting_groups(review.no_cutoff, mask),
        unruled=unruled_rows(review.no_rule, mask),
        permanent=[
            (category_name(one.category, category_names), one.rule, one.count) for one in review.permanent
        ],
        rules=rules_in(review),
    )


def _environment() -> Environment:
    """Escaping is always on: what stands on a scan, or in a file's name, is nobody's HTML."""
    return Environment(
        loader=PackageLoader("retention", "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
