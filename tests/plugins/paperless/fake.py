"""A paperless-ngx in a few lines: as much of its behaviour as the backend's own tests need.

What the real one does is asked by tests/contract and tests/live; this one can be stopped, set back and
looked into.
"""

from __future__ import annotations

import hashlib
import json
from email.message import Message
from email.parser import BytesParser
from itertools import count
from typing import Any

from tests.plugins.paperless.wire import Answer, Asked, told

ME = 2
"""The id of the account that asks."""
_THINGS = ("group", "storagepath", "savedview", "workflow", "applicationconfiguration", "sharelinkbundle")
_CONFIGURATION = ("mode", "output_type", "archive_file_generation", "barcodes_enabled", "barcode_enable_asn")
_HTML = {"Content-Type": "text/html"}
_GONE = told({"detail": "No Document matches the given query."}, 404)


def _meets(values: dict[int, Any], condition: list[Any]) -> bool:
    """A condition on custom fields, as far as the backend puts any."""
    if condition[0] in ("AND", "OR"):
        met = [_meets(values, one) for one in condition[1]]
        return all(met) if condition[0] == "AND" else any(met)
    field, operation, wanted = condition
    if operation == "exists":
        return (field in values) == bool(wanted)
    value = str(values.get(field) or "")
    tests = {
        "exact": value == wanted,
        "icontains": str(wanted).lower() in value.lower(),
        "in": value in wanted,
    }
    return bool(tests[operation])


def grants() -> dict[str, dict[str, list[int]]]:
    """Nobody's, as the server writes them."""
    return {action: {"users": [], "groups": []} for action in ("view", "change")}


class Refusal(Exception):
    """Raised by a test's own `upload`: the server answers 400 with that body."""


class FakePaperless:
    """Answers requests; `down_after` requests it answers 503, as if killed in the middle. `mute_after` requests it does
    what it is asked once more, and neither that answer nor any later one comes."""

    def __init__(self) -> None:
        self.numbers = count(1)
        resources = ("tags", "document_types", "custom_fields", "groups", "storage_paths", "saved_views")
        self.named: dict[str, list[dict[str, Any]]] = {resource: [] for resource in resources}
        self.me = {"id": ME, "username": "archive", "is_superuser": False}
        self.may = [f"{deed}_{thing}" for deed in ("view", "add", "change") for thing in _THINGS]
        self.settings: dict[str, Any] = {"trash_delay": 365, "auditlog_enabled": True}
        self.configuration: dict[str, Any] = {}
        self.workflows: list[dict[str, Any]] = []
        self.links: list[dict[str, Any]] = []
        self.documents: dict[int, dict[str, Any]] = {}
        self.trash: list[int] = []
        self.discarded: dict[int, dict[str, Any]] = {}
        self.keeps_trash = False
        self.tasks: dict[str, dict[str, Any]] = {}
        self.down_after: int | None = None
        self.mute_after: int | None = None
        self.uploads = 0
        self.serials: set[int] = set()
        """Archive serial numbers of documents that nobody is shown: other people's, and those in the trash."""

    def __call__(self, asked: Asked) -> Answer:
        if self.down_after is not None:
            self.down_after -= 1
            if self.down_after < 0:
                return told({"detail": "down"}, 503)
        if self.mute_after is None:
            return self._answer(asked)
        self.mute_after -= 1
        if self.mute_after == -1:
            self._answer(asked)
        return self._answer(asked) if self.mute_after >= 0 else Answer(502, b"<html>", _HTML)

    def _answer(self, asked: Asked) -> Answer:
        resource, _, rest = asked.path.removeprefix("/api/").strip("/").partition("/")
        if resource in self.named:
            return self._named(self.named[resource], asked, rest)
        if resource == "ui_settings":
            return told({"user": self.me, "settings": self.settings, "permissions": self.may})
        if resource == "config":
            return told([dict.fromkeys(_CONFIGURATION) | self.configuration])
        if resource == "trash":
            return self._trash(asked)
        if resource == "workflows":
            return self._rows(self.workflows)
        if resource in ("share_links", "share_link_bundles"):
            return self._links(resource, asked, rest)
        if resource == "tasks":
            wanted = [value for name, value in asked.query if name == "status"]
            found = [task for task in self.tasks.values() if not wanted or task["status"] in wanted]
            return self._rows([t for t in found if asked.one("task_id") in ("", t["task_id"])])
        if rest == "post_document":
            try:
                return told(self.upload(asked.headers["Content-Type"], asked.body))
            except Refusal as refusal:
                return told(refusal.args[0], 400)
        if rest == "bulk_edit":
            body = json.loads(asked.body)
            document, changes = self.documents[body["documents"][0]], body["parameters"]
            for field, value in changes.get("add_custom_fields", {}).items():
                document["values"][int(field)] = value
            for field in changes.get("remove_custom_fields", []):
                document["values"].pop(field, None)
            kept = set(document["tags"]) - set(changes.get("remove_tags", []))
            document["tags"] = sorted(kept | set(changes.get("add_tags", [])))
            return told({"result": "OK"})
        return self._document(int(rest.split("/")[0]), asked) if rest else self._list(asked)

    def add_document(self, content: bytes, **values: Any) -> int:
        """A document that somebody has put there."""
        number = next(self.numbers)
        empty = {
            "id": number,
            "title": "t",
            "content": "",
            "tags": [],
            "values": {},
            "notes": [],
            "bytes": content,
        }
        theirs = {
            "created": "2020-01-01",
            "document_type": None,
            "storage_path": None,
            "archive_serial_number": None,
        }
        self.documents[number] = empty | theirs | {"owner": ME, "permissions": grants()} | values
        return number

    def upload(self, content_type: str, body: bytes) -> str:
        """Take in a form, at once; gives back the task's id."""
        self.uploads += 1
        message = BytesParser().parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
        parts: list[Message] = message.get_payload()  # type: ignore[assignment]  # of a form it is a list
        form: dict[str, list[bytes]] = {}
        for part in parts:
            name = str(part.get_param("name", header="Content-Disposition"))
            form.setdefault(name, []).append(part.get_payload(decode=True))  # type: ignore[arg-type]  # bytes of a part
        values = {int(field): value for field, value in json.loads(form["custom_fields"][0]).items()}
        serial = int(form["archive_serial_number"][0]) if "archive_serial_number" in form else None
        if serial is not None and serial in self.serials:
            task = f"task-refused-{self.uploads}"
            words = f"Not consuming x: Given ASN {serial} already exists! Note: existing document is in the trash."
            told_of = {"error_type": "ConsumerError", "error_message": words}
            self.tasks[task] = {"task_id": task, "status": "failure", "result_data": told_of}
            return task
        number = self.add_document(
            form["document"][0],
            archive_serial_number=serial,
            title=form["title"][0].decode(),
            created=form["created"][0].decode(),
            tags=[int(tag) for tag in form.get("tags", [])],
            document_type=int(form["document_type"][0]) if "document_type" in form else None,
            storage_path=int(form["storage_path"][0]) if "storage_path" in form else None,
            values=values,
        )
        task = f"task-{number}"
        self.tasks[task] = {"task_id": task, "status": "success", "result_data": {"document_id": number}}
        return task

    def _named(self, rows: list[dict[str, Any]], asked: Asked, rest: str) -> Answer:
        if asked.method == "PATCH":
            row = next(row for row in rows if str(row["id"]) == rest)
            self._grant(row, json.loads(asked.body))
            return told(row)
        if asked.method == "GET":
            wanted, head = asked.one("name__iexact").lower(), asked.one("name__istartswith").lower()
            found = [row for row in rows if wanted in ("", row["name"].lower())]
            return self._rows([row for row in found if row["name"].lower().startswith(head)])
        body = json.loads(asked.body)
        if any(row["name"] == body["name"] for row in rows):
            return told({"error": "Object violates owner / name unique constraint"}, 400)
        row = {"id": next(self.numbers), "owner": ME, "permissions": grants()}
        self._grant(row, body)
        for number, option in enumerate((row.get("extra_data") or {}).get("select_options", [])):
            option["id"] = f"option-{number}"
        rows.append(row)
        return told(row, 201)

    def _grant(self, row: dict[str, Any], body: dict[str, Any]) -> None:
        """Take over a body; rights as the server takes them: who may change may see."""
        row |= {name: value for name, value in body.items() if name != "set_permissions"}
        for action, who in body.get("set_permissions", {}).items():
            row["permissions"][action] = dict(who)
        if isinstance(row["permissions"], dict):
            view, change = row["permissions"]["view"], row["permissions"]["change"]
            for who in ("users", "groups"):
                view[who] = sorted({*view[who], *change[who]})

    def _links(self, resource: str, asked: Asked, rest: str) -> Answer:
        bundles = resource == "share_link_bundles"
        mine = [link for link in self.links if ("documents" in link) == bundles and link["owner"] == ME]
        if asked.method == "DELETE":
            gone = [link for link in mine if str(link["id"]) == rest]
            self.links = [link for link in self.links if link not in gone]
            return Answer(204, b"", {}) if gone else _GONE
        return self._rows(mine)

    def add_version(self, number: int, content: bytes) -> int:
        """Somebody has put other bytes over the document; gives back the version's id."""
        version = next(self.numbers)
        self.documents[number].setdefault("over", {})[version] = content
        return version

    def give_away(self, number: int) -> None:
        """An administrator gives the document, wherever it lies, to somebody else: our account sees it no more."""
        (self.documents if number in self.documents else self.discarded)[number]["hidden"] = True

    def _root(self, number: int) -> Answer:
        document = self.documents.get(number) or self.discarded.get(number)
        if document is None:
            return _GONE
        if "hidden" in document:
            return Answer(403, b"Insufficient permissions", {"Content-Type": "text/html; charset=utf-8"})
        return told({"root_id": number})

    def _list(self, asked: Asked) -> Answer:
        found = [document for document in self.documents.values() if "hidden" not in document]
        for name, value in asked.query:
            if name == "checksum__iexact":
                found = [d for d in found if hashlib.sha256(d["bytes"]).hexdigest() == value]
            elif name == "archive_serial_number":
                found = [d for d in found if d["archive_serial_number"] == int(value)]
            elif name == "tags__id__all":
                found = [d for d in found if int(value) in d["tags"]]
            elif name == "id__in":
                found = [d for d in found if str(d["id"]) in value.split(",")]
            elif name == "custom_field_query":
                found = [d for d in found if _meets(d["values"], json.loads(value))]
            elif name == "query":
                found = [d for d in found if d["notes"]]
            elif name == "search":
                found = [
                    d
                    for d in found
                    if all(word in f"{d['title']}\0{d['content']}".lower() for word in value.split())
                ]
        return self._rows([self._shown(document) for document in found])

    def _document(self, number: int, asked: Asked) -> Answer:
        if number in self.discarded and asked.path.endswith("/download/"):
            return Answer(200, self.discarded[number]["bytes"], {"Content-Type": "application/pdf"})
        if asked.path.rstrip("/").endswith("/root"):
            return self._root(number)
        if number not in self.documents or "hidden" in self.documents[number]:
            return _GONE
        document = self.documents[number]
        if asked.path.endswith("/metadata/"):
            version = int(asked.one("version"))
            content = document.get("over", {}).get(version, document["bytes"])
            names = {"media_filename": f"{version:07}.txt", "archive_media_filename": None}
            return told({"original_checksum": hashlib.sha256(content).hexdigest(), **names})
        if asked.path.endswith("/download/"):
            return Answer(200, document["bytes"], {"Content-Type": "application/pdf"})
        if asked.method == "DELETE":
            del self.documents[number]
            self.trash.append(number)
            self.discarded[number] = document
            return Answer(204, b"", {})
        if asked.path.endswith("/share_links/"):
            return told([link for link in self.links if link.get("document") == number])
        if asked.method == "PATCH":
            body = json.loads(asked.body)
            if "custom_fields" in body:  # the whole list: what is not in it goes
                document["values"] = {one["field"]: one["value"] for one in body.pop("custom_fields")}
            self._grant(document, body)
            document["content"] = document["content"].strip()
        return told(self._shown(document))

    def _trash(self, asked: Asked) -> Answer:
        """As the real one does, it answers OK whatever becomes of it, and empties all where no id is given."""
        if asked.method == "GET":
            lying = {number: self.discarded[number] for number in self.trash if number in self.discarded}
            seen = {number: one for number, one in lying.items() if "hidden" not in one}
            over = [
                {"id": version, "tags": [], "root_document": number}
                for number, one in seen.items()
                for version in one.get("over", {})
            ]
            shown = [self._shown(one) | {"custom_fields": [], "root_document": None} for one in seen.values()]
            return self._rows([*over, *shown])
        body = json.loads(asked.body)
        versions = {version for one in self.discarded.values() for version in one.get("over", {})}
        for number in [one for one in body.get("documents", list(self.trash)) if one not in versions]:
            if body["action"] == "restore":
                self.documents[number] = self.discarded.pop(number)
            elif self.keeps_trash:
                continue
            else:
                del self.discarded[number]
            self.trash.remove(number)
        return told({"result": "OK", "doc_ids": body.get("documents", [])})

    def _shown(self, document: dict[str, Any]) -> dict[str, Any]:
        ours = ("bytes", "values", "over", "hidden")
        shown = {name: value for name, value in document.items() if name not in ours}
        files = {document["id"]: document["bytes"], **document.get("over", {})}
        shown["versions"] = [
            {"id": each, "checksum": hashlib.sha256(content).hexdigest(), "is_root": each == document["id"]}
            for each, content in reversed(files.items())
        ]
        values = [{"field": field, "value": value} for field, value in document["values"].items()]
        return shown | {"custom_fields": values}

    def _rows(self, rows: list[dict[str, Any]]) -> Answer:
        return told({"count": len(rows), "next": None, "previous": None, "results": rows})
