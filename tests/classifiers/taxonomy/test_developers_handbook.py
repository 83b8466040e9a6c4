"""The second taxonomy that ships: the nine series of a developer's handbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.taxonomy import FOLDER, load
from tests.classifiers.ranking import best_kind

HANDBOOK = load(FOLDER / "developers-handbook.toml")


def test_it_has_the_nine_series_in_their_order() -> None:
    series = ["销售", "签约", "办证", "入伙", "修理", "赔付", "诉讼", "商铺租赁", "其他"]
    assert [zh.removesuffix("系列") for zh in HANDBOOK.categories.values()] == series


@pytest.mark.parametrize("category", HANDBOOK.categories)
def test_every_series_has_kinds(category: str) -> None:
    assert any(kind.category == category for kind in HANDBOOK.kind)


def test_it_has_every_kind_of_the_first_one() -> None:
    assert {kind.id for kind in load().kind} < {kind.id for kind in HANDBOOK.kind}


@pytest.mark.parametrize(
    "name", ["developers-handbook", "developers-handbook.toml", "/etc/office/developers-handbook"]
)
def test_it_is_chosen_by_its_name_alone(name: str) -> None:
    assert load(Path(name)) == HANDBOOK


@pytest.mark.parametrize(
    ("page", "category"),
    [
        (
            "入伙通知书\n尊敬的业主：您购买的房屋已具备交付条件，请携带身份证办理入伙手续，领取钥匙。",
            "handover",
        ),
        ("业主资料登记表\n姓名　房号\n紧急联系人　车牌号\n家庭成员", "handover"),
        ("维修派工单\n报修人　房号　报修内容：厨房漏水\n派工时间　维修人员　业主签字", "repair"),
        ("客户赔付审批表\n业主　房号\n赔付原因：外墙渗水损坏地板\n赔付金额　审批", "compensation"),
        (
            "商铺租赁合同\n出租方（甲方）　承租方（乙方）\n租赁期限三年，租金每月每平方米。押金两个月。",
            "shop-lease",
        ),
        ("租金缴款通知单\n商户　铺位号\n租金期间　应缴租金", "shop-lease"),
        ("商户进场申请表\n经营品牌　经营业态　意向铺位\n进场日期　装修免租期", "shop-lease"),
        ("民 事 判 决 书\n原告　被告\n本院认为……判决如下：", "litigation"),
    ],
)
def test_a_paper_lies_in_its_series(page: str, category: str) -> None:
    assert best_kind(page, HANDBOOK).category == category
