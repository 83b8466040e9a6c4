"""Clauses that are counted through a document."""

from __future__ import annotations

import pytest

from classifiers.parts.clauses import begins, clauses, continues


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("第八条 交付",), ("第九条 保修",), True),
        (("第十九条",), ("第二十条",), True),
        (("二、价款",), ("三、交付",), True),
        (("第八条 交付",), ("第一条 标的",), False),
        (("三、交付",), ("一、标的",), False),
        (("4、其他",), ("5、附则",), True),
        (("4、其他", "一、总则"), ("一、总则", "5、附则"), False),
        ((), ("第二条",), False),
    ],
)
def test_a_count_goes_on_or_does_not(
    before: tuple[str, ...], after: tuple[str, ...], *, expected: bool
) -> None:
    assert continues(clauses(before), clauses(after)) is expected


def test_the_first_clause_begins_a_count() -> None:
    assert begins(clauses(("第一条 标的",)))
    assert not begins(clauses(("第二条 价款",)))
    assert not begins(clauses(("没有条款",)))


def test_a_day_is_no_clause() -> None:
    assert clauses(("12.5平方米", "2019年6月18日")) == {}
