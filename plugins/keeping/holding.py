"""Placing a hold: what a query finds is looked for once the hold stands, which until then holds all that may fit."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.errors import BadWord
from plugins.keeping.retaining import catch_up
from plugins.wiring import Archive
from retention.blocking import holds
from retention.blocking.hold import Hold, HoldScope, HoldSort
from retention.blocking.hold_query import HeldQuery
from retention.errors import NoSuchRecord
from retention.households.dossiers import dossier_of
from retention.households.lineage import lineage


def place(
    archive: Archive,
    scope: HoldScope,
    key: str,
    *,
    reason: str,
    mandate: str,
    by: str,
    sort: HoldSort = "hold",
) -> Hold:
    """Place it and give it back; one by query with its list written down. Raises BadHold, and BadWord for a dossier or
    a record that there is not: a hold on nothing would lull."""
    catch_up(archive)
    list_late(archive)
    if scope == "record" and not _is_there(archive, key):
        raise BadWord(f"没有文件 {key}。There is no record {key}")
    with archive.engine.begin() as connection:
        if scope == "dossier" and dossier_of(connection, key) is None:
            raise BadWord(f"没有客户档案 {key}：见 dossier dossiers list。No dossier {key}; see the list")
        placed = holds.place(
            connection, scope, key, reason=reason, mandate=mandate, who=by, at=archive.clock(), sort=sort
        )
    list_late(archive)
    with archive.engine.begin() as connection:
        now = holds.one(connection, placed.id)
    assert now is not None
    return now


def list_late(archive: Archive) -> None:
    """Write down what the standing holds by query find whose list is not there yet: of new ones, and of those that a
    crash cut off."""
    with archive.engine.begin() as connection:
        late = [one for one in holds.standing(connection, ("query",)) if not one.listed_at]
    for one in late:
        query = HeldQuery.read(one.key)
        found = list(_found(archive, query))
        with archive.engine.begin() as connection:
            holds.write_down(connection, one.id, found, archive.clock())


def _found(archive: Archive, query: HeldQuery) -> Iterator[tuple[str, str]]:
    """Id and checksum of every record that the query fits.

    Every record is looked at, also in quarantine, and its text where its card fits: an index may lag behind, and a search shows nothing
    above a clearance, nor what bears a level that the ladder has no more.
    """
    with archive.engine.begin() as connection:
        family = lineage(connection)
    seen = (archive.dms.records(), archive.dms.text)
    hidden = (archive.dms.quarantined(), archive.dms.quarantined_text)
    for records, text in (seen, hidden):
        for record in records:
            if not query.fits_card(record, family):
                continue
            try:
                fits = query.words_on(record) or query.words_on(record, text(record.dms_id))
            except NoSuchRecord:
                # It went into quarantine, or came out, just now: its text can't be read here, so it is held.
                fits = _is_there(archive, record.dms_id)
            if fits:
                yield record.dms_id, record.card.sha256


def _is_there(archive: Archive, dms_id: str) -> bool:
    """Whether the DMS holds the record, in quarantine or not."""
    try:
        archive.dms.record(dms_id)
    except NoSuchRecord:
        return any(archive.dms.quarantined(dms_id))
    return True
