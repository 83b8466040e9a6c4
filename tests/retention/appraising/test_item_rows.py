"""An item of a record that is due is complete, and stands in the columns of its row as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from retention.appraising import appraisals
from retention.appraising.appraisal import Item
from retention.appraising.item_rows import COLUMNS, codes_of, id_of, is_blocked, is_blocked_by, row_of
from retention.blocking.block import Block
from retention.reviewed import DueItem
from retention.reviewing.judging import Under, judge
from retention.reviewing.span import Span
from tests.retention.a_record import TODAY, a_record
from tests.retention.reviewing.made import SCHEDULE

HELD = Block("on-hold", "暂缓：冻结", "blocked: on hold")


def an_item(*blocks: Block) -> Item:
    under = Under(SCHEDULE, SCHEDULE.rules["sales-10y"], None, SCHEDULE.sha256)
    due = judge(a_record("7"), under, (), Span(TODAY, TODAY, TODAY))
    assert isinstance(due, DueItem)
    return appraisals.item_of(replace(due, blocks=blocks), SCHEDULE.sha256, str)


def test_an_item_has_every_field_and_nobody_has_decided_it() -> None:
    made = an_item(HELD)
    assert made == Item(**vars(made))
    assert (tuple(vars(made)), made.decision, made.kept_until, made.reason) == (COLUMNS, None, None, "")


def test_a_row_says_in_the_order_of_columns_what_the_item_says() -> None:
    until = date(2031, 2, 3)
    row = dict(zip(COLUMNS, row_of(replace(an_item(HELD), kept_until=until)), strict=True))
    assert (row["dms_id"], row["retain_until"], row["kept_until"]) == (
        "7",
        an_item().retain_until.isoformat(),
        "2031-02-03",
    )
    assert (id_of(row_of(an_item())), row["decision"]) == ("7", "")


def test_a_row_tells_what_stood_in_its_way() -> None:
    assert codes_of(row_of(an_item(HELD))) == {"on-hold"}
    assert not codes_of(row_of(an_item()))
    told = row_of(an_item(Block("on-hold", "", '"open-debt"')))
    assert (is_blocked_by(told, "on-hold"), is_blocked_by(told, "open-debt")) == (True, False)
    assert (is_blocked(row_of(an_item(HELD))), is_blocked(row_of(an_item()))) == (True, False)


def test_a_row_has_the_value_of_every_column_in_its_place() -> None:
    item = replace(
        an_item(HELD), decision="extend", kept_until=date(2031, 2, 3), decided_by="王芳", reason="有用"
    )
    row = dict(zip(COLUMNS, row_of(item), strict=True))
    days = {name: getattr(item, name).isoformat() for name in ("cutoff_on", "retain_until", "kept_until")}
    assert row == {**vars(item), **days, "blocks": row["blocks"]}
