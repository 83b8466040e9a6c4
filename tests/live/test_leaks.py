"""What a person of a lower level learns of a document above him, by every address that the server has: nothing."""

from __future__ import annotations

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.notes import Notes
from retention.dms import Term
from retention.errors import DmsError
from retention.record import FactValue
from tests.contract.deposits import deposit
from tests.live import server

# The number of any document that the server numbers next; it stands in everybody's statistics.
_OF_ALL = ("asn",)
_CHANGES: dict[str, dict[str, Any]] = {
    "documents/bulk_download/": {"content": "originals"},
    "documents/selection_data/": {},
    "documents/bulk_edit/": {"method": "reprocess", "parameters": {}},
    "documents/merge/": {},
    "documents/delete/": {},
    "documents/email/": {"addresses": "a@example.org", "subject": "s", "message": "m"},
    "documents/remove_password/": {"password": "x"},
    "trash/": {"action": "restore"},
}
"""What is asked of many documents at once, by POST."""


@dataclass(frozen=True)
class Hidden:
    """A document of the highest level, what stands on it, and the ids of what it hangs on."""

    number: int
    marks: dict[str, str]
    ids: dict[str, list[int]]


def _hidden(archive: PaperlessDms, folder: Path) -> Hidden:
    account = server.number_of(folder)
    marks = {
        "title": f"奇珍题名{account}",
        "text": f"绝无仅有QZ77{account:08}",
        "customer": f"隐姓埋名{account}",
        "dossier": f"绝密花园{account}",
        "kind": f"绝密协定书{account}",
        "note": f"钥匙在某处{account}",
        "contract": f"HT-SECRET-{account}",
        "file": f"绝密文件{account}",
        "asn": str(900_000_000 + account),
        "bytes": f"the bytes of {account}",
    }
    facts = (
        FactValue("person_name", marks["customer"], 1, marks["customer"], "buyer"),
        FactValue("contract_no", marks["contract"], 1, marks["contract"], ""),
    )
    paper = deposit(
        folder,
        marks["bytes"].encode(),
        (f"{marks['text']} 商品房 {marks['customer']} {marks['contract']}",),
        (marks["customer"], marks["contract"]),
        confidentiality=archive._readers.levels[2],
        title=marks["title"],
        kind=marks["kind"],
        dossier=f"{marks['dossier']}/9-9-909",
        customer=marks["customer"],
        name=f"{marks['file']}.txt",
        asn=int(marks["asn"]),
        facts=facts,
    )
    number = int(archive.file(paper))
    Notes(archive._connection).add(number, marks["note"])
    body = {"document": number, "file_version": "original", "expiration": None}
    link = archive._connection.send("POST", "share_links/", body)
    row = archive._connection.get(f"documents/{number}/")
    ids = {
        "documents": [number],
        "document_types": [row["document_type"]],
        "storage_paths": [row["storage_path"]],
        "tags": row["tags"],
        "custom_fields": [one["field"] for one in row["custom_fields"]],
        "share_links": [link["id"]],
    }
    marks["link"] = link["slug"]
    return Hidden(number, marks, ids)


def _addresses(hidden: Hidden, other: int) -> Iterator[str]:
    """Everything that can be got, with the ids of what is hidden, and each way of asking for documents."""
    accept = {"Accept": "application/vnd.oai.openapi+json", "Authorization": server.authorization()}
    schema = requests.get(f"{server.url()}/api/schema/", headers=accept, timeout=120).json()
    for path in sorted(path for path, methods in schema["paths"].items() if "get" in methods):
        kinds = re.findall(r"/api/([a-z_]+)/", path)[:1]
        # Of a server's path, its sub-path is a part.
        short = path[path.index("/api/") :]
        for number in hidden.ids.get(kinds[0] if kinds else "", [1]) if "{" in path else [0]:
            yield re.sub(r"\{[a-z_]+\}", str(number), short)
    marks, number = hidden.marks, hidden.number
    for asked in (
        "page_size=100000",
        "page_size=100000&full_perms=true",
        "page_size=1&include_selection_data=true",
        f"id__in={number}",
        f"query=id:{number}",
        f"more_like_id={number}",
        f"more_like_id={other}",
        f"archive_serial_number={marks['asn']}",
        *(f"{box}={marks['text']}" for box in ("query", "text", "search", "content__icontains")),
        *(f"{box}={marks['title']}" for box in ("title_search", "title__icontains", "query")),
        f"query=notes.note:{marks['note']}",
        f"custom_fields__icontains={marks['contract']}",
        f"custom_field_query={json.dumps(['客户', 'exact', marks['customer']])}",
        f"document_type__id={hidden.ids['document_types'][0]}",
        f"storage_path__id={hidden.ids['storage_paths'][0]}",
    ):
        yield f"/api/documents/?{asked}"
    for sort in ("tags", "document_types", "storage_paths", "correspondents", "custom_fields", "share_links"):
        yield f"/api/{sort}/?page_size=100000"
    for words in (marks["text"][:4], marks["text"][4:8], marks["title"][:2], marks["customer"][:2]):
        yield f"/api/search/autocomplete/?term={words}&limit=1000"
    for words in (marks["text"], marks["title"], marks["kind"], marks["dossier"], marks["customer"]):
        yield f"/api/search/?query={words}"
        yield f"/api/search/?query={words}&db_only=true"
    yield from (f"/api/documents/{other}/{part}" for part in ("", "suggestions/", "history/"))
    yield from (f"/fetch/{part}/{number}" for part in ("doc", "thumb", "preview"))
    yield "/api/trash/?page_size=100000"
    yield "/api/tasks/?page_size=1000"


def _told(answer: requests.Response, hidden: Hidden, asked: str = "") -> set[str]:
    """Which marks stand in an answer, however it is written."""
    text = answer.content.decode("utf-8", "replace")
    if answer.content.startswith(b"PK"):
        text += " ".join(zipfile.ZipFile(io.BytesIO(answer.content)).namelist())
    if "json" in answer.headers.get("Content-Type", ""):
        text += json.dumps(answer.json(), ensure_ascii=False)
    # What was asked for comes back in a refusal.
    return {name for name in _marks_in(text, hidden) if hidden.marks[name] not in asked}


def _marks_in(text: str, hidden: Hidden) -> set[str]:
    return {name for name, mark in hidden.marks.items() if mark in text}


def _leaks(person: Connection, hidden: Hidden, other: int) -> dict[str, set[str]]:
    headers = {"Authorization": f"Token {person._key.token}", "Accept": "application/json; version=10"}
    found: dict[str, set[str]] = {}
    with requests.Session() as session:
        session.headers.update(headers)
        for address in dict.fromkeys(_addresses(hidden, other)):
            answer = session.get(f"{server.url()}{address}", allow_redirects=False, timeout=120)
            listed: dict[str, Any] = (
                answer.json() if address.startswith("/api/documents/?") and answer.ok else {}
            )
            if any(row["id"] == hidden.number for row in listed.get("results", [])):
                found.setdefault(address, set()).add("id")
            if told := _told(answer, hidden, address):
                found.setdefault(address, set()).update(told)
        for path, body in _CHANGES.items():
            whole = {**body, "documents": [hidden.number]}
            answer = session.post(
                f"{server.url()}/api/{path}", json=whole, allow_redirects=False, timeout=120
            )
            if answer.ok or _told(answer, hidden):
                found[path] = {str(answer.status_code)}
    return found


@pytest.mark.parametrize("sort", ["查阅", "编辑"])
def test_no_address_of_the_server_tells_of_a_document_above_a_persons_level(
    archive: PaperlessDms, tmp_path: Path, sort: str
) -> None:
    levels = archive._readers.levels
    archive.prepare([Term("level", level) for level in levels])
    other = int(archive.file(deposit(tmp_path, b"other", ("商品房",), confidentiality=levels[1])))
    hidden = _hidden(archive, tmp_path)
    person = server.person_in(tmp_path, f"密级/{levels[1]}/{sort}")
    found = {address: told.difference(_OF_ALL) for address, told in _leaks(person, hidden, other).items()}
    assert {address: told for address, told in found.items() if told} == {}
    # The same questions do tell somebody who may see it: they are asked rightly.
    above = _leaks(server.person_in(tmp_path, f"密级/{levels[2]}/{sort}"), hidden, other)
    assert len([address for address in above if "id" in above[address]]) > 10
    archive._connection.delete(f"documents/{hidden.number}/")
    for address in (
        "trash/",
        *(f"documents/{hidden.number}/{part}/" for part in ("download", "preview", "thumb")),
    ):
        with contextlib.suppress(DmsError):
            assert not _marks_in(b"".join(person.bytes_of(address)).decode("utf-8", "replace"), hidden)
