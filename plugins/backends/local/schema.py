"""The tables of the local DMS.

`card` and `keys` are JSON: the whole Card, and the further strings that it is found by. The other
columns of `document` repeat what is filtered by. `found` holds bigrams (see `bigrams`) and no text.
Ids are never used again, for the register goes on naming a record after its destruction.
"""

from __future__ import annotations

VERSION = 3

TABLES = (
    """CREATE TABLE document (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL UNIQUE,
        category NOT NULL,
        kind NOT NULL,
        confidentiality NOT NULL,
        dossier NOT NULL,
        document_date TEXT,
        filed_on TEXT NOT NULL,
        needs_review INTEGER NOT NULL,
        card NOT NULL,
        keys NOT NULL,
        unassigned INTEGER NOT NULL DEFAULT 0,
        quarantined INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX document_newest ON document (filed_on, id)",
    "CREATE INDEX document_dossier ON document (dossier)",
    """CREATE TABLE page (
        document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        text NOT NULL,
        PRIMARY KEY (document, number)
    )""",
    """CREATE TABLE vocabulary (
        sort NOT NULL,
        name NOT NULL,
        parent NOT NULL,
        PRIMARY KEY (sort, name)
    ) WITHOUT ROWID""",
    "CREATE VIRTUAL TABLE found USING fts5 (title, keys, text, content='', tokenize='ascii')",
    f"PRAGMA user_version = {VERSION}",
)

UPGRADES = {
    1: (
        "ALTER TABLE document ADD COLUMN unassigned INTEGER NOT NULL DEFAULT 0",
        "PRAGMA user_version = 2",
    ),
    2: (
        "ALTER TABLE document ADD COLUMN quarantined INTEGER NOT NULL DEFAULT 0",
        "PRAGMA user_version = 3",
    ),
}
"""What brings a file of an older version one version further."""
