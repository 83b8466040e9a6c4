"""Archive serial numbers 档案序号: each belongs to one record; a number that is taken is told and never lost."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from classifiers.parts.serial import serials_of
from consumers import intake
from consumers.transcript import Transcript
from plugins.wiring import Archive
from retention.record import Card

metadata = sa.MetaData()

archive_serial = sa.Table(
    "archive_serial",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)


def numbered(archive: Archive, card: Card, transcript: Transcript) -> Card:
    """The card with the serial number that stands on the document, which it has from now on unless another one has it.

    Harmless when done twice. Of several numbers the first one counts; the others are told, as one that is taken.
    """
    numbers = serials_of(transcript, archive.rules.asn_prefix)
    if card.batch or not numbers:
        return card
    number, *others = numbers
    with archive.engine.begin() as connection:
        holder = _take(connection, number, card.sha256)
        known = intake.right_holder(connection, holder) if holder else None
    doubts = []
    if holder:
        which = f"系统编号 {known.dms_id}" if known and known.dms_id else "另一份文件"
        doubts.append(f"档案序号 {number} 已属于{which}，请核对纸面上的条码")
    if others:
        told = "、".join(map(str, others))
        doubts.append(f"文件上有多个档案序号：取 {number}，未取 {told}，请核对")
    return replace(card, asn=number, asn_taken=bool(holder), review_reasons=(*card.review_reasons, *doubts))


def _take(connection: sa.Connection, number: int, sha256: str) -> str:
    """Take the number for these bytes; gives back the SHA-256 of those that have it already, empty where it is ours.

    Bytes that were refused in the end have no right to be filed any more, and none to the number.
    """
    column = archive_serial.c
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    row = {"number": number, "sha256": sha256}
    connection.execute(dialect.insert(archive_serial).values(row).on_conflict_do_nothing())
    holder = str(connection.execute(sa.select(column.sha256).where(column.number == number)).scalar_one())
    if holder == sha256:
        return ""
    if intake.right_holder(connection, holder) is not None:
        return holder
    connection.execute(archive_serial.update().where(column.number == number).values(sha256=sha256))
    return ""


def serial_keys(card: Card, prefix: str) -> tuple[str, ...]:
    """The ways in which people type the serial number of a record; none where it has none."""
    return () if card.asn is None else (f"{prefix}{card.asn}", f"{prefix}{card.asn:05}")
