from __future__ import annotations

import threading
from datetime import date

from plugins.sweeping import run
from plugins.sweeping.outcome import Swept
from plugins.sweeping.pace import Pace
from plugins.sweeping.run import Scope
from plugins.wiring import Archive
from tests.plugins.conftest import SUBSCRIPTION
from tests.plugins.paperless.lying import FakeInUse
from tests.plugins.sweeping.conftest import sweep_of

AT_ONCE = Pace(0, lambda: 0.0, lambda _: None)


def test_a_stopped_sweep_leaves_the_rest_to_the_next(archive: Archive, fake: FakeInUse) -> None:
    numbers = [fake.lay(f"{SUBSCRIPTION}\n{at}") for at in range(3)]
    stop = threading.Event()
    first = []
    for one in run.once(sweep_of(archive), Scope(), AT_ONCE, stop):
        first.append(one.dms_id)
        stop.set()
    rest = [
        one.dms_id for one in run.once(sweep_of(archive, owner="two"), Scope(), AT_ONCE, threading.Event())
    ]
    assert [*first, *rest] == [str(number) for number in numbers]


def test_two_sweeps_at_once_label_each_document_once(archive: Archive, fake: FakeInUse) -> None:
    numbers = [fake.lay(f"{SUBSCRIPTION}\n{at}") for at in range(6)]
    done: list[str] = []

    def work(owner: str) -> None:
        done.extend(
            one.dms_id
            for one in run.once(sweep_of(archive, owner=owner), Scope(), AT_ONCE, threading.Event())
        )

    threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == sorted(str(number) for number in numbers)


def test_watching_takes_what_comes_in_and_survives_a_server_that_is_away(
    archive: Archive, fake: FakeInUse
) -> None:
    stop, done = threading.Event(), []
    late: list[int] = []

    def told(one: object) -> None:
        assert isinstance(one, Swept)
        done.append(one.dms_id)
        if len(done) == 1:
            late.append(fake.lay(SUBSCRIPTION + "\n后来的"))
        else:
            stop.set()

    first = fake.lay(SUBSCRIPTION)
    fake.down_after = 0
    threading.Timer(0.2, lambda: setattr(fake, "down_after", None)).start()
    run.watch(sweep_of(archive), Scope(), AT_ONCE, stop, 0.01, told)
    assert done == [str(number) for number in (first, *late)]


def test_with_a_day_only_what_was_added_since_is_asked_for(archive: Archive, fake: FakeInUse) -> None:
    fake.lay(SUBSCRIPTION)
    sweep = sweep_of(archive)
    asked: list[date | None] = []
    object.__setattr__(sweep, "existing", _Spy(asked))
    run.ask_for_all(sweep, date(2026, 3, 1))
    assert asked == [date(2026, 3, 1)]


class _Spy:
    """Stands in for the documents, and remembers the day that was asked for."""

    def __init__(self, asked: list[date | None]) -> None:
        self._asked = asked

    def names(self, *, anew: bool) -> None:
        assert anew

    def bearing(self, _: str) -> list[int]:
        return []

    def foreign(self, since: date | None) -> list[int]:
        self._asked.append(since)
        return []
