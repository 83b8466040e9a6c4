"""Appraising: what is due comes into one batch only, and binds nobody before somebody else has approved it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from plugins.errors import BadWord
from plugins.keeping import appraising
from plugins.keeping.holding import place
from plugins.wiring import Archive
from retention import register
from retention.appraising.appraisal import Decision
from retention.errors import BadAppraisal
from tests.plugins.due_papers import APPROVER, DUE, PROPOSER, approved, both_agree, file_due, propose

WHY: dict[str, Any] = {"reason": "税务稽查", "mandate": "税稽通12号", "by": "李静"}
ID_NUMBER = "11010119900101001X"


@pytest.fixture
def file(archive: Archive, tmp_path: Path) -> Callable[..., str]:
    """Files a paper that is due."""
    return lambda content, **card: file_due(archive, tmp_path / "papers", content, **card)


def actions(archive: Archive) -> list[tuple[str, str]]:
    with archive.engine.begin() as connection:
        return [(one.actor, one.action) for one in register.entries(connection) if "apprais" in one.action]


def test_a_batch_snapshots_rule_cutoff_end_evidence_and_blocks(
    archive: Archive, file: Callable[..., str]
) -> None:
    number = file(b"1", title=f"认购书 {ID_NUMBER}")
    place(archive, "record", number, **WHY)
    (item,) = propose(archive).items
    assert (item.dms_id, item.rule, item.period) == (number, "sales-10y", "P10Y")
    assert (item.cutoff_on, item.retain_until) == (date(2012, 5, 6), date(2022, 12, 31))
    assert ID_NUMBER not in item.title
    assert [one.code for one in item.blocks] == ["on-hold"]
    assert "2012-05-06" in item.why_zh


def test_what_is_not_due_yet_or_has_no_rule_is_in_no_batch(
    archive: Archive, file: Callable[..., str]
) -> None:
    file(b"1", document_date=date(2020, 1, 1))
    file(b"2", retention_rule="there-is-none", kind="其他文种")
    assert appraising.propose(archive, PROPOSER) is None


def test_a_record_is_in_one_batch_only_until_that_is_withdrawn(
    archive: Archive, file: Callable[..., str]
) -> None:
    file(b"1")
    batch = propose(archive)
    assert appraising.propose(archive, PROPOSER) is None
    appraising.withdraw(archive, batch.id, by=PROPOSER, reason="范围有误")
    assert [one.dms_id for one in propose(archive).items] == [one.dms_id for one in batch.items]


def test_a_batch_may_be_of_one_category_and_of_the_longest_due(
    archive: Archive, file: Callable[..., str]
) -> None:
    file(b"1", document_date=date(2013, 1, 1))
    longest = file(b"2", document_date=date(2011, 1, 1))
    assert appraising.propose(archive, PROPOSER, "repair") is None
    batch = appraising.propose(archive, PROPOSER, "sales", 1)
    assert batch is not None
    assert [one.dms_id for one in batch.items] == [longest]


def test_what_is_held_can_not_be_decided_to_be_destroyed_and_the_rest_is(
    archive: Archive, file: Callable[..., str]
) -> None:
    held, free = file(b"1"), file(b"2")
    batch = propose(archive)
    place(archive, "record", held, **WHY)
    done = appraising.decide(archive, batch.id, (), "destroy", by=PROPOSER, reason="期满")
    assert [(one, those[0].code) for one, those in done.refused] == [(held, "on-hold")]
    assert {one.dms_id: one.decision for one in done.batch.items} == {held: None, free: "destroy"}


@pytest.mark.parametrize("decision", ["extend", "transfer", "permanent", "undetermined"])
def test_what_is_held_may_be_decided_otherwise(
    archive: Archive, file: Callable[..., str], decision: Decision
) -> None:
    place(archive, "record", file(b"1"), **WHY)
    until = date(2030, 12, 31) if decision == "extend" else None
    done = appraising.decide(
        archive,
        propose(archive).id,
        (),
        decision,
        by=PROPOSER,
        reason="有用",
        until=until,
    )
    assert (done.refused, done.batch.items[0].decision) == ((), decision)


def test_somebody_else_than_the_proposer_approves_however_he_writes_his_name(
    archive: Archive, file: Callable[..., str]
) -> None:
    file(b"1")
    batch = propose(archive)
    appraising.decide(archive, batch.id, (), "destroy", by=PROPOSER, reason="期满")
    both_agree(archive, batch.id)
    for name in (PROPOSER, " 李　静 ", "", "·", "……", "\u200b"):
        with pytest.raises(BadAppraisal):
            appraising.approve(archive, batch.id, by=name)
    assert appraising.approve(archive, batch.id, by=APPROVER).approved_by == APPROVER


def test_an_approval_says_everything_that_is_lacking(archive: Archive, file: Callable[..., str]) -> None:
    file(b"1")
    with pytest.raises(BadAppraisal) as told:
        appraising.approve(archive, propose(archive).id, by=PROPOSER)
    for word in ("proposer", "not decided", "archive is missing", "owning department is missing"):
        assert word in str(told.value)


def test_opinions_speak_of_the_decisions_that_were_there(archive: Archive, file: Callable[..., str]) -> None:
    number = file(b"1")
    batch = propose(archive)
    appraising.decide(archive, batch.id, (), "permanent", by=PROPOSER, reason="有用")
    both_agree(archive, batch.id)
    appraising.decide(archive, batch.id, (number,), "destroy", by=PROPOSER, reason="期满")
    with pytest.raises(BadAppraisal, match="changed since"):
        appraising.approve(archive, batch.id, by=APPROVER)


def test_a_side_that_disagrees_or_one_person_for_both_stops_it(
    archive: Archive, file: Callable[..., str]
) -> None:
    file(b"1")
    batch = propose(archive)
    appraising.decide(archive, batch.id, (), "destroy", by=PROPOSER, reason="期满")
    both_agree(archive, batch.id)
    said = {"department": "销售部", "words": "尚有纠纷"}
    appraising.opine(archive, batch.id, "department", "disagree", by="周伟", **said)
    with pytest.raises(BadAppraisal, match="disagrees"):
        appraising.approve(archive, batch.id, by=APPROVER)
    with pytest.raises(BadAppraisal, match=r"王芳.*另一方"):
        appraising.opine(archive, batch.id, "department", "agree", by="王 芳", **said)
    appraising.opine(archive, batch.id, "department", "agree", by="周伟", **said)
    assert appraising.approve(archive, batch.id, by=APPROVER).approved_by == APPROVER


def test_a_side_may_speak_again_by_whoever_spoke_for_it(archive: Archive, file: Callable[..., str]) -> None:
    file(b"1")
    batch = propose(archive)
    appraising.decide(archive, batch.id, (), "destroy", by=PROPOSER, reason="期满")
    both_agree(archive, batch.id)
    again = appraising.opine(archive, batch.id, "archive", "agree", by="王芳", department="", words="又核")
    assert len(again.opinions) == 3


def test_a_record_that_is_not_in_the_batch_is_told_as_such_and_nothing_is_decided(
    archive: Archive, file: Callable[..., str]
) -> None:
    number = file(b"1")
    batch = propose(archive)
    other = file(b"2")
    for decision in ("destroy", "permanent"):
        with pytest.raises(
            BadAppraisal, match=rf"{other}.*不在第{batch.id}号批次.*appraisal show {batch.id}"
        ):
            appraising.decide(archive, batch.id, (number, other), decision, by=PROPOSER, reason="期满")
    assert appraising.show(archive, batch.id).items[0].decision is None


def test_a_batch_that_is_over_says_what_to_do(archive: Archive, file: Callable[..., str]) -> None:
    file(b"1")
    batch = approved(archive)
    with pytest.raises(BadAppraisal, match="disposal start"):
        appraising.approve(archive, batch.id, by="郑华")


def test_a_hold_between_decision_and_approval_stops_the_approval(
    archive: Archive, file: Callable[..., str]
) -> None:
    number = file(b"1")
    batch = propose(archive)
    appraising.decide(archive, batch.id, (), "destroy", by=PROPOSER, reason="期满")
    both_agree(archive, batch.id)
    place(archive, "record", number, **WHY)
    with pytest.raises(BadAppraisal, match="blocked by now"):
        appraising.approve(archive, batch.id, by=APPROVER)


def test_an_approved_batch_can_not_be_changed(archive: Archive, file: Callable[..., str]) -> None:
    number = file(b"1")
    batch = approved(archive)
    with pytest.raises(BadAppraisal, match="closed"):
        appraising.decide(archive, batch.id, (number,), "permanent", by=PROPOSER, reason="有用")
    with pytest.raises(BadAppraisal, match="closed"):
        appraising.withdraw(archive, batch.id, by=PROPOSER, reason="有用")


def test_an_extension_is_shown_and_comes_back_when_it_is_over(
    archive: Archive, file: Callable[..., str]
) -> None:
    number = file(b"1")
    batch = propose(archive)
    until = date(2028, 6, 30)
    appraising.decide(archive, batch.id, (), "extend", by=PROPOSER, reason="查询", until=until)
    both_agree(archive, batch.id)
    appraising.approve(archive, batch.id, by=APPROVER)
    assert archive.dms.record(number).card.retain_until == until
    assert appraising.propose(archive, PROPOSER) is None
    later = replace(archive, clock=lambda: datetime(2028, 7, 1, 12, tzinfo=UTC))
    (item,) = propose(later).items
    assert (item.dms_id, item.retain_until) == (number, until)


@pytest.mark.parametrize("decision", ["transfer", "permanent"])
def test_what_is_kept_or_handed_over_is_never_proposed_again(
    archive: Archive, file: Callable[..., str], decision: Decision
) -> None:
    file(b"1")
    batch = propose(archive)
    appraising.decide(archive, batch.id, (), decision, by=PROPOSER, reason="有用")
    both_agree(archive, batch.id)
    appraising.approve(archive, batch.id, by=APPROVER)
    later = replace(archive, clock=lambda: datetime(2060, 7, 1, 12, tzinfo=UTC))
    assert appraising.propose(later, PROPOSER) is None


def test_what_stays_undetermined_comes_back_next_year(archive: Archive, file: Callable[..., str]) -> None:
    number = file(b"1")
    batch = propose(archive)
    appraising.decide(archive, batch.id, (), "undetermined", by=PROPOSER, reason="待查")
    both_agree(archive, batch.id)
    appraising.approve(archive, batch.id, by=APPROVER)
    assert appraising.propose(archive, PROPOSER) is None
    later = replace(archive, clock=lambda: datetime(2027, 1, 1, 12, tzinfo=UTC))
    assert [one.dms_id for one in propose(later).items] == [number]


def test_who_did_what_is_in_the_register(archive: Archive, file: Callable[..., str]) -> None:
    file(b"1")
    batch = approved(archive)
    assert actions(archive) == [
        (PROPOSER, "appraisal-proposed"),
        (PROPOSER, "appraisal-decided"),
        ("王芳", "appraisal-opinion"),
        ("周伟", "appraisal-opinion"),
        (APPROVER, "appraisal-approved"),
    ]
    with archive.engine.begin() as connection:
        last = list(register.entries(connection))[-1]
    assert last.subject == f"appraisal/{batch.id}"
    assert json.loads(last.payload)["destroy"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"decision": "burn"}, "no decision"),
        ({"decision": "extend"}, "until which day"),
        ({"decision": "extend", "until": date(2026, 3, 2)}, "until which day"),
        ({"decision": "destroy", "until": date(2030, 1, 1)}, "extend only"),
        ({"decision": "permanent", "by": " "}, "who decides"),
        ({"decision": "permanent", "reason": ""}, "who decides"),
        ({"decision": "permanent", "ids": ("99",)}, "Not in batch"),
    ],
)
def test_words_that_make_no_sense_change_nothing(
    archive: Archive, file: Callable[..., str], words: dict[str, object], said: str
) -> None:
    file(b"1")
    batch = propose(archive)
    before = actions(archive)
    told = {"ids": (), "by": PROPOSER, "reason": "期满", **words}
    with pytest.raises(BadAppraisal, match=said):
        appraising.decide(archive, batch.id, **told)  # type: ignore[arg-type]  # rows of the test
    assert actions(archive) == before


def test_a_batch_that_there_is_not_is_told(archive: Archive) -> None:
    with pytest.raises(BadWord, match="no appraisal 7"):
        appraising.show(archive, 7)


def test_records_that_are_gone_or_other_ones_can_not_be_decided_to_be_destroyed(
    archive: Archive, file: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file(b"1")
    batch = propose(archive)
    other = archive.dms.record(number)
    other = replace(other, card=replace(other.card, sha256="f" * 64))
    monkeypatch.setattr(archive.dms, "records", lambda *_: iter((other,)))
    done = appraising.decide(archive, batch.id, (), "destroy", by=PROPOSER, reason="期满")
    assert [one for one, _ in done.refused] == [number]
    assert DUE["kind"] == batch.items[0].kind
