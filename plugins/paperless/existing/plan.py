"""What is to be written on a document, and how its labels were before: decided elsewhere, written by `marking`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plugins.paperless.custom_fields import LEVEL as LEVEL_FIELD
from plugins.paperless.existing.seen import CATEGORY, FIELD, KIND, LEVEL, Seen

Values = Mapping[str, object]


@dataclass(frozen=True)
class Plan:
    """The labels to set, by their names in `seen`, with what is to be replaced (empty: nothing); and what stays because
    somebody else has set it, with what would have been set."""

    sets: Values = field(default_factory=dict)
    replaces: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def plan(wanted: Values, seen: Seen, ours: Mapping[str, str], *, replace_ours: bool) -> Plan:
    """What of `wanted` may be set: what is empty and was never set by us; with `replace_ours` also what still shows what
    we have set (`ours`, as text). What we have set and somebody has emptied stays empty: that is his label too."""
    sets: dict[str, object] = {}
    replaces: dict[str, str] = {}
    kept: dict[str, tuple[str, str]] = {}
    for name, value in wanted.items():
        there, text = shown(seen, name), as_text(value)
        if not text or there == text:
            continue
        if not there and name not in ours:
            sets[name] = value
        elif there and replace_ours and ours.get(name) == there:
            sets[name], replaces[name] = value, there
        else:
            kept[name] = (there, text)
    return Plan(sets, replaces, kept)


def shown(seen: Seen, name: str) -> str:
    """What a document shows for a label, as text; several in one, empty: nothing."""
    if name == KIND:
        return seen.kind
    if name == CATEGORY:
        return "、".join(seen.categories)
    if name == LEVEL:
        return "、".join(seen.levels)
    return as_text(seen.fields.get(name.removeprefix(FIELD)))


def as_text(value: object) -> str:
    """A label's value as it is compared: numbers without ends that mean nothing."""
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def fields_in(sets: Values) -> dict[str, object]:
    """The custom fields of what is to be set, by name; the level stands in one too."""
    found = {name.removeprefix(FIELD): value for name, value in sets.items() if name.startswith(FIELD)}
    if LEVEL in sets:
        found[LEVEL_FIELD] = sets[LEVEL]
    return found
