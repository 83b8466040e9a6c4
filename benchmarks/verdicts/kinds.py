"""What labelled sets call a kind, as ids of the taxonomy's kinds."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from classifiers.taxonomy import Taxonomy

_TABLE = Path(__file__).with_name("kinds.toml")


def ids(name: str, taxonomy: Taxonomy) -> frozenset[str]:
    """The ids that are right for a kind of that name; empty where neither taxonomy nor table know it."""
    own = {kind.id for kind in taxonomy.kind if name in (kind.id, kind.zh)}
    return frozenset(own) or frozenset(table().get(name, ()))


@cache
def table() -> dict[str, list[str]]:
    """The rows of kinds.toml: a set's name of a kind, and the ids that are right."""
    rows: dict[str, list[str]] = tomllib.loads(_TABLE.read_text("utf-8"))
    return rows
