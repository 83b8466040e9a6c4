"""Proposals for a record that nobody has assigned: every reason told, nothing decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from retention.households.dossier_numbers import note_numbers
from retention.households.proposing import MOST, proposals
from retention.record import FactValue
from retention.tables import metadata
from tests.retention.households.test_dossier import BUYER, NUMBER, PROJECT, fact
from tests.retention.households.test_settling import CASE, HOME, _merged, _open

UNIT = fact("unit", "3-2-1201", "property")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{tmp_path / 'd.sqlite3'}")
    metadata.create_all(engine)
    with engine.connect() as open_one:
        yield open_one
    engine.dispose()


def _told(connection: Connection, *facts: FactValue, known_as: str = "") -> list[tuple[str, tuple[str, ...]]]:
    return [(one.key, one.reasons) for one in proposals(connection, facts, b"", known_as)]


def test_a_number_a_unit_and_a_name_are_told_the_number_first(connection: Connection) -> None:
    _open(connection, UNIT, PROJECT, BUYER)
    note_numbers(connection, "7", HOME, [CASE])
    ((key, reasons),) = _told(connection, CASE, UNIT, BUYER)
    assert key == HOME
    assert reasons == (f"案号 {CASE.value} 与该档案中文件 7 所载一致", "房号 3-2-1201 相同，客户 石颖琪 相同")


def test_a_name_that_speaks_against_it_is_told_too(connection: Connection) -> None:
    _open(connection, UNIT, PROJECT, BUYER)
    note_numbers(connection, "7", HOME, [CASE])
    ((_, reasons),) = _told(connection, CASE, fact("person_name", "罗海", "buyer"))
    assert reasons[0].endswith("所载一致，但客户姓名不同（本件 罗海，该档案 石颖琪）")


def test_the_homes_of_each_of_several_units_are_proposed_the_customers_own_first(
    connection: Connection,
) -> None:
    _open(connection, fact("unit", "5-302", "property"), PROJECT)
    _open(connection, UNIT, PROJECT, BUYER)
    told = _told(connection, fact("unit", "5-302"), fact("unit", "3-2-1201"), BUYER)
    assert told == [
        (HOME, ("房号 3-2-1201 相同，客户 石颖琪 相同",)),
        ("滨江雅苑/5-302", ("房号 5-302 相同，客户不同或未知",)),
    ]


def test_a_customer_of_the_same_name_and_each_id_number_are_proposed(connection: Connection) -> None:
    _open(connection, UNIT, PROJECT, BUYER)
    own = _open(connection, fact("person_name", "石颖琪"), fact("id_number", NUMBER))
    told = _told(
        connection,
        BUYER,
        fact("id_number", NUMBER, "buyer"),
        fact("id_number", "360104198909227821", "buyer"),
    )
    assert told == [(own, ("身份证号码与该档案一致", "客户 石颖琪 同名")), (HOME, ("客户 石颖琪 同名",))]


def test_a_defendant_may_be_the_customer_and_a_seller_is_none(connection: Connection) -> None:
    _open(connection, UNIT, PROJECT, BUYER)
    assert _told(connection, fact("person_name", "石颖琪", "defendant"))
    assert _told(connection, fact("person_name", "石颖琪", "seller")) == []


def test_neither_its_own_provisional_dossier_nor_a_merged_one_is_proposed(connection: Connection) -> None:
    own = _open(connection, UNIT)
    source = _open(connection, UNIT, fact("project", "滨江稚苑"))
    target = _open(connection, UNIT, PROJECT)
    _merged(connection, source, target)
    assert [key for key, _ in _told(connection, UNIT, known_as=own)] == [target]


def test_a_name_that_many_bear_gives_no_endless_list(connection: Connection) -> None:
    for room in range(MOST + 5):
        _open(connection, fact("unit", f"9-{room + 101}", "property"), PROJECT, BUYER)
    assert len(_told(connection, BUYER)) == MOST
