"""An authority's answer, read: also one whose certificates do not stand in the order that strict DER wants.

OpenSSL writes them as they come, and with it many authorities. They are not covered by the signature, and each is as long as
before wherever it stands, so putting them in order changes nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_CERTIFICATES = 0xA0
_WAY = (1, 1, 0)
"""In the response the token; in that its content, in whose tag the signed data lies."""


def decoded(content: bytes) -> TimeStampResponse:
    """The answer; raises ValueError for what is none."""
    from rfc3161_client import decode_timestamp_response

    return decode_timestamp_response(_in_order(content))


def _in_order(content: bytes) -> bytes:
    try:
        inside = _children(content, 0)
        for step in _WAY:
            inside = _children(content, inside[step][0])
        start = next(start for start, _ in inside if content[start] == _CERTIFICATES)
        those = _children(content, start)
    except (IndexError, StopIteration):
        return content  # without certificates, or no answer at all: the reader of it tells
    ordered = b"".join(sorted(content[first:end] for first, end in those))
    return content[: those[0][0]] + ordered + content[those[-1][1] :]


def _children(content: bytes, start: int) -> list[tuple[int, int]]:
    """Where each element inside the one at `start` begins and ends; raises IndexError where it is cut off."""
    at, end = _inside(content, start)
    found = []
    while at < end:
        last = _inside(content, at)[1]
        found.append((at, last))
        at = last
    return found


def _inside(content: bytes, start: int) -> tuple[int, int]:
    """Where the value of the element begins, and where it ends."""
    length, at = content[start + 1], start + 2
    if length > 0x7F:
        places = length & 0x7F
        length, at = int.from_bytes(content[at : at + places], "big"), at + places
    if at + length > len(content):
        raise IndexError
    return at, at + length
