from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa

from plugins.database import connect
from plugins.sweeping import asked
from plugins.sweeping.asked import LEASE, MOST_ROUNDS, End

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    opened = connect(f"sqlite:///{tmp_path / 'd.sqlite3'}")
    yield opened
    opened.dispose()


def ask(engine: sa.Engine, *ids: str, by: asked.By = "sweep", mode: str = "only-empty") -> int:
    with engine.begin() as connection:
        return asked.ask(connection, ids, by, NOON, mode)


def take(engine: sa.Engine, owner: str = "one", at: datetime = NOON) -> asked.Asked | None:
    with engine.begin() as connection:
        return asked.take(connection, owner, at)


def end(engine: sa.Engine, dms_id: str, how: End, owner: str = "one") -> None:
    with engine.begin() as connection:
        asked.end(connection, dms_id, owner, NOON, how)


def test_what_is_asked_for_twice_stands_in_the_queue_once(engine: sa.Engine) -> None:
    assert [ask(engine, "1", "2"), ask(engine, "1", by="webhook")] == [2, 0]


def test_several_sweeps_take_each_document_once(engine: sa.Engine) -> None:
    ask(engine, *(str(number) for number in range(30)))
    taken: list[str] = []

    def work(owner: str) -> None:
        while (one := take(engine, owner)) is not None:
            taken.append(one.dms_id)

    threads = [Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(str(number) for number in range(30))


def test_what_somebody_has_left_may_be_taken_when_its_lease_has_run_out(engine: sa.Engine) -> None:
    ask(engine, "1")
    take(engine, "dead")
    assert take(engine, "alive") is None
    again = take(engine, "alive", NOON + LEASE)
    assert again is not None
    assert again.tries == 2
    end(engine, "1", End("done"), owner="dead")
    with engine.begin() as connection:
        assert asked.state_of(connection, "1") == ("taken", "")


def test_a_sweep_passes_over_what_is_done_in_its_mode_and_takes_it_up_in_another(engine: sa.Engine) -> None:
    ask(engine, "1", mode="suggest")
    take(engine)
    end(engine, "1", End("done", "suggest"))
    assert [ask(engine, "1", mode="suggest"), ask(engine, "1", mode="only-empty")] == [0, 1]


def test_what_failed_is_taken_up_again_by_a_persons_tag_alone(engine: sa.Engine) -> None:
    ask(engine, "1")
    take(engine)
    end(engine, "1", End("failed", "only-empty", "why"))
    assert [ask(engine, "1"), ask(engine, "1", by="webhook"), ask(engine, "1", by="tag")] == [0, 0, 1]


def test_what_is_asked_for_while_it_is_taken_waits_again_afterwards(engine: sa.Engine) -> None:
    ask(engine, "1")
    take(engine)
    ask(engine, "1", by="webhook")
    end(engine, "1", End("done"))
    assert take(engine) is not None
    end(engine, "1", End("done"))
    assert take(engine) is None


def test_what_failed_for_now_waits_for_a_while(engine: sa.Engine) -> None:
    ask(engine, "1")
    take(engine)
    end(engine, "1", End("waiting", pause=timedelta(minutes=1)))
    assert take(engine) is None
    assert take(engine, at=NOON + timedelta(minutes=1)) is not None


def test_a_loop_is_not_taken_up_on_the_same_day_and_may_be_on_the_next(engine: sa.Engine) -> None:
    ask(engine, "1", by="tag")
    take(engine)
    with engine.begin() as connection:
        asked.count_round(connection, "1", MOST_ROUNDS, NOON)
    end(engine, "1", End("failed", reason="a loop"))
    assert ask(engine, "1", by="tag") == 0
    with engine.begin() as connection:
        assert asked.ask(connection, ["1"], "tag", NOON + timedelta(days=1)) == 1
