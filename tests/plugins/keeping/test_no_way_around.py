"""What a stranger tries: to destroy what is not due any more, held, lent, re-filed, by a turned clock, or with one witness."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from plugins.custody.lending import lend
from plugins.households.merging import merge
from plugins.keeping import appraising, disposing, restoring
from plugins.keeping.holding import place
from plugins.keeping.retaining import retain
from plugins.teaching.correcting import Wanted, correct
from plugins.wiring import Archive
from retention.custody.loan import Borrowing
from retention.disposing import witnesses
from retention.errors import BadAppraisal, BadDisposal
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier
from retention.periods import events
from retention.periods.event import Event, Scope
from tests.contract.deposits import deposit
from tests.plugins import ready_made
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import APPROVER, DOSSIER, DUE, PROPOSER, approved, both_agree, propose
from tests.plugins.keeping.test_hold_meanwhile import another_desk, execute
from tests.plugins.keeping.witnessing import (
    AFTER,
    WHY,
    WITNESSES,
    Crash,
    batch_of,
    is_there,
    later,
    outcomes,
    states,
    two_approved,
)

OTHER = "锦绣花园/3-2-1502"


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hash costs is no matter here."""
    monkeypatch.setattr(witnesses, "_COST", 16)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Two papers that are approved to be destroyed, and two witnesses."""
    copied = ready_made.copied(tmp_path, of=two_approved())
    yield copied
    copied.engine.dispose()


def witnessed(archive: Archive) -> int:
    """Both have confirmed the list; gives back the disposal's number."""
    number = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal.id
    for name, passphrase in WITNESSES.items():
        disposing.witness(later(archive), number, name, passphrase)
    return number


# What people decided upon is another thing by now.


def filed_again_elsewhere(archive: Archive, first: str) -> None:
    """Corrected to be a paper that is kept for ever."""
    correct(archive, first, Wanted(kind="商品房买卖合同"), "李静", "文种有误")


def extended(archive: Archive, first: str) -> None:
    """Its card says a later day by now: a person has put it there."""
    record = archive.dms.record(first)
    archive.dms.relabel(record, replace(record.card, retain_until=date(2050, 12, 31)))


@pytest.mark.parametrize("change", [filed_again_elsewhere, extended])
def test_what_is_not_due_any_more_when_it_should_go_into_quarantine_stays_in_sight(
    archive: Archive, change: Callable[[Archive, str], None]
) -> None:
    first, second = (one.dms_id for one in archive.dms.records())
    change(archive, first)
    one = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal
    assert states(archive, one.id) == {first: "held", second: "quarantined"}
    assert one.items[0].detail.startswith("not-due：暂缓：未到期")
    assert archive.dms.record(first).dms_id == first


def test_what_a_withdrawn_event_had_let_fall_due_is_kept_at_the_last_moment(
    tmp_path: Path,
) -> None:
    """And so is what nobody can say the end of."""
    archive = ready_made.copied(tmp_path / "archive")
    with archive.engine.begin() as connection:
        choice = DossierChoice(DOSSIER, "锦绣花园3-2-1501", "3-2-1501", "锦绣花园", "测试甲", (), "")
        open_dossier(connection, choice, date(2020, 1, 1))
        ended = Event("loan_paid_out", date(2014, 3, 1), Scope("dossier", DOSSIER), "贷款结清证明")
        told = events.tell(connection, ended, who="李静", at=NOON, source="person")
    rule = next(
        one
        for one in archive.rules.schedule.rules.values()
        if (one.cutoff, one.period_iso) == ("loan_paid_out", "P10Y")
    )
    kind = next(one for one in archive.rules.taxonomy.kind if archive.rules.named.get(one.zh) == rule.id)
    card = {**DUE, "kind": kind.zh, "category": kind.category, "retention_rule": rule.id}
    (tmp_path / "papers").mkdir()
    number = archive.dms.file(deposit(tmp_path / "papers", b"1", (kind.zh,), **card))
    retain(archive, archive.dms.record(number))
    approved(archive)
    for name, passphrase in WITNESSES.items():
        disposing.enrol(archive, name, passphrase, vouched_by="王芳")
    disposal = witnessed(archive)
    with archive.engine.begin() as connection:
        events.withdraw(connection, told.id, who="李静", at=AFTER, reason="登记有误")
    disposing.execute(later(archive), disposal, by="吴刚")
    assert states(archive, disposal) == {number: "kept"}
    assert "未到期（现无保管期限规则、为永久或尚未起算）" in disposing.show(archive, disposal).items[0].detail
    archive.engine.dispose()


def test_what_is_not_due_any_more_is_neither_decided_nor_approved_to_be_destroyed(archive: Archive) -> None:
    first = restored_and_proposed(archive)
    with archive.engine.begin() as connection:
        number = connection.execute(sa.text("SELECT max(id) FROM appraisal")).scalar_one()
    appraising.decide(archive, number, (first,), "destroy", by=PROPOSER, reason="期满")
    appraising.decide(archive, number, (), "permanent", by=PROPOSER, reason="有价值")
    both_agree(archive, number)
    filed_again_elsewhere(archive, first)
    with pytest.raises(BadAppraisal, match="未到期"):
        appraising.approve(archive, number, by=APPROVER)
    refused = appraising.decide(archive, number, (first,), "destroy", by=PROPOSER, reason="期满").refused
    assert [(one, [block.code for block in those]) for one, those in refused] == [(first, ["not-due"])]


def restored_and_proposed(archive: Archive) -> str:
    """Both papers are back in sight and in a new batch; gives back the first one's number."""
    one = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal
    ids = [item.dms_id for item in one.items]
    restoring.restore(archive, one.id, ids, by="王芳", reason="仍需查阅")
    propose(archive)
    return ids[0]


# What comes between the witnesses and the act.


def a_hold_on_the_home_it_was_merged_into(archive: Archive, _: str) -> None:
    with archive.engine.begin() as connection:
        choice = DossierChoice(OTHER, "锦绣花园3-2-1502", "3-2-1502", "锦绣花园", "测试乙", (), "")
        open_dossier(connection, choice, date(2020, 1, 1))
    merge(archive, DOSSIER, OTHER, "李静", "同一户")
    place(archive, "dossier", OTHER, **WHY)


def a_loan_of_its_dossier(archive: Archive, _: str) -> None:
    wanted = Borrowing("周伟", "销售部", "核对", date(2027, 1, 1), "赵敏")
    lend(archive, wanted, dossier=DOSSIER, by="李静")


def a_litigation_paper_in_its_dossier(archive: Archive, _: str) -> None:
    folder = archive.settings.home / "more"
    folder.mkdir(exist_ok=True)
    card = {**DUE, "kind": "民事起诉状", "category": "litigation", "document_date": date(2026, 8, 1)}
    retain(archive, archive.dms.record(archive.dms.file(deposit(folder, b"suit", ("起诉状",), **card))))


def doubts_about_its_labels(archive: Archive, first: str) -> None:
    """As the DMS' administrator may do it while it is out of sight."""
    _alter(archive, first, '"review_reasons":[]', '"review_reasons":["金额不清"]')


def an_unknown_household(archive: Archive, first: str) -> None:
    _alter(archive, first, '"dossier_doubt":""', '"dossier_doubt":"待归户"')


def _alter(archive: Archive, dms_id: str, was: str, now: str) -> None:
    with sqlite3.connect(archive.settings.home / "dms" / "dms.sqlite3") as connection:
        card = connection.execute("SELECT card FROM document WHERE id = ?", (dms_id,)).fetchone()[0]
        text = card.decode() if isinstance(card, bytes) else card
        compact = text.replace('": ', '":').replace(", ", ",")
        assert was in compact, compact
        connection.execute("UPDATE document SET card = ? WHERE id = ?", (compact.replace(was, now), dms_id))


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (a_hold_on_the_home_it_was_merged_into, "on-hold"),
        (a_loan_of_its_dossier, "on-loan"),
        (a_litigation_paper_in_its_dossier, "open-litigation"),
        (doubts_about_its_labels, "labels-in-doubt"),
        (an_unknown_household, "dossier-unassigned"),
    ],
)
def test_what_comes_between_the_witnesses_and_the_act_keeps_the_record(
    archive: Archive, happens: Callable[[Archive, str], None], code: str
) -> None:
    number = witnessed(archive)
    first = disposing.show(archive, number).items[0].dms_id
    happens(later(archive), first)
    disposing.execute(later(archive), number, by="吴刚")
    assert states(archive, number)[first] == "kept"
    assert f"{code}：" in disposing.show(archive, number).items[0].detail
    assert is_there(archive, first)


def test_a_record_whose_card_nobody_can_read_is_not_destroyed_also_where_an_earlier_run_was_cut_off(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = witnessed(archive)
    first = disposing.show(archive, number).items[0].dms_id

    def crash(*_: str) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(archive.dms, "destroy", crash)
        with pytest.raises(Crash):
            disposing.execute(later(archive), number, by="吴刚")
    assert states(archive, number)[first] == "destroying"
    with sqlite3.connect(archive.settings.home / "dms" / "dms.sqlite3") as connection:
        connection.execute("UPDATE document SET card = '{}' WHERE id = ?", (first,))
    assert [dms_id for dms_id, _ in disposing.execute(later(archive), number, by="吴刚").failed] == [first]
    assert f"record/{first}" not in outcomes(archive, "destroyed")


@pytest.mark.parametrize("moment", range(1, 30, 2))
def test_restored_at_any_moment_of_an_execution_a_record_is_in_sight_or_gone_and_never_both(
    archive: Archive, moment: int
) -> None:
    number, steps = witnessed(archive), list[str]()
    first = disposing.show(archive, number).items[0].dms_id
    restored: list[bool] = []
    with another_desk(later(archive)) as desk:

        def at_step(what: str) -> None:
            steps.append(what)
            if len(steps) < moment or restored:
                return
            try:
                restoring.restore(desk, number, (first,), by="王芳", reason="仍需查阅")
                restored.append(True)
            except BadDisposal:
                restored.append(False)
            except sa.exc.OperationalError:
                pass  # the act has the lock: tried again at the next step

        with contextlib.suppress(BadDisposal):
            # The list has changed before it was begun: it is to be witnessed anew.
            execute(archive, number, at_step)
    in_sight = first in {one.dms_id for one in archive.dms.records()}
    state = states(archive, number)[first]
    assert (state, is_there(archive, first), in_sight) in (
        ("restored", True, True),
        ("destroyed", False, False),
    )
    assert outcomes(archive, "destroyed").count(f"record/{first}") == (state == "destroyed")
    assert disposing.verify(archive, number) == ()


# The clock.


def test_a_quarantine_does_not_begin_by_a_clock_that_was_set_back(archive: Archive) -> None:
    long_ago = replace(archive, clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(BadDisposal, match="before the register's last entry: set it right first"):
        disposing.start(long_ago, batch_of(archive), by=PROPOSER)
    # Two machines may differ by some minutes.
    late = replace(archive, clock=lambda: NOON - timedelta(minutes=20))
    assert disposing.start(late, batch_of(archive), by=PROPOSER).disposal.result == "quarantine"


def test_a_clock_that_is_set_back_after_it_only_makes_everybody_wait(archive: Archive) -> None:
    number = witnessed(archive)
    with pytest.raises(BadDisposal, match="quarantine lasts until"):
        disposing.execute(archive, number, by="吴刚")
    assert set(states(archive, number).values()) == {"quarantined"}


def test_a_quarantine_of_no_months_lasts_until_the_day_is_over(archive: Archive) -> None:
    none = replace(archive, settings=archive.settings.model_copy(update={"quarantine_months": 0}))
    one = disposing.start(none, batch_of(archive), by=PROPOSER).disposal
    assert one.quarantine_until == date(2026, 3, 2)
    with pytest.raises(BadDisposal, match="lasts until 2026-03-02"):
        disposing.witness(none, one.id, "孙丽", WITNESSES["孙丽"])
    tomorrow = replace(none, clock=lambda: NOON + timedelta(days=1))
    assert disposing.witness(tomorrow, one.id, "孙丽", WITNESSES["孙丽"]).confirmations


@pytest.mark.parametrize("until", [date(2026, 12, 31), date(2027, 6, 1)])
def test_nobody_extends_to_a_day_that_is_past_when_he_decides(archive: Archive, until: date) -> None:
    restored_and_proposed(archive)
    next_year = replace(archive, clock=lambda: datetime(2027, 6, 1, 4, tzinfo=UTC))
    with pytest.raises(BadAppraisal, match="until which day after 2027-06-01"):
        appraising.decide(next_year, 2, (), "extend", by=PROPOSER, reason="仍需", until=until)
    batch = appraising.decide(next_year, 2, (), "undetermined", by=PROPOSER, reason="待查").batch
    assert {one.kept_until for one in batch.items} == {date(2027, 12, 31)}


# Who looks on.


@pytest.mark.parametrize("executor", ["孙丽", " 钱　峰", "孙\u200b丽"])
def test_who_destroys_is_not_one_of_the_two_who_look_on(archive: Archive, executor: str) -> None:
    number = witnessed(archive)
    with pytest.raises(BadDisposal, match=r"beside who executes.*: 1 did"):
        disposing.execute(later(archive), number, by=executor)
    assert outcomes(archive, "disposal-begun") == []


def test_neither_begins_nor_goes_on_whoever_looks_on_or_has_no_name_and_another_who_goes_on_is_named(
    archive: Archive,
) -> None:
    few = replace(later(archive), settings=archive.settings.model_copy(update={"max_disposals": 1}))
    number = witnessed(archive)
    assert disposing.execute(few, number, by="吴刚").left == 1
    for name, told in (("孙丽", "beside who executes"), (" ", "say who executes")):
        with pytest.raises(BadDisposal, match=told):
            disposing.execute(few, number, by=name)
    assert disposing.execute(few, number, by="郑毅").disposal.result == "executed"
    assert outcomes(archive, "disposal-continued") == [f"disposal/{number}"]
    assert len(outcomes(archive, "destroyed")) == 2


@pytest.mark.parametrize(
    "name", ["赵·敏", "赵-敏", "赵敏\ufe00", "赵\u00ad敏", "Zhào Mǐn", "ZHÀO MǏN", "Zha\u0300o Mi\u030cn"]
)
def test_the_approver_does_not_witness_under_another_writing_of_his_name(archive: Archive, name: str) -> None:
    if name[0] == "Z":
        with archive.engine.begin() as connection:
            connection.execute(sa.text("UPDATE appraisal SET approved_by = 'Zhào Mǐn'"))
    number = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal.id
    disposing.enrol(archive, name, "一个足够长的口令甲乙丙丁", vouched_by="王芳")
    with pytest.raises(BadDisposal, match="the approver may not be a witness"):
        disposing.witness(later(archive), number, name, "一个足够长的口令甲乙丙丁")


def test_a_run_stops_at_its_greatest_number_also_after_a_crash(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(later(archive), settings=archive.settings.model_copy(update={"max_disposals": 1}))
    number, real = witnessed(archive), archive.dms.is_gone

    def crash(*words: str) -> bool:
        real(*words)
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(archive.dms, "is_gone", crash)
        with pytest.raises(Crash):
            disposing.execute(few, number, by="吴刚")
    # What was cut off is ended first, and is the one of this run.
    assert disposing.execute(few, number, by="吴刚").left == 1
    assert sorted(states(archive, number).values()) == ["destroyed", "quarantined"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE disposal SET manifest_sha256 = 'f' || substr(manifest_sha256, 2)",
        "UPDATE disposal SET begun_at = ''",
        "DELETE FROM disposal_witness WHERE name = '孙丽'",
        "UPDATE disposal_item SET sha256 = 'f' || substr(sha256, 2)",
    ],
)
def test_a_list_that_is_another_one_amid_a_run_ends_it_before_the_next_act(
    archive: Archive, change: str
) -> None:
    number = witnessed(archive)

    def tampered(done: int, _: int) -> None:
        if done == 1:
            with archive.engine.begin() as connection:
                connection.execute(sa.text(change))

    with pytest.raises(BadDisposal):
        disposing.execute(later(archive), number, by="吴刚", told=tampered)
    first, second = disposing.show(archive, number).items
    assert (first.state, is_there(archive, first.dms_id)) == ("destroyed", False)
    assert is_there(archive, second.dms_id)
    assert outcomes(archive, "destroyed") == [f"record/{first.dms_id}"]
