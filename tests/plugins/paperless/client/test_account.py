"""Tests of asking whose token it is."""

from __future__ import annotations

import json

from plugins.paperless.client.account import Me
from plugins.paperless.client.connection import Connection
from tests.plugins.paperless.wire import recorded, wire


def test_the_account_is_asked_for_once() -> None:
    body = json.loads(recorded("ui-settings").body)
    with wire(recorded("ui-settings")) as server:
        me = Me(Connection(server.url, "0" * 40))
        account = me.get()
        assert me.get() == account
    assert len(server.asked) == 1
    assert (account.id, account.superuser) == (body["user"]["id"], False)
    assert "view_document" in account.may
    assert account.settings["auditlog_enabled"] is True
