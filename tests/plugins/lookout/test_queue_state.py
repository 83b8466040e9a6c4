from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from plugins.lookout.presence import Presence, Sight
from plugins.lookout.queue_state import code_of, look, look_safely
from tests.plugins.conftest import NOON
from tests.plugins.lookout.conftest import SECRETS, come, go


def test_one_look_tells_all_of_the_table(engine: sa.Engine) -> None:
    filed, refused, waits, reads = (come(engine, n, minutes=90 - n, owner="me" * (n == 3)) for n in range(4))
    go(engine, filed, "confirmed")
    go(engine, refused, "quarantined", reason=f"duplicate: 与“{SECRETS[0]}”相同")
    go(engine, waits, "retry", NOON)
    Presence(engine, lambda: NOON, "w", "line-up", 60.0, lambda: Sight(1, 7, 6000.0))._say()
    Presence(engine, lambda: NOON, "c", "worker", 60.0, lambda: Sight(4))._say()
    found = look(engine, NOON)
    assert {state: number for state, number in found.files.items() if number} == {
        "confirmed": 1,
        "quarantined": 1,
        "retry": 1,
        "claimed": 1,
    }
    assert found.set_aside == {"duplicate": 1}
    assert (found.waiting, found.leased) == (1, 1)
    # By when it came, not by when it was last tried.
    assert found.oldest == 88 * 60
    assert (found.in_folders, found.longest) == (7, 6000.0)
    assert [one.role for one in found.workers] == ["worker"]
    assert reads


def test_an_empty_table_has_no_oldest_file(engine: sa.Engine) -> None:
    assert look(engine, NOON).longest == 0.0


def test_who_looks_keeps_no_writer_waiting_and_waits_for_none(engine: sa.Engine) -> None:
    done = threading.Event()

    def looks() -> None:
        look(engine, NOON)
        done.set()

    with engine.begin() as writer:
        writer.execute(sa.text("DELETE FROM presence"))
        thread = threading.Thread(target=looks)
        thread.start()
        assert done.wait(180)
        thread.join()


def test_a_database_without_its_tables_gives_no_look(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE presence"))
    assert look_safely(engine, NOON + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("damaged: 文件已损坏", "damaged"),
        ("set aside: 00000000-张三.pdf.json", "lost"),
        ("张三: 110101199003074514", "lost"),
        ("Zhang San: hurt", "lost"),
        ("", "lost"),
    ],
)
def test_a_code_is_a_code_or_nothing(reason: str, code: str) -> None:
    assert code_of(reason) == code
