"""Papers that were scanned before: found among what is filed, marked, and left to a person. Nothing is refused for it.

What is kept of each record to find it again are keyed digests of the numbers on it: nobody reads a number out of them.
"""

from __future__ import annotations

import hmac
from dataclasses import replace

import sqlalchemy as sa

from classifiers.likeness import (
    Values,
    comparable,
    grams_kept,
    likeness,
    numbers_in,
    same_look,
)
from consumers.transcript import Transcript
from plugins.wiring import Archive
from retention.errors import NoSuchRecord
from retention.record import Card, FactValue

metadata = sa.MetaData()

paper = sa.Table(
    "paper",
    metadata,
    sa.Column("dms_id", sa.String(100), primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("looks", sa.Text, nullable=False),
)

paper_key = sa.Table(
    "paper_key",
    metadata,
    sa.Column("key", sa.String(20), primary_key=True),
    sa.Column("dms_id", sa.String(100), primary_key=True),
    sa.Index("ix_paper_key_dms_id", "dms_id"),
)

_MOST_NUMBERS, _MOST_RUNS = 40, 12
_LONG = 5
"""Numbers of fewer digits stand on too many papers to find one by."""
_FEW = 3
"""A paper with fewer such numbers is looked for by its words."""
_SHARED = 0.4
"""So many of its keys must a record have to be compared."""
_MOST_COMPARED = 5


def marked(archive: Archive, card: Card, transcript: Transcript) -> Card:
    """The card, with the id of the record that is probably another scan of the same paper, for a person to look at.

    Raises DmsUnavailable.
    """
    if card.batch:
        return card
    found = _found(archive, card, transcript)
    if found is None:
        return card
    dms_id, how = found
    reason = f"可能是系统编号 {dms_id} 的同一份文件再次扫描（probable duplicate of {dms_id}）：{how}，请核对"
    return replace(card, duplicate_of=dms_id, review_reasons=(*card.review_reasons, reason))


def remember(
    connection: sa.Connection, dms_id: str, card: Card, transcript: Transcript, pepper: bytes
) -> None:
    """Keep by what a filed record is found again; done again it ends the same. A batch is not kept: its parts are."""
    forget(connection, dms_id)
    if card.batch:
        return
    looks = " ".join(page.look or "-" for page in transcript.pages)
    connection.execute(paper.insert().values(dms_id=dms_id, sha256=card.sha256, looks=looks))
    rows = [{"key": key, "dms_id": dms_id} for key in _keys(transcript, pepper)]
    if rows:
        connection.execute(paper_key.insert(), rows)


def forget(connection: sa.Connection, dms_id: str) -> None:
    """Keep nothing of that record any more."""
    connection.execute(paper_key.delete().where(paper_key.c.dms_id == dms_id))
    connection.execute(paper.delete().where(paper.c.dms_id == dms_id))


def _found(archive: Archive, card: Card, transcript: Transcript) -> tuple[str, str] | None:
    """The record that is the same paper, and how that shows (a Chinese clause)."""
    keys = _keys(transcript, archive.pepper)
    if not keys:
        return None
    with archive.engine.begin() as connection:
        near = _near(connection, keys, card.sha256)
    looks = [page.look for page in transcript.pages]
    for dms_id, their_looks in near:
        if not comparable(transcript.text):
            if same_look(looks, their_looks.replace("-", "").split(" ")):
                return dms_id, "没有可比对的文字，页面外观一致"
            continue
        try:
            text, theirs = "\f".join(archive.dms.text(dms_id)), archive.dms.record(dms_id).card
        except NoSuchRecord:
            continue
        alike = likeness(transcript.text, text, _values(card.facts), _values(theirs.facts))
        if alike.same_paper:
            return dms_id, f"文字一致 {alike.text:.0%}，号码和日期一致 {alike.numbers:.0%}"
    return None


def _near(connection: sa.Connection, keys: tuple[str, ...], sha256: str) -> list[tuple[str, str]]:
    """The records that share the most keys, with the looks of their pages; those with the same bytes left out."""
    shared = sa.func.count()
    query = (
        sa.select(paper.c.dms_id, paper.c.looks)
        .join(paper_key, paper_key.c.dms_id == paper.c.dms_id)
        .where(paper_key.c.key.in_(keys), paper.c.sha256 != sha256)
        .group_by(paper.c.dms_id, paper.c.looks)
        .having(shared >= max(1, round(_SHARED * len(keys))))
        .order_by(shared.desc(), paper.c.dms_id)
        .limit(_MOST_COMPARED)
    )
    return [(row.dms_id, row.looks) for row in connection.execute(query)]


def _keys(transcript: Transcript, pepper: bytes) -> tuple[str, ...]:
    """By what a paper is found: the numbers on it, where it has few some of its words, where it has none its look."""
    text = transcript.text
    if not comparable(text):
        look = transcript.pages[0].look if transcript.pages else ""
        return tuple(f"l{place}:{look[place : place + 2]}" for place in range(0, len(look), 2))
    numbers = [one for one in dict.fromkeys(numbers_in(text)) if len(one) >= _LONG][:_MOST_NUMBERS]
    words = grams_kept(text, _MOST_RUNS) if len(numbers) < _FEW else ()
    said = (*(f"n{one}" for one in numbers), *(f"w{one}" for one in words))
    return tuple(hmac.new(pepper, one.encode(), "sha256").hexdigest()[:16] for one in said)


def _values(facts: tuple[FactValue, ...]) -> Values:
    found: dict[str, set[str]] = {}
    for one in facts:
        found.setdefault(one.name, set()).add(one.value)
    return {name: frozenset(values) for name, values in found.items()}
