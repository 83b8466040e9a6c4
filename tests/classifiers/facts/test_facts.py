from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.facts import FINDERS, find
from consumers.transcript import Transcript
from tests.classifiers.facts.page import page

PAGES = (
    page("商品房买卖合同\n合同编号：YS20150001234\n买受人：王强　身份证号：110101199001010023", 1),
    page("总价 1,022,552 元\n2015年8月21日", 2),
)
GLYPHS = "王买受人：身份证号码0123456789X-（）〔〕年月日元万栋单元室号第 \n、。，壹贰拾佰整合同编地址民初粤"


def test_every_page_is_asked_of_every_finder() -> None:
    facts = find(Transcript("0" * 64, PAGES))
    assert {(fact.name, fact.value, fact.page) for fact in facts} >= {
        ("contract_no", "YS20150001234", 1),
        ("person_name", "王强", 1),
        ("id_number", "110101199001010023", 1),
        ("amount", "1022552", 2),
        ("document_date", "2015-08-21", 2),
    }


@pytest.mark.parametrize("name", FINDERS)
def test_a_blank_page_has_no_facts(name: str) -> None:
    assert FINDERS[name](page("")) == ()


@given(st.text(GLYPHS, max_size=300))
def test_every_fact_has_its_name_its_quote_and_is_given_once(text: str) -> None:
    looked_at = page(text)
    for name, finder in FINDERS.items():
        facts = finder(looked_at)
        assert all(fact.name == name and fact.value and 0 < fact.confidence <= 1 for fact in facts)
        assert all(fact.quote and fact.quote in looked_at.text for fact in facts)
        assert len({(fact.value, fact.role) for fact in facts}) == len(facts)


@pytest.mark.parametrize("name", FINDERS)
@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1\n",
        "壹",
        "一",
        "字第",
        "（2020）",
        "合同编号",
        "3-2-1201 ",
        "3栋",
        "原告",
        "王、",
        "公司",
        "O",
        "￥1,",
        "（",
        "\n",
    ],
)
def test_a_page_of_nonsense_is_read_to_its_end(name: str, piece: str) -> None:
    FINDERS[name](page(piece * (20_000 // len(piece))))
