"""Tests of reading the shapes in which the server says no."""

from __future__ import annotations

import pytest

from plugins.paperless.client.connection import Connection
from retention.errors import DmsError, DmsRefused, DmsUnavailable, NoSuchRecord
from tests.plugins.paperless.wire import Answer, recorded, told, wire

ID_NUMBER = "11010119900101001X"


def error_for(answer: Answer) -> DmsError:
    with wire(answer) as server, pytest.raises(DmsError) as told_of:
        Connection(server.url, "0" * 40, sleep=lambda _: None).get("tags/")
    return told_of.value


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("empty-file", DmsRefused, "(HTTP 400): document: The submitted file is empty."),
        ("wrong-login", DmsRefused, "(HTTP 400): Unable to log in with provided credentials."),
        ("page-beyond-the-end", NoSuchRecord, "(Invalid page.)"),
        ("tag-taken", DmsRefused, "(HTTP 400): Object violates owner / name unique constraint"),
        ("search-syntax", DmsRefused, "(HTTP 400): Error listing search results"),
        ("no-right", DmsUnavailable, "(Insufficient permissions)"),
        ("server-error", DmsUnavailable, "(HTTP 500: a page of HTML: Server Error (500))"),
        ("wrong-method", DmsRefused, "(HTTP 405): Method"),
    ],
)
def test_each_shape_of_an_error_becomes_a_sentence(name: str, error: type[DmsError], says: str) -> None:
    found = error_for(recorded(name))
    assert type(found) is error
    assert says in str(found)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            {"custom_field_query": {"1": ["date does not support it."]}},
            "custom_field_query: 1: date does not support it.",
        ),
        (["Null characters are not allowed."], "Null characters are not allowed."),
        ("just a text", "just a text"),
        ({"name": ["one", "two"], "detail": "three"}, "name: one; two; three"),
    ],
)
def test_nested_errors_become_one_line(body: object, says: str) -> None:
    assert str(error_for(told(body, 400))).endswith(f": {says}")


def test_an_error_without_a_body_is_told_by_its_number() -> None:
    assert "HTTP 418" in str(error_for(Answer(418, b"", {})))


def test_a_long_error_is_cut() -> None:
    assert len(str(error_for(told({"detail": "x" * 5000}, 400)))) < 400


def test_no_error_shows_an_id_number() -> None:
    for answer in (
        told({"value": [ID_NUMBER]}, 400),
        Answer(400, ID_NUMBER.encode(), {"Content-Type": "text/html"}),
    ):
        assert "1101**********001X" in str(error_for(answer))


def test_a_file_too_large_for_the_proxy_names_the_limit() -> None:
    assert "client_max_body_size" in str(
        error_for(Answer(413, b"<html><title>413</title>", {"Content-Type": "text/html"}))
    )


@pytest.mark.parametrize("status", [400, 404])
def test_a_page_of_somebody_before_the_server_is_not_the_documents_fault(status: int) -> None:
    page = Answer(status, b"<html><title>nobody here</title></html>", {"Content-Type": "text/html"})
    with wire(page) as server, pytest.raises(DmsUnavailable, match=r"nobody here.*PAPERLESS_URL"):
        Connection(server.url, "0" * 40).get("documents/1/")
