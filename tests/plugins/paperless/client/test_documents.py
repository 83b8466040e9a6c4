"""Tests of asking for documents."""

from __future__ import annotations

import json

from plugins.paperless.client.connection import Connection
from plugins.paperless.client.documents import Documents
from plugins.paperless.client.rights import Rights
from tests.plugins.paperless.wire import Answer, Asked, Wire, recorded, told, wire


def documents(server: Wire) -> Documents:
    return Documents(Connection(server.url, "0" * 40))


def row(number: int) -> dict[str, object]:
    return {
        "id": number,
        "title": "t",
        "created": "2020-01-01",
        "document_type": None,
        "storage_path": None,
        "tags": [],
        "custom_fields": [],
    }


def rows(*numbers: int) -> Answer:
    return told({"count": len(numbers), "next": None, "results": [row(number) for number in numbers]})


def test_a_document_is_read_as_the_server_shows_it() -> None:
    with wire(recorded("documents")) as server:
        number = json.loads(recorded("documents").body)["results"][0]["id"]
        (found,) = documents(server).each([number])
    assert (found.id, found.title, found.content, dict(found.fields)) == (number, "success", "", {})


def test_the_rights_on_a_document_are_read_where_they_are_asked_for() -> None:
    with wire(recorded("documents-with-rights")) as server:
        row = json.loads(recorded("documents-with-rights").body)["results"][0]
        (found,) = documents(server).each([row["id"]], rights=True)
    assert found.rights == Rights(row["owner"])
    assert server.asked[0].one("full_perms") == "true"


def test_documents_come_in_the_order_asked_for_and_those_that_have_gone_do_not() -> None:
    with wire(rows(3, 1)) as server:
        assert [found.id for found in documents(server).each([1, 2, 3])] == [1, 3]


def test_many_documents_are_asked_for_in_parts() -> None:
    def answer(asked: Asked) -> Answer:
        return rows(*map(int, asked.one("id__in").split(",")))

    with wire(answer) as server:
        assert [found.id for found in documents(server).each(range(1, 251))] == list(range(1, 251))
    assert len(server.asked) == 3


def test_ids_come_ascending_and_once() -> None:
    with wire(rows(9, 2, 9)) as server:
        assert documents(server).ids() == [2, 9]
    assert server.asked[0].one("page_size") == "100000"


def test_the_file_asked_for_is_the_first_version_of_the_original() -> None:
    with wire(Answer(200, b"bytes", {"Content-Type": "application/pdf"})) as server:
        assert b"".join(documents(server).original(5)) == b"bytes"
    assert server.asked[0].query == [("original", "true"), ("version", "5")]


def test_only_the_named_fields_are_changed() -> None:
    with wire(told({"result": "OK"})) as server:
        documents(server).add_fields(5, {7: "x"})
    assert json.loads(server.asked[0].body) == {
        "documents": [5],
        "method": "modify_custom_fields",
        "parameters": {"add_custom_fields": {"7": "x"}, "remove_custom_fields": []},
    }
