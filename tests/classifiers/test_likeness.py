"""Two scans of one paper are told from two papers of one form."""

from __future__ import annotations

import pytest

from classifiers.likeness import (
    ALIKE,
    comparable,
    evened,
    grams_kept,
    likeness,
    numbers_in,
    same_look,
)

FORM = """商品房认购书
出卖人：江州置业有限公司　认购人：{name}
身份证号码：{number}　电话：{phone}
认购人自愿认购锦绣花园{unit}，建筑面积98.20平方米，总价人民币{amount}元。
定金人民币贰万元整。认购人应于签订本认购书后七日内签订商品房买卖合同，逾期视为放弃，定金不予退还。
签订日期：{day}"""
FILLED = {
    "name": "周文海",
    "number": "420198198803054519",
    "phone": "13900001111",
    "unit": "6栋1单元803室",
    "amount": "982,000",
    "day": "2024年5月6日",
}
OURS = FORM.format(**FILLED)


def same(ours: str, theirs: str, **facts: tuple[str, str]) -> bool:
    """`facts` are a fact's value on either paper."""
    mine, others = ({name: frozenset({pair[side]}) for name, pair in facts.items()} for side in (0, 1))
    return likeness(ours, theirs, mine, others).same_paper


def test_a_text_is_like_itself_in_any_order_of_its_lines() -> None:
    told = likeness(OURS, "\n".join(reversed(OURS.splitlines())), {}, {})
    assert told.same_paper
    assert told.numbers == 1.0


@pytest.mark.parametrize(
    ("read", "as_"),
    [
        ("420198198803054519", "420198198803054579"),
        ("13900001111", "1390000 1111"),
        ("982,000", "82,000"),
        ("2024年5月6日", "2024年5月"),
        ("电话：13900001111", ""),
        ("建筑面积", "建巩面积"),
    ],
    ids=[
        "misread digit of an ID number",
        "number in two pieces",
        "lost digit",
        "lost day",
        "lost line",
        "a word",
    ],
)
def test_what_was_read_otherwise_makes_no_other_paper(read: str, as_: str) -> None:
    assert same(OURS, OURS.replace(read, as_))


@pytest.mark.parametrize(
    "other",
    [
        {"number": "420198197701016634", "name": "李国强"},
        {"phone": "13811112222"},
        {"amount": "876,500"},
        {"day": "2024年6月11日"},
        {"number": "420198197701016634", "phone": "13811112222", "amount": "876,500", "day": "2024年6月11日"},
    ],
    ids=["another person", "phone", "amount", "day", "all"],
)
def test_a_form_that_was_filled_in_otherwise_is_another_paper(other: dict[str, str]) -> None:
    told = likeness(OURS, FORM.format(**(FILLED | other)), {}, {})
    assert told.text >= ALIKE - 0.15
    assert "numbers" in told.against
    assert not told.same_paper


def test_where_the_names_alone_differ_the_facts_say_so() -> None:
    other = FORM.format(**(FILLED | {"name": "李国强"}))
    assert not same(OURS, other, person_name=("周文海", "李国强"))


def test_two_summonses_in_one_case_are_two_papers() -> None:
    ours, theirs = (OURS + f"\n被传唤人 {name}，同案 卢雨晴" for name in ("高一鸣", "何小芳"))
    named = [{"person_name": frozenset({name, "卢雨晴"})} for name in ("高一鸣", "何小芳")]
    assert "person_name" in likeness(ours, theirs, *named).against


def test_a_name_that_no_finder_knows_still_makes_another_paper() -> None:
    note = "会议通知\n请各部门负责人于周五下午到三楼会议室参加季度工作例会，不得无故缺席，请假须向{name}提前说明，会议材料由各部门自备。"
    told = likeness(note.format(name="高一鸣"), note.format(name="何小芳"), {}, {})
    assert told.against == ("words",)


def test_a_long_text_may_have_a_word_misread() -> None:
    long = "".join(chr(0x4E00 + (place * 37) % 5000) for place in range(1300))
    assert same(long, long.replace(long[600:603], "某某某"))
    assert not same(
        long,
        long.replace(long[200:203], "某某某")
        .replace(long[600:603], "某某某")
        .replace(long[900:903], "某某某"),
    )


def test_a_name_in_which_one_character_was_misread_is_the_same_name() -> None:
    assert same(OURS, OURS, person_name=("高一鸣", "高一呜"))


def test_a_fact_that_one_scan_did_not_show_says_nothing() -> None:
    told = likeness(OURS, OURS, {"person_name": frozenset({"周文海"})}, {})
    assert told.same_paper


def test_another_paper_of_the_same_person_is_not_the_same() -> None:
    receipt = "收款收据 今收到周文海 身份证号码420198198803054519 电话13900001111 交来购房定金人民币贰万元整 收款人签字盖章"
    assert not same(OURS, receipt)


def test_next_to_nothing_can_not_be_compared() -> None:
    assert not comparable("收据 2024")
    assert not same("收据 2024", "收据 2024")


def test_numbers_are_taken_as_they_are_meant() -> None:
    text = "总价982,000元，2024年05月06日，电话 139 0000 1111，第3页，２０００"
    assert numbers_in(text) == ("2024-5-6", "982000", "13900001111", "2000")


def test_texts_are_evened_before_they_are_compared() -> None:
    assert evened("甲 方：ＡＢ-1") == "甲方ab1"


def test_texts_that_are_alike_keep_the_same_runs() -> None:
    ours, theirs = grams_kept(OURS, 12), grams_kept(OURS.replace("建筑", "建巩"), 12)
    assert len(set(ours) & set(theirs)) >= 9
    assert len(set(ours) & set(grams_kept("会议通知：各部门于周五下午到会议室参加例会，不得缺席。", 12))) == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "alike"),
    [
        (("ffff0000ffff0000",), ("ffff0000ffff0001",), True),
        (("ffff0000ffff0000",), ("ffff0000ffff00ff",), False),
        (("ffff0000ffff0000",), ("ffff0000ffff0000", "ffff0000ffff0000"), False),
        (("",), ("",), False),
        ((), (), False),
    ],
)
def test_papers_without_text_are_the_same_where_every_page_looks_so(
    ours: tuple[str, ...], theirs: tuple[str, ...], alike: bool
) -> None:
    assert same_look(ours, theirs) is alike
