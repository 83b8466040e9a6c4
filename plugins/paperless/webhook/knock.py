"""One request at the door: whether its secret is right, and which document it is about."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from urllib.parse import parse_qs

MOST_BYTES = 64 * 1024
SECRET_HEADER = "X-Dossier-Secret"  # noqa: S105 - the header's name, no secret

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_IN_URL = re.compile(r"/documents/([1-9][0-9]{0,17})(?:/|$)")


@dataclass(frozen=True)
class Turned:
    """A request that is not answered with a number: why not."""

    status: HTTPStatus
    words: str


def admitted(method: str, headers: Message | Mapping[str, str], secret: str) -> int | Turned:
    """How many bytes of body may be read; asked before any of them is."""
    if method != "POST":
        return Turned(HTTPStatus.METHOD_NOT_ALLOWED, "POST only")
    shown = headers.get(SECRET_HEADER, "")
    # Both as bytes: comparing text with other signs than ASCII would raise.
    if not hmac.compare_digest(shown.encode("utf-8", "replace"), secret.encode()):
        return Turned(HTTPStatus.FORBIDDEN, f"the header {SECRET_HEADER} does not hold the secret")
    length = headers.get("Content-Length", "")
    if not (length.isascii() and length.isdecimal()):
        return Turned(HTTPStatus.LENGTH_REQUIRED, "Content-Length is missing")
    if len(length) > 9 or int(length) > MOST_BYTES:
        return Turned(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {MOST_BYTES} bytes")
    return int(length)


def document_in(body: bytes, content_type: str) -> str | Turned:
    """The number of the document that the body names, as `id` or in `url`; JSON or a form, as the workflow is set."""
    try:
        text = body.decode("utf-8")
        told = json.loads(text) if "json" in content_type else _form(text)
    except (ValueError, RecursionError):
        return Turned(HTTPStatus.BAD_REQUEST, "neither JSON nor a form")
    if not isinstance(told, dict):
        return Turned(HTTPStatus.BAD_REQUEST, "no JSON object")
    number = str(told.get("id", "")).strip()
    if _NUMBER.fullmatch(number):
        return number
    found = _IN_URL.search(str(told.get("url", "")))
    if found:
        return found[1]
    return Turned(
        HTTPStatus.BAD_REQUEST,
        "no document: write the parameter id with the value {{ doc_id }} in the workflow",
    )


def _form(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text, max_num_fields=50).items()}
