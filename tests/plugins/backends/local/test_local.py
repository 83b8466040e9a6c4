"""Tests of plugins.backends.local beyond the contract: what its folder and its file can suffer."""

from __future__ import annotations

import errno
import multiprocessing
import os
import sqlite3
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.backends.local import LocalDms
from plugins.backends.local.outlines import PAGE
from plugins.backends.local.schema import VERSION
from retention.dms import Clearance, Query
from retention.errors import AlreadyFiled, DmsRefused, DmsUnavailable
from tests.contract.deposits import deposit


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "offices" / "archive"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_originals_lie_under_their_checksum(root: Path, tmp_path: Path) -> None:
    paper = deposit(tmp_path, b"1")
    LocalDms(root).file(paper)
    sha256 = paper.card.sha256
    assert _files(root / "originals") == [root / "originals" / sha256[:2] / sha256[2:4] / sha256]
    assert _files(root / "incoming") == []


def test_nobody_but_the_owner_gets_in(root: Path, tmp_path: Path) -> None:
    LocalDms(root).file(deposit(tmp_path, b"1"))
    for path in [root, *root.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_the_database_keeps_what_was_filed_when_it_is_opened_again(root: Path, tmp_path: Path) -> None:
    dms_id = LocalDms(root).file(deposit(tmp_path, b"1"))
    assert LocalDms(root).original(dms_id) == b"1"


def test_a_file_of_an_earlier_release_is_brought_up_to_date(root: Path, tmp_path: Path) -> None:
    dms_id = LocalDms(root).file(deposit(tmp_path, b"1"))
    with closing(sqlite3.connect(root / "dms.sqlite3")) as connection:
        connection.execute("DROP INDEX document_outline")
        connection.execute("DROP TRIGGER document_taken")
        connection.execute("DROP TRIGGER document_taken_anew")
        for column in (
            "title",
            "retention_rule",
            "retain_until",
            "part_of",
            "odd",
            "unassigned",
            "quarantined",
        ):
            connection.execute(f"ALTER TABLE document DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 1")
    dms = LocalDms(root)
    record = dms.record(dms_id)
    dms.relabel(record, replace(record.card, dossier_doubt="未见房号"))
    (hit,) = dms.search(Query(unassigned=True), Clearance(frozenset({record.card.confidentiality})))
    assert hit.record.dms_id == dms_id
    assert [one.dms_id for one in dms.outlines()] == [dms_id]


def test_outlines_are_read_from_their_index_alone(root: Path) -> None:
    LocalDms(root)
    with closing(sqlite3.connect(root / "dms.sqlite3")) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {PAGE}", (0, 9, "2026-01-01", 9)).fetchall()
    assert [row[3] for row in plan] == [
        "SEARCH document USING COVERING INDEX document_outline (quarantined=? AND id>? AND id<?)"
    ]


def test_what_a_crash_left_without_a_row_is_taken_over(root: Path, tmp_path: Path) -> None:
    dms = LocalDms(root)
    paper = deposit(tmp_path, b"1")
    place = root / "originals" / paper.card.sha256[:2] / paper.card.sha256[2:4] / paper.card.sha256
    place.parent.mkdir(parents=True)
    place.write_bytes(b"cut o")
    assert dms.original(dms.file(paper)) == b"1"


def test_what_is_filed_is_not_touched_by_the_same_bytes(root: Path, tmp_path: Path) -> None:
    dms = LocalDms(root)
    paper = deposit(tmp_path, b"1")
    dms.file(paper)
    (place,) = _files(root / "originals")
    before = place.stat()
    with pytest.raises(AlreadyFiled):
        dms.file(paper)
    assert place.stat() == before
    assert _files(root / "incoming") == []


def test_a_leftover_of_more_than_a_day_is_swept_and_a_younger_one_stays(root: Path) -> None:
    LocalDms(root)
    old, young = root / "incoming" / "old.part", root / "incoming" / "young.part"
    for part in (old, young):
        part.write_bytes(b"1")
    os.utime(old, (time.time() - 90_000,) * 2)
    LocalDms(root)
    assert _files(root / "incoming") == [young]


def test_a_refused_filing_leaves_nothing_behind(root: Path, tmp_path: Path) -> None:
    dms = LocalDms(root)
    paper = deposit(tmp_path, b"1")
    paper.original.write_bytes(b"2")
    with pytest.raises(DmsRefused, match="take it in again"):
        dms.file(paper)
    assert _files(root / "incoming") == _files(root / "originals") == []


def test_a_pipe_is_refused(root: Path, tmp_path: Path) -> None:
    paper = deposit(tmp_path, b"1")
    paper.original.unlink()
    os.mkfifo(paper.original)
    with pytest.raises(DmsRefused, match="no regular file"):
        LocalDms(root).file(paper)


def test_a_full_disk_is_told_and_nothing_is_filed(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dms = LocalDms(root)
    paper = deposit(tmp_path, b"1")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DmsUnavailable, match="make room"):
            dms.file(paper)
    assert dms.find(paper.card.sha256) is None
    assert _files(root / "incoming") == []
    assert dms.original(dms.file(paper)) == b"1"


def test_a_changed_original_shows_in_its_checksum(root: Path, tmp_path: Path) -> None:
    dms = LocalDms(root)
    paper = deposit(tmp_path, b"1")
    dms_id = dms.file(paper)
    _files(root / "originals")[0].write_bytes(b"2")
    assert dms.checksum(dms_id) != paper.card.sha256


def test_a_missing_original_is_told_with_the_remedy(root: Path, tmp_path: Path) -> None:
    dms = LocalDms(root)
    dms_id = dms.file(deposit(tmp_path, b"1"))
    _files(root / "originals")[0].unlink()
    for method in (dms.original, dms.checksum):
        with pytest.raises(DmsUnavailable, match="restore it from a backup"):
            method(dms_id)


def test_a_file_that_is_no_database_is_told_with_the_remedy(root: Path) -> None:
    root.mkdir(parents=True)
    (root / "dms.sqlite3").write_bytes(b"no database at all" * 1000)
    with pytest.raises(DmsUnavailable, match="restore it from the last backup"):
        LocalDms(root)


def test_a_damaged_database_is_told_with_the_remedy(root: Path, tmp_path: Path) -> None:
    dms = LocalDms(root)
    for n in range(30):
        dms.file(deposit(tmp_path, bytes([n]), ("认购书" * 500,)))
    path = root / "dms.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(DmsUnavailable, match="damaged"):
        list(dms.records())


def test_a_newer_schema_is_told(root: Path) -> None:
    LocalDms(root)
    with closing(sqlite3.connect(root / "dms.sqlite3")) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(DmsUnavailable, match="newer release"):
        LocalDms(root)


def test_an_archive_whose_database_is_gone_does_not_come_up_empty(root: Path, tmp_path: Path) -> None:
    dms = LocalDms(root)
    dms.file(deposit(tmp_path, b"1"))
    (root / "dms.sqlite3").unlink()
    with pytest.raises(DmsUnavailable, match="database is gone"):
        LocalDms(root)
    with pytest.raises(DmsUnavailable):
        dms.status()
    assert not (root / "dms.sqlite3").exists()


def test_a_database_that_stays_locked_is_told_and_the_next_try_works(root: Path, tmp_path: Path) -> None:
    dms = LocalDms(root, busy_seconds=0.1)
    paper = deposit(tmp_path, b"1")
    with closing(sqlite3.connect(root / "dms.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DmsUnavailable, match="locked"):
            dms.file(paper)
        assert list(dms.records()) == []
    assert _files(root / "originals") == []
    assert dms.find(dms.record(dms.file(paper)).card.sha256)


def test_filing_waits_for_a_short_lock(root: Path, tmp_path: Path) -> None:
    dms = LocalDms(root)
    paper = deposit(tmp_path, b"1")
    with closing(
        sqlite3.connect(root / "dms.sqlite3", isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, other.rollback)
        release.start()
        assert dms.original(dms.file(paper)) == b"1"
        release.join()


def test_a_root_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DmsUnavailable, match="see to that folder"):
        LocalDms(tmp_path / "file")


def test_the_status_needs_full_text_search(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dms = LocalDms(root)

    def without(*_: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(sqlite3, "connect", without)
    with pytest.raises(DmsUnavailable, match="FTS5"):
        dms.status()


def test_a_folder_with_odd_signs_in_its_name_works(tmp_path: Path) -> None:
    root = tmp_path / "档案 #1?mode=ro%20&x"
    dms = LocalDms(root)
    assert dms.original(dms.file(deposit(tmp_path, b"1"))) == b"1"
    assert (root / "dms.sqlite3").exists()


def test_records_can_be_left_half_read(root: Path, tmp_path: Path) -> None:
    dms = LocalDms(root)
    for n in range(3):
        dms.file(deposit(tmp_path, bytes([n])))
    next(dms.records())
    dms.file(deposit(tmp_path, b"4"))


def _open(root: str) -> int:
    return LocalDms(Path(root)).status().documents


def test_many_processes_open_a_new_archive_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        for n in range(8):
            assert list(pool.map(_open, [str(tmp_path / str(n))] * 8)) == [0] * 8
