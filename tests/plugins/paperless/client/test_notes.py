from __future__ import annotations

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.notes import Notes
from tests.plugins.paperless.wire import recorded, wire


def test_the_words_of_the_notes_are_read_as_a_real_server_tells_them() -> None:
    with wire(recorded("notes")) as server:
        assert Notes(Connection(server.url, "0" * 40)).of(1) == ("a note",)
