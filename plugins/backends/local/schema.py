"""The tables of the local DMS.

`card` and `keys` are JSON: the whole Card, and the further strings that it is found by. The other
columns of `document` repeat what is filtered by. `found` holds bigrams (see `bigrams`) and no text.
Ids are never used again, for the register goes on naming a record after its destruction.
"""

from __future__ import annotations

VERSION = 4


def _of_card(name: str) -> str:
    return f"{name} = CASE WHEN typeof(card) = 'text' THEN json_extract(card, '$.{name}') END"


_OF_CARDS = ("title", "retention_rule", "retain_until", "part_of")
# What SQLite's JSON can not give back as it was is odd: half surrogates, stored as bytes, and the sign 0.
_ODD = "odd = typeof(card) <> 'text' OR instr(card, '\\u0000') > 0"
_TAKEN = " ".join(("UPDATE document SET", ", ".join((*map(_of_card, _OF_CARDS), _ODD))))

# A card is long. What is asked of all of them at once (see `outlines`) lies in an index, so that no card has to be read for it.
_OUTLINES = (
    *(f"ALTER TABLE document ADD COLUMN {name}" for name in (*_OF_CARDS, "odd")),
    _TAKEN,
    f"CREATE TRIGGER document_taken AFTER INSERT ON document BEGIN {_TAKEN} WHERE id = new.id; END",
    f"CREATE TRIGGER document_taken_anew AFTER UPDATE OF card ON document BEGIN {_TAKEN} WHERE id = new.id; END",
    "CREATE INDEX document_outline ON document (quarantined, id, retain_until, part_of, odd, sha256, category, dossier,"
    " document_date, filed_on, title, retention_rule)",
)

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
    *_OUTLINES,
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
    3: (
        *_OUTLINES,
        "PRAGMA user_version = 4",
    ),
}
"""What brings a file of an older version one version further."""
