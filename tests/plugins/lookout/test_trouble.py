from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from plugins.lookout.check import Check
from plugins.lookout.trouble import Kept, Patience, Word, decide
from tests.plugins.conftest import NOON

PATIENCE = Patience(away=timedelta(minutes=10), again=timedelta(hours=4))


def _ago(minutes: float) -> datetime:
    return NOON - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("name", "ok", "kept", "number", "word"),
    [
        ("dms", True, None, 0, None),
        ("dms", False, None, 0, None),
        ("dms", False, Kept(_ago(9), None, 0), 0, None),
        ("dms", False, Kept(_ago(10), None, 0), 0, "began"),
        ("dms", False, Kept(_ago(99), _ago(60), 0), 0, None),
        ("dms", False, Kept(_ago(999), _ago(240), 0), 0, "goes-on"),
        ("dms", True, Kept(_ago(9), None, 0), 0, None),
        ("dms", True, Kept(_ago(99), _ago(60), 0), 0, "over"),
        ("waiting", False, None, 0, "began"),
        ("set-aside", False, None, 3, "began"),
        ("set-aside", False, Kept(_ago(999), _ago(600), 3), 3, None),
        ("set-aside", False, Kept(_ago(999), _ago(600), 3), 5, "goes-on"),
        ("set-aside", False, Kept(_ago(999), _ago(60), 3), 5, None),
        ("set-aside", True, Kept(_ago(999), _ago(600), 3), 0, "over"),
        # The clock was set back by a day after it was told, or seen.
        ("dms", False, Kept(_ago(-1440), _ago(-1440), 0), 0, "goes-on"),
        ("dms", False, Kept(_ago(-1440), None, 0), 0, "began"),
    ],
)
def test_a_trouble_is_told_once_and_again_after_a_time_and_when_it_is_over(
    name: str, ok: bool, kept: Kept | None, number: int, word: Word | None
) -> None:
    assert decide(Check(name, ok, ""), kept, number, NOON, PATIENCE) == word
