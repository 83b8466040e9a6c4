"""Tests of seeing what a workflow does."""

from __future__ import annotations

import json

from plugins.paperless.client.configuration import configuration
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.workflows import Workflows
from tests.plugins.paperless.wire import recorded, told, wire


def test_a_workflow_is_read_as_the_server_shows_it() -> None:
    with wire(recorded("workflows")) as server:
        (found,) = Workflows(Connection(server.url, "0" * 40)).running()
    assert found.name == "dossier-test-workflow"
    assert (found.to_trash, found.takes_owner, found.changes_rights, found.takes_labels) == (
        True,
        True,
        False,
        False,
    )


def test_a_workflow_that_is_switched_off_does_nothing() -> None:
    body = json.loads(recorded("workflows").body)
    body["results"][0]["enabled"] = False
    with wire(told(body)) as server:
        assert Workflows(Connection(server.url, "0" * 40)).running() == ()


def test_the_configuration_of_a_new_server_sets_nothing() -> None:
    with wire(recorded("config")) as server:
        found = configuration(Connection(server.url, "0" * 40))
    assert (found.mode, found.output_type, found.barcodes) == ("", "", False)
