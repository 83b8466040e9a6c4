"""The table of a taxonomy as it is written, put upon the one that it extends."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from classifiers.errors import BadTaxonomy

Table = dict[str, Any]

_OWN = "extends"
_REST = "other"


def whole_table(path: Path) -> Table:
    """The table of that file; where it `extends` another one, that one with this one's rows put upon it.

    A row with the id of an extended one changes the keys that it names and leaves the others; a row with
    another id is added, a new category before the one for the rest. A table that names every category
    sets their order. Raises BadTaxonomy for a file that can not be read or that extends itself.
    """
    table, chain = _read(path), [path.resolve()]
    layers = [table]
    while _OWN in table:
        path = _extended(table, path)
        if path.resolve() in chain:
            raise BadTaxonomy(f"{path}: extends itself; name another table or remove the key")
        chain.append(path.resolve())
        table = _read(path)
        layers.append(table)
    whole = layers.pop()
    while layers:
        whole = _upon(whole, layers.pop())
    return whole


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadTaxonomy(f"{path}: can not be read: {error}") from error


def _extended(table: Table, path: Path) -> Path:
    """The table that is meant: one that lies beside this one, else one that ships."""
    name = table[_OWN]
    if not isinstance(name, str):
        raise BadTaxonomy(f"{path}: extends: write the name of one table")
    beside = path.parent / name
    return beside if beside.exists() else Path(__file__).parent / Path(name).name


def _upon(base: Table, own: Table) -> Table:
    merged = {key: value for key, value in (base | own).items() if key != _OWN}
    for sort in ("category", "kind", "caution"):
        if sort in base or sort in own:
            merged[sort] = _rows_upon(base.get(sort, []), own.get(sort, []))
    merged["talk"] = [*base.get("talk", []), *own.get("talk", [])]
    return _in_own_order(merged, own)


def _rows_upon(base: list[Table], own: list[Table]) -> list[Table]:
    known = {row.get("id") for row in base}
    changes = {row["id"]: row for row in own if row.get("id") in known}
    rows = [row | changes.get(row.get("id"), {}) for row in base]
    new = [row for row in own if row.get("id") not in known]
    rest = next((place for place, row in enumerate(rows) if row.get("id") == _REST), len(rows))
    # A doubled change would be lost in silence: the check for doubled ids has to see it.
    doubled = [row for row in own if row.get("id") in changes and changes[row["id"]] is not row]
    return [*rows[:rest], *new, *rows[rest:], *doubled]


def _in_own_order(merged: Table, own: Table) -> Table:
    order = [row.get("id") for row in own.get("category", [])]
    if {row.get("id") for row in merged.get("category", [])} == set(order) and len(order) == len(
        merged["category"]
    ):
        merged["category"] = sorted(merged["category"], key=lambda row: order.index(row["id"]))
    return merged
