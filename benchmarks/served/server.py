"""The server, asked by its REST API alone: this side of a comparison borrows nothing from the other."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

_MODELS = ("document", "tag", "documenttype", "customfield", "paperlesstask", "note", "correspondent")
_RIGHTS = [
    "view_uisettings",
    *(f"{deed}_{model}" for model in _MODELS for deed in ("add", "view", "change", "delete")),
]
_PREPARING = [
    *(
        f"{deed}_{model}"
        for model in ("storagepath", "savedview")
        for deed in ("add", "view", "change", "delete")
    ),
    "view_group",
    "add_group",
    "view_sharelink",
]
"""What `dossier init` wants beside."""
_EVERYTHING = {"page_size": "100000"}
_LOOK_EVERY = 0.5
"""Seconds between two questions after a task: each costs the server some 30 milliseconds of CPU."""
_PATIENCE = 900.0
_TRIES = 4


@dataclass(frozen=True)
class Account:
    """An account that was made for a measurement; it sees its own documents only."""

    id: int
    token: str


class Server:
    """What one account sees of the server."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self._session = requests.Session()
        self._session.headers.update(
            {"Authorization": f"Token {token}", "Accept": "application/json; version=10"}
        )

    def ask(self, method: str, path: str, **told: Any) -> Any:
        """What the server answers; raises requests.HTTPError for a refusal."""
        call = {"timeout": 120, "allow_redirects": False, **told}
        answer = self._session.request(method, f"{self.url}/api/{path}", **call)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def rows(self, resource: str, **filters: str) -> list[dict[str, Any]]:
        """All rows of a list."""
        found: list[dict[str, Any]] = self.ask("GET", f"{resource}/", params={**_EVERYTHING, **filters})[
            "results"
        ]
        return found

    def upload(self, path: Path) -> str:
        """Hand the file over as a person does, and give back the task's name."""
        with path.open("rb") as file:
            return str(self.ask("POST", "documents/post_document/", files={"document": (path.name, file)}))

    def wait(self, task: str) -> int | None:
        """The id of the document that a task has made, once it is done; None where it failed."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            rows = self.ask("GET", "tasks/", params={"task_id": task})["results"]
            if rows and rows[0]["status"] == "success":
                return int(rows[0]["result_data"]["document_id"])
            if rows and rows[0]["status"] == "failure":
                return None
            time.sleep(_LOOK_EVERY)
        raise TimeoutError(f"the server has not done task {task} within {_PATIENCE:.0f} seconds")

    def text(self, document: int) -> str:
        """What the server holds as the document's text: what its search goes by."""
        return str(self.ask("GET", f"documents/{document}/", params={"fields": "content"})["content"])

    def _delete(self, path: str) -> None:
        # On PostgreSQL the server may answer 500: tags hang in a tree, and whoever makes one at the same time locks it.
        for again in range(_TRIES):
            try:
                self.ask("DELETE", path)
            except requests.HTTPError as error:
                if error.response.status_code != 500 or again == _TRIES - 1:
                    raise
                time.sleep(_LOOK_EVERY)
            else:
                return

    def make_account(self, *, preparing: bool = False) -> Account:
        """A new account with the rights that filing takes, and with `preparing` those of `dossier init`; `self` must be an
        administrator's."""
        name, password = f"dossier-benchmark-{secrets.token_hex(4)}", secrets.token_urlsafe(24)
        rights = _RIGHTS + _PREPARING * preparing
        body = {"username": name, "password": password, "is_active": True, "user_permissions": rights}
        number = int(self.ask("POST", "users/", json=body)["id"])
        # Not /api/token/: that takes five requests a minute.
        answer = requests.post(
            f"{self.url}/api/profile/generate_auth_token/", auth=(name, password), timeout=60
        )
        answer.raise_for_status()
        return Account(number, str(answer.json()))

    def clear(self, account: Account) -> None:
        """Take the account away with all that it has made."""
        for row in self.rows("documents", owner__id=str(account.id), fields="id"):
            self.ask("DELETE", f"documents/{row['id']}/")
        trashed = [row["id"] for row in self.rows("trash") if row["owner"] == account.id]
        if trashed:
            # By id: without ids the whole trash would be emptied.
            self.ask("POST", "trash/", json={"documents": trashed, "action": "empty"})
        for resource in ("saved_views", "tags", "document_types", "storage_paths"):
            rows = [row for row in self.rows(resource) if row["owner"] == account.id]
            for row in sorted(rows, key=lambda row: -(row.get("parent") or 0)):
                self._delete(f"{resource}/{row['id']}/")
        self.ask("DELETE", f"users/{account.id}/")
