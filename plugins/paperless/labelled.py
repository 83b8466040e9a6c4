"""A Card as people see it in paperless-ngx: title, tags, document type, custom fields."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.masking import mask_id_numbers
from plugins.paperless import custom_fields as field
from plugins.paperless.client.wording import LONGEST_TITLE, storable
from plugins.paperless.tags import CATEGORY, FILED, HANDED_OVER, LEVEL, TO_CHECK, UNASSIGNED, path_of
from retention.record import Card

_APART = "；"


def title_of(card: Card) -> str:
    """The title, with ID numbers masked; the file's name where there is none."""
    return storable(mask_id_numbers(card.title or card.name), LONGEST_TITLE)


def tags_of(card: Card, categories: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Each tag with its parent. `categories` are the names that people see, by the card's own."""
    category = categories.get(card.category, card.category)
    under = ((CATEGORY, category), (LEVEL, card.confidentiality))
    nested = tuple((path_of(parent, name), parent) for parent, name in under if storable(name))
    states = [TO_CHECK if card.needs_review else FILED, *([UNASSIGNED] if card.unassigned else [])]
    states += [HANDED_OVER] if card.handed_over else []
    return (*nested, *((state, "") for state in states))


def fields_of(card: Card) -> dict[str, object]:
    """The custom fields that are not empty, by name; all but the one that holds the whole card."""
    words = {
        field.UNIT: card.unit,
        field.CUSTOMER: card.customer,
        field.CONTRACT: _found(card, "contract_no"),
        field.CASE: _found(card, "case_no"),
        field.DOSSIER: card.dossier,
        field.LEVEL: card.confidentiality,
        field.RETENTION: card.retention_rule,
        field.SHA256: card.sha256,
    }
    values: dict[str, object] = {name: storable(text) for name, text in words.items() if storable(text)}
    values[field.CONFIDENCE] = card.confidence
    if card.retain_until:
        values[field.RETAIN_UNTIL] = card.retain_until.isoformat()
    return values


def _found(card: Card, name: str) -> str:
    return _APART.join(dict.fromkeys(fact.value for fact in card.facts if fact.name == name))
