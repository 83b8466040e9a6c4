from __future__ import annotations

from datetime import date

from retention.reports.report import Column, Reason, Table, Words
from retention.reports.writers.printed import printed, shown

COLUMNS = (
    Column("category", Words("类别"), band=1),
    Column("dossier", Words("客户档案"), band=2),
    Column("id", Words("档号")),
    Column("before", Words("2024"), "whole", over=Words("收集")),
    Column("this", Words("2025"), "whole", over=Words("收集")),
)
ROWS = (
    ("销售", "甲", "1", 1, 2),
    ("销售", "甲", "2", 1, 2),
    ("销售", "乙", "3", 1, 2),
    ("签约", "乙", "4", 1, 2),
)


def test_rows_stand_under_the_headings_that_they_share_with_how_many_they_are() -> None:
    it = printed(Table("t", COLUMNS, ROWS))
    assert [(block.heading[0].zh, block.count) for block in it.blocks] == [("销售", 3), ("签约", 1)]
    headings = [(line.heading.zh, line.count) for block in it.blocks for line in block.lines if line.heading]
    assert headings == [("甲", 2), ("乙", 1), ("乙", 1)]
    assert [column.key for column in it.columns] == ["id", "before", "this"]


def test_a_list_that_is_cut_does_not_say_how_many_a_heading_has() -> None:
    it = printed(Table("t", COLUMNS, ROWS, most=2))
    assert (it.cut, it.printed, it.all_of) == (True, 2, 4)
    assert [block.count for block in it.blocks] == [0]


def test_neighbours_share_a_heading_and_others_have_their_own() -> None:
    overs = printed(Table("t", COLUMNS, ROWS)).overs
    assert [(one.words.zh if one.words else "", one.span) for one in overs] == [("", 1), ("收集", 2)]
    assert printed(Table("t", COLUMNS[:3], ())).overs == ()


def test_every_sort_of_cell_has_its_words() -> None:
    told = [shown(cell).zh for cell in ("甲", 7, date(2026, 11, 1), Words("乙", "b"), Reason("丙"), None)]
    assert told == ["甲", "7", "2026-11-01", "乙", "丙", ""]
