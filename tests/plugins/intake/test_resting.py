from __future__ import annotations

import errno

import pytest

from plugins.intake.resting import Resting

BUSY, DENIED = OSError(errno.EBUSY, "busy"), OSError(errno.EACCES, "denied")


def test_what_never_failed_does_not_rest() -> None:
    assert not Resting().rests("/in/a.pdf", 0.0)


def test_a_file_that_failed_rests_alone_and_for_a_while() -> None:
    resting = Resting()
    pause = resting.failed("/in/a.pdf", BUSY, 100.0)
    assert pause > 0
    assert resting.rests("/in/a.pdf", 100.0)
    assert not resting.rests("/in/b.pdf", 100.0)
    assert not resting.rests("/in/a.pdf", 100.0 + pause)


def test_it_rests_twice_as_long_each_time_up_to_five_minutes() -> None:
    resting = Resting()
    pauses = [resting.failed("/in/a.pdf", BUSY, 0.0) for _ in range(10)]
    assert pauses[:3] == [2.0, 4.0, 8.0]
    assert pauses[-2:] == [300.0, 300.0]


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_where_the_folder_forbids_it_all_its_files_rest(code: int) -> None:
    resting = Resting()
    resting.failed("/in/one/a.pdf", OSError(code, "no"), 0.0)
    told = [resting.rests(path, 1.0) for path in ("/in/one/a.pdf", "/in/one/b.pdf", "/in/two/c.pdf")]
    assert told == [True, True, False]


def test_a_file_that_is_gone_does_not_rest() -> None:
    resting = Resting()
    assert resting.failed("/in/a.pdf", FileNotFoundError(errno.ENOENT, "gone"), 0.0) == 0.0
    assert not resting.rests("/in/a.pdf", 0.0)


def test_what_was_claimed_after_all_begins_anew() -> None:
    resting = Resting()
    for _ in range(5):
        resting.failed("/in/a.pdf", DENIED, 0.0)
    resting.claimed("/in/a.pdf")
    assert not resting.rests("/in/b.pdf", 0.0)
    assert resting.failed("/in/a.pdf", DENIED, 0.0) == 2.0


def test_the_memory_of_it_has_an_end() -> None:
    resting = Resting()
    for number in range(3_000):
        resting.failed(f"/in/{number}.pdf", BUSY, 0.0)
    assert sum(resting.rests(f"/in/{number}.pdf", 0.0) for number in range(3_000)) == 1_000
