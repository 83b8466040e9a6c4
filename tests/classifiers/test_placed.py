"""Evidence in its place, and cautions: what looks like a paper of the customer's file and is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers import taxonomy
from classifiers.evidence import evidence
from classifiers.taxonomy import Taxonomy
from tests.classifiers.pages import transcript
from tests.classifiers.ranking import best_kind, sums

TAXONOMY = taxonomy.load()
OWN = """
extends = "customer-files.toml"

[[kind]]
id = "quittance"
zh = "清讫单"
en = "Quittance"
category = "sales"
aliases = ["清讫单"]
evidence = [
  { place = "title", weight = 1, any = ["清讫"] },
  { place = "head", weight = 2, any = ["编号"] },
  { place = "body", weight = 3, any = ["两清"] },
  { place = "seal", weight = 4, any = ["现金收讫"] },
  { place = "table", weight = 5, any = ["款项.*金额"] },
  { place = "body", weight = -6, any = ["未清"] },
]
confidentiality = "内部"
personal_data = "none"
retention = "voucher-30y"
"""


@pytest.fixture
def own(tmp_path: Path) -> Taxonomy:
    """A table with a kind that asks for every place."""
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    return taxonomy.load(tmp_path / "own.toml")


@pytest.mark.parametrize(
    ("line", "weight"),
    [
        ("编号：12", 2),
        ("双方两清。", 3),
        ("（现金收讫章）", 4),
        ("款项　金额　日期", 5),
        ("尚有尾款未清", -6),
        ("款项金额日期", 0),
        ("现金收讫的意思是款已收到，本行在页中，" * 2, 0),
    ],
)
def test_evidence_weighs_what_its_row_says_in_its_place_only(line: str, weight: float, own: Taxonomy) -> None:
    page = "\n".join([line, *["今天天气很好，我们去公园散步，看见了许多人在跳舞。"] * 8])
    assert sums(page, own).get("quittance", 0) == weight


def test_evidence_says_place_page_and_quote(own: Taxonomy) -> None:
    (reason,) = evidence(transcript("天气", "款项　金额　日期"), own)["quittance"]
    assert (reason.rule, reason.page, reason.quote) == ("strong:table:款项.*金额", 2, "款项金额日期")


NOT_REAL = [
    "商品房认购书（范本）\n认购方：______　证件号码：______\n认购房号：______　认购总价：______\n定金：______元",
    "授权委托书填写示范\n委托人：张三　受托人：李四\n代为办理过户手续、领取不动产权证",
    "民事起诉状\n（格式样本）\n原告：姓名、性别、住址\n诉讼请求：\n事实与理由：\n具状人：",
    "商品房买卖合同\n示范文本\n出卖人：_____\n买受人：_____\n预售许可证",
    "房屋租赁合同\n出租方：×××　承租方：×××\n房屋坐落：××市××路××号\n租金××元，押金××元\n租期××年",
]
REAL = [
    (
        "商品房买卖合同（预售）\n示范文本\n出卖人：江州置业有限公司\n买受人：周文海　420198198803054519\n预售许可证",
        "contract",
    ),
    ("房屋租赁合同\n出租方：赵一　承租方：钱二\n电话13900001111\n租金两千元，押金____元", "contract"),
]


@pytest.mark.parametrize("page", NOT_REAL)
def test_a_blank_or_sample_form_is_not_taken_for_the_real_one(page: str) -> None:
    assert best_kind(page, TAXONOMY).category == "other"


@pytest.mark.parametrize(("page", "category"), REAL)
def test_a_printed_form_that_was_filled_in_is_the_real_one(page: str, category: str) -> None:
    assert best_kind(page, TAXONOMY).category == category


OF_OTHERS = [
    "电梯采购及安装合同\n需方：江州置业有限公司　供方：某电梯公司\n排产款、到货款、质保金\n增值税专用发票",
    "项目营销代理合同\n甲方委托乙方独家代理销售\n代理费按回款计提，佣金每月结算\n广告费由甲方承担",
    "增值税专用发票\n购买方：江州置业有限公司\n货物名称　规格型号　数量　单价\n水泥　吨　100　380.00",
    "投标保证金收据\n今收到某工程公司交来消防工程投标保证金\n人民币（大写）伍万元整",
    "净水机保修卡\n产品型号　机身条码\n购机日期　全国服务热线\n整机保修一年",
    "新员工培训教材：怎样看懂一份认购书\n认购书写明买哪套房、多少钱、定金多少\n认购人漏签最常见",
    "房款日报表\n房号　客户　款项　金额　收据号\n3-1-1203　定金　50,000.00\n5-1-2401　首期　180,000.00",
    "江州晚报\n本报记者 通讯员\n近日，市民买房遇逾期交房，法院判令出卖人支付违约金",
    "防水补漏\n免费上门测漏　先修后付\n微信同号　长期张贴\n阳台渗漏、卫生间渗水、外墙空鼓",
]


@pytest.mark.parametrize("page", OF_OTHERS)
def test_what_only_speaks_of_homes_is_other(page: str) -> None:
    assert best_kind(page, TAXONOMY).category == "other"


def test_a_caution_is_a_reason_for_its_kind_and_against_those_of_other_categories() -> None:
    found = evidence(transcript(NOT_REAL[0]), TAXONOMY)
    assert "head:caution:blank-form" in [reason.rule for reason in found["other"]]
    assert "against:caution:blank-form" in [reason.rule for reason in found["subscription"]]


def test_a_title_in_a_line_that_teaches_about_papers_is_only_mentioned() -> None:
    spoken = sums("怎样看懂认购书", TAXONOMY)["subscription"]
    assert spoken < sums("认购书", TAXONOMY)["subscription"] / 2


def test_a_title_in_the_row_of_a_table_is_only_mentioned() -> None:
    row = evidence(transcript("序号　材料　认购书"), TAXONOMY)["subscription"][0]
    assert (row.rule, row.weight) == ("title:subscription", 2.5)


def test_a_title_that_is_printed_with_wide_gaps_is_no_row() -> None:
    assert best_kind("认　　购　　书", TAXONOMY).id == "subscription"


def test_a_title_behind_a_comma_is_only_mentioned() -> None:
    page = "质量问题，由乙方填写报修单\n甲方转交建设单位"
    assert sums(page, TAXONOMY)["repair-order"] < sums("报修单", TAXONOMY)["repair-order"] / 2


@pytest.mark.parametrize(
    ("line", "kind"), [("商品房预售台同", "sale-contract"), ("协助执行通如书", "enforcement")]
)
def test_a_name_with_one_wrong_character_is_known(line: str, kind: str) -> None:
    assert best_kind(line, TAXONOMY).id == kind
