"""Lending: one paper is with one person, a higher level wants somebody else's approval, and nothing that is out is destroyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.custody import lending
from plugins.errors import BadWord
from plugins.households.merging import merge
from plugins.keeping import appraising, disposing
from plugins.wiring import Archive
from retention import register
from retention.blocking.blocks import blocks, blocks_of
from retention.custody import loans
from retention.custody.figures import loan_figures
from retention.custody.loan import Borrowing
from retention.disposing import witnesses
from retention.errors import BadLoan
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import DOSSIER, approved, file_due

TODAY = NOON.date()
WANTED = Borrowing("周伟", "销售部", "核对面积", TODAY + timedelta(days=15))


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hash costs is no matter here."""
    monkeypatch.setattr(witnesses, "_COST", 16)


@pytest.fixture
def number(archive: Archive, tmp_path: Path) -> str:
    """A paper that is due."""
    return file_due(archive, tmp_path / "papers", b"1")


def lent(archive: Archive, wanted: Borrowing = WANTED, **what: Any) -> int:
    return lending.lend(archive, wanted, by="李静", **what).id


def codes(archive: Archive, number: str, today: date = TODAY) -> list[str]:
    with archive.engine.begin() as connection:
        return [one.code for one in blocks(connection, archive.dms.record(number), today)]


def test_what_is_lent_is_blocked_until_it_is_back_on_either_database(
    on_each_database: Archive, tmp_path: Path
) -> None:
    archive = on_each_database
    number = file_due(archive, tmp_path / "papers", b"1")
    loan = lent(archive, record=number)
    assert codes(archive, number) == ["on-loan"]
    assert lending.give_back(archive, loan, by="李静", condition="完好").condition == "完好"
    assert codes(archive, number) == []
    with archive.engine.begin() as connection:
        register.verify(connection)
        told = [one.action for one in register.entries(connection) if one.subject == f"loan/{loan}"]
    assert told == ["lent", "loan-returned"]
    with archive.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="never deleted"):
        connection.execute(sa.text("DELETE FROM loan"))


def test_a_loan_of_a_dossier_is_of_all_its_papers_and_survives_a_merger(
    archive: Archive, number: str, tmp_path: Path
) -> None:
    lent(archive, dossier=DOSSIER)
    with archive.engine.begin() as connection:
        choice = DossierChoice("锦绣花园/1-1-1", "锦绣花园1-1-1", "1-1-1", "锦绣花园", "", (), "")
        open_dossier(connection, choice, TODAY)
    merge(archive, DOSSIER, "锦绣花园/1-1-1", "李静", "同一户")
    later = file_due(archive, tmp_path / "papers", b"2", dossier="锦绣花园/1-1-1")
    assert codes(archive, number) == codes(archive, later) == ["on-loan"]
    with pytest.raises(BadLoan, match="It is out"):
        lent(archive, record=number)


@pytest.mark.parametrize("first", ["record", "dossier"])
def test_there_is_one_paper_so_it_is_lent_once(archive: Archive, number: str, first: str) -> None:
    keys: dict[str, Any] = {"record": number, "dossier": DOSSIER}
    lent(archive, **{first: keys[first]})
    for what, key in keys.items():
        with pytest.raises(BadLoan, match="It is out"):
            lent(archive, **{what: key})


def test_the_parts_of_a_batch_that_is_lent_are_lent_with_it(archive: Archive, tmp_path: Path) -> None:
    batch = file_due(archive, tmp_path / "papers", b"b", batch=True)
    sha256 = archive.dms.record(batch).card.sha256
    part = file_due(archive, tmp_path / "papers", b"p", part_of=sha256, first_page=1, last_page=1)
    lent(archive, record=batch)
    assert codes(archive, part) == ["on-loan"]
    with pytest.raises(BadLoan, match="It is out"):
        lent(archive, record=part)


@pytest.mark.parametrize("approver", ["", "周伟", " 周　伟 "])
def test_a_higher_level_wants_the_approval_of_another_person(
    archive: Archive, tmp_path: Path, approver: str
) -> None:
    number = file_due(archive, tmp_path / "papers", b"2", confidentiality="核心商密")
    with pytest.raises(BadLoan, match="approval"):
        lent(archive, replace(WANTED, approved_by=approver), record=number)
    assert lent(archive, replace(WANTED, approved_by="赵敏"), record=number)


def test_a_level_that_the_ladder_does_not_know_wants_approval(archive: Archive) -> None:
    assert lending.needs_approval(archive.rules, "内部", "unheard of")
    assert lending.needs_approval(archive.rules, "unheard of", "公开")
    assert not lending.needs_approval(archive.rules, "内部", "内部")


def test_a_loan_is_renewed_so_many_times_and_never_once_it_is_overdue(archive: Archive, number: str) -> None:
    loan = lent(archive, record=number)
    late = replace(archive, clock=lambda: NOON + timedelta(days=16))
    with pytest.raises(BadLoan, match="late"):
        lending.renew(late, loan, None, by="李静", reason="未用完")
    assert lending.renew(archive, loan, None, by="李静", reason="未用完").due_on == TODAY + timedelta(days=30)
    with pytest.raises(BadLoan, match="renewed 1 times"):
        lending.renew(archive, loan, None, by="李静", reason="未用完")


def test_what_is_overdue_is_listed_the_latest_first_and_says_by_how_much(
    archive: Archive, number: str, tmp_path: Path
) -> None:
    other = file_due(archive, tmp_path / "papers", b"2")
    lent(archive, record=number)
    longest = lent(archive, replace(WANTED, due_on=TODAY + timedelta(days=1)), record=other)
    with archive.engine.begin() as connection:
        found = loans.overdue(connection, TODAY + timedelta(days=20))
        last_day = loans.overdue(connection, WANTED.due_on)
    assert (found[0].id, found[0].days_late(TODAY + timedelta(days=20))) == (longest, 19)
    assert [one.id for one in last_day] == [longest]


def test_what_is_lent_is_not_decided_to_be_destroyed_and_not_destroyed_either(
    archive: Archive, number: str
) -> None:
    batch = approved(archive)
    loan = lent(archive, record=number)
    ran = disposing.start(archive, batch.id, by="李静")
    assert [one.state for one in ran.disposal.items] == ["held"]
    lending.give_back(archive, loan, by="李静", condition="完好")
    again = appraising.propose(archive, "李静")
    assert again is not None
    lent(archive, record=number)
    refused = appraising.decide(archive, again.id, (), "destroy", by="李静", reason="期满").refused
    assert [(one, those[0].code) for one, those in refused] == [(number, "on-loan")]


def test_a_loan_that_comes_right_before_the_end_stops_the_destruction(archive: Archive, number: str) -> None:
    disposal = disposing.start(archive, approved(archive).id, by="李静").disposal
    later = replace(archive, clock=lambda: NOON + timedelta(days=200))
    for name in ("孙丽", "钱峰"):
        disposing.enrol(archive, name, f"{name}自己的口令一二三四五", vouched_by="王芳")
        disposing.witness(later, disposal.id, name, f"{name}自己的口令一二三四五")
    lending.lend(later, replace(WANTED, due_on=date(2027, 1, 1)), by="李静", dossier=DOSSIER)
    ran = disposing.execute(later, disposal.id, by="吴刚")
    assert [(one.dms_id, one.state) for one in ran.disposal.items] == [(number, "kept")]
    assert "on-loan" in ran.disposal.items[0].detail


@pytest.mark.parametrize(
    "what", [{}, {"record": "1", "dossier": DOSSIER}, {"record": "99"}, {"dossier": "无/1"}]
)
def test_words_that_name_nothing_to_lend_are_told(
    archive: Archive, number: str, what: dict[str, Any]
) -> None:
    assert number
    with pytest.raises(BadWord):
        lent(archive, **what)


@pytest.mark.parametrize("name", ["borrower", "department", "purpose"])
def test_who_borrows_it_what_for_and_until_when_is_always_known(
    archive: Archive, number: str, name: str
) -> None:
    empty: dict[str, Any] = {name: " "}
    with pytest.raises(BadLoan):
        lent(archive, replace(WANTED, **empty), record=number)
    with pytest.raises(BadLoan, match="past"):
        lent(archive, replace(WANTED, due_on=TODAY - timedelta(days=1)), record=number)
    with pytest.raises(BadLoan):
        lending.give_back(archive, 9, by="李静", condition="完好")


def test_blocks_of_many_are_those_of_each(archive: Archive, number: str, tmp_path: Path) -> None:
    free = file_due(archive, tmp_path / "papers", b"2", dossier="锦绣花园/9-9-9")
    lent(archive, record=number)
    with archive.engine.begin() as connection:
        found = blocks_of(connection, list(archive.dms.records()), TODAY)
    assert {one: [block.code for block in those] for one, those in found.items()} == {
        number: ["on-loan"],
        free: [],
    }


def test_the_years_figures_count_what_was_lent_returned_out_and_overdue(
    archive: Archive, number: str, tmp_path: Path
) -> None:
    other = file_due(archive, tmp_path / "papers", b"2")
    lending.give_back(archive, lent(archive, record=number), by="李静", condition="完好")
    lent(archive, record=other)
    with archive.engine.begin() as connection:
        (figures,) = loan_figures(connection, TODAY.year)
        (after,) = loan_figures(connection, TODAY.year + 1)
        assert loan_figures(connection, TODAY.year - 1) == ()
    assert (figures.department, figures.category) == ("销售部", "sales")
    assert (figures.lent, figures.returned, figures.out_at_end, figures.overdue_at_end) == (2, 1, 1, 1)
    assert (after.lent, after.returned, after.out_at_end, after.overdue_at_end) == (0, 0, 1, 1)
