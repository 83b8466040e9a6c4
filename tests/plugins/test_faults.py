"""Faults at every point of a file's way: in the end it is in the DMS once, or set aside once, and nothing else."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa

from consumers import intake, lease
from consumers.inbox.owner import Owner
from consumers.pool import ReadingPool
from consumers.scan import sha256_of
from plugins import database
from plugins.intake import putting_off
from plugins.intake.intaking import Intaking
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.client import connection as client
from plugins.paperless.upload.filing import Patience
from plugins.wiring import Archive, vocabulary
from tests.plugins.conftest import NOON, RULES_OF_THE_OFFICE, TextPool
from tests.plugins.faulty import (
    KINDS,
    NO_SPACE,
    READ_ONLY,
    Countdown,
    broken_database,
    broken_storage,
    faulty,
)
from tests.plugins.paperless.fake import FakePaperless
from tests.plugins.paperless.wire import wire
from tests.plugins.taking import Desk

Write = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(putting_off, "BACKOFF", (0.0, 0.0))
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    with Owner(archive.settings.home / "run") as owner:
        yield Desk(archive, owner)


def _finish(desk: Desk) -> None:
    """Go on as the watcher does, which looks again and again."""
    for _ in range(60):
        desk.taking.recover()
        desk.taking.work(0.01)
        if not desk.taking.in_hand and all(state in intake.FINAL for state in desk.states()):
            return
    raise AssertionError(f"not at an end: {desk.states()}, {desk.told[-1:]}")


def _once(desk: Desk, sums: dict[str, str], bad: tuple[str, ...] = ()) -> None:
    """Every file exactly once in the DMS or set aside, nothing in the spool, no row open."""
    filed = [record.card.sha256 for record in desk.archive.dms.records()]
    assert sorted(filed) == sorted(value for name, value in sums.items() if name not in bad)
    aside = desk.archive.settings.set_aside_folder
    kept = [sha256_of(path) for path in aside.glob("*") if path.suffix not in (".json", ".part")]
    assert sorted(kept) == sorted(sums[name] for name in bad)
    assert list((desk.archive.settings.home / "spool").glob("*/content")) == []
    assert sorted(row.name for row in desk.rows()) == sorted(sums)


def _at_every_point(
    desk: Desk, write: Write, strike: Callable[[Countdown, Path], None], least: int, *, bad: bool = False
) -> None:
    """Let a fault strike at each point of the way of a file of its own, until a way has fewer points than that."""
    sums: dict[str, str] = {}
    for number in itertools.count(1):
        name = f"{number}.pdf"
        path = write(name, f"{RULES_OF_THE_OFFICE}\n{number}")
        if bad:
            path.write_bytes(b"no scan %d" % number)
        sums[name] = sha256_of(path)
        point = Countdown(number)
        strike(point, path)
        if path.exists():
            desk.taking.take(path, "test", keep=False)
        _finish(desk)
        if point.passed < number:
            break
    _once(desk, sums, tuple(sums) if bad else ())
    assert number > least


@pytest.mark.parametrize("code", [NO_SPACE, READ_ONLY], ids=["full", "read-only"])
@pytest.mark.parametrize("bad", [False, True], ids=["filed", "set aside"])
def test_a_disk_that_is_full_or_read_only_at_any_point_delays_a_file_and_no_more(
    code: int, bad: bool, desk: Desk, write: Write
) -> None:
    def strike(point: Countdown, path: Path) -> None:
        with broken_storage(point, code, str(desk.archive.settings.home)):
            _try(desk, path)

    _at_every_point(desk, write, strike, 5, bad=bad)


@pytest.mark.parametrize("bad", [False, True], ids=["filed", "set aside"])
def test_a_database_that_is_locked_or_gone_at_any_point_delays_a_file_and_no_more(
    bad: bool, desk: Desk, write: Write
) -> None:
    def strike(point: Countdown, path: Path) -> None:
        with broken_database(desk.archive.engine, point):
            _try(desk, path)

    _at_every_point(desk, write, strike, 4, bad=bad)


def _try(desk: Desk, path: Path) -> None:
    """Take a file, as the watcher does, which leaves where it is what it can not claim."""
    try:
        desk.taking.take(path, "test", keep=False)
    except OSError:
        return
    for _ in range(3):
        try:
            desk.taking.work(0.01)
        except sa.exc.OperationalError:
            continue


def test_a_database_that_another_program_holds_is_waited_for(desk: Desk, write: Write) -> None:
    sums = {}
    with desk.archive.engine.begin():  # a writer that does not let go
        path = write("a.pdf", RULES_OF_THE_OFFICE)
        sums["a.pdf"] = sha256_of(path)
        _try_from_elsewhere(desk, path)
        assert desk.taking.in_hand == 1
    _finish(desk)
    _once(desk, sums)


def _try_from_elsewhere(desk: Desk, path: Path) -> None:
    """From another thread: SQLite knows who has locked it by the connection, and this one has its own."""
    thread = threading.Thread(target=_try, args=(desk, path))
    thread.start()
    thread.join()


@pytest.mark.parametrize("kind", KINDS)
def test_a_dms_that_answers_any_one_request_badly_gets_the_file_exactly_once(
    kind: str, archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakePaperless()
    point = Countdown(0)
    with wire(lambda asked: faulty(fake, point, kind)(asked)) as server:  # noqa: PLW0108 - the point changes
        names = archive.rules.taxonomy.categories
        dms = PaperlessDms(
            server.url,
            "0" * 40,
            categories=names,
            levels=archive.rules.ladder.names,
            patience=Patience(reading=60.0, other=5.0),
            sleep=lambda _: None,
        )
        dms.prepare(vocabulary(archive.rules))
        if kind == "slow":
            # Not before, and for no other: a busy machine may be slower than this by itself.
            monkeypatch.setattr(client, "_TIMEOUT", (1.0, 0.3))
        with Owner(archive.settings.home / "run") as owner:
            desk = Desk(replace(archive, dms=dms), owner)
            sums: dict[str, str] = {}
            for number in itertools.count(1):
                path = write(f"{number}.pdf", f"{RULES_OF_THE_OFFICE}\n{number}")
                sums[path.name] = sha256_of(path)
                point = Countdown(number)
                desk.taking.take(path, "test", keep=False)
                _finish(desk)
                if point.passed < number:
                    break
            point = Countdown(0)
            _once(desk, sums)
            assert len(fake.documents) == len(sums)
            assert number > 8


def test_a_clock_that_jumps_at_any_point_loses_nothing(archive: Archive, write: Write) -> None:
    asked = itertools.count()
    jumps = itertools.cycle([timedelta(days=400), timedelta(days=-400), timedelta(0), timedelta(hours=-2)])
    jumping = replace(archive, clock=lambda: NOON + next(jumps) + timedelta(seconds=next(asked)))
    with Owner(archive.settings.home / "run") as owner:
        desk = Desk(jumping, owner)
        sums = {}
        for number in range(8):
            path = write(f"{number}.pdf", f"{RULES_OF_THE_OFFICE}\n{number}")
            sums[path.name] = sha256_of(path)
            desk.taking.take(path, "test", keep=False)
            _finish(desk)
        _once(desk, sums)


def test_the_same_task_twice_at_once_has_one_effect(archive: Archive, write: Write) -> None:
    sums = {}
    with Owner(archive.settings.home / "run") as one, Owner(archive.settings.home / "run") as other:
        desks = [Desk(archive, one), Desk(archive, other)]
        line_up = Intaking(archive, cast(ReadingPool, TextPool()), one, _nobody, announce=_nobody)
        for number in range(10):
            path = write(f"{number}.pdf", f"{RULES_OF_THE_OFFICE}\n{number}")
            sums[path.name] = sha256_of(path)
            line_up.take(path, "test", keep=False)
            row = max(desks[0].rows(), key=lambda known: int(known.name[:-4]))
            threads = [threading.Thread(target=_run, args=(desk, row.id)) for desk in desks]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        _once(desks[0], sums)
        assert len(desks[0].told) + len(desks[1].told) == len(sums)


def _nobody(_told: object) -> None:
    """Nobody is told."""


def _run(desk: Desk, intake_id: str) -> None:
    if desk.taking.take_one(intake_id):
        desk.finish()


@pytest.mark.parametrize("transaction", range(1, 9))
def test_one_who_was_too_slow_lets_go_wherever_he_is_and_the_next_one_files_it_once(
    transaction: int, archive: Archive, write: Write
) -> None:
    path = write("a.pdf", RULES_OF_THE_OFFICE)
    sums = {"a.pdf": sha256_of(path)}
    point = Countdown(transaction)
    with Owner(archive.settings.home / "run") as one, Owner(archive.settings.home / "run") as other:
        slow, quick = Desk(archive, one), Desk(archive, other)
        busy: list[bool] = []

        def take_over(*_told: object) -> None:
            if not busy and point.strikes():
                busy.append(True)
                with archive.engine.begin() as connection:
                    lease.give_back(connection, one.id, [row.id for row in intake.listing(connection)])
                quick.taking.take_waiting(9)
                quick.finish()
                busy.clear()

        sa.event.listen(archive.engine, "checkout", take_over)
        slow.taking.take(path, "test", keep=False)
        slow.finish()
        sa.event.remove(archive.engine, "checkout", take_over)
        assert slow.taking.in_hand == 0
        _once(slow, sums)
        assert [outcome.record is not None for outcome in (*slow.told, *quick.told)] == [True]
