"""The door, knocked at by a real paperless-ngx: what comes in is labelled, and our own writing goes round no circle."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from plugins.paperless.client.connection import Connection
from plugins.paperless.existing.names import TRIGGER
from plugins.paperless.webhook.door import Door
from plugins.sweeping import asked, run
from plugins.sweeping.outcome import Swept
from plugins.sweeping.pace import Pace
from plugins.sweeping.run import Scope
from plugins.teaching.noticing import Noticed
from plugins.wiring import Archive
from tests.live import server
from tests.live.lying import TEXTS, archive_on, existing_of, ids_of, lay, shown, sweep_of

SECRET = "a secret of the live tests"
AT_ONCE = Pace(0, lambda: 0.0, lambda _: None)
ADDED, UPDATED, WEBHOOK, ASSIGNMENT = 2, 3, 4, 1
_LONGEST_QUEUE = 600.0
_MOST_KNOCKS = 60
"""Five rounds of some ten calls each; what goes round for ever passes it soon."""


class Office:
    """A door, a sweep that watches, and what it has done."""

    def __init__(self, archive: Archive, own: tuple[str, str]) -> None:
        self.archive = archive
        self.own = own
        self.knocks: list[str] = []
        self.done: list[Swept] = []
        self.stop = threading.Event()
        self.door = Door(("127.0.0.1", 0), SECRET, self.put)
        self.threads = [
            threading.Thread(target=self.door.serve_forever, daemon=True),
            threading.Thread(target=self.watch, daemon=True),
        ]

    def put(self, number: str) -> None:
        if not existing_of(self.archive)._documents.ids([("id__in", number), self.own]):
            return  # what other people put there meanwhile is not ours to label
        self.knocks.append(number)
        with self.archive.engine.begin() as connection:
            asked.ask(connection, [number], "webhook", self.archive.clock())

    def watch(self) -> None:
        def told(one: Swept | Noticed) -> None:
            if isinstance(one, Swept):
                self.done.append(one)

        # Polling is the backstop: with an hour between two looks nothing but the door can have told it.
        run.watch(sweep_of(self.archive), Scope(), AT_ONCE, self.stop, 3600, told)

    def of(self, number: int, how: str) -> int:
        return sum(one.dms_id == str(number) and one.how == how for one in list(self.done))

    def quiet(self, number: int, seconds: float, most: float) -> None:
        """Wait until nobody has knocked for that document for so long. What knocks stands in the server's queue, a few seconds
        each; what other people change on the server meanwhile knocks, too."""
        began, count, since = time.monotonic(), self.knocks.count(str(number)), time.monotonic()
        while time.monotonic() - since < seconds:
            assert time.monotonic() - began < most, "it goes round and round"
            time.sleep(0.5)
            if self.knocks.count(str(number)) != count:
                count, since = self.knocks.count(str(number)), time.monotonic()


pytestmark = pytest.mark.skipif(
    urlsplit(os.environ.get("PAPERLESS_URL", "")).hostname not in ("127.0.0.1", "localhost"),
    reason="the server must reach our door, which is on this machine",
)


@pytest.fixture
def office(tmp_path: Path, token: str) -> Iterator[Office]:
    del token  # makes the account, and takes it away
    with archive_on(tmp_path) as archive:
        existing_of(archive)._fields.ensure()
        existing_of(archive).prepare()
        opened = Office(archive, server.own(tmp_path))
        for thread in opened.threads:
            thread.start()
        yield opened
        opened.stop.set()
        opened.door.shutdown()
        opened.door.server_close()
        opened.threads[1].join()


def workflow(office: Office, triggers: list[int], actions: list[dict[str, Any]]) -> int:
    body = {
        "name": f"dossier-test-{time.time_ns()}",
        "order": 0,
        "enabled": True,
        "triggers": [{"type": number, "sources": [1, 2, 3, 4]} for number in triggers],
        "actions": actions,
    }
    return int(server.administrator().send("POST", "workflows/", body)["id"])


def knocking(office: Office) -> dict[str, Any]:
    url = f"http://127.0.0.1:{office.door.server_address[1]}/"
    return {
        "type": WEBHOOK,
        "webhook": {
            "url": url,
            "use_params": True,
            "as_json": True,
            "params": {"id": "{{ doc_id }}"},
            "headers": {"X-Dossier-Secret": SECRET},
            "include_document": False,
        },
    }


@pytest.fixture
def workflows() -> Iterator[list[int]]:
    made: list[int] = []
    yield made
    for number in made:
        server.remove_workflow(number)


def test_what_comes_in_is_labelled_at_once_and_our_own_writing_is_answered_without_work(
    office: Office, workflows: list[int], person: Connection
) -> None:
    workflows.append(workflow(office, [ADDED, UPDATED], [knocking(office)]))
    (number,) = lay(person, [TEXTS[0]])
    kinds = server.theirs(
        person, "document_types"
    )  # those of a server in use may have matched before we came
    deadline = time.monotonic() + 120
    while not office.of(number, "labelled") and time.monotonic() < deadline:
        time.sleep(0.5)
    office.quiet(number, 20, _LONGEST_QUEUE)
    assert office.of(number, "labelled") == 1
    assert shown(person, number)["kind"] in {"认购书", *kinds}
    # Each of our own calls has fired the workflow, and was looked at.
    assert office.knocks.count(str(number)) > 1
    assert {one.how for one in office.done if one.dms_id == str(number)} <= {"labelled", "unchanged"}


def test_a_workflow_that_asks_at_every_change_is_stopped(
    office: Office, workflows: list[int], person: Connection
) -> None:
    ask = ids_of(person, "tags")[TRIGGER]
    (number,) = lay(person, [TEXTS[0]])
    circle = {"type": ASSIGNMENT, "assign_tags": [ask]}
    workflows.append(workflow(office, [UPDATED], [circle, knocking(office)]))
    with office.archive.engine.begin() as connection:
        asked.ask(connection, [str(number)], "tag", office.archive.clock())
    deadline = time.monotonic() + 300
    while not office.of(number, "failed") and time.monotonic() < deadline:
        time.sleep(0.5)
    office.quiet(number, 20, _LONGEST_QUEUE)
    assert office.of(number, "failed") == 1
    assert office.knocks.count(str(number)) < _MOST_KNOCKS
    with office.archive.engine.begin() as connection:
        assert asked.state_of(connection, str(number)) is not None
        state, reason = asked.state_of(connection, str(number)) or ("", "")
    assert (state, "待标注" in reason) == ("failed", True)
