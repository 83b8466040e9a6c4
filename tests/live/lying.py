"""Documents that lie on the real server already, an archive that sweeps it, and a person who works there meanwhile."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from consumers.transcript import Transcript
from plugins import settings
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.documents import Documents, Upload
from plugins.paperless.client.named import EVERYTHING
from plugins.paperless.client.tasks import Tasks
from plugins.paperless.existing.existing import Existing
from plugins.paperless.existing.seen import Seen
from plugins.sweeping.sweep import Mode, Sweep
from plugins.wiring import Archive, open_archive
from tests.live import server
from tests.plugins.conftest import RULES_OF_THE_OFFICE, SUBSCRIPTION, transcript_of

TEXTS = (SUBSCRIPTION, RULES_OF_THE_OFFICE)


def archive_on(folder: Path, name: str = "home") -> Archive:
    """An archive of the account that belongs to `folder`."""
    values = {
        "DOSSIER_HOME": str(folder / name),
        "DOSSIER_DMS": "paperless",
        "PAPERLESS_URL": server.url(),
        "PAPERLESS_TOKEN": server.token_for(folder),
    }
    opened = open_archive(settings.load(values, folder))
    _leave_others_alone(existing_of(opened), server.number_of(folder))
    return opened


def _leave_others_alone(existing: Existing, account: int) -> None:
    """What has no owner is everybody's to see and to change: without this a test's sweep would label the documents of the
    server's people."""
    foreign, bearing, changed = existing.foreign, existing.bearing, existing.changed

    def own(numbers: list[int]) -> list[int]:
        mine = set(existing._documents.ids([("owner__id", str(account))])) if numbers else set()
        return [number for number in numbers if number in mine]

    existing.foreign = lambda since=None: own(foreign(since))  # type: ignore[method-assign]  # a test's account only
    existing.bearing = lambda state: own(bearing(state))  # type: ignore[method-assign]  # a test's account only
    existing.changed = lambda since: own(changed(since))  # type: ignore[method-assign]  # a test's account only


def existing_of(archive: Archive) -> Existing:
    assert isinstance(archive.dms, PaperlessDms)
    return archive.dms.existing


def sweep_of(archive: Archive, owner: str = "one", mode: Mode = "only-empty", **told: Any) -> Sweep:
    def read(seen: Seen, content: bytes) -> Transcript:
        return transcript_of(content.decode(), seen.sha256)

    return Sweep(archive, existing_of(archive), owner, mode, read, **told)


def lay(person: Connection, texts: tuple[str, ...] | list[str]) -> list[int]:
    """Put documents there as a person does in the web interface; their ids in the order of `texts`."""
    documents, tasks = Documents(person), Tasks(person, time.sleep)
    sent = [
        documents.upload(
            Upload(
                f"scan{at}.txt", "text/plain", text.encode(), f"扫描{at}", "2024-05-06", None, None, (), {}
            )
        )
        for at, text in enumerate(texts)
    ]
    laid = [tasks.wait(task, "", 300.0) for task in sent]
    for number in laid:
        # The types of a server in use match by themselves.
        if documents.one(number).document_type is not None:
            set_labels(person, number, {"document_type": None})
    return laid


def ids_of(person: Connection, resource: str) -> dict[str, int]:
    return {row["name"]: int(row["id"]) for row in person.rows(f"{resource}/", [EVERYTHING])}


def shown(person: Connection, number: int) -> dict[str, Any]:
    """A document's labels in words."""
    row = person.get(f"documents/{number}/")
    types = {v: k for k, v in ids_of(person, "document_types").items()}
    tags = {v: k for k, v in ids_of(person, "tags").items()}
    fields = {v: k for k, v in ids_of(person, "custom_fields").items()}
    return {
        "title": row["title"],
        "owner": row["owner"],
        "kind": types.get(row["document_type"]),
        "tags": {tags[tag] for tag in row["tags"]},
        "fields": {fields[value["field"]]: value["value"] for value in row["custom_fields"]},
    }


def type_of(person: Connection, name: str) -> int:
    """A document type of the person's own."""
    found = ids_of(person, "document_types").get(name)
    body = {"name": name, "matching_algorithm": 0}
    return found or int(person.send("POST", "document_types/", body)["id"])


def tag_of(person: Connection, name: str) -> int:
    found = ids_of(person, "tags").get(name)
    return found or int(person.send("POST", "tags/", {"name": name, "matching_algorithm": 0})["id"])


def set_labels(person: Connection, number: int, values: Mapping[str, Any]) -> None:
    """As the web interface does it: one PATCH."""
    person.send("PATCH", f"documents/{number}/", dict(values))


def set_field(person: Connection, number: int, field: int, value: str | None) -> None:
    """As the web interface does it: all fields that it knows of, with the one that is changed."""
    row = person.get(f"documents/{number}/")
    others = [one for one in row["custom_fields"] if one["field"] != field]
    set_labels(person, number, {"custom_fields": [*others, {"field": field, "value": value}]})
