from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from plugins.lookout.alarm import Alarm, Findings
from plugins.lookout.check import Check
from plugins.lookout.message import Message
from plugins.lookout.telling import Untold
from plugins.settings import Settings
from tests.plugins.conftest import NOON

DMS = Check("dms", False, "文档系统不可达。", "看日志。")
WELL = Check("dms", True, "文档系统可达。")


class Office:
    """Watchers on one database, with a clock and findings that a test sets; what is sent is kept."""

    def __init__(self, settings: Settings, engine: sa.Engine) -> None:
        self.settings, self.engine = settings.model_copy(update={"organisation": "江州置业"}), engine
        self.minutes = 0.0
        self.found = Findings([DMS])
        self.sent: list[Message] = []
        self.deaf = False

    def watcher(self) -> Alarm:
        return Alarm(
            self.settings,
            self.engine,
            lambda: NOON + timedelta(minutes=self.minutes),
            lambda: self.found,
            self._send,
        )

    def _send(self, settings: Settings, message: Message) -> None:
        if self.deaf:
            raise Untold("webhook: ConnectionError")
        self.sent.append(message)

    @property
    def words(self) -> list[tuple[str, str]]:
        return [(one.trouble, one.word) for one in self.sent]


@pytest.fixture
def office(settings: Settings, engine: sa.Engine) -> Office:
    return Office(settings, engine)


def test_a_dms_that_stays_away_is_told_once_again_later_and_when_it_is_back(office: Office) -> None:
    watcher = office.watcher()
    for office.minutes in (0, 5, 9.9):
        watcher.look()
    assert office.words == []
    for office.minutes in (10, 11, 100, 249):
        watcher.look()
    assert office.words == [("dms", "began")]
    office.minutes = 250
    watcher.look()
    office.found, office.minutes = Findings([WELL]), 260
    watcher.look()
    watcher.look()
    assert office.words == [("dms", "began"), ("dms", "goes-on"), ("dms", "over")]
    assert [one.since for one in office.sent] == [NOON] * 3


def test_a_short_absence_is_nobodys_business(office: Office) -> None:
    watcher = office.watcher()
    for office.minutes, check in ((0, DMS), (5, WELL), (8, DMS), (15, DMS), (17, WELL)):
        office.found = Findings([check])
        watcher.look()
    assert office.sent == []


def test_of_several_watchers_one_tells(office: Office) -> None:
    office.found = Findings([Check("waiting", False, "…")])
    watchers = [office.watcher() for _ in range(4)]
    ready = threading.Barrier(len(watchers))

    def looks(watcher: Alarm) -> None:
        ready.wait()
        watcher.look()

    threads = [threading.Thread(target=looks, args=(watcher,)) for watcher in watchers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert office.words == [("waiting", "began")]


def test_a_watcher_that_was_started_anew_does_not_tell_again(office: Office) -> None:
    office.found = Findings([Check("waiting", False, "…")])
    office.watcher().look()
    office.watcher().look()
    assert len(office.sent) == 1


def test_who_could_not_be_told_is_told_later(office: Office) -> None:
    office.found, office.deaf = Findings([Check("waiting", False, "…")]), True
    watcher = office.watcher()
    watcher.look()
    office.deaf = False
    watcher.look()
    assert office.sent == []
    office.minutes = 2.1
    watcher.look()
    assert office.words == [("waiting", "began")]


def test_the_end_too_is_told_later_where_nobody_listened(office: Office) -> None:
    watcher = office.watcher()
    office.found = Findings([Check("waiting", False, "…")])
    watcher.look()
    office.found, office.deaf = Findings([Check("waiting", True, "")]), True
    watcher.look()
    office.deaf, office.minutes = False, 3
    watcher.look()
    assert office.words == [("waiting", "began"), ("waiting", "over")]


def test_files_set_aside_are_told_again_only_when_more_have_come(office: Office) -> None:
    watcher, aside = office.watcher(), Check("set-aside", False, "…", optional=True)
    for office.minutes, number in ((0, 2), (300, 2), (301, 3), (302, 4)):
        office.found = Findings([aside], number)
        watcher.look()
    assert office.words == [("set-aside", "began"), ("set-aside", "goes-on")]


def test_nothing_is_told_while_our_database_is_away(office: Office) -> None:
    office.found = Findings([Check("database", False, "…"), Check("waiting", False, "…")])
    office.watcher().look()
    assert office.sent == []


def test_an_alarm_that_breaks_ends_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Event()

    def breaks() -> Findings:
        if office.minutes:
            looked.set()
        office.minutes += 1
        raise ValueError("broken")

    monkeypatch.setattr("plugins.lookout.alarm.EVERY", 0.01)
    settings = office.settings.model_copy(update={"alarm_url": "http://127.0.0.1:9/"})
    with Alarm(settings, office.engine, lambda: NOON, breaks):
        assert looked.wait(180)
