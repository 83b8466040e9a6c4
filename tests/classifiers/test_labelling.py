from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers import confidentiality, taxonomy
from classifiers.fact import Fact
from classifiers.labelling import SURE, label
from classifiers.labels import Labels
from consumers.transcript import Transcript
from samples.draw import plan
from tests.classifiers.pages import transcript

TAXONOMY = taxonomy.load()
LADDER = confidentiality.load()
GOOD = [file for file in plan() if file.startswith("scans/")]

WHAT_IT_IS = [
    pytest.param(
        "litigation",
        """
        江州市临江区人民法院
        民事判决书
        （2023）鄂0198民初318号
        原告：周某，女。被告：江州锦澜置业有限公司。
        原告与被告商品房买卖合同纠纷一案，本院立案后依法审理。双方签订《商品房买卖合同》，买受人逾期付款，
        出卖人主张解除合同。本院认为，该商品房买卖合同合法有效。判决如下：
        一、被告于十日内支付违约金。
        审判员 李某 书记员 王某
        """,
        id="a judgment about a sale contract",
    ),
    pytest.param(
        "other",
        """
        江州锦澜置业有限公司
        商品房买卖合同签订与归档管理办法
        第一章 总则
        第一条 为规范商品房买卖合同、补充协议、认购书的签订和归档，制定本办法。
        第二条 出卖人盖章前，由法务审核买受人的身份证明。
        第三条 本办法自发布之日起施行，由总经办负责解释。
        """,
        id="company rules on contracts",
    ),
    pytest.param(
        "litigation",
        """
        授权委托书
        委托人：江州锦澜置业有限公司
        受委托人：某律师事务所律师邓某
        在我方与周某商品房买卖合同纠纷一案中，委托上列受委托人为我方一审诉讼代理人。
        代理权限：特别授权，代为承认、放弃、变更诉讼请求。
        """,
        id="a power of attorney for a lawsuit",
    ),
    pytest.param(
        "title",
        """
        委托书
        委托人：王某 受托人：李某
        委托人因工作繁忙，特委托受托人代为办理锦绣花园3栋2单元1201室的产权过户手续，缴纳税费，
        代为领取不动产权证书。受托人无转委托权。
        """,
        id="a power of attorney for registering a title",
    ),
    pytest.param(
        "title",
        """
        姓名 王某 性别 男 民族 汉
        出生 1972年3月15日
        住址 江州市临江区柳荫街18号
        公民身份号码 420198197203150115
        中华人民共和国居民身份证
        签发机关 江州市公安局临江分局 有效期限 2010.05.06-2030.05.06
        仅供签订购房合同使用，与原件核对无误
        """,
        id="an ID copy for signing a contract",
    ),
    pytest.param(
        "contract",
        """
        补充协议
        甲方：江州锦澜置业有限公司 乙方：陈某
        双方于2016年签订《商品房买卖合同》。因该房屋卫生间渗漏，就维修及补偿事宜签订本补充协议：
        一、甲方一次性补偿乙方人民币5000元，乙方不再主张维修费用。
        二、本补充协议是原合同的组成部分，具有同等法律效力。
        """,
        id="a supplementary agreement on compensation for a repair",
    ),
    pytest.param(
        "other",
        """
        江州晚报
        法院查封百套房产 购房人怎么办
        本报讯（记者 王某）日前，江州市中级人民法院依法查封了某楼盘的一百余套房产。据介绍，被执行人拖欠
        工程款，申请执行人已申请强制执行。业内人士提醒市民，签订商品房买卖合同前应查询房屋是否被查封、冻结。
        责任编辑：李某
        """,
        id="a newspaper about seizures",
    ),
    pytest.param(
        "litigation",
        """
        证据目录
        案由：商品房买卖合同纠纷 提交人：周某
        序号 证据名称 证明内容 页码
        1 商品房买卖合同 双方存在买卖合同关系 1-12
        2 报修单、维修派工单 房屋渗漏及维修经过 13-20
        """,
        id="a list of evidence that names contracts and repairs",
    ),
    pytest.param(
        "other",
        """
        关于召开维修工作会议的通知
        各部门：
        定于8月21日下午在会议室召开维修工作专题会议，请各部门负责人准时参加。
        议程：一、通报二季度报修情况。
        """,
        id="a meeting about repairs",
    ),
    pytest.param(
        "other",
        """
        外墙防水工程施工合同
        发包方：江州锦澜置业有限公司 承包方：某防水公司
        供应商应按报价单所列规格型号施工，工期三十天，含税总价十万元。
        """,
        id="a building contract with a supplier",
    ),
    pytest.param(
        "repair",
        """
        投诉处理单
        投诉人：陈某 房号：5-1-502 投诉时间：6月3日
        投诉内容：买卖合同约定的门窗品牌与实际不符，扬言起诉。
        处理意见：工程部核实后回复业主。处理结果：已更换。
        """,
        id="a complaint that threatens a lawsuit",
    ),
]

SPELLINGS = [
    ("民 事 判 决 书", "litigation"),
    ("民事判決書", "litigation"),
    ("商 品 房 买 卖 合 同", "contract"),
    ("商品房買賣合同", "contract"),
    ("認購書", "sales"),
    ("不動產權證書", "title"),
    ("報修單", "repair"),
    ("会 议 通 知", "other"),
]


def _label(read: Transcript, *facts: Fact) -> Labels:
    return label(read, facts, TAXONOMY, LADDER)


@pytest.mark.ocr
@pytest.mark.parametrize("file", GOOD)
def test_the_category_of_a_sample_is_right(
    sample_transcripts: dict[str, Transcript], sample_rows: dict[str, dict[str, str]], file: str
) -> None:
    assert _label(sample_transcripts[file]).category == sample_rows[file]["category"]


@pytest.mark.ocr
def test_few_samples_need_a_person(sample_transcripts: dict[str, Transcript]) -> None:
    asked = [file for file, read in sample_transcripts.items() if _label(read).needs_review]
    assert len(asked) <= len(GOOD) // 8, asked


@pytest.mark.ocr
def test_no_sample_is_shown_to_more_people_than_an_archivist_would_let(
    sample_transcripts: dict[str, Transcript], sample_rows: dict[str, dict[str, str]]
) -> None:
    lower = [
        file
        for file, read in sample_transcripts.items()
        if LADDER.rank(_label(read).confidentiality) < LADDER.rank(sample_rows[file]["level_hint"])
    ]
    assert lower == []


@pytest.mark.parametrize(("category", "text"), WHAT_IT_IS)
def test_a_document_is_what_it_is_and_not_what_it_talks_about(category: str, text: str) -> None:
    assert _label(transcript(text)).category == category


@pytest.mark.parametrize(("title", "category"), SPELLINGS)
def test_a_title_is_known_however_it_is_spelt(title: str, category: str) -> None:
    assert _label(transcript(title)).category == category


@pytest.mark.parametrize("read", [transcript(), transcript(""), transcript("", "")])
def test_an_empty_document_is_other_and_a_person_looks(read: Transcript) -> None:
    labels = _label(read)
    assert (labels.category, labels.kind, labels.needs_review) == ("other", "其他", True)


def test_what_nobody_recognises_is_other_and_a_person_looks() -> None:
    labels = _label(transcript("今天天气很好\n我们去公园散步"))
    assert (labels.category, labels.kind, labels.needs_review) == ("other", "其他", True)


def test_a_plain_document_needs_nobody() -> None:
    labels = _label(transcript("认购书\n认购人：王某\n认购房号：3-2-1201\n定金：50,000元"))
    assert (labels.kind, labels.review_reasons) == ("认购书", ())


def test_an_unsure_category_is_a_reason_to_look() -> None:
    labels = label(transcript("认购书"), (), TAXONOMY, LADDER, sure=0.999)
    assert ["把握" in reason for reason in labels.review_reasons] == [True]


def test_a_doubtful_page_is_a_reason_to_look() -> None:
    read = transcript("认购书\n认购人：王某")
    faint = replace(read, pages=(replace(read.pages[0], doubtful=("mean confidence is only 0.61",)),))
    assert _label(faint).review_reasons == ("第 1 页文字可疑：mean confidence is only 0.61",)


def test_confidence_is_never_certainty() -> None:
    labels = _label(transcript(*["民事判决书\n原告 被告 判决如下 本院认为 审理终结 案件受理费"] * 50))
    assert SURE < labels.confidence < 1


def test_every_verdict_has_its_reasons_with_page_and_quote() -> None:
    reasons = _label(transcript("认购书\n认购人：王某")).reasons
    assert reasons
    assert all(reason.quote and reason.page == 1 for reason in reasons)


def test_the_heaviest_reason_comes_first() -> None:
    weights = [abs(reason.weight) for reason in _label(transcript("认购书\n认购人：王某\n定金")).reasons]
    assert weights == sorted(weights, reverse=True)


def test_a_printed_mark_raises_the_level() -> None:
    labels = _label(transcript("核心商密▲\n报修单\n报修人 陈某"))
    assert (labels.kind, labels.confidentiality) == ("报修单", "核心商密")


def test_a_mark_that_raised_the_level_is_among_the_reasons() -> None:
    labels = _label(transcript("核心商密▲\n报修单\n报修人 陈某"))
    assert [reason.quote for reason in labels.reasons if reason.rule == "mark:核心商密"] == ["核心商密▲"]


def test_a_printed_mark_never_lowers_the_level() -> None:
    labels = _label(transcript("内部资料\n民事判决书\n判决如下"))
    assert (labels.confidentiality, [r.rule for r in labels.reasons if "mark" in r.rule]) == ("核心商密", [])


@pytest.mark.parametrize(
    ("name", "flag"), [("phone", "personal"), ("id_number", "personal"), ("amount", "none")]
)
def test_a_paper_that_names_a_person_is_personal_whatever_its_kind(name: str, flag: str) -> None:
    fact = Fact(name, "x", 1, "x", 0.9)
    assert _label(transcript("关于召开销售会议的通知\n各部门：请准时参加"), fact).personal_data == flag


def test_a_fact_never_lowers_the_flag() -> None:
    labels = _label(transcript("居民身份证\n公民身份号码"), Fact("phone", "x", 1, "x", 0.9))
    assert labels.personal_data == "sensitive"


def test_the_retention_rule_is_that_of_the_kind() -> None:
    labels = _label(transcript("认购书\n认购人：王某"))
    assert labels.retention_rule == TAXONOMY.by_name("认购书").retention
