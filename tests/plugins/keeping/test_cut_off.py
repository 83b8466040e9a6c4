"""A crash at every step of disposal: doing it again leads to one outcome for each record."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from plugins.keeping import appraising, disposing, forgetting, restoring
from plugins.keeping.holding import place
from plugins.wiring import Archive
from retention.disposing import disposals
from retention.errors import BadDisposal, DmsUnavailable
from tests.plugins import ready_made
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import PROPOSER, approved
from tests.plugins.keeping.witnessing import (
    WHY,
    Crash,
    batch_of,
    ended,
    is_there,
    later,
    outcomes,
    states,
    two_approved,
    whole,
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Two papers that are approved to be destroyed."""
    copied = ready_made.copied(tmp_path, of=two_approved())
    yield copied
    copied.engine.dispose()


BACK: dict[str, Any] = {"by": "王芳", "reason": "仍需查阅"}


@contextmanager
def dying(archive: Archive, monkeypatch: pytest.MonkeyPatch, last: int) -> Iterator[list[str]]:
    """Crash at the `last`th step (0: never); tells the steps taken: right before each commit, and before and after each
    change that is made anywhere else: in the DMS, in its files, in the spool, in the heads file."""
    steps: list[str] = []

    def step(what: str) -> None:
        steps.append(what)
        if len(steps) == last:
            raise Crash(what)

    def around(owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def done(*words: Any, **more: Any) -> Any:
            step(f"before {name}")
            found = real(*words, **more)
            step(f"after {name}")
            return found

        patched.setattr(owner, name, done)

    def before(_: sa.Connection) -> None:
        step("before commit")

    with monkeypatch.context() as patched:
        for name in ("quarantine", "restore", "destroy", "erase_traces"):
            around(archive.dms, name)
        for name in ("_originals", "_archives"):
            around(getattr(archive.dms, name), "remove")
        around(forgetting, "forget")
        around(disposing, "publish")
        sa.event.listen(archive.engine, "commit", before)
        try:
            yield steps
        finally:
            sa.event.remove(archive.engine, "commit", before)


def test_every_step_that_can_not_be_taken_back_is_walked(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dying(archive, monkeypatch, 0) as steps:
        whole(archive, batch_of(archive))
    for step in ("quarantine", "destroy", "remove", "forget", "publish", "erase_traces"):
        assert {f"before {step}", f"after {step}"} <= set(steps)
    # Start, two records into quarantine; two proofs, two confirmations; begin, two records in three transactions each, end.
    assert steps.count("before commit") > 16


@pytest.mark.parametrize("held", [False, True])
def test_cut_off_at_any_step_each_record_has_one_outcome(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, held: bool
) -> None:
    numbers, batch = [one.dms_id for one in archive.dms.records()], batch_of(archive)
    # What is held before anything is destroyed is asked by test_disposing.
    for last in itertools.count(20 if held else 1):
        archive = ready_made.again(archive, of=two_approved())
        with contextlib.suppress(Crash), dying(archive, monkeypatch, last) as steps:
            whole(archive, batch)
        if len(steps) < last:
            break
        gone = {number for number in numbers if not is_there(archive, number)}
        for number in set(numbers) - gone if held else ():
            place(archive, "record", number, **WHY)
        disposal = ended(archive, batch)
        told = states(archive, disposal)
        where = f"step {last}, {steps[-1]}: {told}"
        for number in numbers:
            kept = held and number not in gone
            assert told[number] in (("held", "kept", "quarantined") if kept else ("destroyed",)), where
            assert is_there(archive, number) == kept, where
        ends = outcomes(archive, "destroyed", "found-missing")
        assert ends == sorted(f"record/{one}" for one in numbers if told[one] == "destroyed"), where
        assert disposing.verify(archive, disposal) == (), where
    assert last > 40


AGAIN: dict[str, Callable[[Archive, int, str], object]] = {
    "restored": lambda archive, number, first: restoring.restore(archive, number, (first,), **BACK),
    "executed": lambda archive, _, __: whole(archive, batch_of(archive)),
    "verified": lambda archive, number, _: disposing.verify(archive, number),
}
"""What is done next, after a restoration that was cut off."""


@pytest.mark.parametrize("again", AGAIN)
def test_a_restoration_that_is_cut_off_at_any_step_is_completed_by_the_next_command_whatever_that_is(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    for last in itertools.count(1):
        archive = ready_made.again(archive, of=two_approved())
        number = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal.id
        first = disposing.show(archive, number).items[0].dms_id
        with contextlib.suppress(Crash), dying(archive, monkeypatch, last) as steps:
            restoring.restore(archive, number, (first,), **BACK)
        if len(steps) < last:
            break
        # From the moment that it is decided, it is on no list of what is destroyed.
        decided = states(archive, number)[first] != "quarantined"
        where = f"step {last}, {steps[-1]}"
        assert decided == bool(outcomes(archive, "restoration-begun")), where
        if decided or again != "restored":
            with contextlib.suppress(BadDisposal):
                AGAIN[again](archive, number, first)
        else:
            AGAIN[again](archive, number, first)
            decided = True
        shown = [one.dms_id for one in archive.dms.records()]
        assert (first in shown) == decided, where
        assert (states(archive, number)[first] == "restored") == decided, where
        assert outcomes(archive, "restored") == ([f"record/{first}"] if decided else []), where
        assert outcomes(archive, "destroyed").count(f"record/{first}") == (
            not decided and again == "executed"
        )
        assert disposing.verify(archive, number) == (), where
    assert {"before restore", "after restore"} <= set(steps)
    assert last > 8


def test_a_restoration_that_the_dms_can_not_show_now_stands_and_the_next_command_goes_on_with_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal.id
    first = disposing.show(archive, number).items[0].dms_id

    def away(_: str) -> None:
        raise DmsUnavailable("away")

    with monkeypatch.context() as patched:
        patched.setattr(archive.dms, "restore", away)
        with pytest.raises(DmsUnavailable, match=r"away.*it stands"):
            restoring.restore(archive, number, (first,), **BACK)
        assert disposing.verify(archive, number) == (
            (first, "恢复未完，请再试 its restoration was cut off: try again"),
        )
        # It can be neither proposed nor restored a second time meanwhile, and nobody destroys it.
        assert appraising.propose(archive, PROPOSER) is None
    assert disposing.verify(archive, number) == ()
    assert archive.dms.record(first).dms_id == first


def test_what_was_removed_by_somebody_amid_its_restoration_is_missing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal.id
    item = disposing.show(archive, number).items[0]
    with contextlib.suppress(Crash), dying(archive, monkeypatch, 4) as steps:
        restoring.restore(archive, number, (item.dms_id,), **BACK)
    assert states(archive, number)[item.dms_id] == "restoring", steps
    with sqlite3.connect(archive.settings.home / "dms" / "dms.sqlite3") as connection:
        connection.execute("UPDATE document SET quarantined = 1")
    archive.dms.destroy(item.dms_id, item.sha256)
    assert disposing.verify(archive, number) == ()
    assert states(archive, number)[item.dms_id] == "missing"
    assert outcomes(archive, "found-missing", "restored") == [f"record/{item.dms_id}"]


def test_what_a_later_disposal_is_about_is_not_restored_by_an_earlier_one(archive: Archive) -> None:
    first = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal
    ids = tuple(one.dms_id for one in first.items)
    restoring.restore(archive, first.id, ids, **BACK)
    second = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal
    with archive.engine.begin() as connection:
        # As one that was kept at the last moment, and is restricted, may be proposed anew.
        disposals.move(connection, first.id, ids[0], ("restored",), "kept", "", NOON)
    with pytest.raises(BadDisposal, match="A later disposal is about"):
        restoring.restore(archive, first.id, ids[:1], **BACK)
    assert states(archive, second.id)[ids[0]] == "quarantined"


def test_a_record_that_went_meanwhile_can_not_be_restored_and_that_is_told(archive: Archive) -> None:
    number = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal.id
    item = disposing.show(archive, number).items[0]
    archive.dms.destroy(item.dms_id, item.sha256)
    with pytest.raises(BadDisposal, match="in the DMS no more"):
        restoring.restore(archive, number, (item.dms_id,), by="王芳", reason="仍需查阅")
    assert states(archive, number)[item.dms_id] == "quarantined"
    ((faulty, fault),) = disposing.verify(later(archive), number)
    assert (faulty, "不在隔离中" in fault, "disposal restore" in fault) == (item.dms_id, True, True)


def test_what_was_restored_and_proposed_anew_is_answered_for_by_the_later_disposal(archive: Archive) -> None:
    first = disposing.start(archive, batch_of(archive), by=PROPOSER).disposal
    ids = [one.dms_id for one in first.items]
    restoring.restore(archive, first.id, ids, by="王芳", reason="仍需查阅")
    second = disposing.start(archive, approved(archive).id, by=PROPOSER).disposal.id
    assert disposing.verify(archive, first.id) == disposing.verify(archive, second) == ()
