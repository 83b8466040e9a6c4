"""Dossiers in the database: opened once, found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, select

from retention.errors import UndecidedDossier
from retention.households.dossier import choose_dossier
from retention.households.dossiers import open_dossier
from retention.households.settling import settle_dossier
from retention.tables import dossier, metadata
from tests.retention.households.test_dossier import BUYER, NUMBER, PROJECT, UNIT, fact

DAY = date(2026, 11, 21)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{tmp_path / 'd.sqlite3'}")
    metadata.create_all(engine)
    with engine.connect() as open_one:
        yield open_one
    engine.dispose()


def test_a_dossier_is_opened_once(connection: Connection) -> None:
    choice = choose_dossier([UNIT, PROJECT, BUYER])
    assert open_dossier(connection, choice, DAY)
    assert not open_dossier(connection, choice, date(2027, 1, 1))
    (row,) = connection.execute(select(dossier)).all()
    assert (row.key, row.unit, row.project, row.customer, row.opened_on) == (
        "滨江雅苑/3栋1单元2001",
        "3栋1单元2001",
        "滨江雅苑",
        "石颖琪",
        DAY,
    )


def test_an_unknown_customer_is_filled_in_and_a_known_one_stays(connection: Connection) -> None:
    open_dossier(connection, choose_dossier([UNIT, PROJECT]), DAY)
    open_dossier(connection, choose_dossier([UNIT, PROJECT, BUYER]), DAY)
    open_dossier(connection, choose_dossier([UNIT, PROJECT, fact("person_name", "罗海", "buyer")]), DAY)
    assert connection.execute(select(dossier.c.customer)).scalar_one() == "石颖琪"


def test_an_undecided_dossier_is_not_opened(connection: Connection) -> None:
    with pytest.raises(UndecidedDossier, match="多个房号"):
        open_dossier(connection, choose_dossier([fact("unit", "1-101"), fact("unit", "2-202")]), DAY)


def test_a_paper_without_project_is_taken_into_the_open_dossier(connection: Connection) -> None:
    open_dossier(connection, choose_dossier([UNIT, PROJECT, BUYER]), DAY)
    assert settle_dossier(connection, choose_dossier([UNIT, BUYER])).key == "滨江雅苑/3栋1单元2001"


def test_a_customer_read_under_another_name_is_found_by_the_number(connection: Connection) -> None:
    first = choose_dossier([fact("person_name", "石颖琪"), fact("id_number", NUMBER)])
    open_dossier(connection, first, DAY)
    again = choose_dossier([fact("person_name", "石颖棋"), fact("id_number", NUMBER)])
    assert settle_dossier(connection, again).key == first.key


def test_an_undecided_choice_settles_nowhere(connection: Connection) -> None:
    assert settle_dossier(connection, choose_dossier([])).key == ""


def test_homes_of_one_customer_and_one_home_in_two_writings_are_found(connection: Connection) -> None:
    for home, project in (("3-2-1201", PROJECT), ("5-302", fact("project", "东方公馆"))):
        open_dossier(connection, choose_dossier([fact("unit", home, "property"), project, BUYER]), DAY)
    choice = settle_dossier(connection, choose_dossier([fact("unit", "3-1201", "property"), PROJECT, BUYER]))
    assert (choice.key, choice.related) == ("滨江雅苑/3-2-1201", ("东方公馆/5-302",))
