"""The made-up archive is one that the program itself could have made, the same for the same seed."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kept.enter import enter
from benchmarks.kept.measured import PARTS
from benchmarks.kept.papers import TODAY, cards
from plugins.wiring import Archive
from retention import register
from retention.blocking import holds
from retention.record import Card
from retention.schedule.kept_rules import all_noted, kept
from tests.plugins.ready_made import copied

RECORDS = 600


def entered(folder: Path) -> Archive:
    archive = copied(folder)
    made = enter(archive, archive.settings.home / "dms", RECORDS, 7)
    assert (made.records, made.dossiers, made.events, made.holds) == (RECORDS, 120, 90, 20)
    return archive


def test_what_is_entered_can_be_read_back_and_proven(tmp_path: Path) -> None:
    with entered(tmp_path) as archive:
        records = list(archive.dms.records())
        drawn = list(cards(RECORDS, archive.rules.taxonomy, 7))
        assert [one.card.sha256 for one in records] == [one.sha256 for one in drawn]
        with archive.engine.begin() as connection:
            assert all_noted(connection)
            assert len(kept(connection, [one.dms_id for one in records])) == RECORDS
            assert {one.scope for one in holds.every(connection)} == {
                "record",
                "dossier",
                "case",
                "customer",
                "query",
            }
            assert register.verify(connection) == register.head(connection).seq > RECORDS


def test_every_part_finds_something_to_do(tmp_path: Path) -> None:
    with entered(tmp_path) as archive:
        done = {name: part(archive) for name, part in PARTS.items()}
    assert RECORDS * 0.1 < done["propose"] < RECORDS * 0.4
    assert done["report"] > done["propose"]


def test_the_same_seed_makes_the_same_papers(tmp_path: Path) -> None:
    with copied(tmp_path) as archive:

        def drawn(seed: int) -> list[Card]:
            return list(cards(50, archive.rules.taxonomy, seed))

        assert drawn(1) == drawn(1) != drawn(2)
        assert max(one.filed_on for one in drawn(1)) <= TODAY
