from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from tests.consumers.text_layer.paper import (
    CLAUSES,
    Put,
    blank,
    column,
    letters,
    page_of,
    put,
    read,
    ruled,
    said,
)

FORM = (
    Put(250, 80, "商品房认购书", 16),
    Put(70, 120, "认购人："),
    Put(140, 120, "周敏慧"),
    Put(320, 120, "联系电话："),
    Put(400, 120, "13700008105"),
    Put(70, 145, "身份证号："),
    Put(140, 145, "42019819910409062X"),
    Put(70, 170, "房号："),
    Put(140, 170, "云澜府 7-1803"),
    Put(280, 800, "第 1 页"),
)
FORM_ROWS = [
    "商品房认购书",
    "认购人：\u3000周敏慧\u3000联系电话：\u300013700008105",
    "身份证号：\u300042019819910409062X",
    "房号：\u3000云澜府 7-1803",
    "第 1 页",
]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_in_which_pieces_were_drawn_means_nothing(seed: int, tmp_path: Path) -> None:
    shuffled = list(FORM)
    random.Random(seed).shuffle(shuffled)
    assert said(page_of(*shuffled), tmp_path) == FORM_ROWS


def test_all_labels_drawn_first_and_the_values_later_stand_side_by_side(tmp_path: Path) -> None:
    drawn = [*FORM[1::2], *FORM[2::2], FORM[0]]
    assert said(page_of(*drawn), tmp_path) == FORM_ROWS


def test_characters_drawn_one_by_one_in_any_order_make_the_same_lines(tmp_path: Path) -> None:
    said_so = said(letters(blank(), FORM), tmp_path)
    assert [line.replace(" ", "") for line in said_so] == [line.replace(" ", "") for line in FORM_ROWS]


def test_two_columns_of_running_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = CLAUSES, CLAUSES[::-1]
    pieces = [*column(60, 150, left, 21), *column(320, 150, right, 21)]
    random.Random(3).shuffle(pieces)
    pieces = [
        Put(60, 90, "这一行横跨两栏，是全页的标题，下面才分成左右两栏来排印正文的内容", 14),
        *pieces,
        Put(280, 800, "第 3 页"),
    ]
    lines = said(page_of(*pieces), tmp_path)
    assert "".join(lines[1:-1]) == left + right
    assert (lines[0][:4], lines[-1].replace(" ", "")) == ("这一行横", "第3页")


@pytest.mark.parametrize("x", [60, 250, 290, 520])
def test_a_page_number_belongs_to_no_column(x: float, tmp_path: Path) -> None:
    pieces = [*column(50, 120, CLAUSES, 22), *column(312, 123, CLAUSES[::-1], 22), Put(x, 815, "4", 9)]
    assert "".join(said(page_of(*pieces), tmp_path)) == f"{CLAUSES}{CLAUSES[::-1]}4"


def test_two_columns_whose_lines_stand_at_different_heights_are_two_columns(tmp_path: Path) -> None:
    pieces = [*column(60, 150, CLAUSES, 21), *column(320, 157, CLAUSES[::-1], 21)]
    assert "".join(said(page_of(*pieces), tmp_path)) == CLAUSES + CLAUSES[::-1]


def test_three_columns_are_read_from_left_to_right(tmp_path: Path) -> None:
    texts = [CLAUSES, CLAUSES[::-1], CLAUSES[5:] + CLAUSES[:5]]
    pieces = [piece for n, text in enumerate(texts) for piece in column(50 + 175 * n, 150, text, 14)]
    random.Random(5).shuffle(pieces)
    assert "".join(said(page_of(*pieces), tmp_path)) == "".join(texts)


def test_what_two_parties_say_of_themselves_side_by_side_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [
        ("甲方（盖章）：", "乙方（签字）："),
        ("代表人：秦庆", "身份证号：420198199104090621"),
        ("日期：", "日期："),
    ]
    pieces = [
        Put(x, 100 + 20 * n, text)
        for n, row in enumerate(rows)
        for x, text in zip((60, 320), row, strict=True)
    ]
    assert said(page_of(*pieces[::-1]), tmp_path) == ["\u3000".join(row) for row in rows]


def test_a_table_without_lines_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [
        ("序号", "项目", "金额（元）"),
        ("1", "物业服务费", "1,200.00"),
        ("2", "车位管理费", "9,400.00"),
        ("3", "水电周转金", "500.00"),
    ]
    pieces = [
        Put(x, 100 + 20 * n, text)
        for n, row in enumerate(rows)
        for x, text in zip((60, 150, 380), row, strict=True)
    ]
    random.Random(2).shuffle(pieces)
    assert said(page_of(*pieces), tmp_path) == ["\u3000".join(row) for row in rows]


def test_a_cell_of_two_lines_stays_beside_its_label(tmp_path: Path) -> None:
    pdf = blank()
    ruled(pdf, (60, 160, 400, 540), (100, 150, 180))
    put(
        pdf,
        Put(410, 130, "无"),
        Put(170, 115, "武汉市江夏区文化大道三百六十七号置盛大厦十"),
        Put(170, 138, "八层"),
        Put(70, 130, "房屋坐落"),
        Put(70, 170, "建筑面积"),
        Put(170, 170, "128.70 平方米"),
    )
    assert said(pdf, tmp_path) == [
        "房屋坐落\u3000武汉市江夏区文化大道三百六十七号置盛大厦十八层\u3000无",
        "建筑面积\u3000128.70 平方米",
    ]


def test_two_amounts_in_one_cell_stay_two(tmp_path: Path) -> None:
    pdf = blank()
    ruled(pdf, (60, 160, 400), (100, 150, 180))
    put(pdf, Put(70, 130, "金额"), Put(170, 118, "100.00"), Put(170, 138, "250.00"), Put(70, 170, "合计"))
    assert said(pdf, tmp_path)[0] == "金额\u3000100.00 250.00"


def test_a_number_with_a_box_for_each_digit_is_one_number(tmp_path: Path) -> None:
    pdf = blank()
    number = "42019819910409062X"
    ruled(pdf, (60, 140, *(160 + 20 * n for n in range(19))), (100, 124, 148))
    put(pdf, Put(70, 116, "身份证号"), *(Put(167 + 20 * n, 116, digit) for n, digit in enumerate(number)))
    put(pdf, Put(70, 140, "姓名"), Put(163, 140, "周"))
    assert said(pdf, tmp_path)[0] == f"身份证号\u3000{number}"


def test_a_label_that_stands_upright_in_a_narrow_cell_is_one_word(tmp_path: Path) -> None:
    pdf = blank()
    ruled(pdf, (60, 80, 300), (100, 200, 230))
    put(pdf, *(Put(65, 118 + 16 * n, char) for n, char in enumerate("申请人意见")))
    put(pdf, Put(90, 150, "同意"), Put(65, 220, "无"), Put(90, 220, "无"))
    assert said(pdf, tmp_path)[0] == "申请人意见\u3000同意"


def test_text_beside_and_between_tables_keeps_its_place(tmp_path: Path) -> None:
    pdf = blank()
    ruled(pdf, (60, 160, 400), (100, 130, 160))
    ruled(pdf, (60, 160, 400), (220, 250, 280))
    put(
        pdf,
        Put(60, 270 - 80, "说明：以下为乙方"),
        Put(70, 120, "姓名"),
        Put(70, 240, "姓名"),
        Put(170, 240, "李红"),
    )
    put(pdf, Put(170, 120, "秦庆"), Put(60, 320, "以上属实"), Put(60, 80, "甲方"))
    assert said(pdf, tmp_path) == ["甲方", "姓名\u3000秦庆", "说明：以下为乙方", "姓名\u3000李红", "以上属实"]


def test_blocks_are_counted_in_the_order_of_reading(tmp_path: Path) -> None:
    pdf = blank()
    ruled(pdf, (60, 160, 400), (200, 230, 260))
    put(
        pdf,
        Put(70, 220, "姓名"),
        Put(170, 220, "秦庆"),
        Put(70, 250, "电话"),
        *column(60, 80, CLAUSES[:60], 30),
    )
    page = read(pdf, tmp_path)
    assert page is not None
    blocks = [line.block for line in page.lines]
    assert blocks == [0, 0, 1, 1]
    assert all(after - before in (0, 1) for before, after in pairwise(blocks))


def test_the_words_of_a_line_make_up_its_text_and_stand_in_its_box(tmp_path: Path) -> None:
    page = read(page_of(*FORM, Put(70, 300, "Agreement No. HT-2021 between A and B")), tmp_path)
    assert page is not None
    for line in page.lines:
        assert "".join("".join(word.text.split()) for word in line.words) == "".join(line.text.split())
        assert line.box is not None
        for word in line.words:
            assert line.box.left <= word.box.left < word.box.right <= line.box.right
            assert line.box.top <= word.box.top < word.box.bottom <= line.box.bottom
    assert [word.text for word in page.lines[-2].words] == [
        "Agreement",
        "No.",
        "HT-2021",
        "between",
        "A",
        "and",
        "B",
    ]


def test_han_characters_get_no_blanks_and_latin_words_keep_theirs(tmp_path: Path) -> None:
    pdf = blank()
    pdf.set_char_spacing(2)
    put(pdf, Put(60, 100, "合同编号 HT 2021 与 Annex A of the Agreement"))
    assert said(pdf, tmp_path) == ["合同编号 HT 2021 与 Annex A of the Agreement"]


def test_text_wide_between_its_characters_is_no_row_of_words(tmp_path: Path) -> None:
    pdf = blank()
    pdf.set_char_spacing(4)
    put(pdf, Put(60, 100, "不动产登记证明书"))
    assert said(pdf, tmp_path) == ["不动产登记证明书"]


def test_bold_type_made_by_drawing_twice_is_said_once(tmp_path: Path) -> None:
    assert said(page_of(Put(60, 100, "购房合同"), Put(60.3, 100, "购房合同")), tmp_path) == ["购房合同"]


def test_a_raised_figure_stays_in_its_line(tmp_path: Path) -> None:
    lines = said(
        page_of(Put(60, 100, "面积 128.70 m"), Put(133, 95, "2", 6), Put(145, 100, "以内")), tmp_path
    )
    assert len(lines) == 1
    assert "2" in lines[0][9:]
