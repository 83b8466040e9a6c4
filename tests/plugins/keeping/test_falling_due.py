"""What falls due in an archive of any size is what each record is judged alone, the longest due first."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.keeping import falling_due as module
from plugins.keeping.falling_due import falling_due
from plugins.keeping.put_by import put_by
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive
from retention.appraising import appraisals, appraised
from retention.appraising.appraisal import Item
from retention.appraising.item_rows import row_of
from retention.blocking.block import Block
from retention.periods import events
from retention.reviewed import DueItem
from retention.reviewing import looking, sifting
from retention.reviewing.judging import Under, judge
from retention.reviewing.source import AtHand
from retention.reviewing.span import Span
from retention.schedule.kept_rules import noted, rule_of
from tests.plugins.ready_made import copied
from tests.retention.a_record import TODAY, a_record
from tests.retention.our_database import our_database
from tests.retention.reviewing import oracle
from tests.retention.reviewing.made import SCHEDULE, fill, known_versions


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive under the schedule that the made-up records know."""
    opened = copied(tmp_path / "office")
    opened.engine.dispose()
    return replace(opened, rules=replace(opened.rules, schedule=SCHEDULE))


@pytest.mark.parametrize("seed", range(12))
def test_the_items_are_those_of_each_record_alone(
    archive: Archive, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, name in ((sifting, "_AT_ONCE"), (looking, "AT_ONCE"), (module, "_AT_ONCE")):
        monkeypatch.setattr(place, name, 3)
    engine = our_database()
    wanted: list[Item] = []
    with engine.begin() as connection:
        records = fill(connection, random.Random(seed))
        taken = appraised.taken(connection, [one.dms_id for one in records])
        for record in records:
            if record.dms_id in taken:
                continue
            own = noted(connection, [record.dms_id]).get(record.dms_id)
            under = Under(*rule_of(own, record, known_versions().__getitem__, SCHEDULE), own, SCHEDULE.sha256)
            told = [one.event for one in events.listed(connection, withdrawn=False)]
            due = judge(record, under, told, Span(TODAY, TODAY, TODAY))
            blocks = oracle.in_the_way(connection, record, TODAY)
            kept = any(block.code == "kept-by-appraisal" for block in blocks)
            if isinstance(due, DueItem) and due.state == "overdue" and not kept:
                item = appraisals.item_of(replace(due, blocks=blocks), SCHEDULE.sha256, mask_id_numbers)
                wanted.append(item)
    found = [
        item
        for some in falling_due(replace(archive, engine=engine, dms=AtHand(records)), TODAY)  # type: ignore[arg-type]  # a source is all that is asked for
        for item in some
    ]
    assert sorted(found, key=lambda one: one.dms_id) == sorted(wanted, key=lambda one: one.dms_id)
    ends = [one.retain_until for one in found]
    assert ends == sorted(ends)


def test_items_that_were_put_by_come_back_as_they_were(tmp_path: Path) -> None:
    under = Under(SCHEDULE, SCHEDULE.rules["sales-10y"], None, SCHEDULE.sha256)
    due = [judge(a_record(str(number)), under, (), Span(TODAY, TODAY, TODAY)) for number in range(3)]
    block = Block("on-hold", "暂缓：冻结", "blocked: on hold")
    items = tuple(
        appraisals.item_of(replace(one, blocks=(block,)), SCHEDULE.sha256, str)
        for one in due
        if isinstance(one, DueItem)
    )
    with put_by(tmp_path) as some:
        some.put(items[:1])
        some.put(items[1:])
        rows = tuple(map(row_of, items))
        assert (some.count, tuple(some.rows()), tuple(some.rows())) == (3, rows, rows)
    assert list(tmp_path.iterdir()) == []
