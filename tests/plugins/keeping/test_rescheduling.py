"""A changed schedule from diff to take: the DMS shows it, our database keeps it, the register says who and why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from plugins.errors import BadWord
from plugins.keeping import disposing
from plugins.keeping.rescheduling import propose, take
from plugins.keeping.retaining import retain
from plugins.requests import restricting
from plugins.wiring import Archive, open_rules
from retention import register, schedule
from retention.keeping_tables import unnoted
from retention.record import Record
from retention.schedule import kept_rules
from tests.contract.deposits import deposit
from tests.plugins import ready_made
from tests.plugins.due_papers import PROPOSER
from tests.plugins.keeping.witnessing import WITNESSES, batch_of, later, states, two_approved
from tests.plugins.requests.people import NOT_DUE, found, his_paper

ORDERS = 3


@pytest.fixture
def changed(archive: Archive, tmp_path: Path) -> Archive:
    """Three repair orders are kept under the example; then its row for them keeps five years instead of ten."""
    for number in range(ORDERS):
        paper = deposit(
            tmp_path,
            bytes([65 + number]),
            kind="报修单",
            category="repair",
            retention_rule="repair-10y",
            document_date=date(2019, 3, 1),
        )
        retain(archive, archive.dms.record(archive.dms.file(paper)))
    return rescheduled(archive, tmp_path, "repair-10y", "P5Y")


def rescheduled(archive: Archive, folder: Path, rule: str, period: str) -> Archive:
    """The archive under the next version of its schedule, in which that row of ten years has another period."""
    text = schedule.EXAMPLE_HOME_SELLER.read_text("utf-8")
    before, row, after = text.partition(f'id = "{rule}"')
    own = folder / "own.toml"
    text = before.replace('version = "0.1"', 'version = "0.2"') + row + after.replace("P10Y", period, 1)
    own.write_text(text, "utf-8")
    settings = archive.settings.model_copy(update={"schedule": own})
    return replace(archive, settings=settings, rules=open_rules(settings))


def kept(archive: Archive) -> set[tuple[str, str]]:
    numbers = [record.dms_id for record in archive.dms.records()]
    with archive.engine.begin() as connection:
        version = kept_rules.versions(connection)
        rows = kept_rules.kept(connection, numbers).values()
        return {(row.rule, version(row.schedule).version) for row in rows}


def test_a_proposal_changes_nothing(changed: Archive) -> None:
    before = [*changed.dms.records()]
    proposal = propose(changed)
    assert len(proposal.changes) == ORDERS
    assert ([*changed.dms.records()], kept(changed)) == (before, {("repair-10y", "0.1")})


def test_what_is_taken_is_shown_kept_and_registered(changed: Archive) -> None:
    number = propose(changed).number
    done = take(changed, number, "李静", "2026年修订")
    assert (len(done.done), done.failed) == (ORDERS, ())
    assert {record.card.retain_until for record in changed.dms.records()} == {date(2024, 12, 31)}
    assert kept(changed) == {("repair-10y", "0.2")}
    with changed.engine.begin() as connection:
        (entry,) = [one for one in register.entries(connection) if one.action == "schedule-taken"]
    told = json.loads(entry.payload)
    assert (entry.actor, told["reason"], told["proposal"], len(told["records"])) == (
        "李静",
        "2026年修订",
        number,
        ORDERS,
    )
    assert propose(changed).changes == ()


def test_another_proposal_than_the_one_that_was_seen_is_not_taken(changed: Archive, tmp_path: Path) -> None:
    number = propose(changed).number
    paper = deposit(tmp_path, b"Z", kind="报修单", category="repair", retention_rule="repair-10y")
    old = open_rules(changed.settings.model_copy(update={"schedule": None}))
    retain(replace(changed, rules=old), changed.dms.record(changed.dms.file(paper)))
    with pytest.raises(BadWord, match="look at dossier schedule diff again"):
        take(changed, number, "李静", "2026年修订")
    assert kept(changed) == {("repair-10y", "0.1")}


@pytest.mark.parametrize(("by", "reason"), [(" ", "修订"), ("李静", "")])
def test_taking_needs_a_name_and_a_reason(changed: Archive, by: str, reason: str) -> None:
    with pytest.raises(BadWord, match="it is empty"):
        take(changed, propose(changed).number, by, reason)


def test_what_a_crash_left_undone_is_proposed_again(
    changed: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, calls = propose(changed).number, []

    def dies(record: Record, card: object) -> None:
        calls.append(record)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(changed.dms, "relabel", dies)
    with pytest.raises(KeyboardInterrupt):
        take(changed, number, "李静", "2026年修订")
    monkeypatch.undo()
    assert kept(changed) == {("repair-10y", "0.1")}
    take(changed, propose(changed).number, "李静", "2026年修订")
    assert kept(changed) == {("repair-10y", "0.2")}


def test_what_is_restricted_is_proposed_and_taken_and_shown_when_it_is_in_sight_again(
    archive: Archive, tmp_path: Path
) -> None:
    number = his_paper(archive, tmp_path, **NOT_DUE)
    request = found(archive, "deletion").id
    restricting.restrict(archive, request, (number,), by="李静", reason="申请删除")
    longer = rescheduled(archive, tmp_path, "sales-10y", "P20Y")
    proposal = propose(longer)
    assert [one.record.dms_id for one in proposal.changes] == [number]
    assert take(longer, proposal.number, "李静", "2026年修订").failed == ()
    assert propose(longer).changes == ()
    restricting.lift(longer, request, (number,), by="王芳", reason="申请人撤回")
    assert longer.dms.record(number).card.retain_until == date(2044, 12, 31)


def test_what_is_in_quarantine_is_proposed_and_taken_and_a_longer_period_keeps_it(tmp_path: Path) -> None:
    ready = ready_made.copied(tmp_path / "archive", of=two_approved())
    number = disposing.start(ready, batch_of(ready), by=PROPOSER).disposal.id
    for name, passphrase in WITNESSES.items():
        disposing.witness(later(ready), number, name, passphrase)
    longer = rescheduled(ready, tmp_path, "sales-10y", "P30Y")
    proposal = propose(longer)
    assert len(proposal.changes) == len(take(longer, proposal.number, "李静", "2026年修订").done) == 2
    disposing.execute(later(longer), number, by="吴刚")
    assert set(states(longer, number).values()) == {"kept"}
    assert "2042-12-31" in disposing.show(longer, number).items[0].detail
    ready.engine.dispose()


def test_what_was_out_of_sight_when_rules_were_first_noted_is_noted_too(
    archive: Archive, tmp_path: Path
) -> None:
    number = his_paper(archive, tmp_path, **NOT_DUE)
    archive.dms.quarantine(number, archive.dms.checksum(number))
    with archive.engine.begin() as connection:
        kept_rules.forget(connection, number)
        connection.execute(sa.insert(unnoted).values(since="2025"))
    propose(archive)
    with archive.engine.begin() as connection:
        assert kept_rules.kept(connection, (number,))[number].rule == "sales-10y"
