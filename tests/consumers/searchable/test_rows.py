from __future__ import annotations

import pytest

from consumers.searchable.alphabet import GAP
from consumers.searchable.row import Row
from consumers.searchable.rows import rows_of
from consumers.transcript import Box, Line, Word
from tests.consumers.searchable.made import line, of_words, page


def _rows(*lines: Line) -> tuple[Row, ...]:
    return rows_of([page(*lines)], 1000, 1000)


def _texts(*lines: Line) -> list[list[str]]:
    return [[run.text for run in row.runs] for row in _rows(*lines)]


def test_a_line_without_words_fills_its_box_but_for_a_little_room_above_and_below() -> None:
    (row,) = _rows(line("甲方乙方", 0.1))
    assert (row.top, row.size) == pytest.approx((101.5, 17))
    assert (row.runs[0].left, row.runs[0].width) == pytest.approx((100, 800))


def test_between_words_that_no_blank_parts_there_is_no_gap() -> None:
    (row,) = _rows(of_words("甲方A1", ("甲方", 0.1, 0.1, 0.2), ("A1", 0.25, 0.1, 0.3)))
    first, second = row.runs
    assert first.left + first.width == pytest.approx(second.left)


def test_a_blank_fills_the_space_between_two_words() -> None:
    (row,) = _rows(of_words("姓名\u3000王建国", ("姓名", 0.1, 0.1, 0.2), ("王建国", 0.5, 0.1, 0.7)))
    assert [run.text for run in row.runs] == ["姓名", GAP, "王建国"]
    assert (row.runs[1].left, row.runs[1].width) == pytest.approx((200, 300))


def test_words_of_letters_are_parted_by_a_space() -> None:
    assert _texts(
        of_words("Form No 7", ("Form", 0.1, 0.1, 0.2), ("No", 0.21, 0.1, 0.23), ("7", 0.24, 0.1, 0.25))
    ) == [["Form", " ", "No", " ", "7"]]


def test_words_of_a_skewed_line_stand_on_one_level() -> None:
    words = [("一二", 0.1, 0.10, 0.3), ("三四", 0.4, 0.11, 0.6), ("五六", 0.7, 0.12, 0.9)]
    (row,) = _rows(of_words("一二\u3000三四\u3000五六", *words))
    assert row.top + row.size / 2 == pytest.approx(120)


def test_two_lines_within_a_cell_are_put_side_by_side_in_its_space() -> None:
    words = [
        ("地址", 0.1, 0.11, 0.2),
        ("江州市临江区", 0.3, 0.1, 0.6),
        ("纺机路", 0.3, 0.13, 0.4),
        ("邮编", 0.7, 0.11, 0.8),
    ]
    (row,) = _rows(of_words("地址\u3000江州市临江区纺机路\u3000邮编", *words))
    assert [run.text for run in row.runs] == ["地址", GAP, "江州市临江区纺机路", GAP, "邮编"]
    assert (row.runs[2].left, row.runs[2].width) == pytest.approx((300, 300))


def test_words_that_are_not_those_of_the_line_are_left_aside() -> None:
    odd = Line("甲方乙方", Box(0.1, 0.1, 0.5, 0.12), words=(Word("甲方", Box(0.1, 0.1, 0.2, 0.12)),))
    assert _texts(odd) == [["甲方乙方"]]


def test_a_line_without_a_place_is_put_down_all_the_same() -> None:
    assert _texts(Line("甲"), line("乙", 0.5)) == [["甲"], ["乙"]]


def test_ever_so_many_lines_without_a_place_all_stay_on_the_page() -> None:
    rows = _rows(*(Line(f"第{number}行") for number in range(5000)))
    assert "".join(row.runs[0].text for row in rows).replace(" ", "") == "".join(
        f"第{n}行" for n in range(5000)
    )
    assert all(row.top >= 0 and row.top + row.size <= 1000 for row in rows)


def test_a_line_of_what_nobody_sees_makes_no_row() -> None:
    assert _rows(Line(" \u200b\x00\u3000"), line("\x07", 0.1)) == ()


def test_writing_that_runs_downwards_does_not_become_as_high_as_its_box() -> None:
    (row,) = _rows(Line("竖排文字", Box(0.5, 0.2, 0.52, 0.6)))
    assert row.size == pytest.approx(17)


@pytest.mark.parametrize("box", [Box(0, 0, 0, 0), Box(1, 1, 1, 1), Box(0.5, 0.5, 0.4, 0.4)])
def test_a_box_without_room_still_gets_a_size_and_a_width(box: Box) -> None:
    (row,) = _rows(Line("甲方", box))
    assert row.size >= 1
    assert row.runs[0].width > 0
