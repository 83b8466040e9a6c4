"""The doctor tries the store, and tells of what lies in it and should not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from plugins.stores.store_health import store_checks
from plugins.wiring import Archive
from tests.servers.s3 import S3Server


def test_without_a_store_there_is_nothing_to_check(archive: Archive) -> None:
    assert store_checks(archive) == []


def test_a_store_that_works_is_told_so_and_left_as_it_was(archive: Archive, server: S3Server) -> None:
    checks = store_checks(replace(archive, store=server.store()))
    assert [check.ok for check in checks] == [True, True]
    assert server.lying() == []


def test_what_no_row_speaks_of_is_told_and_left(archive: Archive, server: S3Server, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    server.store().put("f" * 32, "a" * 64, tmp_path / "a")
    check = store_checks(replace(archive, store=server.store()))[1]
    assert (check.ok, "1 that no row speaks of" in check.detail) == (False, True)
    assert len(server.lying()) == 1


def test_a_store_that_is_away_is_told_with_what_to_look_at(archive: Archive, server: S3Server) -> None:
    store = server.store()
    server.away = True
    (check,) = store_checks(replace(archive, store=store))
    assert not check.ok
    assert "DOSSIER_STORE_KEY" in check.detail
