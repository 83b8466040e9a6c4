"""The register as lines of JSON: what a third party checks without our database or our program."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from retention.register import entries


def lines(connection: Connection) -> Iterator[str]:
    """Each entry as one line with its end, in their order: all columns as they are stored, `payload` as the text that was
    hashed."""
    for entry in entries(connection, after=-(2**31)):
        yield json.dumps(vars(entry), ensure_ascii=False) + "\n"
