"""Showing what the archive's account has made to the groups of the levels: a tag that only its owner sees is shown to
others as a blank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.named import EVERYTHING
from plugins.paperless.client.rights import Ids
from retention.dms import Change


def share(
    connection: Connection, resource: str, names: set[str], owner: int, groups: Ids, *, dry_run: bool
) -> Iterator[Change]:
    """Add sight for `groups` to those of `names` that belong to `owner` and lack it; one Change for each. Grants that
    are there stay; what belongs to somebody else, or to nobody, is left alone."""
    rows = connection.rows(f"{resource}/", [("full_perms", "true"), EVERYTHING])
    for row in rows:
        if row["name"] not in names or row["owner"] != owner:
            continue
        view = row["permissions"]["view"]
        if groups <= set(view["groups"]):
            continue
        if not dry_run:
            wanted = {"users": view["users"], "groups": sorted(groups.union(view["groups"]))}
            body: dict[str, Any] = {"set_permissions": {"view": wanted}}
            connection.send("PATCH", f"{resource}/{row['id']}/", body)
        yield Change("share", resource, row["name"])
