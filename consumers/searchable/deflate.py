"""Streams of a PDF, deflated the same way every time."""

from __future__ import annotations

import zlib

from pikepdf import Name, Object, Pdf, Stream


def compressed(pdf: Pdf, data: bytes, **entries: Object | str | int) -> Stream:
    """A stream of `data`, deflated, with these further entries."""
    return Stream(pdf, zlib.compress(data, 9), Filter=Name.FlateDecode, **entries)
