"""A record's card in another dossier: what changes with the household, and what stays as it is."""

from __future__ import annotations

from dataclasses import replace

from retention.households.dossier import CUSTOMER_PREFIX, DossierChoice
from retention.record import Card

_MOST_TITLE = 120


def rehoused(card: Card, choice: DossierChoice, why: str) -> Card:
    """The card in the chosen dossier (in none where the choice has no key), with the reason as its evidence.

    What was to be chosen is chosen: only that doubt goes; doubts about the labels are another question.
    """
    return replace(
        card,
        dossier=choice.key,
        unit=choice.unit or card.unit,
        customer=card.customer or choice.customer,
        title=_retitled(card, choice),
        review_reasons=tuple(reason for reason in card.review_reasons if reason != card.dossier_doubt),
        dossier_doubt=choice.doubt_zh,
        dossier_evidence=(why,),
    )


def _retitled(card: Card, choice: DossierChoice) -> str:
    """The title with the new home in the place of the old one, or behind the kind where it named none; titles
    write estate and unit together."""
    old = "" if card.dossier.startswith(f"{CUSTOMER_PREFIX}/") else card.dossier.replace("/", "")
    new = f"{choice.project}{choice.unit}"
    if not new or new in card.title:
        return card.title
    if old and old in card.title:
        return card.title.replace(old, new)
    if card.unit and card.unit in card.title:
        return card.title.replace(card.unit, new)
    if card.title == card.kind or card.title.startswith(f"{card.kind} "):
        return f"{card.kind} {new}{card.title.removeprefix(card.kind)}"[:_MOST_TITLE]
    return card.title
