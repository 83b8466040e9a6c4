from __future__ import annotations

from http import HTTPStatus

import pytest

from plugins.paperless.webhook.knock import MOST_BYTES, SECRET_HEADER, Turned, admitted, document_in

SECRET = "a secret of sixteen"
RIGHT = {SECRET_HEADER: SECRET, "Content-Length": "12"}


def test_who_shows_the_secret_may_come_in() -> None:
    assert admitted("POST", RIGHT, SECRET) == 12


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", RIGHT, HTTPStatus.METHOD_NOT_ALLOWED),
        ("POST", {"Content-Length": "12"}, HTTPStatus.FORBIDDEN),
        ("POST", RIGHT | {SECRET_HEADER: SECRET[:-1]}, HTTPStatus.FORBIDDEN),
        ("POST", RIGHT | {SECRET_HEADER: "密" * 16}, HTTPStatus.FORBIDDEN),
        ("POST", {SECRET_HEADER: SECRET}, HTTPStatus.LENGTH_REQUIRED),
        ("POST", RIGHT | {"Content-Length": "-1"}, HTTPStatus.LENGTH_REQUIRED),
        ("POST", RIGHT | {"Content-Length": "²"}, HTTPStatus.LENGTH_REQUIRED),
        ("POST", RIGHT | {"Content-Length": str(MOST_BYTES + 1)}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        ("POST", RIGHT | {"Content-Length": "9" * 5000}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
)
def test_everybody_else_is_turned_away(method: str, headers: dict[str, str], status: HTTPStatus) -> None:
    turned = admitted(method, headers, SECRET)
    assert isinstance(turned, Turned)
    assert turned.status == status


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"id": "35", "title": "x"}', "application/json"),
        ('{"id": 35}', "application/json; charset=utf-8"),
        ('{"url": "http://127.0.0.1:8777/documents/35/"}', "application/json"),
        ("id=35&title=%E5%90%88%E5%90%8C", "application/x-www-form-urlencoded"),
    ],
)
def test_the_document_is_told_as_json_or_as_a_form(body: str, kind: str) -> None:
    assert document_in(body.encode(), kind) == "35"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[35]",
        '{"id": "0"}',
        '{"id": "35; DROP"}',
        '{"id": -3}',
        '{"id": {"id": 35}}',
        '{"id": "' + "9" * 40 + '"}',
        "[" * 20000,
        '{"title": "合同"}',
    ],
)
def test_what_names_no_document_is_turned_away(body: str) -> None:
    assert isinstance(document_in(body.encode(), "application/json"), Turned)


def test_bytes_that_are_no_text_are_turned_away() -> None:
    assert isinstance(document_in(b"\xff\xfe", "application/json"), Turned)
