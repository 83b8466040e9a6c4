"""A real paperless-ngx for tests: an account of its own for each test, and nothing left behind.

An account sees its own documents only, so a test finds the server empty, whatever lies there.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from pathlib import Path

import requests

from plugins.paperless.connection import Connection
from plugins.paperless.custom_fields import TYPES
from plugins.paperless.named import EVERYTHING

MISSING = (
    ""
    if os.environ.get("PAPERLESS_URL") and os.environ.get("PAPERLESS_TOKEN")
    else "no paperless-ngx to ask: set PAPERLESS_URL and PAPERLESS_TOKEN (an administrator's); see tests/live/README.md"
)
_MODELS = ("document", "tag", "documenttype", "customfield", "paperlesstask", "note", "correspondent")
_RIGHTS = [f"{deed}_{model}" for model in _MODELS for deed in ("add", "view", "change", "delete")]
_FILE = "paperless-account.json"


def url() -> str:
    return os.environ["PAPERLESS_URL"].rstrip("/")


def administrator() -> Connection:
    return Connection(url(), os.environ["PAPERLESS_TOKEN"])


def token_for(folder: Path) -> str:
    """The token of the account that belongs to `folder`, made at the first call by whichever process."""
    with (folder / "paperless-account.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        file = folder / _FILE
        if not file.exists():
            file.write_text(json.dumps(_make_account(folder)), encoding="utf-8")
        return str(json.loads(file.read_text(encoding="utf-8"))["token"])


def _make_account(folder: Path) -> dict[str, object]:
    name = f"dossier-test-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}-{secrets.token_hex(4)}"
    password = secrets.token_urlsafe(24)
    body = {"username": name, "password": password, "is_active": True, "user_permissions": _RIGHTS}
    user = administrator().send("POST", "users/", body)
    # Not /api/token/: that takes five requests a minute.
    answer = requests.post(f"{url()}/api/profile/generate_auth_token/", auth=(name, password), timeout=60)
    answer.raise_for_status()
    return {"id": user["id"], "token": answer.json()}


def clear(folder: Path) -> None:
    """Take away the account of `folder` and all that it has made."""
    file = folder / _FILE
    if not file.exists():
        return
    admin = administrator()
    number = json.loads(file.read_text(encoding="utf-8"))["id"]
    owned = [("owner__id", str(number)), ("fields", "id"), EVERYTHING]
    documents = [row["id"] for row in admin.rows("documents/", owned)]
    for document in documents:
        admin.delete(f"documents/{document}/")
    trashed = [row["id"] for row in admin.rows("trash/", [EVERYTHING]) if row["owner"] == number]
    if trashed:
        # By id: without ids the whole trash would be emptied.
        admin.send("POST", "trash/", {"documents": trashed, "action": "empty"})
    for resource in ("tags", "document_types"):
        rows = [row for row in admin.rows(f"{resource}/", [EVERYTHING]) if row["owner"] == number]
        for row in sorted(rows, key=lambda row: -(row.get("parent") or 0)):
            admin.delete(f"{resource}/{row['id']}/")
    admin.delete(f"users/{number}/")
    file.unlink()


def our_fields() -> dict[str, int]:
    """Those of our custom fields that the server has, with their ids."""
    rows = administrator().rows("custom_fields/", [EVERYTHING])
    return {row["name"]: row["id"] for row in rows if row["name"] in TYPES}
