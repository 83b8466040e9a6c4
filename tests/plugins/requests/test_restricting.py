"""Restricting: out of everybody's sight in any DMS, kept all the same, and back again as it was; whatever crashes in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.households.merging import merge
from plugins.keeping import appraising, disposing, restoring
from plugins.reconciling import reconcile
from plugins.requests import deleting, finding, restricting
from plugins.requests.sight import whole
from plugins.wiring import Archive
from retention import register
from retention.blocking.blocks import blocks
from retention.dms import Query
from retention.errors import BadRequest, NoSuchRecord
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier
from retention.requests import requests, restrictions
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import DOSSIER, approved
from tests.plugins.requests.people import HIS, NOT_DUE, found, her_paper, his_paper

WHY: dict[str, Any] = {"by": "李静", "reason": "申请删除"}


class Crash(BaseException):
    """The program ends here; nobody catches it."""


def seen(archive: Archive, number: str) -> bool:
    everything = archive.clearance(archive.rules.ladder.names[-1])
    hits = [hit.record.dms_id for hit in archive.dms.search(Query(), everything)]
    listed = [record.dms_id for record in archive.dms.records()]
    assert (number in hits) == (number in listed)
    return number in hits


def codes(archive: Archive, number: str) -> list[str]:
    record = next(one for one in whole(archive).records() if one.dms_id == number)
    with archive.engine.begin() as connection:
        return [one.code for one in blocks(connection, record, appraising.today_of(archive))]


def entries(archive: Archive, *wanted: str) -> list[str]:
    with archive.engine.begin() as connection:
        register.verify(connection)
        return [one.action for one in register.entries(connection) if one.action in wanted]


def states(archive: Archive, number: int) -> list[str]:
    with archive.engine.begin() as connection:
        return [one.state for one in restrictions.of_request(connection, number)]


def test_a_restricted_record_is_out_of_sight_blocked_and_comes_back_as_it_was(
    on_each: Archive, tmp_path: Path
) -> None:
    number = his_paper(on_each, tmp_path, **NOT_DUE)
    other = her_paper(on_each, tmp_path)
    before, text = on_each.dms.record(number), on_each.dms.text(number)
    one = found(on_each, "deletion")
    assert restricting.restrict(on_each, one.id, (number,), **WHY).done == (number,)
    assert (seen(on_each, number), seen(on_each, other)) == (False, True)
    for method in (on_each.dms.record, on_each.dms.text, on_each.dms.original):
        with pytest.raises(NoSuchRecord):
            method(number)
    assert on_each.dms.checksum(number) == before.card.sha256
    assert codes(on_each, number) == ["personal-data-restricted"]
    lifted = restricting.lift(on_each, one.id, (number,), by="王芳", reason="申请人撤回")
    assert (lifted.failed, seen(on_each, number), codes(on_each, number)) == ((), True, [])
    assert (on_each.dms.record(number), on_each.dms.text(number)) == (before, text)
    assert entries(on_each, "personal-data-restricted", "restriction-lifted") == [
        "personal-data-restricted",
        "restriction-lifted",
    ]


def test_a_restriction_stands_and_is_never_deleted_on_either_database(
    on_each_database: Archive, tmp_path: Path
) -> None:
    archive = on_each_database
    number = his_paper(archive, tmp_path, **NOT_DUE)
    one = found(archive, "deletion")
    restricting.restrict(archive, one.id, (number,), **WHY)
    assert (seen(archive, number), codes(archive, number)) == (False, ["personal-data-restricted"])
    with archive.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="never deleted"):
        connection.execute(sa.text("DELETE FROM restriction"))
    restricting.lift(archive, one.id, (number,), by="王芳", reason="撤回")
    assert (seen(archive, number), codes(archive, number)) == (True, [])
    entries(archive)


@pytest.mark.parametrize("point", ["quarantine", "restore"])
@pytest.mark.parametrize("done", [False, True], ids=["before the DMS", "after the DMS"])
def test_a_crash_between_the_two_is_finished_by_the_next_command(
    on_each: Archive, tmp_path: Path, point: str, done: bool
) -> None:
    number = his_paper(on_each, tmp_path, **NOT_DUE)
    one = found(on_each, "deletion")
    if point == "restore":
        restricting.restrict(on_each, one.id, (number,), **WHY)
    mortal: Any = replace(on_each, dms=_Mortal(on_each.dms, point, done))
    step = restricting.restrict if point == "quarantine" else restricting.lift
    with pytest.raises(Crash):
        step(mortal, one.id, (number,), **WHY)
    with on_each.engine.begin() as connection:
        assert [each.dms_id for each in restrictions.cut_off(connection)] == [number]
    restricting.finish(on_each)
    assert seen(on_each, number) == (point == "restore")
    assert states(on_each, one.id) == ["restricted" if point == "quarantine" else "lifted"]
    assert restricting.finish(on_each).done == ()


def test_what_two_people_have_asked_for_stays_out_of_sight_until_both_are_lifted(
    archive: Archive, tmp_path: Path
) -> None:
    number = his_paper(archive, tmp_path, **NOT_DUE)
    first, second = found(archive, "deletion"), found(archive, "withdrawal")
    for one in (first, second):
        restricting.restrict(archive, one.id, (number,), **WHY)
    restricting.lift(archive, first.id, (number,), by="王芳", reason="撤回")
    assert not seen(archive, number)
    restricting.lift(archive, second.id, (number,), by="王芳", reason="撤回")
    assert seen(archive, number)


def test_only_a_deletion_restricts_and_only_what_a_person_has_confirmed(
    archive: Archive, tmp_path: Path
) -> None:
    number, hers = his_paper(archive, tmp_path, **NOT_DUE), her_paper(archive, tmp_path)
    with pytest.raises(BadRequest, match="asks for no deletion"):
        restricting.restrict(archive, found(archive, "access").id, (number,), **WHY)
    with pytest.raises(BadRequest, match="Not confirmed"):
        restricting.restrict(archive, found(archive, "deletion").id, (hers,), **WHY)
    assert seen(archive, number)


def test_restoring_from_a_disposal_leaves_what_is_restricted_out_of_sight(
    archive: Archive, tmp_path: Path
) -> None:
    number = his_paper(archive, tmp_path)
    one = found(archive, "deletion")
    restricting.restrict(archive, one.id, (number,), **WHY)
    disposal = disposing.start(archive, approved(archive).id, by="李静").disposal
    assert disposal.in_state("quarantined")
    restoring.restore(archive, disposal.id, (number,), by="王芳", reason="有误")
    assert not seen(archive, number)
    assert disposing.verify(archive, disposal.id) == ()
    restricting.lift(archive, one.id, (number,), by="王芳", reason="撤回")
    assert seen(archive, number)


def test_lifting_leaves_what_is_to_be_destroyed_out_of_sight(archive: Archive, tmp_path: Path) -> None:
    number = his_paper(archive, tmp_path)
    one = found(archive, "deletion")
    restricting.restrict(archive, one.id, (number,), **WHY)
    disposal = disposing.start(archive, approved(archive).id, by="李静").disposal
    restricting.lift(archive, one.id, (number,), by="王芳", reason="撤回")
    assert not seen(archive, number)
    restoring.restore(archive, disposal.id, (number,), by="王芳", reason="有误")
    assert seen(archive, number)


def test_a_restricted_record_follows_its_dossier_once_it_is_lifted(archive: Archive, tmp_path: Path) -> None:
    number = his_paper(archive, tmp_path, **NOT_DUE)
    one = found(archive, "deletion")
    restricting.restrict(archive, one.id, (number,), **WHY)
    with archive.engine.begin() as connection:
        choice = DossierChoice("锦绣花园/1-1-1", "锦绣花园1-1-1", "1-1-1", "锦绣花园", "", (), "")
        open_dossier(connection, choice, NOON.date())
    merge(archive, DOSSIER, "锦绣花园/1-1-1", "李静", "同一户")
    restricting.lift(archive, one.id, (number,), by="王芳", reason="撤回")
    assert archive.dms.record(number).card.dossier == "锦绣花园/1-1-1"


def test_a_reconciliation_looks_at_what_is_restricted_too(archive: Archive, tmp_path: Path) -> None:
    number = his_paper(archive, tmp_path, **NOT_DUE)
    with archive.engine.begin() as connection:
        sha256 = archive.dms.record(number).card.sha256
        register.append(
            connection,
            at=NOON,
            actor="dossier",
            action="filed",
            subject=f"record/{number}",
            payload={"sha256": sha256},
        )
    restricting.restrict(archive, found(archive, "deletion").id, (number,), **WHY)
    assert list(reconcile(archive)) == []
    later = replace(archive, clock=lambda: datetime(2035, 6, 1, 12, tzinfo=UTC))
    disposal = disposing.start(later, approved(later).id, by="李静").disposal
    assert list(reconcile(archive)) == []
    restoring.restore(later, disposal.id, (number,), by="王芳", reason="有误")
    assert list(reconcile(archive)) == []


def test_who_asks_again_is_told_of_what_is_restricted(archive: Archive, tmp_path: Path) -> None:
    number = his_paper(archive, tmp_path, **NOT_DUE)
    restricting.restrict(archive, found(archive, "deletion").id, (number,), **WHY)
    assert [item.dms_id for item in found(archive).confirmed] == [number]
    hint = his_paper(archive, tmp_path, b"no number", facts=(), title="来访登记")
    assert hint
    assert finding.find(archive, found(archive).id, HIS, by="李静").whole


def test_a_request_knows_what_was_destroyed_for_it(
    archive: Archive, tmp_path: Path, destroyed: Callable[[Archive], None]
) -> None:
    his_paper(archive, tmp_path)
    one = found(archive, "deletion")
    done = deleting.delete(archive, one.id, (), **WHY)
    assert done.batch is not None
    destroyed(archive)
    assert states(archive, one.id) == ["destroyed"]
    with archive.engine.begin() as connection:
        assert requests.there(connection, one.id).items[0].appraisal_id == done.batch.id
        assert restrictions.hidden(connection) == {}


class _Mortal:
    """The DMS, until that method is called: the program ends before or after it."""

    def __init__(self, dms: Any, method: str, done: bool) -> None:
        self._dms, self._method, self._done = dms, method, done

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._dms, name)
        if name != self._method:
            return real

        def end(*words: Any) -> None:
            if self._done:
                real(*words)
            raise Crash

        return end
