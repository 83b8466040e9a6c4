"""A fake paperless-ngx in which documents lie that people have put there, with histories and notes."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from tests.plugins.paperless.fake import ME, FakePaperless
from tests.plugins.paperless.wire import Answer, Asked, told

COLLEAGUE = {"id": 77, "username": "colleague"}


class FakeInUse(FakePaperless):
    """Beside what `FakePaperless` does: histories with who, notes, and the lists by tag."""

    def __init__(self) -> None:
        super().__init__()
        self.histories: dict[int, list[dict[str, Any]]] = {}
        self.notes: dict[int, list[str]] = {}
        self.entries = count(1)
        self.writes: list[tuple[str, str]] = []
        self.history_shown = True

    def lay(self, text: str, **values: Any) -> int:
        """A document that lies there."""
        content = text.encode()
        sha256 = hashlib.sha256(content).hexdigest()
        theirs: dict[str, Any] = {
            "title": "扫描",
            "content": text,
            "added": "2026-03-02T08:00:00+08:00",
            "original_file_name": "scan.txt",
            "mime_type": "text/plain",
            "page_count": 1,
            "versions": [{"id": 1, "checksum": sha256, "is_root": True}],
            "user_can_change": True,
        }
        number = self.add_document(content)
        self.documents[number] |= theirs | values
        return number

    def edit(self, number: int, **values: Any) -> None:
        """What a colleague does in the web interface: `document_type`, `tags`, or fields by their names."""
        document = self.documents[number]
        for name, value in values.items():
            if name in document:
                self._enter(number, {name: [str(document[name]), str(value)]}, COLLEAGUE)
                document[name] = value
            else:
                field = self.id_of("custom_fields", name)
                document["values"][field] = value
                change = {
                    "type": "custom_field",
                    "field": name,
                    "value": str(value).partition(":")[0].strip(),
                }
                self._enter(number, {"custom_fields": change}, COLLEAGUE)

    def id_of(self, resource: str, name: str) -> int:
        """The id of a named thing, which is made where it is missing."""
        found = [row["id"] for row in self.named[resource] if row["name"] == name]
        if not found:
            row = {"id": next(self.numbers), "owner": ME, "name": name, "data_type": "string"}
            self.named[resource].append(row)
            found = [row["id"]]
        return int(found[0])

    def names_on(self, number: int) -> set[str]:
        """The tags on a document, by name."""
        return {row["name"] for row in self.named["tags"] if row["id"] in self.documents[number]["tags"]}

    def kind_of(self, number: int) -> str:
        """The document type of a document, by name."""
        kind = self.documents[number]["document_type"]
        return next((row["name"] for row in self.named["document_types"] if row["id"] == kind), "")

    def value_of(self, number: int, field: str) -> Any:
        """What stands in a field."""
        return self.documents[number]["values"].get(self.id_of("custom_fields", field))

    def __call__(self, asked: Asked) -> Answer:
        parts = asked.path.removeprefix("/api/").strip("/").split("/")
        if asked.method != "GET":
            self.writes.append((asked.method, asked.path))
        if parts[0] == "documents" and len(parts) == 3 and parts[2] in ("history", "notes"):
            return self._beside(int(parts[1]), parts[2], asked)
        body = json.loads(asked.body) if asked.path.endswith("/bulk_edit/") else {}
        if body.get("method") == "set_document_type":
            number, kind = body["documents"][0], body["parameters"]["document_type"]
            me = {"id": ME, "username": "archive"}
            self._enter(number, {"document_type": [self.documents[number]["document_type"], kind]}, me)
            self.documents[number]["document_type"] = kind
            return told({"result": "OK"})
        return super().__call__(asked)

    def _beside(self, number: int, what: str, asked: Asked) -> Answer:
        if what == "history":
            if not self.history_shown:
                return told("Insufficient permissions", 403)
            return told(list(reversed(self.histories.get(number, []))))
        notes = self.notes.setdefault(number, [])
        if asked.method == "POST":
            notes.append(json.loads(asked.body)["note"])
        return told([{"id": at, "note": note} for at, note in enumerate(notes)])

    def _list(self, asked: Asked) -> Answer:
        answer = super()._list(asked)
        tag = asked.one("tags__id__all")
        if not tag:
            return answer
        rows = [row for row in json.loads(answer.body)["results"] if int(tag) in row["tags"]]
        return self._rows(rows)

    def _enter(self, number: int, changes: dict[str, Any], actor: dict[str, Any]) -> None:
        entry = next(self.entries)
        at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(seconds=entry)
        row = {
            "id": entry,
            "timestamp": at.isoformat(),
            "action": "update",
            "changes": changes,
            "actor": actor,
        }
        self.histories.setdefault(number, []).append(row)
