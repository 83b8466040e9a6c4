from __future__ import annotations

import time
from datetime import datetime, timedelta

import sqlalchemy as sa

from plugins.lookout.presence import Presence, Present, Sight, present
from tests.plugins.conftest import NOON
from tests.plugins.running import wait


def _seen(engine: sa.Engine, now: datetime = NOON) -> list[Present]:
    with engine.begin() as connection:
        return present(connection, now)


def test_who_is_at_work_is_seen_until_he_ends(engine: sa.Engine) -> None:
    sight = [Sight(2, 5, 30.0)]
    with (
        Presence(engine, lambda: NOON, "me", "watch", 0.06, lambda: sight[0]),
        Presence(engine, lambda: NOON, "you", "worker", 60.0, lambda: Sight(4)),
    ):
        wait(lambda: len(_seen(engine)) == 2)
        assert {(one.role, one.alive, one.sight) for one in _seen(engine)} == {
            ("watch", True, Sight(2, 5, 30.0)),
            ("worker", True, Sight(4)),
        }
        sight[0] = Sight(1, 6, 31.0)
        wait(lambda: Sight(1, 6, 31.0) in [one.sight for one in _seen(engine)])
        assert Sight(1, 6, 31.0) in [one.sight for one in _seen(engine)]
    assert _seen(engine) == []


def test_who_is_silent_for_longer_than_he_said_counts_as_dead(engine: sa.Engine) -> None:
    dead = Presence(engine, lambda: NOON, "dead", "watch", 60.0, lambda: Sight(1))
    dead._say()
    assert [one.alive for one in _seen(engine, NOON + timedelta(seconds=59))] == [True]
    assert [one.alive for one in _seen(engine, NOON + timedelta(seconds=61))] == [False]


def test_the_dead_are_forgotten_after_a_day(engine: sa.Engine) -> None:
    Presence(engine, lambda: NOON, "dead", "watch", 60.0, lambda: Sight(1))._say()
    Presence(engine, lambda: NOON + timedelta(days=2), "new", "watch", 60.0, lambda: Sight(1))._say()
    assert len(_seen(engine)) == 1


def test_a_database_that_is_away_ends_nobody(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE presence"))
    with Presence(engine, lambda: NOON, "me", "watch", 0.03, lambda: Sight(1)) as told:
        time.sleep(0.1)
        assert told._thread.is_alive()
