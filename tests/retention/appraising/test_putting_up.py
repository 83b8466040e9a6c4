"""A batch as it lies in our database: written down in pieces, it is the same as at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa

from retention import register
from retention.appraising import appraisals, item_rows, putting_up
from retention.appraising.appraisal import Item, decisions_digest
from retention.blocking.block import Block
from tests.retention.our_database import NOW

KEPT = Block("kept-by-appraisal", "暂缓", "blocked")
HELD = Block("on-hold", "暂缓：冻结", "blocked: on hold")
# In the order of a dictionary these would come otherwise than by code point.
IDS = ("9", "10", "a", "B", "é", "11")


def an_item(dms_id: str, *blocks: Block) -> Item:
    day = date(2022, 12, 31)
    texts = ("认购书", "sales", "认购书", "锦绣花园/1", "内部")
    rule = ("sales-10y", "认筹", "令10", "f" * 64, "P10Y", "destroy", "document_date")
    return Item(dms_id, "a" * 64, *texts, 1, *rule, date(2012, 5, 6), day, "因为", "because", blocks)


@pytest.fixture
def connection(each_database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Connection]:
    monkeypatch.setattr(putting_up, "_AT_ONCE", 2)
    with each_database.connect() as opened, opened.begin() as transaction:
        yield opened
        transaction.rollback()


def write_down(connection: sa.Connection, *items: Item) -> putting_up.Proposed | None:
    day = date(2026, 11, 21)
    rows = map(item_rows.row_of, items)
    return putting_up.write_down(connection, rows, schedule="f" * 64, as_of=day, who="李静", at=NOW)


def test_a_batch_written_in_pieces_has_every_item_and_the_digest_of_all(connection: sa.Connection) -> None:
    items = [an_item(one, *([HELD] if one == "9" else [])) for one in IDS]
    found = write_down(connection, *items)
    assert found is not None
    batch = appraisals.get(connection, found.id)
    assert batch is not None
    assert (found.items, found.blocked) == (len(IDS), 1)
    assert sorted(batch.items, key=lambda one: one.dms_id) == sorted(items, key=lambda one: one.dms_id)
    (entry,) = register.entries(connection)
    assert f'"digest":"{decisions_digest(items)}"' in entry.payload
    assert putting_up.digest_of(connection, found.id) == decisions_digest(batch.items)


def test_what_another_batch_has_or_an_appraisal_keeps_is_left_out(connection: sa.Connection) -> None:
    write_down(connection, an_item("1"), an_item("2"))
    found = write_down(connection, an_item("1"), an_item("2"), an_item("3", KEPT), an_item("4"))
    assert found is not None
    batch = appraisals.get(connection, found.id)
    assert batch is not None
    assert [one.dms_id for one in batch.items] == ["4"]
    assert write_down(connection, an_item("1"), an_item("3", KEPT)) is None


def test_it_is_decided_and_approved_on_either_database(connection: sa.Connection) -> None:
    found = write_down(connection, an_item("1"), an_item("2"))
    assert found is not None
    told = {"who": "李静", "at": NOW}
    appraisals.decide(connection, found.id, ["1"], "destroy", until=None, reason="期满", **told)  # type: ignore[arg-type]  # words of a test
    until = date(2030, 1, 1)
    appraisals.decide(connection, found.id, ["2"], "extend", until=until, reason="有用", **told)  # type: ignore[arg-type]  # words of a test
    for side, who in (("archive", "王芳"), ("department", "周伟")):
        said = {"who": who, "department": "销售部", "words": "", "at": NOW}
        appraisals.opine(connection, found.id, side, "agree", **said)  # type: ignore[arg-type]  # words of a test
    batch = appraisals.approve(connection, found.id, who="赵敏", at=NOW, note="")
    assert [(one.decision, one.kept_until) for one in batch.items] == [("destroy", None), ("extend", until)]
    assert register.verify(connection) == 6
