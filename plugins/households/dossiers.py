"""The dossiers as a person may see them: the list, and one of them with all that is known of it.

A dossier's level is the highest that a record of it ever had. Who may not see that level does not see the
dossier: neither in the list nor as related to another one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from plugins.errors import BadWord
from plugins.households.unassigned import ALL, may_see
from plugins.wiring import Archive
from retention.dms import Clearance, Query
from retention.households.dossier import DossierChoice
from retention.households.dossier_numbers import numbers_in
from retention.households.dossiers import OpenDossier, dossier_of, every_dossier
from retention.households.household import refer
from retention.households.merging import Merge, merge_of, unfinished
from retention.households.settling import alike
from retention.record import Record


@dataclass(frozen=True)
class Listed:
    """A dossier in the list: how many records it has, and of these how many wait for a person's look at their
    labels, or to be assigned for good. `merging` tells that its merger was cut off."""

    dossier: OpenDossier
    level: str
    records: int
    to_check: int
    unassigned: int
    merging: bool


@dataclass(frozen=True)
class Shown:
    """One dossier: its records by the day on the paper, the numbers on them (fact's name, value, record), related
    dossiers with the reason, what was merged into it, and its own merger, done or cut off."""

    dossier: OpenDossier
    level: str
    records: tuple[Record, ...]
    numbers: tuple[tuple[str, str, str], ...]
    related: tuple[str, ...]
    reasons: tuple[str, ...]
    merged_from: tuple[str, ...]
    merge: Merge | None


def listed(archive: Archive, eyes: Clearance, *, merged: bool = False) -> tuple[Listed, ...]:
    """The dossiers that these eyes may see, by key; those that were merged into another one only if asked for,
    or where that was cut off."""
    visible = {hit.record.dms_id for hit in archive.dms.search(Query(limit=ALL), eyes)}
    levels: dict[str, set[str]] = {}
    counts, checks, doubts = Counter[str](), Counter[str](), Counter[str]()
    hidden = set()
    for record in archive.dms.records():
        key = record.card.dossier
        if record.dms_id not in visible:
            hidden.add(key)
        levels.setdefault(key, set()).add(record.card.confidentiality)
        counts[key] += 1
        checks[key] += record.card.needs_review
        doubts[key] += record.card.unassigned
    with archive.engine.begin() as connection:
        known = every_dossier(connection)
        cut_off = {one.source for one in unfinished(connection)}
    return tuple(
        Listed(
            one,
            _highest(archive, {one.level, *levels.get(one.key, ())}),
            counts[one.key],
            checks[one.key],
            doubts[one.key],
            one.key in cut_off,
        )
        for one in known
        if one.key not in hidden
        and may_see(archive, {one.level, *levels.get(one.key, ())}, eyes)
        and (merged or not one.merged_into or one.key in cut_off)
    )


def shown(archive: Archive, key: str, eyes: Clearance) -> Shown:
    """One dossier; raises BadWord where there is none that these eyes may see."""
    records = [hit.record for hit in archive.dms.search(Query(dossier=key, limit=ALL), eyes)]
    everything = archive.dms.search(Query(dossier=key, limit=ALL), archive.clearance(_top(archive)))
    with archive.engine.begin() as connection:
        one = dossier_of(connection, key)
        own = {one.level, *(record.card.confidentiality for record in records)} if one else set()
        if one is None or not may_see(archive, own, eyes) or len(everything) > len(records):
            raise BadWord(f"没有客户档案 {key}：见 dossier dossiers list。No dossier {key}; see the list")
        known = {other.key: other for other in every_dossier(connection)}
        visible = {other.key for other in known.values() if may_see(archive, {other.level}, eyes)}
        choice = DossierChoice(one.key, one.title, one.unit, one.project, one.customer, (), "")
        kin = [other for other in alike(connection, choice) if not other.merged_into and other.key in visible]
        found = refer(choice, kin)
        return Shown(
            one,
            _highest(archive, own),
            tuple(sorted(records, key=lambda each: (str(each.card.document_date or ""), int(each.dms_id)))),
            numbers_in(connection, key),
            found.related,
            found.evidence,
            tuple(other.key for other in known.values() if other.merged_into == key and other.key in visible),
            merge_of(connection, key),
        )


def _top(archive: Archive) -> str:
    return archive.rules.ladder.names[-1]


def _highest(archive: Archive, levels: set[str]) -> str:
    """The highest of the levels; one that the ladder does not have counts as the lowest."""
    names = archive.rules.ladder.names
    return max((name for name in names if name in levels), key=names.index, default="")
