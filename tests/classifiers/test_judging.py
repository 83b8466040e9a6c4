from __future__ import annotations

from classifiers import taxonomy
from classifiers.evidence import squeeze
from classifiers.judging import UNFIT, judge
from classifiers.model import learnt
from classifiers.taxonomy import Kind
from tests.classifiers.pages import transcript

TAXONOMY = taxonomy.load()
MODEL = learnt.shipped()
RULES_OF_AN_OFFICE = transcript(
    "关于规范客户合同归档工作的通知\n各部门、各案场：为统一商品房买卖合同、补充协议、认购书及收据的整理口径，现将有关要求"
    "通知如下：一、置业顾问应在签约后三日内移交。二、缺少身份证复印件的，档案员有权退回。三、逾期未移交的，按月通报。"
    "本通知自下月起执行，由档案室负责解释。"
)
PARKING = transcript(
    "地下车位使用权转让协议\n转让方：王某 受让方：李某\n一、转让方将锦绣花园负一层118号车位使用权转让给受让方，车位编号118。\n"
    "二、转让价款人民币捌万元整，签订当日付清。三、本车位属人防工程，受让方已知悉。四、停车管理费由受让方缴纳。"
)
ADDED = Kind(
    id="parking-space",
    zh="车位转让协议",
    en="Transfer of a parking space",
    category="contract",
    titles=("(地下)?(车位|车库)(使用权)?转让(协议|合同)",),
    strong=("车位编号", "车位使用权", "人防工程"),
    words=("车位", "转让价款", "停车"),
    confidentiality="普通商密",
    personal_data="personal",
    retention="contract-30y",
)


def test_what_a_paper_talks_about_is_not_what_it_is() -> None:
    assert judge(RULES_OF_AN_OFFICE, TAXONOMY, MODEL).kind.category == "other"


def test_a_kind_that_was_added_is_found_by_its_rules_beside_the_model() -> None:
    own = TAXONOMY.model_copy(update={"kind": (*TAXONOMY.kind, ADDED)})
    assert judge(PARKING, own, MODEL).kind.id == "parking-space"


def test_a_kind_that_was_added_takes_nothing_from_others() -> None:
    own = TAXONOMY.model_copy(update={"kind": (*TAXONOMY.kind, ADDED)})
    page = transcript(
        "房屋租赁合同\n出租方（甲方）：王某 承租方（乙方）：李某\n一、租期一年，月租金三千元。二、押金两个月。"
    )
    assert judge(page, own, MODEL).kind == judge(page, TAXONOMY, MODEL).kind


def test_a_model_for_another_taxonomy_leaves_it_to_the_rules_and_says_so() -> None:
    other = TAXONOMY.model_copy(update={"version": "1999-01"})
    found, by_rules = judge(PARKING, other, MODEL), judge(PARKING, other, None)
    assert (found.kind, found.confidence) == (by_rules.kind, by_rules.confidence)
    assert found.reasons[-1].quote == UNFIT


def test_the_reasons_come_from_both_parts_and_stand_on_the_paper() -> None:
    page = transcript(
        "业主报修单\n3栋2单元1201室厨房水管漏水，地板泡水，请派师傅上门维修。报修人王某，接单人李某，维修完成后签字验收。"
    )
    reasons = judge(page, TAXONOMY, MODEL).reasons
    parts = {reason.rule.split(":")[0] == "model" for reason in reasons}
    assert parts == {True, False}
    assert all(squeeze(reason.quote) in squeeze(page.text) for reason in reasons)


def test_a_few_words_that_no_rule_knows_are_other_and_unsure() -> None:
    found = judge(transcript("今天天气很好"), TAXONOMY, MODEL)
    assert (found.kind.id, found.confidence < 0.5) == ("other", True)


def test_facts_that_were_found_before_are_not_looked_for_again() -> None:
    assert judge(PARKING, TAXONOMY, MODEL, ()).kind.category == "contract"
