"""Tests of the whole client against the schema that a real server gives of itself; see tests/live/schema.py."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

import plugins.paperless.client as package
from plugins.paperless.backend import PaperlessDms
from retention.dms import Clearance, Query, Term
from tests.contract.deposits import deposit
from tests.plugins.paperless.conftest import LEVELS
from tests.plugins.paperless.fake import ME, FakePaperless
from tests.plugins.paperless.wire import ANSWERS, Asked, Wire

SCHEMA: dict[str, Any] = json.loads((ANSWERS / "schema.json").read_text("utf-8"))
UNDECLARED = {
    ("/api/documents/{id}/", "version"),
    ("/api/documents/{id}/download/", "version"),
    ("/api/custom_fields/", "name__iexact"),
    ("/api/saved_views/", "name__iexact"),
    ("/api/saved_views/", "full_perms"),
}
"""Parameters that a real server heeds, or may leave out (names are compared here again), and that its schema lacks."""

# What each module reads of the rows that it is given, beside the models here: parts of objects that the schema does
# not describe, asked of a real server by tests/live.
ROWS = {
    "account": ({"UiSettingsView"}, {"user", "username", "is_superuser", "permissions"}),
    "configuration": ({"ApplicationConfiguration"}, set()),
    "documents": ({"Document", "CustomFieldInstance", "PaginatedDocumentList"}, set()),
    "groups": ({"Group"}, set()),
    "rights": ({"Document"}, set()),
    "saved_views": ({"SavedView"}, set()),
    "share_links": ({"ShareLink", "ShareLinkBundle"}, set()),
    "status": ({"SystemStatus"}, set()),
    "storage_paths": ({"StoragePath"}, set()),
    "tasks": (
        {"TaskSerializerV10"},
        {
            "overrides",
            "custom_fields",
            "document_id",
            "duplicate_of",
            "duplicate_in_trash",
            "error_message",
            "error_type",
        }
        | {"result", "related_document"},  # version 9
    ),
    "workflows": ({"Workflow", "WorkflowAction"}, set()),
}


def exercised(dms: PaperlessDms, fake: FakePaperless, server: Wire, folder: Path) -> list[Asked]:
    """Every request of a life: prepared, filed, found, relabelled, audited and mended."""
    terms = [Term("category", "签约"), Term("kind", "认购书"), *(Term("level", level) for level in LEVELS)]
    dms.prepare(terms)
    fake.named["tags"][0]["permissions"]["view"]["groups"] = []
    dms.prepare(terms)
    fake.me["is_superuser"] = False
    dms.cautions()
    paper = deposit(folder, b"1", ("认购书",), confidentiality="secret", asn=17)
    dms_id = dms.file(paper)
    record, _ = dms.confirmed(dms_id)
    dms.relabel(record, replace(record.card, kind="租赁合同", retain_until=None, dossier=""))
    dms.search(Query("认购"), Clearance(frozenset(LEVELS)))
    assert dms.original(dms_id) == b"1"
    assert dms.find(paper.card.sha256) == dms_id
    assert list(dms.records())
    dms.status()
    fake.documents[int(dms_id)]["owner"] = None
    fake.links = [
        {"id": 1, "document": int(dms_id), "expiration": None, "owner": ME},
        {"id": 2, "documents": [int(dms_id)], "expiration": None, "owner": ME},
    ]
    assert all(fault.repaired for fault in dms.audit_rights(repair=True))
    dms._documents.to_trash(int(dms_id))
    return server.asked


def operation(asked: Asked) -> tuple[str, dict[str, Any]]:
    """The path and the operation of the schema that a request is."""
    path = re.sub(r"/\d+/", "/{id}/", asked.path)
    assert path in SCHEMA["paths"], f"no such path: {asked.path}"
    operations = SCHEMA["paths"][path]
    assert asked.method.lower() in operations, f"{asked.method} {path}"
    return path, operations[asked.method.lower()]


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in part:
        return dict(SCHEMA["schemas"][part["$ref"].rpartition("/")[2]])
    return part


def names_in(part: Any) -> Iterator[str]:
    """Every name of a field in a part of the schema, and in what it refers to."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield from names_in(resolved(part))
        for name, value in part.get("properties", {}).items():
            yield name
            yield from names_in(value)
        for name, value in part.items():
            if name not in ("properties", "$ref"):
                yield from names_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from names_in(value)


def test_every_request_is_one_that_the_server_describes(
    dms: PaperlessDms, fake: FakePaperless, server: Wire, tmp_path: Path
) -> None:
    unknown = set()
    for asked in exercised(dms, fake, server, tmp_path):
        path, described = operation(asked)
        known = {one["name"] for one in described.get("parameters", ())}
        unknown |= {(path, name) for name, _ in asked.query if name not in known}
    assert unknown <= UNDECLARED


def test_every_body_has_only_fields_that_the_server_knows(
    dms: PaperlessDms, fake: FakePaperless, server: Wire, tmp_path: Path
) -> None:
    bodies = 0
    for asked in exercised(dms, fake, server, tmp_path):
        if not asked.body:
            continue
        bodies += 1
        path, described = operation(asked)
        kind = asked.headers["Content-Type"].partition(";")[0]
        properties = resolved(described["requestBody"]["content"][kind]["schema"])["properties"]
        if kind == "application/json":
            sent = set(json.loads(asked.body))
        else:
            head = f"Content-Type: {asked.headers['Content-Type']}\r\n\r\n".encode()
            parts: Any = BytesParser().parsebytes(head + asked.body).get_payload()
            sent = {part.get_param("name", header="Content-Disposition") for part in parts}
        assert sent <= set(properties), path
    assert bodies > 10


@pytest.mark.parametrize("module", ROWS)
def test_every_field_that_is_read_is_one_that_the_server_describes(module: str) -> None:
    models, beside = ROWS[module]
    known = set(beside)
    for model in models:
        known |= set(names_in(SCHEMA["schemas"][model]))
    tree = ast.parse((Path(package.__file__).parent / f"{module}.py").read_text("utf-8"))
    assert _read(tree) - known == set()


def _read(tree: ast.Module) -> set[str]:
    """The names by which rows are asked for something: row["id"], row.get("id")."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            names.add(node.slice.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            names |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    return {name for name in names if isinstance(name, str) and "/" not in name}
