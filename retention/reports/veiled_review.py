"""A review as its reader may see it, for `report retention --json`: the same items, nothing above his level in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from retention.periods.cutoff import NoCutoff
from retention.reports.contents.review_rows import why_of
from retention.reports.eyes import Eyes
from retention.reviewed import DueItem, Review, UnruledItem, WaitingItem


def veiled(review: Review, eyes: Eyes) -> Review:
    """The review itself for who may see everything; ID numbers are masked where it is written."""
    if eyes.all_seeing:
        return review
    return replace(
        review,
        due=tuple(_due(review.due, eyes)),
        no_cutoff=tuple(_waiting(review.no_cutoff, eyes)),
        no_rule=tuple(_unruled(review.no_rule, eyes)),
    )


def _due(items: Iterable[DueItem], eyes: Eyes) -> Iterable[DueItem]:
    for item in items:
        zh, en = why_of(item, eyes)
        yield replace(
            item, record=eyes.record(item.record), why_zh=zh, why_en=en, blocks=eyes.blocks(item.blocks)
        )


def _waiting(items: Iterable[WaitingItem], eyes: Eyes) -> Iterable[WaitingItem]:
    for item in items:
        seen = eyes.see(item.record.card.confidentiality)
        plain = NoCutoff(item.missing.event, "须登记所缺事件", "the event must be recorded")
        yield replace(item, record=eyes.record(item.record), missing=item.missing if seen else plain)


def _unruled(items: Iterable[UnruledItem], eyes: Eyes) -> Iterable[UnruledItem]:
    for item in items:
        seen = eyes.see(item.record.card.confidentiality)
        plain = replace(item, why_zh="没有适用规则", why_en="no rule fits")
        yield replace(item if seen else plain, record=eyes.record(item.record))
