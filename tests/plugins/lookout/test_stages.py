from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from consumers.intake import Event, stamp
from plugins.lookout.stages import BOUNDS, Stage, add, stages_of, sums
from tests.plugins.conftest import NOON


def _events(*told: tuple[str, float]) -> list[Event]:
    return [Event(stamp(NOON + timedelta(seconds=seconds)), "", "", state, "") for state, seconds in told]


@pytest.mark.parametrize(
    ("events", "reading", "spent"),
    [
        ([("claimed", 0), ("read", 9), ("labelled", 10), ("sent", 10), ("confirmed", 14)], 6.0, (3, 6, 1, 4)),
        # The DMS was away: what its last try took is filing, all before is waiting.
        (
            [
                ("claimed", 0),
                ("read", 4),
                ("labelled", 5),
                ("sent", 5),
                ("retry", 8),
                ("read", 68),
                ("labelled", 69),
                ("sent", 69),
                ("review", 71),
            ],
            4.0,
            (64, 4, 1, 2),
        ),
        # Two processes read side by side: more seconds of work than have passed.
        ([("claimed", 0), ("read", 5), ("labelled", 6), ("sent", 6), ("confirmed", 7)], 10.0, (0, 10, 1, 1)),
        # The clock was set back by an hour in between.
        ([("claimed", 3600), ("read", 5), ("labelled", 6), ("sent", 6), ("confirmed", 7)], 2.0, (0, 2, 1, 1)),
    ],
)
def test_the_time_of_a_file_is_divided_among_its_stages(
    events: list[tuple[str, float]], reading: float, spent: tuple[float, ...]
) -> None:
    found = {one.stage: one.seconds for one in stages_of(_events(*events), 3, reading)}
    assert tuple(found[stage] for stage in ("wait", "read", "label", "file")) == pytest.approx(spent)


def test_sums_of_several_workers_come_together(engine: sa.Engine) -> None:
    spent = [Stage("file", 1, 0, 0.5), Stage("read", 1, 3, 700.0)]
    for owner in ("aa01", "aa02", "bb01"):
        with engine.begin() as connection:
            add(connection, owner, spent)
    with engine.begin() as connection:
        assert sums(connection) == [
            Stage("wait", 0, 0, 0.0, _none),
            Stage("read", 3, 9, 2100.0, _none),
            Stage("label", 0, 0, 0.0, _none),
            Stage("file", 3, 0, 1.5, (0, 0, 3, 3, 3, 3, 3, 3, 3)),
        ]


_none = (0,) * len(BOUNDS)


def test_each_file_counts_for_the_first_bound_that_it_kept_and_for_all_above(engine: sa.Engine) -> None:
    for seconds in (0.0, 0.1, 0.11, 600.0, 600.1):
        with engine.begin() as connection:
            add(connection, "aa", [Stage("file", 1, 0, seconds)])
    with engine.begin() as connection:
        found = {one.stage: one for one in sums(connection)}["file"]
    assert dict(zip(BOUNDS, found.within, strict=True)) == {
        0.1: 2,
        0.3: 3,
        1.0: 3,
        3.0: 3,
        10.0: 3,
        30.0: 3,
        60.0: 3,
        180.0: 3,
        600.0: 4,
    }
    assert found.files == 5
