from __future__ import annotations

import re

import pytest

from classifiers.facts.columns import below
from classifiers.glyphs import even_text

HEAD = re.compile("姓名")
TABLES = [
    ("序号　姓名　房号\n1　王强　802\n2　李丽　703", ["王强", "李丽"]),
    ("序号  姓 名  房号\n1  王 强  802", ["王强"]),
    ("序号 | 姓名 | 房号\n1 | 王强 | 802", ["王强"]),
    ("姓名　房号\n王强　802　多一格\n李丽　703", ["李丽"]),
    ("姓名　房号\n王强　802\n合计\n李丽　703", ["王强"]),
    ("姓名\n王强　802", []),
]


@pytest.mark.parametrize(("text", "cells"), TABLES)
def test_the_cells_under_a_header_are_found_in_rows_as_wide_as_it(text: str, cells: list[str]) -> None:
    evened = even_text(text)
    assert [evened.text[start:end] for _, start, end in below(evened, HEAD)] == cells
