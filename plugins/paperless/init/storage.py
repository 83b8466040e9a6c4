"""Storage paths of the archive: on the server's disk, each dossier has a folder of its own.

Whoever has nothing left but the disk finds a household's papers together. No title goes into a name: it may hold a
person's name, and with Chinese ones a file's name soon is longer than a file system takes.

Each dossier has a path of its own, written out. One path for all, with the field 档号 in its template, would do the
same and stop the server: it then takes its lock on the files once for each field of a document that goes to the trash,
inside the transaction, while the worker that has the lock waits for that transaction (seen on 3.0.5 with PostgreSQL;
neither ever goes on).
"""

from __future__ import annotations

import re

from plugins.paperless.client.wording import storable

ROOT, UNASSIGNED = "客户档案", "未归户"

_UNSAFE = re.compile(r"[^\w.()（）·-]+")
_LONGEST = 60
"""Characters of a folder's name: of Chinese ones, 180 of the 255 bytes that file systems take."""


def name_of(dossier: str) -> str:
    """What the path of a dossier is called, that of records without one for an empty text."""
    return storable(f"{ROOT}/{dossier or UNASSIGNED}")


def template_of(dossier: str) -> str:
    """How the files of a dossier are named; nothing of the key is taken for a part of the template."""
    folder = _UNSAFE.sub("-", dossier).strip("-.")[:_LONGEST] or UNASSIGNED
    return f"{ROOT}/{folder}/{{{{ created_year }}}} {{{{ document_type }}}} {{{{ doc_pk }}}}"
