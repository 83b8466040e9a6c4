"""Page numbers at the head or foot of a page, in the ways in which they are printed."""

from __future__ import annotations

import pytest

from classifiers.parts.page_number import page_number


@pytest.mark.parametrize(
    ("line", "number", "total"),
    [
        ("第1页共3页", 1, 3),
        ("第2页,共10页", 2, 10),
        ("第2页/共10页", 2, 10),
        ("共3页第2页", 2, 3),
        ("(第3页共4页)", 3, 4),
        ("2/5", 2, 5),
        ("页码:2/5", 2, 5),
        ("Page2of5", 2, 5),
        ("第7页", 7, 0),
        ("-3-", 3, 0),
        ("—3—", 3, 0),
    ],
)
def test_a_printed_number_is_read(line: str, number: int, total: int) -> None:
    found = page_number(("题名", "正文", "正文", "正文", line))
    assert found is not None
    assert (found.number, found.total, found.quote) == (number, total, line)


@pytest.mark.parametrize("line", ["2019/6", "5/2", "12", "1201", "第三条", "本合同共5页", "2023/05/06"])
def test_what_only_looks_like_one_is_none(line: str) -> None:
    assert page_number(("题名", line)) is None


def test_a_number_in_the_middle_of_a_page_is_none() -> None:
    assert page_number(("一", "二", "三", "第1页共3页", "四", "五", "六")) is None


def test_the_next_page_of_the_same_count_runs_on() -> None:
    first, second, alien = (page_number((line,)) for line in ("第1页共3页", "第2页共3页", "第2页共4页"))
    assert first is not None
    assert second is not None
    assert alien is not None
    assert second.runs_on_from(first)
    assert not alien.runs_on_from(first)
