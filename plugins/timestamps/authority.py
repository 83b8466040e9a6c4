"""The authority (TSA) that puts the time on a message, over HTTP as RFC 3161 says."""

from __future__ import annotations

import requests

from plugins.errors import BadSetting, PluginError
from plugins.timestamps.answer import decoded

TIMEOUT = (5.0, 10.0)  # seconds to connect; seconds of silence
_GRANTED = (0, 1)
_MOST_BYTES = 1 << 20


class AuthorityAway(PluginError):
    """The authority does not answer, or does not grant a stamp; another try later may help."""


def ask(url: str, message: bytes) -> bytes:
    """The authority's answer, as it came, that it has seen this message; only one that grants a stamp on these bytes.

    Raises AuthorityAway, and BadSetting where the library for it is not installed.
    """
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ModuleNotFoundError as error:
        raise BadSetting(
            "DOSSIER_TIMESTAMP_URL: time stamps need rfc3161-client: pip install 'paperless-dossier[timestamps]', or leave "
            "the setting empty"
        ) from error
    request = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build()
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        answer = requests.post(url, data=request.as_bytes(), headers=headers, timeout=TIMEOUT, stream=True)
        with answer:
            answer.raise_for_status()
            content = answer.raw.read(_MOST_BYTES, decode_content=True)
    except (requests.RequestException, OSError) as error:
        raise AuthorityAway(f"{url}: {type(error).__name__}: {error}") from error
    try:
        told = decoded(content)
        if int(told.status) not in _GRANTED:
            raise AuthorityAway(f"{url} grants no stamp (status {told.status})")
        same = told.tst_info.message_imprint.message == request.message_imprint.message
        if not same or told.tst_info.nonce != request.nonce:
            raise AuthorityAway(f"{url} answers another question than was asked")
    except ValueError as error:
        raise AuthorityAway(f"{url} does not answer as RFC 3161 says ({error})") from error
    return bytes(content)
