from __future__ import annotations

from datetime import date

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.lying import lying, set_document_type
from tests.plugins.paperless.wire import recorded, told, wire


def test_a_document_is_read_as_a_real_server_shows_it() -> None:
    with wire(recorded("lying")) as server:
        found = lying(Connection(server.url, "0" * 40), 1)
    assert (found.title, found.content, found.name) == ("a scan", "a text that lies there", "scan.txt")
    assert (found.media_type, found.pages, found.document_type) == ("text/plain", 0, None)
    assert len(found.sha256) == 64
    assert found.may_change
    assert isinstance(found.added, date)
    assert list(found.fields.values()) == ["a: b"]


def test_a_document_type_is_set_by_the_call_that_touches_nothing_else() -> None:
    with wire(told({"result": "OK"})) as server:
        set_document_type(Connection(server.url, "0" * 40), 1, 2)
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", "/api/documents/bulk_edit/")
