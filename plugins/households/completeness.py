"""Is each dossier complete? Every paper that the archive has, in sight or not, against the list of what must be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import Connection, select

from plugins.errors import BadSetting, BadWord
from plugins.households.own_papers import Held, OwnPapers, own_papers
from plugins.households.unassigned import ALL, may_see
from plugins.requests.sight import everything
from plugins.settings import variable_of
from plugins.wiring import Archive
from retention.among import among
from retention.disposing import tombstones
from retention.dms import Clearance, Query
from retention.errors import BadRequirements
from retention.households import requirements
from retention.households.completeness import Finding, Paper, Verdict, findings
from retention.households.dossiers import OpenDossier, dossiers_of
from retention.households.lineage import Lineage, lineage
from retention.households.requirement import RequiredPapers
from retention.keeping_tables import kept_rule
from retention.periods.events import last_days
from retention.record import Record

_AT_ONCE = 500
"""Dossiers looked at together; of their records, events are asked for some thousand at a time."""


@dataclass(frozen=True)
class Checked:
    """A dossier and what it lacks, perhaps lacks, or had once; `records` counts what lies in it, out of sight too."""

    dossier: OpenDossier
    records: int
    findings: tuple[Finding, ...]

    def those(self, *verdicts: Verdict) -> tuple[Finding, ...]:
        """The findings of these verdicts."""
        return tuple(one for one in self.findings if one.verdict in verdicts)


def required_papers(archive: Archive) -> RequiredPapers:
    """The list that the settings name, or the example that ships.

    Raises BadSetting where it is wrong, or names a kind or a category that the taxonomy does not have.
    """
    name, path = variable_of("required_papers"), archive.settings.required_papers or requirements.EXAMPLE
    try:
        asked = requirements.load(path)
    except BadRequirements as error:
        raise BadSetting(f"{name}: {error}") from error
    taxonomy = archive.rules.taxonomy
    kinds = {kind.zh for kind in taxonomy.kind}
    for number, row in enumerate(asked.rows, start=1):
        for sort, missing in (
            ("kind", [kind for kind in row.kinds if kind not in kinds]),
            ("category", [one for one in row.when_categories if one not in taxonomy.categories]),
        ):
            if missing:
                raise BadSetting(
                    f"{name}: {path}: row {number} ({row.id}): the taxonomy has no {sort} {missing[0]!r}; "
                    "mend the name, or write your own list for your own taxonomy"
                )
    return asked


def check(archive: Archive, eyes: Clearance) -> Iterator[Checked]:
    """Each dossier that these eyes may see and that something lies or lay in, by key; as of one look at the archive."""
    asked = required_papers(archive)
    with archive.engine.begin() as connection:
        family = lineage(connection)
    with own_papers(archive.rules, family) as papers:
        papers.put(everything(archive), frozenset(one.dms_id for one in archive.dms.quarantined()))
        with archive.engine.begin() as connection:
            papers.put_destroyed(tombstones.in_dossiers(connection))
        yield from _judged(archive, asked, papers, papers.dossiers(), family, eyes)


def check_one(archive: Archive, key: str, eyes: Clearance) -> Checked:
    """The dossier with that key, or the one that it was merged into; raises BadWord where these eyes see none."""
    asked = required_papers(archive)
    with archive.engine.begin() as connection:
        family = lineage(connection)
        home = family.home(key)
        one = dossiers_of(connection, [home]).get(home)
        members = family.members(home) | ({one.unit} if one and one.unit else frozenset())
        found = select(kept_rule.c.dms_id).where(among(connection, kept_rule.c.dossier, members))
        noted = list(connection.execute(found).scalars())
        stones = list(tombstones.in_dossiers(connection, members))
    with own_papers(archive.rules, family) as papers:
        hidden = {each.dms_id: each for each in archive.dms.quarantined() if each.card.dossier in members}
        papers.put((*_in_sight(archive, members, noted, hidden), *hidden.values()), frozenset(hidden))
        papers.put_destroyed(stones)
        held = [each for each in papers.dossiers() if each.key == home]
        empty = [Held(home, (), frozenset(), 0, frozenset())]
        for checked in _judged(archive, asked, papers, iter(held or empty), family, eyes):
            return checked
    raise BadWord(f"没有客户档案 {key}：见 dossier dossiers list。No dossier {key}; see the list")


def _in_sight(
    archive: Archive, members: frozenset[str], noted: list[str], hidden: dict[str, Record]
) -> list[Record]:
    top = archive.clearance(archive.rules.ladder.names[-1])
    hits = (hit.record for key in members for hit in archive.dms.search(Query(dossier=key, limit=ALL), top))
    found = {record.dms_id: record for record in hits}
    # What bears a level that the ladder does not have is found by nobody, and lies there all the same.
    rest = iter([number for number in noted if number not in found and number not in hidden])
    while some := list(islice(rest, _AT_ONCE)):
        found |= {one.dms_id: one for one in archive.dms.records(*some) if one.card.dossier in members}
    return [record for number, record in found.items() if number not in hidden]


def _judged(
    archive: Archive,
    asked: RequiredPapers,
    papers: OwnPapers,
    held: Iterator[Held],
    family: Lineage,
    eyes: Clearance,
) -> Iterator[Checked]:
    today = archive.clock().astimezone().date()
    while some := list(islice(held, _AT_ONCE)):
        with archive.engine.begin() as connection:
            known = dossiers_of(connection, (one.key for one in some))
            twins = dossiers_of(connection, {one.unit for one in known.values() if one.unit and one.project})
            happened = _happened(connection, asked, some, family, today)
        for one in some:
            home = known.get(one.key)
            if home is None or not _seen(archive, one, home, family, eyes):
                continue
            twin = twins.get(home.unit) if home.project else None
            more = papers.of(twin.key) if twin and _may_be_one(home, twin) else None
            lent = (
                _in_doubt(more.papers) if twin and more and _seen(archive, more, twin, family, eyes) else ()
            )
            found = findings(asked.rows, (*one.papers, *lent), happened.get(one.key, {}), today)
            yield Checked(home, len(one.ids), found)


def _may_be_one(home: OpenDossier, twin: OpenDossier) -> bool:
    """Whether the papers of a dossier whose estate is not known may belong to this one of the same unit."""
    return twin.provisional and (not (home.customer and twin.customer) or home.customer == twin.customer)


def _in_doubt(papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    return tuple(one._replace(state="perhaps") for one in papers if one.state != "destroyed")


def _seen(archive: Archive, one: Held, home: OpenDossier, family: Lineage, eyes: Clearance) -> bool:
    if not may_see(archive, {home.level, *one.levels}, eyes):
        return False
    return eyes.levels >= set(archive.rules.ladder.names) or not _hides_some(archive, one, family, eyes)


def _hides_some(archive: Archive, one: Held, family: Lineage, eyes: Clearance) -> bool:
    """Whether the DMS keeps a record of the dossier from these eyes: its level may be higher there than on the card."""
    keys = family.members(one.key)
    seen = sum(len(archive.dms.search(Query(dossier=key, limit=ALL), eyes)) for key in keys)
    return seen < one.in_sight


def _happened(
    connection: Connection, asked: RequiredPapers, some: list[Held], family: Lineage, today: date
) -> dict[str, dict[str, date]]:
    """The last day of each event that the list asks for, by dossier; told of it, of one merged into it, or of a record in it."""
    found: dict[str, dict[str, date]] = {}
    if not asked.events:
        return found
    of_dossier = {key: one.key for one in some for key in family.members(one.key)}
    of_record = {number: one.key for one in some for number in one.ids}
    for sort, homes in (("dossier", of_dossier), ("record", of_record)):
        for (key, kind), day in last_days(connection, sort, list(homes)).items():  # type: ignore[arg-type]  # one of the two
            own = found.setdefault(homes[key], {})
            if kind in asked.events and day <= today:
                own[kind] = max(day, own.get(kind, day))
    return found
