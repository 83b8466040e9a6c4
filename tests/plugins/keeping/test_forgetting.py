"""What is left of a destroyed record in our database: every table is looked at, and a new one must say what it does."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from consumers.inbox.set_aside import Note, place_of
from plugins.keeping import disposing, forgetting
from plugins.wiring import Archive
from retention.disposing import witnesses
from retention.errors import DmsUnavailable
from tests.plugins import ready_made
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import PROPOSER, approved, file_due

SECRET = "独一无二的字样"
"""Stands in every text of every row about the record before it is destroyed."""
INTAKE = "f" * 32

FORGOTTEN = (
    "correction",
    "division",
    "dossier_number",
    "filing_right",
    "kept_rule",
    "litigation",
    "litigation_on_its_way",
    "paper",
    "paper_key",
    "person_paper",
    "shown_label",
    "swept",
)
"""Tables in which no row about the record is left."""

BLANKED = {
    # How many files were taken in, and when, stays.
    "intake": ("name", "origin", "reason"),
    "intake_event": ("detail",),
}
"""Tables whose rows stay without the words in these columns; in the others are times, states and ids."""

IDS_ALONE = {
    "archive_serial": "a number that was stuck on a paper is not given out twice",
    "disposal_item": "what became of it",
    "dossier_merge_record": "which records a merger has moved",
    "hold_record": "what a hold by query has found",
    "personal_request_item": "what a request has found, and what became of it",
    "restriction": "that it was restricted, and is destroyed now",
}
"""Tables that keep ids and checksums on purpose. What people have written as a reason beside them stays as well."""

TITLES = {
    "appraisal_item": "what was decided, with its title; ID numbers masked",
    "hand_over_item": "what was handed over, with its title; ID numbers masked",
    "loan": "what was lent, with its title; ID numbers masked",
    "tombstone": "what is left of it, with its title; ID numbers masked",
}
"""Tables that keep its title on purpose."""

APPEND_ONLY = {
    "happening": "events of the record: the database refuses to remove any",
    "register": "everything that was decided and done: the database refuses to remove any",
}

NOT_OF_A_RECORD = {
    "alarm": "troubles of the archive",
    "alembic_version": "the schema",
    "appraisal": "batches",
    "appraisal_opinion": "what people said of batches",
    "disposal": "disposals; the manifest has ids, checksums and masked titles of the list that was confirmed",
    "disposal_witness": "who has confirmed which list",
    "dossier": "households outlive their papers",
    "dossier_merge": "mergers of households",
    "hand_over": "lists of hand-over",
    "hold": "orders of people, with what they were placed on",
    "intake_stage": "sums of seconds",
    "looked_for_changes": "how far the sweep has looked",
    "personal_request": "requests of people",
    "presence": "who is at work",
    "schedule_version": "texts of the schedule",
    "unindexed_people": "a mark that something has to be made up for",
    "unnoted_records": "a mark that something has to be made up for",
    "witness": "who may witness",
}

TABLES = {*FORGOTTEN, *BLANKED, *IDS_ALONE, *TITLES, *APPEND_ONLY, *NOT_OF_A_RECORD}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An archive with one paper that is due, and rows about it in every table that has a word to say."""
    monkeypatch.setattr(witnesses, "_COST", 16)
    opened = ready_made.copied(tmp_path / "archive")
    yield opened
    opened.engine.dispose()


def tables(archive: Archive) -> dict[str, list[Any]]:
    found = sa.inspect(archive.engine)
    return {name: found.get_columns(name) for name in found.get_table_names()}


def test_every_table_says_whether_it_forgets_a_destroyed_record(archive: Archive) -> None:
    """A new table: put it into one of the lists above, with a reason, or make `plugins.keeping.forgetting` forget it."""
    assert sorted(tables(archive)) == sorted(TABLES)
    about_records = {
        name
        for name, columns in tables(archive).items()
        if {column["name"] for column in columns} & {"dms_id", "sha256", "intake_id"}
    }
    # A schedule's checksum is of its own text.
    assert about_records - {"schedule_version"} == {
        *FORGOTTEN,
        *(name for name in BLANKED if name != "register"),
        *IDS_ALONE,
        *TITLES,
    }


def _value(column: Any, dms_id: str, sha256: str) -> object:
    known = {"dms_id": dms_id, "sha256": sha256, "intake_id": INTAKE, "state": "confirmed", "ranges": "[]"}
    kind = column["type"]
    if column["name"] in known:
        return known[column["name"]]
    if isinstance(kind, sa.Integer | sa.Boolean):
        return 1
    if isinstance(kind, sa.Float):
        return 1.0
    if isinstance(kind, sa.Date):
        return "2020-01-01"
    if isinstance(kind, sa.LargeBinary):
        return SECRET.encode()
    return f"{SECRET}{column['name']}"


def fill(archive: Archive, names: tuple[str, ...], dms_id: str, sha256: str) -> None:
    """One row about the record in each of these tables, SECRET in every text of it."""
    columns = tables(archive)
    path = archive.settings.home / "dossier.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for name in names:
            row = {one["name"]: _value(one, dms_id, sha256) for one in columns[name]}
            if name in BLANKED:
                row |= {one: "" for one, value in row.items() if _is_word(value) and one not in BLANKED[name]}
            if name == "intake":
                row |= {"id": INTAKE, "source": "inbox"}
            places = ", ".join("?" * len(row))
            statement = f"INSERT OR REPLACE INTO {name} ({', '.join(map(_quoted, row))}) VALUES ({places})"
            connection.execute(statement, list(row.values()))


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value.startswith(SECRET)


def _quoted(name: str) -> str:
    return f'"{name}"'


def words_in(archive: Archive, word: str) -> set[str]:
    """The tables in which the word stands in any column."""
    path, found = archive.settings.home / "dossier.sqlite3", set()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for name, columns in tables(archive).items():
            for column in columns:
                asked = f'SELECT 1 FROM "{name}" WHERE CAST("{column["name"]}" AS TEXT) LIKE ? LIMIT 1'
                if connection.execute(asked, [f"%{word}%"]).fetchone():
                    found.add(name)
    return found


def test_nothing_of_it_is_left_in_any_table_that_forgets(archive: Archive, tmp_path: Path) -> None:
    number = file_due(archive, tmp_path / "papers", b"1")
    sha256 = archive.dms.record(number).card.sha256
    fill(archive, (*FORGOTTEN, *BLANKED), number, sha256)
    assert words_in(archive, SECRET) >= {*FORGOTTEN, *BLANKED} - {"division", "filing_right"}
    with archive.engine.begin() as connection:
        assert set(forgetting.left(archive, connection, number, sha256)) == set(FORGOTTEN) - {
            "division",  # by the number of its intake, which says nothing of the record
            "filing_right",  # the same paper may have been filed anew meanwhile
            "litigation_on_its_way",  # or be on its way
        }
    for _ in range(2):
        with archive.engine.begin() as connection:
            forgetting.forget(archive, connection, number, sha256)
            assert forgetting.left(archive, connection, number, sha256) == ()
    assert words_in(archive, SECRET) == set()
    with archive.engine.begin() as connection:
        sizes = {
            name: connection.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar() for name in FORGOTTEN
        }
    assert sizes == dict.fromkeys(FORGOTTEN, 0)


def test_what_is_known_of_other_records_stays(archive: Archive, tmp_path: Path) -> None:
    number = file_due(archive, tmp_path / "papers", b"1")
    fill(archive, (*FORGOTTEN, *BLANKED), "77", "7" * 64)
    with archive.engine.begin() as connection:
        forgetting.forget(archive, connection, number, archive.dms.record(number).card.sha256)
    assert words_in(archive, SECRET) >= {*FORGOTTEN, *BLANKED} - {"division", "filing_right"}


def test_after_a_destruction_its_title_stands_where_it_is_meant_to_and_nowhere_else(
    archive: Archive, tmp_path: Path
) -> None:
    number = file_due(archive, tmp_path / "papers", b"1", title=f"认购书 {SECRET} 11010119900101001X")
    fill(
        archive, ("correction", "shown_label", "intake", "intake_event"), number, archive.dms.checksum(number)
    )
    disposal = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal.id
    after = replace(archive, clock=lambda: NOON + timedelta(days=200))
    for name in ("孙丽", "钱峰"):
        disposing.enrol(archive, name, f"{name}自己的口令一二三四五", vouched_by="王芳")
        disposing.witness(after, disposal, name, f"{name}自己的口令一二三四五")
    assert disposing.execute(after, disposal, by="吴刚").disposal.result == "executed"
    assert words_in(archive, SECRET) == {"appraisal_item", "disposal", "register", "tombstone"}
    assert words_in(archive, "11010119900101001X") == set()
    assert disposing.verify(archive, disposal) == ()


def put_aside(archive: Archive, sha256: str) -> Path:
    """The same bytes, refused as a duplicate."""
    note = Note("扫描 2.pdf", sha256, "duplicate", "重复", "twice", INTAKE, "inbox", "2026-03-02")
    place = place_of(archive.settings.set_aside_folder, note)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"1")
    place.with_name(f"{place.name}.json").write_text(json.dumps(vars(note)))
    return place


def test_the_same_bytes_that_were_set_aside_as_a_duplicate_go_with_their_note_and_nothing_else(
    archive: Archive, tmp_path: Path
) -> None:
    number = file_due(archive, tmp_path / "papers", b"1")
    sha256 = archive.dms.checksum(number)
    fill(archive, ("intake",), number, sha256)
    place, other = put_aside(archive, sha256), archive.settings.set_aside_folder / f"{INTAKE[:8]}-other.pdf"
    other.write_bytes(b"other")
    other.with_name(f"{other.name}.json").write_text('{"intake_id": "another"}')
    with archive.engine.begin() as connection:
        assert str(place) in forgetting.left(archive, connection, number, sha256)
        forgetting.forget(archive, connection, number, sha256)
        assert forgetting.left(archive, connection, number, sha256) == ()
    assert sorted(one.name for one in place.parent.iterdir()) == [other.name, f"{other.name}.json"]


def test_what_can_not_be_removed_is_told_and_may_be_tried_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file_due(archive, tmp_path / "papers", b"1")
    sha256 = archive.dms.checksum(number)
    fill(archive, ("intake",), number, sha256)
    place = put_aside(archive, sha256)

    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched, archive.engine.connect() as connection:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(DmsUnavailable, match="give the program the right"):
            forgetting.forget(archive, connection, number, sha256)
    with archive.engine.begin() as connection:
        forgetting.forget(archive, connection, number, sha256)
    assert not place.exists()
