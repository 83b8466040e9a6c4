"""Litigation papers on their way into the DMS: one that may lie there already holds its household, though nobody has noted it yet.

Principle that must never break: it is written down before the DMS is told, and stands until the paper is noted
(`retention.blocking.litigation`), or is known not to have come there; what a crash cuts off in between, holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from retention import register
from retention.among import among
from retention.blocking.block import Block
from retention.blocking.standing import keys_of
from retention.households.lineage import lineage
from retention.keeping_tables import litigation_on_its_way as on_its_way
from retention.record import Record


def announce(connection: Connection, sha256: str, dossier: str) -> None:
    """Write down that a litigation paper of these bytes is filed into the dossier, before the DMS is told. May be done again."""
    register.lock(connection)
    forget(connection, sha256)
    connection.execute(insert(on_its_way).values(sha256=sha256, dossier=dossier))


def forget(connection: Connection, sha256: str) -> None:
    """It is noted, is none by now, or did not come into the DMS."""
    connection.execute(delete(on_its_way).where(on_its_way.c.sha256 == sha256))


def obstructs(connection: Connection, records: Sequence[Record], today: date) -> dict[str, tuple[Block, ...]]:
    """The blocks of those records into whose dossier a litigation paper is on its way."""
    del today
    if connection.execute(select(on_its_way.c.sha256).limit(1)).first() is None:
        return {}
    family = lineage(connection)
    mine = among(connection, on_its_way.c.dossier, keys_of(records, family))
    asked = select(on_its_way.c.dossier, on_its_way.c.sha256).where(mine).order_by(on_its_way.c.sha256)
    found = {family.home(row.dossier): row.sha256 for row in connection.execute(asked)}
    homes = {one.dms_id: family.home(one.card.dossier) for one in records if one.card.dossier}
    return {dms_id: (_block(found[home]),) for dms_id, home in homes.items() if home in found}


def _block(sha256: str) -> Block:
    return Block(
        "open-litigation",
        f"暂缓：诉讼文件正在归入本户档案（校验和 {sha256[:12]}，见 dossier intake list）",
        f"blocked: a litigation paper is being filed into its dossier (checksum {sha256[:12]}; see dossier intake list)",
    )
