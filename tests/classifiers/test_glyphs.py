from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.glyphs import even_text

EVENED = [
    ("１２３ＡＢＣ：，", "123ABC:,"),
    ("〔2023〕﹝2023﹞［2023］", "(2023)(2023)(2023)"),
    ("【2023】粤03民终1号", "(2023)粤03民终1号"),
    ("【2014】年【 1 】月", "2014年1月"),
    ("民 事 判 决 书", "民事判决书"),
    ("3 栋 2 单元", "3栋2单元"),
    ("110101 1990", "110101 1990"),
    ("1. 20,000元", "1. 20,000元"),
    ("笫一条", "第一条"),
    ("89.5㎡", "89.5m2"),
    ("￥20", "¥20"),
    ("3－2—1201", "3-2-1201"),
    ("姓名\n王强", "姓名\n王强"),
    ("二〇一七", "二〇一七"),
    ("合同编号____", "合同编号"),
    ("①甲方", "①甲方"),
]
FULL = "本合同所称的不动产位于深圳市福田区福华路一号锦绣"


@pytest.mark.parametrize(("source", "text"), EVENED)
def test_what_scans_spell_in_many_ways_is_made_alike(source: str, text: str) -> None:
    assert even_text(source).text == text


def test_a_full_line_runs_on_into_the_next() -> None:
    assert even_text(f"{FULL}\n花园三栋，买受人已阅。").text == f"{FULL}花园三栋,买受人已阅。"


@pytest.mark.parametrize("following", ["二、价格", "乙方：王强", "3、附件", "第二条 价格", "日期"])
def test_a_new_point_or_label_is_no_continuation(following: str) -> None:
    assert even_text(f"{FULL}\n{following}").text.count("\n") == 1


def test_digits_at_both_sides_keep_the_line_end() -> None:
    assert even_text(f"{FULL}12\n34号").text.count("\n") == 1


def test_a_gap_remembers_where_a_space_was() -> None:
    evened = even_text("王强 李明")
    assert evened.text == "王强李明"
    assert evened.gaps == {2}


def test_a_quote_is_the_text_as_it_stands_and_not_endless() -> None:
    evened = even_text("编号 （２０２３） 号" + "长" * 90)
    assert evened.quote(2, 8) == "（２０２３）"
    assert len(evened.quote(0, len(evened.text))) == 60


@given(st.text(max_size=200))
def test_every_character_knows_its_place_and_the_places_never_go_back(source: str) -> None:
    evened = even_text(source)
    assert len(evened.places) == len(evened.text)
    assert list(evened.places) == sorted(evened.places)
    assert all(0 <= place < len(source) for place in evened.places)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(1, 80))
def test_every_quote_stands_on_the_page(source: str, start: int, length: int) -> None:
    evened = even_text(source)
    assert evened.quote(start, min(start + length, len(evened.text))) in source
