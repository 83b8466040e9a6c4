"""What a dossier holds, as its completeness asks for it: every paper of the archive put by on the disk, dossier by dossier."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from classifiers.parts.principal import proposed_kinds
from plugins.wiring import Rules
from retention.disposing.tombstones import Tombstone
from retention.households.completeness import Paper, State
from retention.households.lineage import Lineage
from retention.record import Record

_Row = tuple[str, str, str, str, str, str, str, str, str, bool]


@dataclass(frozen=True)
class Held:
    """A dossier's papers; the ids of its records and how many of them are in sight; the levels that its records have."""

    key: str
    papers: tuple[Paper, ...]
    ids: frozenset[str]
    in_sight: int
    levels: frozenset[str]


class OwnPapers:
    """Papers by dossier, in a file of no name that is gone with it: an archive may be larger than memory.

    What lay in a dossier that was merged is told of the one that it was merged into.
    """

    def __init__(self, database: sqlite3.Connection, rules: Rules, family: Lineage) -> None:
        self._database, self._family = database, family
        self._categories = {kind.zh: kind.category for kind in rules.taxonomy.kind}
        columns = "home, kind, category, state, dated, gone_on, dms_id, number, level, in_sight"
        database.execute(f"CREATE TABLE paper ({columns})")

    def put(self, records: Iterable[Record], hidden: frozenset[str]) -> None:
        """Add these; those whose ids are `hidden` are out of sight, and their numbers are told to nobody."""
        self._add(row for record in records if record.card.dossier for row in self._rows(record, hidden))

    def put_destroyed(self, stones: Iterable[Tombstone]) -> None:
        """Add what is left of destroyed ones."""
        self._add(
            (
                self._family.home(one.dossier),
                one.kind,
                one.category,
                "destroyed",
                "",
                _day(one.at),
                "",
                "",
                "",
                False,
            )
            for one in stones
            if one.dossier
        )

    def dossiers(self) -> Iterator[Held]:
        """All of them, by key."""
        self._database.execute("CREATE INDEX IF NOT EXISTS by_home ON paper (home)")
        rows: Iterable[_Row] = self._database.execute("SELECT * FROM paper ORDER BY home, rowid")
        return (_held(key, list(some)) for key, some in groupby(rows, key=itemgetter(0)))

    def of(self, key: str) -> Held | None:
        """The dossier with that key, once `dossiers` was asked for; None where nothing lies or lay in it."""
        rows = self._database.execute("SELECT * FROM paper WHERE home = ? ORDER BY rowid", (key,)).fetchall()
        return _held(key, rows) if rows else None

    def _add(self, rows: Iterator[_Row]) -> None:
        self._database.executemany("INSERT INTO paper VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _rows(self, record: Record, hidden: frozenset[str]) -> Iterator[_Row]:
        card = record.card
        home, dated = (
            self._family.home(card.dossier),
            card.document_date.isoformat() if card.document_date else "",
        )
        in_sight = record.dms_id not in hidden
        named = tuple(kind for why in card.review_reasons for kind in proposed_kinds(why))
        state: State = "here"
        if card.needs_review or card.unassigned:
            state = "perhaps"
        elif card.handed_over:
            state = "handed-over"
        shown = record.dms_id if in_sight else ""
        # The parts of a batch are records of their own: the whole counts as no paper, only as something that lies there.
        kinds = ("",) if card.batch else dict.fromkeys((card.kind, *named))
        for kind in kinds:
            # A date that stands on one of several documents is not that of the others.
            day = "" if named and kind != card.kind else dated
            category = card.category if kind in ("", card.kind) else self._categories.get(kind, "")
            yield home, kind, category, state, day, "", shown, record.dms_id, card.confidentiality, in_sight


@contextmanager
def own_papers(rules: Rules, family: Lineage) -> Iterator[OwnPapers]:
    """An empty one."""
    # The name "" makes SQLite keep it in memory while it is small, and then in a file that no other program can open.
    with closing(sqlite3.connect("")) as database:
        yield OwnPapers(database, rules, family)


def _held(key: str, rows: list[_Row]) -> Held:
    papers = tuple(
        Paper(kind, category, state, _date(dated), shown, _date(gone))  # type: ignore[arg-type]  # a state, see `_rows`
        for _, kind, category, state, dated, gone, shown, *_ in rows
        if kind
    )
    ids = frozenset(row[7] for row in rows if row[7])
    in_sight = len({row[7] for row in rows if row[9]})
    return Held(key, papers, ids, in_sight, frozenset(row[8] for row in rows if row[7]))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _day(stamp: str) -> str:
    return datetime.fromisoformat(stamp).astimezone().date().isoformat()
