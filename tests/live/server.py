"""A real paperless-ngx for tests: an account of its own for each test, and nothing left behind.

An account sees its own documents only, so a test finds the server empty, whatever lies there.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import time
from pathlib import Path

import requests

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.named import EVERYTHING
from plugins.paperless.custom_fields import BESIDE, TYPES
from retention.errors import DmsUnavailable, NoSuchRecord

MISSING = (
    ""
    if os.environ.get("PAPERLESS_URL") and os.environ.get("PAPERLESS_TOKEN")
    else "no paperless-ngx to ask: set PAPERLESS_URL and PAPERLESS_TOKEN (an administrator's); see tests/live/README.md"
)
_MODELS = (
    "document",
    "tag",
    "documenttype",
    "customfield",
    "paperlesstask",
    "note",
    "correspondent",
    "storagepath",
    "savedview",
    "sharelink",
    "uisettings",
)
_RIGHTS = [f"{deed}_{model}" for model in _MODELS for deed in ("add", "view", "change", "delete")]
_RIGHTS.append("view_logentry")  # who has changed what: a sweep looks there
_LOOKING = [
    "view_group",
    "add_group",
    "view_workflow",
    "view_applicationconfiguration",
    "view_sharelinkbundle",
]
"""What `dossier init` and the audit want beside; groups belong to nobody, so not every test may make some."""
_LAST_UPLOADS = 300.0
_TRIES = 5
_FILE = "paperless-account.json"


def url() -> str:
    return os.environ["PAPERLESS_URL"].rstrip("/")


def authorization() -> str:
    """The header of the administrator's token."""
    return f"Token {os.environ['PAPERLESS_TOKEN']}"


def administrator() -> Connection:
    return Connection(url(), os.environ["PAPERLESS_TOKEN"])


def token_for(folder: Path, *, looking: bool = False) -> str:
    """The token of the account that belongs to `folder`, made at the first call by whichever process. With `looking`
    it may see what `dossier init` looks at, and make groups."""
    with (folder / "paperless-account.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        file = folder / _FILE
        if not file.exists():
            file.write_text(json.dumps(_make_account(folder, _RIGHTS + _LOOKING * looking)), encoding="utf-8")
        return str(json.loads(file.read_text(encoding="utf-8"))["token"])


def levels_of(folder: Path) -> tuple[str, ...]:
    """A ladder of the account's own: groups have no owner, and other ones bear the names of a real one."""
    account = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    return tuple(f"{level}-{account['id']}" for level in ("public", "internal", "secret"))


def number_of(folder: Path) -> int:
    """The id of the account that belongs to `folder`."""
    return int(json.loads((folder / _FILE).read_text(encoding="utf-8"))["id"])


def own(folder: Path) -> tuple[str, str]:
    """The condition by which a list has nothing but the account's documents: what nobody owns, everybody sees."""
    return "owner__id", str(number_of(folder))


def theirs(connection: Connection, resource: str) -> set[str]:
    """The names of what the account sees and does not own: other people's, adopted as they are."""
    me = connection.get("ui_settings/")["user"]["id"]
    return {row["name"] for row in connection.rows(f"{resource}/", [EVERYTHING]) if row["owner"] != me}


def person_in(folder: Path, group: str) -> Connection:
    """Somebody of a group, who goes with the account."""
    account = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    groups = {row["name"]: row["id"] for row in administrator().rows("groups/", [EVERYTHING])}
    name, password = f"dossier-test-{account['id']}-{secrets.token_hex(4)}", secrets.token_urlsafe(24)
    body = {"username": name, "password": password, "is_active": True, "groups": [groups[group]]}
    administrator().send("POST", "users/", body)
    return Connection(url(), _token_of(name, password))


def _token_of(name: str, password: str) -> str:
    # Not /api/token/: that takes five requests a minute.
    answer = requests.post(f"{url()}/api/profile/generate_auth_token/", auth=(name, password), timeout=60)
    answer.raise_for_status()
    return str(answer.json())


def _make_account(folder: Path, rights: list[str]) -> dict[str, object]:
    name = f"dossier-test-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}-{secrets.token_hex(4)}"
    password = secrets.token_urlsafe(24)
    body = {"username": name, "password": password, "is_active": True, "user_permissions": rights}
    user = administrator().send("POST", "users/", body)
    return {"id": user["id"], "token": _token_of(name, password)}


def _wait_for_uploads(admin: Connection, number: int) -> None:
    # A document that comes out of an upload whose account has gone has no owner: every later test would see it.
    under_way = [("task_type", "consume_file"), ("status", "pending"), ("status", "started"), EVERYTHING]
    until = time.monotonic() + _LAST_UPLOADS
    while any(row["owner"] == number for row in admin.rows("tasks/", under_way)) and time.monotonic() < until:
        time.sleep(0.5)


def _delete(admin: Connection, path: str) -> None:
    """Two that delete tags of the same server at once: its database turns one of them away as a deadlock, with HTTP 500."""
    for _ in range(_TRIES):
        try:
            return admin.delete(path)
        except NoSuchRecord:
            return None
        except DmsUnavailable:
            time.sleep(1.0)
    return admin.delete(path)


def clear(folder: Path) -> None:
    """Take away the account of `folder` and all that it has made."""
    file = folder / _FILE
    if not file.exists():
        return
    admin = administrator()
    number = json.loads(file.read_text(encoding="utf-8"))["id"]
    _wait_for_uploads(admin, number)
    owned = [("owner__id", str(number)), ("fields", "id"), EVERYTHING]
    documents = [row["id"] for row in admin.rows("documents/", owned)]
    for document in documents:
        _delete(admin, f"documents/{document}/")
    trashed = [row["id"] for row in admin.rows("trash/", [EVERYTHING]) if row["owner"] == number]
    if trashed:
        # By id: without ids the whole trash would be emptied.
        admin.send("POST", "trash/", {"documents": trashed, "action": "empty"})
    for resource in ("saved_views", "tags", "document_types", "storage_paths"):
        rows = [row for row in admin.rows(f"{resource}/", [EVERYTHING]) if row["owner"] == number]
        for row in sorted(rows, key=lambda row: -(row.get("parent") or 0)):
            _delete(admin, f"{resource}/{row['id']}/")
    for row in list(admin.rows("groups/", [EVERYTHING])):
        if f"-{number}/" in row["name"]:
            _delete(admin, f"groups/{row['id']}/")
    for row in list(admin.rows("users/", [EVERYTHING])):
        if row["id"] == number or row["username"].startswith(f"dossier-test-{number}-"):
            _delete(admin, f"users/{row['id']}/")
    file.unlink()


def remove_workflow(number: int) -> None:
    """Take a workflow away, with its triggers and actions: the server leaves these behind."""
    admin = administrator()
    made = admin.get(f"workflows/{number}/")
    admin.delete(f"workflows/{number}/")
    for resource in ("triggers", "actions"):
        for row in made[resource]:
            admin.delete(f"workflow_{resource}/{row['id']}/")


def our_fields() -> dict[str, int]:
    """Those of our custom fields that the server has, with their ids."""
    rows = administrator().rows("custom_fields/", [EVERYTHING])
    return {row["name"]: row["id"] for row in rows if row["name"].removesuffix(BESIDE) in TYPES}
