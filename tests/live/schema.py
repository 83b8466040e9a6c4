"""The parts of a real server's own schema that the client uses, cut down to names and types.

`tests/plugins/paperless/client/test_client.py` holds the client to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

USED = (
    "config/",
    "custom_fields/",
    "document_types/",
    "document_types/{id}/",
    "documents/",
    "documents/bulk_edit/",
    "documents/post_document/",
    "documents/{id}/",
    "documents/{id}/download/",
    "documents/{id}/share_links/",
    "groups/",
    "saved_views/",
    "saved_views/{id}/",
    "share_link_bundles/",
    "share_link_bundles/{id}/",
    "share_links/",
    "share_links/{id}/",
    "status/",
    "storage_paths/",
    "tags/",
    "tags/{id}/",
    "tasks/",
    "token/",
    "ui_settings/",
    "workflows/",
)
"""The paths below /api/ that the client asks."""

_METHODS = ("get", "post", "patch", "delete")
_NAMES_ONLY = ("description", "title", "example", "examples", "tags", "security", "operationId", "summary")


def trimmed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of what is used, with all that it refers to."""
    paths = {
        f"/api/{path}": {
            method: _bare(operation)
            for method, operation in schema["paths"][f"/api/{path}"].items()
            if method in _METHODS
        }
        for path in USED
    }
    parts = schema["components"]["schemas"]
    needed: dict[str, Any] = {}
    wanted = set(_referred(paths))
    while wanted:
        name = wanted.pop()
        needed[name] = _bare(parts[name])
        wanted |= set(_referred(parts[name])) - needed.keys()
    return {"info": schema["info"], "paths": paths, "schemas": dict(sorted(needed.items()))}


def _referred(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].rpartition("/")[2]
        for value in part.values():
            yield from _referred(value)
    elif isinstance(part, list):
        for value in part:
            yield from _referred(value)


def _bare(part: Any, *, named: bool = False) -> Any:
    """Without prose. `named`: the keys of this one are names of fields, that may be called `title` as well."""
    if isinstance(part, dict):
        return {
            key: _bare(value, named=key == "properties")
            for key, value in part.items()
            if named or key not in _NAMES_ONLY
        }
    return [_bare(value) for value in part] if isinstance(part, list) else part
