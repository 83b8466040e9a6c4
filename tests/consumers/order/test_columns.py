from __future__ import annotations

from tests.consumers.order.test_order import said
from tests.consumers.order.typeset import column, piece

LEFT = [f"左栏第{number}行文字写到栏的右边为止都是满的" for number in "一二三四五六七八"]
RIGHT = [f"右栏第{number}行文字写到栏的右边为止都是满的" for number in "一二三四五六七八"]


def test_two_columns_of_running_text_are_read_one_after_the_other() -> None:
    head = piece("房屋交易新规定全文在此刊登供各位业主参阅请保存", 200, 200, high=50)
    foot = piece("本报记者报道，转载请注明出处，联系电话请见第一版下方所印的号码，欢迎来电", 150, 900)
    pieces = [head, *column(100, 400, LEFT), *column(850, 400, RIGHT), foot]
    assert said(pieces) == [head.text, *LEFT, *RIGHT, foot.text]


def test_columns_whose_lines_are_not_on_one_level_are_read_one_after_the_other() -> None:
    left, right = ["姓名", "刘德福", "房号", "三零一"], ["附记", "抵押", "查封", "注销"]
    assert said(column(100, 400, left, leading=50) + column(900, 422, right, leading=61)) == left + right


def test_two_pairs_of_label_and_value_in_a_row_are_not_torn_apart() -> None:
    labels, values = (
        ["姓名：", "电话：", "房号：", "日期：", "备注："],
        ["刘德福", "133", "301", "七月", "无"],
    )
    more, others = ["性别：", "传真：", "面积：", "时间：", "其他："], ["男", "010", "九十", "九点", "空"]
    pieces = (
        column(100, 400, labels)
        + column(300, 400, values)
        + column(850, 400, more)
        + column(1100, 400, others)
    )
    assert said(pieces) == ["\u3000".join(row) for row in zip(labels, values, more, others, strict=True)]


def test_a_front_and_a_back_of_a_card_side_by_side_are_read_one_after_the_other() -> None:
    front = ["姓名　周文海", "性别　男", "出生　一九六六", "住址　锦华路", "公民身份号码"]
    back = ["中华人民共和国", "居民身份证", "签发机关　锦江分局", "有效期限　长期"]
    pieces = column(100, 400, front, leading=62) + column(900, 425, back[:2], leading=75, high=45)
    pieces += column(900, 600, back[2:], leading=50)
    assert said(pieces) == front + back


def test_signatures_of_two_parties_stay_in_their_rows() -> None:
    left, right = ["甲方（章）：", "代表：", "日期："], ["乙方：周文海", "身份证号：", "日期："]
    pieces = column(100, 400, left) + column(900, 400, right)
    assert said(pieces) == ["\u3000".join(row) for row in zip(left, right, strict=True)]


def test_a_line_that_was_read_over_the_gutter_is_torn_there() -> None:
    whole = [piece(f"{one} {other}", 100, 600) for one, other in zip(LEFT[4:5], RIGHT[4:5], strict=True)]
    left = [p for p in column(100, 400, LEFT) if p.text != LEFT[4]]
    right = [p for p in column(685, 400, RIGHT) if p.text != RIGHT[4]]
    assert said(left + right + whole) == LEFT + RIGHT
