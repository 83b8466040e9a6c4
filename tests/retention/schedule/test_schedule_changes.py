"""A changed schedule: what runs stays as it is, the change is proposed with its reason, and a person takes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from retention.record import Card, Record
from retention.review import review
from retention.schedule import Schedule, kept_rules, read
from retention.schedule.kept_rules import KeptRule
from retention.schedule.matching import Subject
from retention.schedule.schedule_changes import ScheduleChange, changes, proposal_number
from retention.tables import dossier
from tests.retention.a_record import DOSSIER, TODAY, a_record
from tests.retention.our_database import NOW, our_database

HEAD = """schema_version = 1
[schedule]
name_zh = "表"
name_en = "table"
version = "{version}"
dated = 2026-01-01
example = true
notice = "示例"
"""
ROW = """[[rule]]
id = "{id}"
name_zh = "甲"
name_en = "a"
period = "{period}"
cutoff = "document_date"
disposition = "destroy"
authority = "令10"
{more}
"""


def schedule(version: str, *rows: tuple[str, str, str]) -> Schedule:
    text = HEAD.format(version=version)
    text += "".join(ROW.format(id=name, period=period, more=more) for name, period, more in rows)
    return read(text.encode(), Path("schedule.toml"))


OLD = schedule("1", ("sales-10y", "P10Y", ""))
PAPER = a_record(document_date=date(2015, 3, 1))


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = our_database()
    with engine.begin() as open_one:
        yield open_one
    engine.dispose()


def named(card: Card) -> tuple[str, str]:
    return ("销售资料", "sales-10y")


def noted(connection: Connection, record: Record = PAPER, under: Schedule = OLD) -> KeptRule:
    return kept_rules.note(connection, record, under, who="dossier", at=NOW)


def changed(connection: Connection, new: Schedule, *records: Record) -> list[ScheduleChange]:
    return list(changes(connection, records or (PAPER,), new, named))


def test_the_same_schedule_changes_nothing(connection: Connection) -> None:
    noted(connection)
    assert changed(connection, OLD) == []


def test_a_running_record_stays_under_its_version(connection: Connection) -> None:
    noted(connection)
    shorter = schedule("2", ("sales-10y", "P5Y", ""))
    assert noted(connection, under=shorter).schedule == OLD.sha256
    found = review(
        lambda: nullcontext(connection), [PAPER], shorter, date(2025, 1, 1), date(2025, 12, 31), TODAY
    )
    (item,) = found.due
    assert (item.retain_until, item.rule.period_iso) == (date(2025, 3, 1), "P10Y")
    assert "按 1 版" in item.why_zh


def test_a_change_is_proposed_with_both_ends_and_a_warning_if_it_is_shorter(connection: Connection) -> None:
    noted(connection)
    (one,) = changed(connection, schedule("2", ("sales-10y", "P5Y", "")))
    assert (one.was.version, one.was.retain_until) == ("1", date(2025, 3, 1))
    assert (one.becomes.version, one.becomes.retain_until, one.shorter) == ("2", date(2020, 3, 1), True)
    (other,) = changed(connection, schedule("3", ("sales-10y", "P20Y", "")))
    assert not other.shorter


def test_a_rule_that_is_gone_is_proposed_as_no_rule(connection: Connection) -> None:
    noted(connection)
    (one,) = changed(connection, schedule("2", ("else", "P5Y", "")))
    assert (one.becomes.rule, one.shorter) == (None, False)


def test_a_row_that_asks_for_the_dossier_stands_before_the_one_of_the_kind(connection: Connection) -> None:
    noted(connection)
    row = {"key": DOSSIER, "title": "", "unit": "x", "project": "", "customer": "江州置业有限公司"}
    connection.execute(insert(dossier).values(**row, opened_on=TODAY))
    new = schedule("2", ("firms", "P15Y", 'dossier_is = ["company"]'), ("sales-10y", "P10Y", ""))
    (one,) = changed(connection, new)
    assert one.becomes.rule is not None
    assert (one.becomes.rule.id, one.match.passed_over) == ("firms", ("sales-10y",))
    assert "先于同样适用的 sales-10y" in one.match.why_zh


def test_a_row_that_asks_for_another_paper_needs_it_in_the_dossier(connection: Connection) -> None:
    new = schedule("2", ("lent", "P15Y", 'dossier_has = ["借款合同"]'), ("sales-10y", "P10Y", ""))
    noted(connection)
    assert changed(connection, new) == []
    noted(connection, a_record("2", kind="借款合同"))
    (one,) = changed(connection, new)
    assert one.becomes.rule is not None
    assert one.becomes.rule.id == "lent"


def test_the_longest_rule_of_a_file_of_several_documents_stays(connection: Connection) -> None:
    old = schedule("1", ("sales-10y", "P10Y", ""), ("long", "P30Y", ""))
    mixed = a_record(retention_rule="long")
    noted(connection, mixed, old)
    new = schedule("2", ("sales-10y", "P5Y", ""), ("long", "P30Y", ""))
    assert changed(connection, new, mixed) == []


def test_a_corrected_kind_comes_under_the_present_schedule(connection: Connection) -> None:
    noted(connection)
    new = schedule("2", ("repair", "P5Y", ""))
    again = noted(connection, a_record(kind="报修单", category="repair", retention_rule="repair"), new)
    assert (again.schedule, again.rule) == (new.sha256, "repair")


def test_another_file_under_the_same_number_is_another_record(connection: Connection) -> None:
    noted(connection)
    new = schedule("2", ("sales-10y", "P5Y", ""))
    assert noted(connection, a_record(sha256="b" * 64), new).schedule == new.sha256


def test_what_was_taken_is_not_proposed_again(connection: Connection) -> None:
    noted(connection)
    new = schedule("2", ("sales-10y", "P5Y", ""))
    (one,) = changed(connection, new)
    kept_rules.keep_version(connection, new, NOW)
    kept_rules.put_under(connection, PAPER, new, one.subject, one.match, who="李静", at=NOW)
    assert changed(connection, new) == []


def test_a_proposal_has_one_number_for_what_it_says(connection: Connection) -> None:
    noted(connection)
    five, six = (schedule("2", ("sales-10y", period, "")) for period in ("P5Y", "P6Y"))
    first = proposal_number(changed(connection, five), five)
    assert first == proposal_number(changed(connection, five), five)
    assert first != proposal_number(changed(connection, six), six)


def test_the_subject_knows_the_dossier(connection: Connection) -> None:
    row = {"key": DOSSIER, "title": "", "unit": "", "project": "", "customer": ""}
    connection.execute(insert(dossier).values(**row, opened_on=TODAY))
    plain = kept_rules.subject_of(connection, a_record(unit="").card, "x")
    assert plain == Subject(
        "认筹确认单",
        "sales",
        labelled="x",
        dossier_is=frozenset(("customer",)),
        dossier_has=frozenset(("认筹确认单",)),
    )
    nowhere = kept_rules.subject_of(connection, a_record(dossier="").card, "x")
    assert nowhere.dossier_is == {"unassigned"}
    suing = kept_rules.subject_of(connection, a_record(category="litigation", dossier_doubt="?").card, "x")
    assert suing.dossier_is == {"home", "litigated", "unassigned"}
