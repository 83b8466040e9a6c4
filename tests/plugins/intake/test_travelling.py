"""Machines that share no folder: files travel by the store, and a crash at any step loses nothing and files nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from consumers import intake
from consumers.inbox.owner import Owner
from consumers.inbox.spool import Spool
from consumers.pool import ReadingPool
from consumers.scan import sha256_of
from plugins import settings as settings_module
from plugins.batches import splitting
from plugins.errors import BadSetting
from plugins.intake import putting_off, strays
from plugins.intake.intaking import Intaking
from plugins.stores.s3 import S3Store
from plugins.wiring import Archive, _agree, open_archive
from tests.classifiers.parts.papers import CONTRACT_1, CONTRACT_2, RECEIPT, SEPARATOR
from tests.plugins.conftest import NOON, RULES_OF_THE_OFFICE, TextPool, text_scan
from tests.plugins.dying import store_settings
from tests.plugins.faulty import Countdown
from tests.plugins.running import ROOT, account
from tests.plugins.taking import Desk
from tests.servers.s3 import S3Server


@pytest.fixture
def server(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    monkeypatch.setattr("plugins.stores.s3._ATTEMPTS", 1)
    yield s3_server
    s3_server.forget()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(putting_off, "BACKOFF", (0.0, 0.0))


STRIDE = os.environ.get("SOAK_STRIDE", "12")
"""Every so many steps one is died at; `./run soak` takes all of them."""


class Machine:
    """One of several that share database, DMS and store, and no folder. They share one clock, which can be set."""

    def __init__(self, folder: Path, first: Archive, server: S3Server, now: list[timedelta]) -> None:
        told = settings_module.load(
            {
                "DOSSIER_HOME": str(folder),
                "DOSSIER_SET_ASIDE": str(folder.parent / "aside"),
                "DOSSIER_SPLIT": "split",
            },
            folder.parent,
        )
        self.home = folder
        folder.mkdir()
        self.archive = replace(first, settings=told, store=server.store(), clock=lambda: NOON + now[0])

    def owner(self) -> Owner:
        return Owner(self.home / "run")

    def spooled(self) -> list[Path]:
        return list((self.home / "spool").glob("*/content"))


@pytest.fixture
def machines(archive: Archive, server: S3Server, tmp_path: Path) -> tuple[Machine, Machine, list[timedelta]]:
    now = [timedelta(0)]
    return (
        Machine(tmp_path / "one", archive, server, now),
        Machine(tmp_path / "other", archive, server, now),
        now,
    )


def _taking_in(machine: Machine, owner: Owner) -> Intaking:
    """A watcher that only lines up."""
    return Intaking(
        machine.archive, cast(ReadingPool, TextPool()), owner, lambda _: None, announce=lambda _: None
    )


def _states(archive: Archive) -> list[str]:
    with archive.engine.begin() as connection:
        return sorted(row.state for row in intake.listing(connection))


def _finish(desk: Desk) -> None:
    for _ in range(30):
        desk.taking.recover()
        desk.taking.work(0.01)
        if not desk.taking.in_hand and all(state in intake.FINAL for state in desk.states()):
            return
    raise AssertionError(desk.rows())


def test_a_file_taken_in_on_one_machine_is_filed_on_another_and_leaves_nothing_anywhere(
    machines: tuple[Machine, Machine, list[timedelta]], server: S3Server, tmp_path: Path
) -> None:
    one, other, _ = machines
    path = text_scan(tmp_path, "a.pdf", RULES_OF_THE_OFFICE)
    sha256 = sha256_of(path)
    with one.owner() as watcher, other.owner() as worker:
        lines_up = _taking_in(one, watcher)
        lines_up.take(path, "inbox", keep=False)
        assert [key.split("/")[3] for key in server.lying()] == [sha256]
        _finish(Desk(other.archive, worker))
        assert [record.card.sha256 for record in one.archive.dms.records()] == [sha256]
        assert server.lying() == []
        assert other.spooled() == []
        lines_up.recover()
        assert one.spooled() == []


def test_the_row_is_written_only_after_the_bytes_are_in_the_store(
    machines: tuple[Machine, Machine, list[timedelta]], server: S3Server, tmp_path: Path
) -> None:
    one, other, _ = machines
    path = text_scan(tmp_path, "a.pdf", RULES_OF_THE_OFFICE)
    server.away = True
    with one.owner() as watcher, other.owner() as worker:
        lines_up = _taking_in(one, watcher)
        lines_up.take(path, "inbox", keep=False)
        assert _states(one.archive) == []
        assert lines_up.in_hand == lines_up.stuck == 1
        server.away = False
        lines_up.work(0.0)
        assert _states(one.archive) == ["claimed"]
        _finish(Desk(other.archive, worker))
        assert _states(one.archive) == ["confirmed"] or _states(one.archive) == ["review"]


@pytest.mark.parametrize("bytes_there", [b"", b"%PDF-1.7\nother bytes"], ids=["gone", "other bytes"])
def test_what_the_store_has_lost_or_changed_waits_with_its_reason_and_is_brought_again_by_who_has_it(
    bytes_there: bytes, machines: tuple[Machine, Machine, list[timedelta]], server: S3Server, tmp_path: Path
) -> None:
    one, other, now = machines
    path = text_scan(tmp_path, "a.pdf", RULES_OF_THE_OFFICE)
    sha256 = sha256_of(path)
    with one.owner() as watcher, other.owner() as worker:
        lines_up = _taking_in(one, watcher)
        lines_up.take(path, "inbox", keep=False)
        (key,) = server.lying()
        if bytes_there:
            server.overwrite(key, bytes_there)
        else:
            server.client.delete_object(Bucket="papers", Key=key)
        desk = Desk(other.archive, worker)
        desk.taking.take_waiting(9)
        (row,) = desk.rows()
        assert row.state == "retry"
        assert row.reason.startswith("存储中的文件")
        assert other.spooled() == []
        lines_up.recover()
        now[0] += timedelta(minutes=1)
        _finish(desk)
        assert [record.card.sha256 for record in one.archive.dms.records()] == [sha256]


def test_a_store_that_does_not_answer_any_one_request_delays_a_file_and_no_more(
    machines: tuple[Machine, Machine, list[timedelta]], server: S3Server, tmp_path: Path
) -> None:
    one, other, now = machines
    sums = []
    with one.owner() as watcher, other.owner() as worker:
        lines_up, desk = _taking_in(one, watcher), Desk(other.archive, worker)
        for number in range(1, 40):
            path = text_scan(tmp_path, f"{number}.pdf", f"{RULES_OF_THE_OFFICE}\n{number}")
            sums.append(sha256_of(path))
            point = Countdown(number)

            def strike(_method: str, _path: str) -> None:
                server.away = point.strikes()  # noqa: B023 - asked while this file is on its way

            server.before = strike
            lines_up.take(path, "inbox", keep=False)
            for _ in range(4):
                lines_up.work(0.0)
                now[0] += timedelta(minutes=1)
                desk.taking.take_waiting(9)
                desk.finish()
            server.before, server.away = lambda _method, _path: None, False
            if point.passed < number:
                break
        _finish(desk)
        lines_up.recover()
        now[0] += timedelta(hours=1)
        list(strays.sweep(one.archive, lines_up._spool))
    assert number > 5
    assert sorted(record.card.sha256 for record in one.archive.dms.records()) == sorted(sums)
    assert (server.lying(), one.spooled(), other.spooled()) == ([], [], [])


def test_who_died_elsewhere_is_given_up_by_his_lease_and_not_before(
    machines: tuple[Machine, Machine, list[timedelta]], server: S3Server, tmp_path: Path
) -> None:
    one, other, now = machines
    path = text_scan(tmp_path, "a.pdf", RULES_OF_THE_OFFICE)
    with one.owner() as living, other.owner() as worker:
        Desk(one.archive, living).taking.take(path, "inbox", keep=False)
        desk = Desk(other.archive, worker)
        desk.taking.bring_back()
        assert [row.owner for row in desk.rows()] == [living.id]
        now[0] += timedelta(hours=1)
        desk.taking._others.patience = 0.0
        desk.taking.bring_back()
        desk.taking.bring_back()
        assert [(row.owner, row.deaths) for row in desk.rows()] == [("", 1)]
        _finish(desk)


def test_a_refused_file_is_set_aside_once_with_its_own_name_wherever_it_was_read(
    machines: tuple[Machine, Machine, list[timedelta]], server: S3Server, tmp_path: Path
) -> None:
    one, other, _ = machines
    (tmp_path / "坏.pdf").write_bytes(b"no scan")
    with one.owner() as watcher, other.owner() as worker:
        lines_up = _taking_in(one, watcher)
        lines_up.take(tmp_path / "坏.pdf", "inbox", keep=False)
        _finish(Desk(other.archive, worker))
        lines_up.recover()
    (note,) = (tmp_path / "aside").glob("*.json")
    assert json.loads(note.read_text("utf-8"))["name"] == "坏.pdf"
    assert note.with_name(note.name.removesuffix(".json")).read_bytes() == b"no scan"
    assert (server.lying(), one.spooled(), other.spooled()) == ([], [], [])


def test_what_one_machine_has_read_another_one_files_without_reading_it_again(
    machines: tuple[Machine, Machine, list[timedelta]], server: S3Server, tmp_path: Path
) -> None:
    one, other, _ = machines
    path = text_scan(tmp_path, "a.pdf", RULES_OF_THE_OFFICE)
    handed: list[str] = []

    class Blind(TextPool):
        def read(self, scan: object) -> object:  # type: ignore[override]  # it must not be asked
            raise AssertionError("read again")

    with one.owner() as reader, other.owner() as filer:
        reads = Intaking(
            one.archive, cast(ReadingPool, TextPool()), reader, lambda _: None, hand_on=handed.append
        )
        reads.take(path, "inbox", keep=False)
        reads.work(0.1)
        assert sorted(key.rsplit("/", 1)[1] for key in server.lying()) == ["content", "text.json"]
        files = Intaking(other.archive, cast(ReadingPool, Blind()), filer, lambda _: None)
        assert files.take_one(handed[0])
        while files.in_hand > files.stuck:
            files.work(0.1)
    assert _states(one.archive) in (["confirmed"], ["review"])
    assert server.lying() == []


def test_a_batch_whose_machine_never_comes_back_is_parted_by_another_one(
    machines: tuple[Machine, Machine, list[timedelta]],
    server: S3Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other, now = machines
    sheets = [CONTRACT_1, CONTRACT_2, SEPARATOR, RECEIPT]
    path = text_scan(tmp_path, "batch.pdf", "\f".join(sheet.strip() for sheet in sheets))
    with one.owner() as lost, other.owner() as worker:
        desk = Desk(one.archive, lost)

        def die(*_told: object) -> list[object]:
            raise OSError(5, "this machine burns down")

        with monkeypatch.context() as patch:
            patch.setattr(splitting, "claim_parts", die)
            desk.taking.take(path, "inbox", keep=False)
            desk.finish()
        assert len(_states(one.archive)) == 1
        now[0] += timedelta(hours=1)
        rescuer = Desk(other.archive, worker)
        rescuer.taking._swept -= 3600
        _finish(rescuer)
    assert len(_states(one.archive)) == 3
    assert len(list(one.archive.dms.records())) == 3
    now[0] += timedelta(hours=1)
    rescuer.taking._swept -= 3600
    rescuer.taking.recover()
    assert server.lying() == []


def test_strays_are_swept_and_what_may_still_be_needed_is_left(
    machines: tuple[Machine, Machine, list[timedelta]], server: S3Server, tmp_path: Path
) -> None:
    one, _, now = machines
    path = text_scan(tmp_path, "a.pdf", RULES_OF_THE_OFFICE)
    sha256 = sha256_of(path)
    assert one.archive.store is not None
    with one.owner() as owner:
        desk = Desk(one.archive, owner)
        one.archive.store.put("f" * 32, sha256, path)
        desk.taking.take(path, "inbox", keep=False)
        assert len(server.lying()) == 2
        now[0] += timedelta(days=400)  # after the store's own clock
        now[0] += _since_noon()
        list(strays.sweep(one.archive, desk.taking._spool))
        assert len(server.lying()) == 1
        desk.finish()
        assert server.lying() == []


def test_another_secret_than_the_first_machines_is_refused_with_what_to_copy(server: S3Server) -> None:
    _agree(server.store(), b"one")
    _agree(server.store(), b"one")
    with pytest.raises(BadSetting, match="dossier-pepper"):
        _agree(server.store(), b"other")


@pytest.mark.process
def test_a_kill_at_any_step_loses_nothing_on_the_way_by_the_store_either(
    server: S3Server, tmp_path: Path
) -> None:
    inboxes = [tmp_path / "template", tmp_path / "0" / "inbox"]
    for inbox in inboxes:
        text_scan(inbox, "a.pdf", RULES_OF_THE_OFFICE)
        (inbox / "b.pdf").write_bytes(b"PK\x03\x04 no scan")
    sums = {path.name: sha256_of(path) for path in inboxes[0].iterdir()}
    walked = subprocess.run(
        [sys.executable, "-m", "tests.plugins.dying", str(tmp_path), STRIDE, f"STORE_ENDPOINT={server.url}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert walked.returncode == 0, walked.stderr[-3000:]
    ends = json.loads(walked.stdout)["ends"]
    assert json.loads(walked.stdout)["steps"] > 60
    assert len(ends) > 60 // int(STRIDE)
    for step, codes in ends.items():
        assert codes == ([0] if step == "0" else [-signal.SIGKILL, 0]), walked.stderr[-3000:]
        account(tmp_path / step / "home", tmp_path / step / "inbox", sums, {"b.pdf"})
    for key in server.lying():
        # What a kill has left is of a file that has come to its end, and is swept.
        archive = open_archive(_settings_of(tmp_path / key.split("/")[0]), lambda: NOON + timedelta(hours=1))
        store = S3Store(store_settings(server.url, key.split("/")[0]))
        list(strays.sweep(replace(archive, store=store), Spool(tmp_path / "none", "x")))
        archive.engine.dispose()
    assert server.lying() == []


def _settings_of(place: Path) -> settings_module.Settings:
    return settings_module.load({"DOSSIER_HOME": str(place / "home")}, place)


def _since_noon() -> timedelta:
    return datetime.now(UTC) - NOON
