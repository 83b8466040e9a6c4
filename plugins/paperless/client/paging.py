"""All rows of a list that others change while it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from retention.errors import NoSuchRecord

Params = Sequence[tuple[str, str]]

_LOOKS = 6


def every(page_of: Callable[[Params], Any], params: Params) -> list[Any]:
    """Every row once. `page_of` gives the page for a query.

    One page is one moment. Over several, a row that goes makes all behind it move up, and one of them is on no page;
    so the list is looked through until two looks agree, and at the most six times. What was in it all the time and
    never shifted is among the rows in any case.
    """
    first = page_of(params)
    if isinstance(first, list):  # version 9 gives tasks so
        return first
    if not first.get("next"):
        return list(first["results"])
    rows: dict[Any, Any] = {}
    before: list[Any] | None = None
    for _ in range(_LOOKS):
        look, whole = _look(page_of, params)
        rows |= {row["id"]: row for row in look}
        now = [row["id"] for row in look]
        if whole and now == before:
            return look
        before = now if whole else None
    return list(rows.values())


def _look(page_of: Callable[[Params], Any], params: Params) -> tuple[list[Any], bool]:
    """The rows from the first page to the last, and whether they are one list."""
    rows: list[Any] = []
    seen: set[Any] = set()
    wanted = params
    while True:
        try:
            page = page_of(wanted)
        except NoSuchRecord:
            if wanted is params:
                raise
            return rows, False  # the list has become shorter than the page that was to come
        fresh = [row for row in page["results"] if row["id"] not in seen]
        seen |= {row["id"] for row in fresh}
        rows += fresh
        if not page.get("next"):
            return rows, len(fresh) == len(page["results"])
        if not fresh:
            return rows, False  # whoever gives the same page again would do so for ever
        # Of `next` only the query is used: the server builds its host from what a proxy tells it, and a token goes to
        # no other host.
        wanted = parse_qsl(urlsplit(page["next"]).query, keep_blank_values=True)
