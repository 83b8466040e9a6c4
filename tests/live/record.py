"""Records what a real paperless-ngx answers, for the tests that have none: `python -m tests.live.record`.

Asks the server of PAPERLESS_URL with the administrator's PAPERLESS_TOKEN, writes one file an answer to
tests/plugins/paperless/answers, with hosts, tokens and names of accounts taken out, and clears up.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.live import server
from tests.live.schema import trimmed

ANSWERS = Path(__file__).parents[1] / "plugins" / "paperless" / "answers"
_KEPT = ("Content-Type", "Retry-After", "X-Version", "X-Api-Version", "Location", "Allow")
_JSON = "application/json; version=10"

_TRACEBACK = re.compile(r'("traceback":\s*")(?:[^"\\]|\\.)*')  # lines of the server's own source

Ask = Callable[..., requests.Response]


def asking(token: str) -> Ask:
    """A call that asks the server as the owner of `token`."""

    def ask(method: str, path: str, accept: str = _JSON, **kwargs: Any) -> requests.Response:
        headers = {"Accept": accept, "Authorization": f"Token {token}"}
        return requests.request(
            method, f"{server.url()}{path}", headers=headers, allow_redirects=False, timeout=60, **kwargs
        )

    return ask


def write(name: str, response: requests.Response, secrets: dict[str, str]) -> requests.Response:
    """Keep an answer under `name`."""
    text = _TRACEBACK.sub(r"\1cut", response.text)
    headers = {key: response.headers[key] for key in _KEPT if key in response.headers}
    told = json.dumps({"status": response.status_code, "headers": headers, "body": text}, ensure_ascii=False)
    for secret, instead in secrets.items():
        told = told.replace(secret, instead)
    ANSWERS.mkdir(exist_ok=True)
    pretty = json.dumps(json.loads(told), ensure_ascii=False, indent=1)
    (ANSWERS / f"{name}.json").write_text(pretty + "\n", encoding="utf-8")
    print(name, response.status_code, text[:90].replace("\n", " "))
    return response


@contextmanager
def account() -> Iterator[str]:
    """A new account's token; all is cleared at the end."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            yield server.token_for(Path(folder))
        finally:
            server.clear(Path(folder))


def record_refusals(ask: Ask, administrator: Ask, keep: Callable[[str, requests.Response], object]) -> None:
    """Every shape in which the server says no."""
    keep("invalid-token", asking("0" * 40)("GET", "/api/tags/"))
    keep("bad-version", ask("GET", "/api/tags/", "application/json; version=8"))
    keep("unknown-path", ask("GET", "/api/nothing/here/"))
    keep("no-such-document", ask("GET", "/api/documents/99999999/"))
    keep("page-beyond-the-end", ask("GET", "/api/tags/?page=99"))
    keep("wrong-method", ask("PUT", "/api/documents/post_document/"))
    keep("empty-file", ask("POST", "/api/documents/post_document/", files={"document": ("a.pdf", b"")}))
    ask("POST", "/api/tags/", json={"name": "类别"})
    keep("tag-taken", ask("POST", "/api/tags/", json={"name": "类别"}))
    keep("search-syntax", ask("GET", '/api/documents/?query="'))
    wrong = {"username": "nobody", "password": "x"}
    keep("wrong-login", ask("POST", "/api/token/", json=wrong))
    for _ in range(8):
        throttled = ask("POST", "/api/token/", json=wrong)
        if throttled.status_code == 429:
            keep("throttled", throttled)
            break
    select = {"name": "dossier-test-select", "data_type": "select", "extra_data": {"select_options": ["a"]}}
    keep("server-error", administrator("POST", "/api/custom_fields/", json=select))
    rightless = administrator(
        "POST", "/api/users/", json={"username": "dossier-test-rightless", "password": "x9!kk-Qz7"}
    )
    token = requests.post(
        f"{server.url()}/api/profile/generate_auth_token/",
        auth=("dossier-test-rightless", "x9!kk-Qz7"),
        timeout=60,
    ).json()
    keep(
        "no-right",
        asking(token)("POST", "/api/documents/post_document/", files={"document": ("a.txt", b"some text")}),
    )
    administrator("DELETE", f"/api/users/{rightless.json()['id']}/")


def record_tasks(ask: Ask, keep: Callable[[str, requests.Response], object]) -> None:
    """What an upload looks like under way, at its end, and when it fails."""
    for name, content in (("success", b"a text of some words"), ("failure", b"%PDF-1.4 cut off")):
        files = {"document": (f"{name}.pdf", content)}
        task = ask("POST", "/api/documents/post_document/", files=files, data={"title": name}).json()
        path = f"/api/tasks/?task_id={task}"
        if name == "success":
            keep("task-under-way", ask("GET", path))
        while ask("GET", path).json()["results"][0]["status"] in ("pending", "started"):
            time.sleep(0.5)
        keep(f"task-{name}", ask("GET", path))
        keep(f"task-{name}-version-9", ask("GET", path, "application/json; version=9"))
    for number in range(2):
        files = {"document": (f"{number}.txt", f"some text {number}".encode())}
        form = {"archive_serial_number": "20010001"}
        task = ask("POST", "/api/documents/post_document/", files=files, data=form).json()
        path = f"/api/tasks/?task_id={task}"
        while ask("GET", path).json()["results"][0]["status"] in ("pending", "started"):
            time.sleep(0.5)
        if number:
            keep("task-number-taken", ask("GET", path))
    keep("task-unknown", ask("GET", "/api/tasks/?task_id=00000000-0000-0000-0000-000000000000"))
    shown = "id,title,created,document_type,storage_path,tags,custom_fields"
    keep("documents", ask("GET", f"/api/documents/?fields={shown}&page_size=1&ordering=id"))
    shown += ",owner,permissions&full_perms=true"
    keep("documents-with-rights", ask("GET", f"/api/documents/?fields={shown}&page_size=1&ordering=id"))
    for name in ("密级/公开", "密级/内部"):
        ask("POST", "/api/tags/", json={"name": name})
    keep("tags-page-1", ask("GET", "/api/tags/?page_size=2"))
    keep("tags-page-2", ask("GET", "/api/tags/?page_size=2&page=2"))


def record_settings(ask: Ask, administrator: Ask, keep: Callable[[str, requests.Response], object]) -> None:
    """What the server tells of itself, its workflows and its groups."""
    keep("ui-settings", ask("GET", "/api/ui_settings/"))
    keep("config", administrator("GET", "/api/config/"))
    workflow = {
        "name": "dossier-test-workflow",
        "order": 99,
        "enabled": True,
        "triggers": [{"type": 2, "filter_filename": "no-such-file-*"}],
        "actions": [{"type": 2, "remove_all_owners": True}, {"type": 6}],
    }
    made = administrator("POST", "/api/workflows/", json=workflow).json()
    keep("workflows", administrator("GET", "/api/workflows/"))
    administrator("DELETE", f"/api/workflows/{made['id']}/")
    for resource in ("triggers", "actions"):
        for row in made[resource]:
            administrator("DELETE", f"/api/workflow_{resource}/{row['id']}/")
    group = administrator(
        "POST", "/api/groups/", json={"name": "dossier-test-group", "permissions": ["view_document"]}
    ).json()
    keep("groups", administrator("GET", "/api/groups/?page_size=1"))
    administrator("DELETE", f"/api/groups/{group['id']}/")


def record_lying(ask: Ask, administrator: Ask, keep: Callable[[str, requests.Response], object]) -> None:
    """A document that lies there, with what two accounts have done to it."""
    files = {"document": ("scan.txt", b"a text that lies there")}
    task = ask("POST", "/api/documents/post_document/", files=files, data={"title": "a scan"}).json()
    path = f"/api/tasks/?task_id={task}"
    while ask("GET", path).json()["results"][0]["status"] in ("pending", "started"):
        time.sleep(0.5)
    number = ask("GET", path).json()["results"][0]["result_data"]["document_id"]
    kind = ask("POST", "/api/document_types/", json={"name": "dossier-test-type"}).json()["id"]
    tag = ask("POST", "/api/tags/", json={"name": "dossier-test-tag"}).json()["id"]
    body = {"name": f"dossier-test-{number}", "data_type": "string"}
    field = administrator("POST", "/api/custom_fields/", json=body).json()["id"]
    edit = "/api/documents/bulk_edit/"
    for method, parameters in (
        ("set_document_type", {"document_type": kind}),
        ("modify_custom_fields", {"add_custom_fields": {str(field): "ours"}, "remove_custom_fields": []}),
        ("modify_tags", {"add_tags": [tag], "remove_tags": []}),
    ):
        ask("POST", edit, json={"documents": [number], "method": method, "parameters": parameters})
    theirs = {"document_type": None, "custom_fields": [{"field": field, "value": "a: b"}]}
    administrator("PATCH", f"/api/documents/{number}/", json=theirs)
    ask("POST", f"/api/documents/{number}/notes/", json={"note": "a note"})
    shown = "id,title,content,added,document_type,tags,custom_fields,original_file_name,mime_type,page_count,versions"
    keep("lying", ask("GET", f"/api/documents/{number}/?fields={shown},owner,user_can_change"))
    keep("history", ask("GET", f"/api/documents/{number}/history/"))
    keep("notes", ask("GET", f"/api/documents/{number}/notes/"))
    administrator("DELETE", f"/api/custom_fields/{field}/")


def record_schema(ask: Ask) -> None:
    """The parts of the server's schema that are used."""
    schema = ask("GET", "/api/schema/", "application/vnd.oai.openapi+json").json()
    text = json.dumps(trimmed(schema), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (ANSWERS / "schema.json").write_text(text + "\n", encoding="utf-8")
    print("schema", len(text))


def main() -> None:
    with account() as token:
        host = server.url().partition("://")[2]
        name = asking(token)("GET", "/api/ui_settings/").json()["user"]["username"]
        secrets = {host: "paperless.invalid", token: "0" * 40, os.environ["PAPERLESS_TOKEN"]: "1" * 40}
        secrets[name] = "archive"

        def keep(name: str, response: requests.Response) -> None:
            write(name, response, secrets)

        administrator = asking(os.environ["PAPERLESS_TOKEN"])
        record_refusals(asking(token), administrator, keep)
        record_tasks(asking(token), keep)
        record_settings(asking(token), administrator, keep)
        record_lying(asking(token), administrator, keep)
        record_schema(asking(token))


if __name__ == "__main__":
    main()
