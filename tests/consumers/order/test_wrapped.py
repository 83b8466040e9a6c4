from __future__ import annotations

from tests.consumers.order.test_order import said
from tests.consumers.order.typeset import column, piece

ADDRESS = ["成都市锦江区锦华路二百五十三号", "锦江花园十二幢三单元", "三零二室"]


def around(label: float, lines: int) -> list[str]:
    """A form whose middle row has an address of several lines, and its label at that level."""
    pieces = [
        piece("姓名", 100, 300),
        piece("周文海", 400, 300),
        piece("电话", 100, 600),
        piece("133", 400, 600),
    ]
    pieces += [piece("住址", 100, label), *column(400, 410, ADDRESS[:lines], leading=40)]
    return said(pieces)


def test_a_label_beside_the_middle_of_two_lines_stands_before_both() -> None:
    assert around(430, 2) == ["姓名\u3000周文海", "住址\u3000" + "".join(ADDRESS[:2]), "电话\u3000133"]


def test_a_label_beside_the_second_of_three_lines_stands_before_all() -> None:
    assert around(450, 3) == ["姓名\u3000周文海", "住址\u3000" + "".join(ADDRESS), "电话\u3000133"]


def test_a_label_beside_the_first_line_is_followed_by_the_others() -> None:
    assert around(410, 2) == ["姓名\u3000周文海", "住址\u3000" + ADDRESS[0], ADDRESS[1], "电话\u3000133"]


def test_rows_that_are_all_as_close_stay_rows() -> None:
    labels, values = ["姓名", "住址", "电话"], ["周文海", "锦华路", "133"]
    found = said(column(100, 300, labels, leading=40) + column(400, 300, values, leading=40))
    assert found == ["\u3000".join(row) for row in zip(labels, values, strict=True)]
