from __future__ import annotations

import sys
from types import FrameType

import pytest

from classifiers import taxonomy
from classifiers.evidence import evidence, squeeze
from classifiers.labels import Reason
from consumers.transcript import Box, Line, Page, Transcript
from tests.classifiers.pages import transcript

TAXONOMY = taxonomy.load()
PROSE = "双方应当按照约定全面履行各自的义务，任何一方不得擅自变更，否则承担相应的责任。"

SQUEEZED = [
    ("民 事 判 决 书", "民事判决书"),
    ("认购\u3000书", "认购书"),
    ("（２０２３）鄂０１", "(2023)鄂01"),
    ("合同编号：ＪＸ－１", "合同编号:JX-1"),
    ("民事判決書", "民事判决书"),
    ("两\n行", "两行"),
]


def _said(read: Transcript, kind: str, rule: str) -> list[Reason]:
    return [reason for reason in evidence(read, TAXONOMY).get(kind, ()) if reason.rule.startswith(rule)]


def _title(line: str, kind: str) -> float:
    reasons = _said(transcript(line), kind, "title:")
    return reasons[0].weight if reasons else 0.0


@pytest.mark.parametrize(("text", "squeezed"), SQUEEZED)
def test_what_scans_write_in_many_ways_is_made_alike(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("民 事 判 决 书", "judgment"),
        ("江州市临江区人民法院 民事判决书", "judgment"),
        ("民事判決書", "judgment"),
        ("商品房买卖合同（预售）", "sale-contract"),
        ("锦绣花园认购书", "subscription"),
        ("报修单：", "repair-order"),
        ("不動產權證書", "title-certificate"),
        ("补充协议【2021】", "supplement"),
    ],
)
def test_what_ends_a_line_names_the_document(line: str, kind: str) -> None:
    assert _title(line, kind) >= 10


@pytest.mark.parametrize("line", ["关于《商品房买卖合同》的说明", "《认购书》使用注意事项"])
def test_a_title_in_quotation_marks_is_another_document(line: str) -> None:
    assert _title(line, "sale-contract") + _title(line, "subscription") == 0


@pytest.mark.parametrize(
    ("line", "longer", "shorter"),
    [
        ("商品房买卖合同", "sale-contract", "other-agreement"),
        ("维修资金缴存凭证", "maintenance-fund", "repair-order"),
        ("不动产权证书领取签收单", "title-receipt", "title-certificate"),
        ("补充协议", "supplement", "other-agreement"),
    ],
)
def test_a_longer_title_silences_the_shorter_one_inside_it(line: str, longer: str, shorter: str) -> None:
    assert (_title(line, longer) > 0, _title(line, shorter)) == (True, 0)


def test_a_title_that_is_only_talked_about_weighs_less() -> None:
    talked = "原告与被告签订商品房买卖合同一份约定总价款壹佰万元"
    assert 0 < _title(talked, "sale-contract") < _title("商品房买卖合同", "sale-contract") / 2


def test_a_sentence_is_no_title() -> None:
    assert _title("双方签订了认购书。", "subscription") == 0


def test_a_title_far_down_the_page_is_none() -> None:
    read = transcript("\n".join([PROSE] * 10 + ["认购书"]))
    assert _said(read, "subscription", "title:") == []


def test_large_print_is_a_title_even_below_other_lines() -> None:
    lines = [Line("江州锦澜", Box(0.1, 0.1 + n / 50, 0.5, 0.11 + n / 50)) for n in range(6)]
    small = Page(1, (*lines, Line("认购书", Box(0.4, 0.5, 0.6, 0.51))), "ocr", "rapid")
    large = Page(1, (*lines, Line("认购书", Box(0.4, 0.5, 0.6, 0.54))), "ocr", "rapid")
    weights = [
        _said(Transcript("0" * 64, (page,)), "subscription", "title:")[0].weight for page in (small, large)
    ]
    assert weights == sorted(weights)
    assert weights[0] < weights[1]


@pytest.mark.parametrize("rule", ["title:", "head:"])
def test_an_empty_first_page_hides_nothing(rule: str) -> None:
    read = transcript("", "江州市临江区人民法院\n民事判决书")
    assert [reason.page for reason in _said(read, "judgment", rule)] == [2]


def test_every_reason_says_what_it_saw_and_where() -> None:
    read = transcript(PROSE, f"{PROSE}\n判决如下：驳回原告的诉讼请求")
    (reason,) = _said(read, "judgment", "strong:判决如下")
    assert (reason.page, "判决如下:驳回" in reason.quote) == (2, True)


def test_what_speaks_against_a_kind_weighs_less_than_nothing() -> None:
    assert [r.weight < 0 for r in _said(transcript("甲方：王某"), "id-card", "against:甲方")] == [True]


@pytest.mark.parametrize(
    ("said", "kind", "rule"),
    [
        (
            "本合同一经签署商品房买卖台同即告生效住房公积全管理中心",
            "housing-fund-loan",
            "strong:住房公积金管理中心",
        ),
        ("由受托人代为签署商品房买卖台同及附件", "mandate-signing", "strong:代为签署"),
        ("常住人日登记卡", "household-register", "strong:常住人口登记卡"),
        ("房屋所有权入王某", "old-certificate", "strong:房屋所有权人"),
    ],
)
def test_one_wrong_character_in_a_long_phrase_does_no_harm(said: str, kind: str, rule: str) -> None:
    assert len(_said(transcript(said), kind, rule)) == 1


@pytest.mark.parametrize(
    ("said", "kind", "rule"),
    [
        ("离婚证字号", "marriage", "strong:结婚证字号"),
        ("常住人日登己卡", "household-register", "strong:常住人口登记卡"),
        ("被申请人", "pleading", "word:被执行人"),
    ],
)
def test_two_wrong_characters_or_one_in_a_short_phrase_are_another_phrase(
    said: str, kind: str, rule: str
) -> None:
    assert _said(transcript(said), kind, rule) == []


def test_a_phrase_is_found_across_a_line_end() -> None:
    assert (
        len(_said(transcript("住房公积金\n管理中心"), "housing-fund-loan", "strong:住房公积金管理中心")) == 1
    )


def test_what_nobody_speaks_for_is_absent() -> None:
    assert evidence(transcript("无关"), TAXONOMY) == {}


@pytest.mark.parametrize("read", [transcript(), transcript(""), transcript("", "")])
def test_nothing_read_is_no_evidence(read: Transcript) -> None:
    assert evidence(read, TAXONOMY) == {}


def _calls(pages: int) -> int:
    """How many calls it takes to weigh a document of that many pages, with nothing to be found early."""
    read = transcript(*[f"{PROSE}\n" * 20] * pages)
    evidence(read, TAXONOMY)
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        evidence(read, TAXONOMY)
    finally:
        sys.setprofile(before)
    return count


def test_the_work_grows_with_the_pages_and_not_with_their_square() -> None:
    assert _calls(80) < 2.2 * _calls(40)
