"""Deletion that a person asks for: nothing is destroyed for it that must be kept, and what is due goes the way of everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plugins.custody import lending
from plugins.keeping import appraising
from plugins.keeping.holding import place
from plugins.requests import deleting, handling, restricting
from plugins.requests.holdings import holdings
from plugins.requests.sight import whole
from plugins.wiring import Archive
from retention import register
from retention.custody.loan import Borrowing
from retention.errors import BadRequest
from retention.reviewing.reviewing import Reviewing
from tests.plugins.conftest import NOON
from tests.plugins.requests.people import NOT_DUE, asked, found, her_paper, his_paper, their_paper

WHY: dict[str, Any] = {"by": "李静", "reason": "申请删除"}
IN_2035 = datetime(2035, 6, 1, 12, tzinfo=UTC)


def test_what_must_be_kept_is_restricted_and_what_is_due_is_proposed_with_the_requests_number(
    on_each: Archive, tmp_path: Path
) -> None:
    running, due = his_paper(on_each, tmp_path, b"1", **NOT_DUE), his_paper(on_each, tmp_path, b"2")
    one = found(on_each, "deletion")
    done = deleting.delete(on_each, one.id, (), **WHY)
    assert (done.restricted, done.failed) == ((running, due), ())
    assert done.batch is not None
    (item,) = done.batch.items
    assert item.dms_id == due
    assert f"request {one.id}" in item.why_en
    assert "PIPL 47" in item.why_zh
    assert list(on_each.dms.records()) == []
    with on_each.engine.begin() as connection:
        (told,) = [each for each in register.entries(connection) if each.action == "request-proposed"]
    assert '"reason":"PIPL 47"' in told.payload
    assert deleting.delete(on_each, one.id, (), **WHY).batch is None


def test_what_holds_data_of_others_is_left_unless_it_is_named(archive: Archive, tmp_path: Path) -> None:
    his, theirs = his_paper(archive, tmp_path, **NOT_DUE), their_paper(archive, tmp_path, **NOT_DUE)
    one = found(archive, "deletion")
    done = deleting.delete(archive, one.id, (), **WHY)
    assert (done.restricted, done.left) == ((his,), (theirs,))
    assert deleting.delete(archive, one.id, (theirs,), **WHY).restricted == (theirs,)


@pytest.mark.parametrize("what", ["hold", "loan"])
def test_a_hold_or_a_loan_keeps_what_is_due_restricted_and_out_of_the_batch(
    archive: Archive, tmp_path: Path, what: str
) -> None:
    number = his_paper(archive, tmp_path)
    if what == "hold":
        place(archive, "record", number, reason="稽查", mandate="12号", by="李静")
    else:
        wanted = Borrowing("周伟", "销售部", "核对", NOON.date())
        lending.lend(archive, wanted, by="李静", record=number)
    done = deleting.delete(archive, found(archive, "deletion").id, (), **WHY)
    assert (done.restricted, done.batch) == ((number,), None)


def test_when_the_period_is_over_it_falls_due_first_of_all_and_no_restriction_is_in_the_way(
    archive: Archive, tmp_path: Path
) -> None:
    number = his_paper(archive, tmp_path, b"1", **NOT_DUE)
    longer = her_paper(archive, tmp_path, b"2")
    deleting.delete(archive, found(archive, "deletion").id, (), **WHY)
    later = replace(archive, clock=lambda: IN_2035)
    day, source = IN_2035.date(), whole(archive)
    looked = Reviewing(
        archive.engine.begin, source, archive.rules.schedule, day, day, day, first=source.hidden
    )
    assert [(one.record.dms_id, one.blocks) for one in looked.due()] == [(number, ()), (longer, ())]
    batch = appraising.propose(later, "李静", "", 1)
    assert batch is not None
    assert [item.dms_id for item in batch.items] == [number]
    decided = appraising.decide(later, batch.id, (), "destroy", by="李静", reason="期满")
    assert decided.refused == ()


def test_it_is_destroyed_like_everything_else_and_the_request_says_so(
    on_each: Archive, tmp_path: Path, destroyed: Callable[[Archive], None]
) -> None:
    number = his_paper(on_each, tmp_path)
    one = found(on_each, "deletion")
    deleting.delete(on_each, one.id, (), **WHY)
    destroyed(on_each)
    (held,) = holdings(on_each, handling.show(on_each, one.id))
    assert (held.dms_id, held.where, held.appraisal) == (number, "destroyed", 1)
    assert "第1号处置" in held.until_zh


def test_a_crash_between_restricting_and_proposing_is_finished_by_doing_it_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = his_paper(archive, tmp_path)
    one = found(archive, "deletion")
    with monkeypatch.context() as patch:
        patch.setattr(deleting, "propose", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deleting.delete(archive, one.id, (), **WHY)
    done = deleting.delete(archive, one.id, (), **WHY)
    assert done.batch is not None
    assert ([item.dms_id for item in done.batch.items], done.restricted) == ([number], (number,))


def test_nothing_is_restricted_before_the_person_was_looked_for(archive: Archive, tmp_path: Path) -> None:
    his_paper(archive, tmp_path)
    with pytest.raises(BadRequest, match="find, first"):
        deleting.delete(archive, asked(archive, "deletion").id, (), **WHY)


def test_a_lifted_record_that_was_proposed_is_seen_again_and_stays_in_its_batch(
    archive: Archive, tmp_path: Path
) -> None:
    number = his_paper(archive, tmp_path)
    one = found(archive, "deletion")
    deleting.delete(archive, one.id, (), **WHY)
    restricting.lift(archive, one.id, (number,), by="王芳", reason="申请人撤回")
    assert archive.dms.record(number)
    assert [item.dms_id for item in appraising.show(archive, 1).items] == [number]
