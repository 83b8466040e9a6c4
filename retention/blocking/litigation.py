"""The litigation papers that are known, in our database, and which of them is still open.

A litigation paper holds its whole dossier by itself, from the day on which it is filed, until a `case_closed` event of
the paper or of its dossier. A judgment closes nothing: there may be an appeal, an enforcement, a debt.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from retention.among import among
from retention.households.lineage import Lineage
from retention.keeping_tables import litigation, litigation_on_its_way
from retention.periods.event import Scope
from retention.periods.events import Told
from retention.record import Record

CATEGORY = "litigation"


@dataclass(frozen=True)
class Paper:
    """A litigation paper as it was noted; `dated` is the day on it, None where none was found."""

    dms_id: str
    sha256: str
    dossier: str
    dated: date | None
    kind: str
    title: str


def paper_of(record: Record) -> Paper:
    """The record as it is noted."""
    card = record.card
    return Paper(record.dms_id, card.sha256, card.dossier, card.document_date, card.kind, card.title)


def note(connection: Connection, record: Record) -> None:
    """Note the record if it is a litigation paper, and forget it if it is none any more. May be done again."""
    connection.execute(delete(litigation).where(litigation.c.dms_id == record.dms_id))
    # From here on it holds by itself what it holds (`retention.blocking.on_its_way`).
    connection.execute(
        delete(litigation_on_its_way).where(litigation_on_its_way.c.sha256 == record.card.sha256)
    )
    if record.card.category == CATEGORY:
        connection.execute(insert(litigation).values(**vars(paper_of(record))))


def papers(connection: Connection, dossiers: Collection[str], ids: Collection[str]) -> tuple[Paper, ...]:
    """The papers noted in these dossiers, and those of these records that are ones."""
    asked = select(litigation).order_by(litigation.c.dms_id)
    meant = among(connection, litigation.c.dossier, dossiers) | among(connection, litigation.c.dms_id, ids)
    return tuple(Paper(*row) for row in connection.execute(asked.where(meant)))


def is_open(paper: Paper, about: Mapping[Scope, Sequence[Told]], family: Lineage, today: date) -> bool:
    """Whether no `case_closed` event closes it, on or before `today` and not before the day on the paper: a case
    closed in 2020 does not close one whose summons came in 2022. A paper without a date is closed by any such event.

    An event of the dossier that its own was merged into is heard only if it was told after the merger.
    """
    return not any(
        told.event.kind == "case_closed"
        and told.at >= since
        and (paper.dated or date.min) <= told.event.on <= today
        for scope, since in heard(paper, family)
        for told in about.get(scope, ())
    )


def heard(paper: Paper, family: Lineage) -> tuple[tuple[Scope, str], ...]:
    """About whom an event must be to close the case, each with the time since which it is heard."""
    own = ((Scope("record", paper.dms_id), ""),)
    if not paper.dossier:
        return own
    return (*own, *((Scope("dossier", key), since) for key, since in family.path(paper.dossier)))
