"""What the register says of how a document of the DMS became a record."""

from __future__ import annotations

import json
from typing import Literal

import sqlalchemy as sa

from retention.tables import register

Became = Literal["", "filed", "adopted"]


def registered(connection: sa.Connection, dms_id: str, sha256: str) -> Became:
    """`filed` by us, `adopted` by a sweep; empty where the register does not know this document with these bytes."""
    query = (
        sa.select(register.c.action, register.c.payload)
        .where(register.c.subject == f"record/{dms_id}", register.c.action.in_(["filed", "adopted"]))
        .order_by(register.c.seq.desc())
    )
    for action, payload in connection.execute(query):
        if json.loads(payload).get("sha256") == sha256:
            return "adopted" if action == "adopted" else "filed"
    return ""
