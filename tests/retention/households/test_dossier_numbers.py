"""The numbers of a dossier's records: which tell a household, noted once a record, found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from retention.households.dossier import DossierChoice
from retention.households.dossier_numbers import bearers, forget_numbers, note_numbers, numbers_in, numbers_of
from retention.households.dossiers import open_dossier
from retention.tables import metadata
from tests.retention.households.test_dossier import fact

CASE = fact("case_no", "（2023）粤0305民初1234号")
CONTRACT = fact("contract_no", "ys-2015-0123")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{tmp_path / 'd.sqlite3'}")
    metadata.create_all(engine)
    with engine.connect() as open_one:
        for key in ("甲苑/1-101", "乙苑/2-202"):
            project, unit = key.split("/")
            open_dossier(open_one, DossierChoice(key, key, unit, project, "", (), ""), date(2026, 1, 1))
        yield open_one
    engine.dispose()


def test_a_number_is_compared_in_one_width_and_one_case() -> None:
    assert numbers_of([CONTRACT, fact("contract_no", "ＹＳ-2015-0123")]) == (("contract_no", "YS-2015-0123"),)


@pytest.mark.parametrize(
    "told_nothing",
    [
        fact("contract_no", "A-0012"),
        fact("filing_no", "12345"),
        fact("certificate_no", "江国用（2009）第00123号"),
        fact("phone", "13900001111"),
        fact("case_no", " "),
        fact("contract_no", "9" * 300),
    ],
)
def test_what_many_papers_share_tells_no_household(told_nothing: object) -> None:
    assert numbers_of([told_nothing]) == ()  # type: ignore[list-item]  # a FactValue, from the table above


def test_the_dossier_that_has_the_number_is_found_with_the_first_record_that_bears_it(
    connection: Connection,
) -> None:
    note_numbers(connection, "8", "甲苑/1-101", [CASE])
    note_numbers(connection, "7", "甲苑/1-101", [CASE, CONTRACT])
    (found,) = bearers(connection, [CASE])
    assert (found.name, found.dossier.key, found.dms_id) == ("case_no", "甲苑/1-101", "7")
    assert bearers(connection, [fact("contract_no", CASE.value)]) == ()
    assert bearers(connection, []) == ()


def test_a_record_that_goes_elsewhere_takes_its_numbers_along(connection: Connection) -> None:
    note_numbers(connection, "7", "甲苑/1-101", [CASE])
    note_numbers(connection, "7", "乙苑/2-202", [CASE])
    assert numbers_in(connection, "甲苑/1-101") == ()
    assert [one.dossier.key for one in bearers(connection, [CASE])] == ["乙苑/2-202"]
    note_numbers(connection, "7", "", [CASE])
    assert bearers(connection, [CASE]) == ()


def test_noting_it_again_changes_nothing(connection: Connection) -> None:
    for _ in range(2):
        note_numbers(connection, "7", "甲苑/1-101", [CASE, CASE])
    assert len(numbers_in(connection, "甲苑/1-101")) == 1


def test_a_destroyed_record_leaves_no_number_behind(connection: Connection) -> None:
    note_numbers(connection, "7", "甲苑/1-101", [CASE, CONTRACT])
    assert forget_numbers(connection, "7") == 2
    assert bearers(connection, [CASE, CONTRACT]) == ()
