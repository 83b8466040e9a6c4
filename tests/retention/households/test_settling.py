"""Settling among open dossiers: by number, after a merger; and what a filed record brings into its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, update

from retention.households.dossier import choose_dossier
from retention.households.dossiers import dossier_of, open_dossier
from retention.households.settling import enter, settle_dossier
from retention.record import Record
from retention.tables import dossier, metadata
from tests.contract.deposits import CARD
from tests.retention.households.test_dossier import BUYER, NUMBER, PROJECT, fact

DAY = date(2026, 11, 21)
CASE = fact("case_no", "（2023）粤0305民初1234号")
HOME = "滨江雅苑/3-2-1201"
RANKS = ["公开", "内部", "普通商密", "核心商密"]


def higher(one: str, other: str) -> str:
    """The higher level; KeyError for one that there is not."""
    ranks = {name: rank for rank, name in enumerate(RANKS)}
    return one if ranks[one] >= ranks[other] else other


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{tmp_path / 'd.sqlite3'}")
    metadata.create_all(engine)
    with engine.connect() as open_one:
        yield open_one
    engine.dispose()


def _open(connection: Connection, *facts: object) -> str:
    choice = choose_dossier(facts)  # type: ignore[arg-type]  # FactValues
    open_dossier(connection, choice, DAY)
    return choice.key


def _merged(connection: Connection, source: str, target: str) -> None:
    connection.execute(update(dossier).where(dossier.c.key == source).values(merged_into=target))


def _record(key: str, level: str = "内部", dms_id: str = "7") -> Record:
    return Record(dms_id, replace(CARD, dossier=key, confidentiality=level, facts=(CASE,)))


def test_a_judgment_with_unit_and_case_number_leads_the_next_paper_home(connection: Connection) -> None:
    _open(connection, fact("unit", "3-2-1201", "property"), PROJECT, BUYER)
    enter(connection, _record(HOME), higher)
    choice = settle_dossier(connection, choose_dossier([CASE]), [CASE])
    assert (choice.key, choice.doubt_zh) == (HOME, "")


def test_the_level_goes_up_and_never_down(connection: Connection) -> None:
    _open(connection, fact("unit", "3-2-1201", "property"), PROJECT)
    for level, then in (
        ("内部", "内部"),
        ("核心商密", "核心商密"),
        ("公开", "核心商密"),
        ("不存在", "核心商密"),
    ):
        enter(connection, _record(HOME, level), higher)
        held = dossier_of(connection, HOME)
        assert held is not None
        assert held.level == then


def test_a_record_of_a_dossier_that_nobody_has_opened_brings_nothing(connection: Connection) -> None:
    enter(connection, _record("丙苑/9-901"), higher)
    assert settle_dossier(connection, choose_dossier([CASE]), [CASE]).key == ""


def test_who_would_choose_a_merged_dossier_goes_to_its_target(connection: Connection) -> None:
    source = _open(connection, fact("unit", "3-1201", "property"), PROJECT, BUYER)
    target = _open(connection, fact("unit", "3-2-1201", "property"), PROJECT, BUYER)
    _merged(connection, source, target)
    again = choose_dossier([fact("unit", "3-1201", "property"), PROJECT])
    assert settle_dossier(connection, again).key == target


def test_a_customer_known_by_number_goes_where_his_dossier_was_merged_into(connection: Connection) -> None:
    source = _open(connection, fact("person_name", "石颖琪"), fact("id_number", NUMBER))
    target = _open(connection, fact("unit", "3-2-1201", "property"), PROJECT)
    _merged(connection, source, target)
    misread = choose_dossier([fact("person_name", "石颖棋"), fact("id_number", NUMBER)])
    assert settle_dossier(connection, misread).key == target


def test_a_merged_dossier_does_not_count_beside_its_target_and_is_not_referred_to(
    connection: Connection,
) -> None:
    misread = _open(connection, fact("unit", "3-2-1201", "property"), fact("project", "滨江稚苑"), BUYER)
    target = _open(connection, fact("unit", "3-2-1201", "property"), PROJECT, BUYER)
    _merged(connection, misread, target)
    choice = settle_dossier(connection, choose_dossier([fact("unit", "3-2-1201", "property"), BUYER]))
    assert (choice.key, choice.doubt_zh, choice.related) == (target, "", ())


def test_the_number_of_a_merged_dossier_leads_to_its_target(connection: Connection) -> None:
    source = _open(connection, fact("unit", "3-1201", "property"), PROJECT)
    enter(connection, _record(source), higher)
    target = _open(connection, fact("unit", "3-2-1201", "property"), PROJECT)
    _merged(connection, source, target)
    assert settle_dossier(connection, choose_dossier([CASE]), [CASE]).key == target
