"""Placing holds: on what there is, and with the list of a query written down also after a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.errors import BadWord
from plugins.keeping.holding import list_late, place
from plugins.wiring import Archive
from retention.blocking import holds
from retention.blocking.blocks import blocks
from retention.blocking.hold_query import HeldQuery
from tests.contract.deposits import deposit
from tests.plugins.conftest import NOON

WORDS = {"reason": "群诉", "mandate": "法务部函", "by": "李静"}


@pytest.mark.parametrize(("scope", "key"), [("record", "999"), ("dossier", "甲苑/1-101")])
def test_a_hold_on_nothing_is_refused(archive: Archive, scope: str, key: str) -> None:
    with pytest.raises(BadWord):
        place(archive, scope, key, **WORDS)  # type: ignore[arg-type]  # the table's words are its scopes
    with archive.engine.begin() as connection:
        assert holds.every(connection) == ()


def test_a_crash_before_the_list_is_written_frees_nothing(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    held, free = (
        archive.dms.file(deposit(folder, text.encode(), (text,), dossier_doubt="", review_reasons=()))
        for text in ("卫生间渗漏", "门锁损坏")
    )
    with archive.engine.begin() as connection:
        key = HeldQuery(words="渗漏").written()
        number = holds.place(
            connection, "query", key, reason="群诉", mandate="法务部函", who="李静", at=NOON
        ).id

    def codes() -> list[list[str]]:
        with archive.engine.begin() as connection:
            records = [archive.dms.record(one) for one in (held, free)]
            return [[block.code for block in blocks(connection, one, NOON.date())] for one in records]

    assert codes() == [["on-hold"], ["on-hold"]]
    list_late(archive)
    assert codes() == [["on-hold"], []]
    with archive.engine.begin() as connection:
        assert [dms_id for dms_id, _ in holds.found_by(connection, number)] == [held]
