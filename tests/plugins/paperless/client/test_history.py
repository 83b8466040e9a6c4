from __future__ import annotations

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.history import History
from tests.plugins.paperless.wire import recorded, told, wire


def test_who_has_changed_what_is_told_as_a_real_server_tells_it() -> None:
    with wire(recorded("history")) as server:
        changes = History(Connection(server.url, "0" * 40)).of(1)
    assert changes is not None
    types = [
        (one.actor.name if one.actor else "", one.became) for one in changes if one.what == "document_type"
    ]
    assert [who for who, _ in types] == ["archive", "admin"]
    assert types[0][1].isdecimal()
    assert types[1][1] == ""
    fields = [(one.actor.name if one.actor else "", one.became) for one in changes if one.what == "field"]
    # What a program writes for many documents has nobody's name; a value is cut at its first colon.
    assert fields == [("", "ours"), ("admin", "a")]
    assert [one.entry for one in changes] == sorted(one.entry for one in changes)


def test_a_history_that_is_not_shown_is_none() -> None:
    with wire(told("Insufficient permissions", 403)) as server:
        assert History(Connection(server.url, "0" * 40)).of(1) is None
