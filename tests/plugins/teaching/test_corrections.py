from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from plugins.database import connect, upgrade
from plugins.teaching import corrections
from plugins.teaching.corrections import Correction
from plugins.wiring import Archive

ONE = Correction(
    "7", "a" * 64, "kind", "认购书", "补充协议", "李静", "2026-03-02T12:00:00.000000+00:00", "看错标题"
)


def _keep(archive: Archive, *rows: Correction) -> None:
    with archive.engine.begin() as connection:
        for row in rows:
            corrections.keep(connection, row)


def test_a_correction_comes_back_as_it_was_kept(archive: Archive) -> None:
    _keep(archive, ONE)
    with archive.engine.begin() as connection:
        assert corrections.of_record(connection, "7", "a" * 64) == (ONE,)


def test_the_last_word_on_a_kind_counts(archive: Archive) -> None:
    later = replace(ONE, became="认购书", at="2026-03-03T12:00:00.000000+00:00")
    other = replace(ONE, dms_id="8", sha256="b" * 64)
    _keep(archive, ONE, replace(ONE, what="level", was="内部", became="普通商密"), other, later)
    with archive.engine.begin() as connection:
        assert set(corrections.last_kinds(connection)) == {later, other}


def test_what_is_known_of_a_destroyed_record_can_be_forgotten(archive: Archive) -> None:
    other = replace(ONE, sha256="b" * 64)
    _keep(archive, ONE, replace(ONE, what="level"), other)
    with archive.engine.begin() as connection:
        assert corrections.forget(connection, "7", "a" * 64) == 2
        assert corrections.of_record(connection, "7", "a" * 64) == ()
        assert corrections.of_record(connection, "7", "b" * 64) == (other,)


def test_no_column_holds_the_text_of_a_paper() -> None:
    kept = {column.name for column in corrections.correction.columns}
    assert kept == {"id", "dms_id", "sha256", "what", "was", "became", "who", "at", "reason"}


def test_a_database_of_the_first_schema_gets_the_table(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'd.sqlite3'}"
    engine = sa.create_engine(url)
    upgrade(engine, "0001")
    assert "correction" not in sa.inspect(engine).get_table_names()
    engine.dispose()
    engine = connect(url)
    assert "correction" in sa.inspect(engine).get_table_names()
    engine.dispose()


@pytest.mark.parametrize("what", corrections.WHAT)
def test_every_label_that_can_be_corrected_can_be_kept(archive: Archive, what: corrections.What) -> None:
    _keep(archive, replace(ONE, what=what))
