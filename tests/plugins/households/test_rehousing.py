"""A card in another dossier: home, title and doubt change; labels and their doubts stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugins.households.rehousing import rehoused
from retention.households.dossier import DossierChoice
from tests.contract.deposits import CARD

HOME = DossierChoice("锦绣花园/3-2-1501", "", "3-2-1501", "锦绣花园", "测试乙", (), "")


@pytest.mark.parametrize(
    ("title", "was", "unit", "became"),
    [
        ("认购书 3-2-1501 测试甲", "3-2-1501", "3-2-1501", "认购书 锦绣花园3-2-1501 测试甲"),
        ("认购书 东方公馆5-302 测试甲", "东方公馆/5-302", "5-302", "认购书 锦绣花园3-2-1501 测试甲"),
        ("认购书 测试甲 2024-02-29", "", "", "认购书 锦绣花园3-2-1501 测试甲 2024-02-29"),
        ("认购书", "客户/测试甲-0123456789", "", "认购书 锦绣花园3-2-1501"),
        ("我们的一封信", "", "", "我们的一封信"),
        ("认购书 锦绣花园3-2-1501", "", "", "认购书 锦绣花园3-2-1501"),
    ],
)
def test_the_title_names_the_new_home(title: str, was: str, unit: str, became: str) -> None:
    card = replace(CARD, kind="认购书", title=title, dossier=was, unit=unit)
    assert rehoused(card, HOME, "李静 指定").title == became


def test_the_home_changes_and_the_customer_on_the_paper_stays() -> None:
    card = rehoused(replace(CARD, dossier="", unit="", customer=""), HOME, "李静 指定")
    assert (card.dossier, card.unit, card.customer) == ("锦绣花园/3-2-1501", "3-2-1501", "测试乙")
    assert rehoused(CARD, HOME, "").customer == "测试甲"


def test_only_the_doubt_about_the_household_goes() -> None:
    card = replace(CARD, dossier_doubt="几个房号", review_reasons=("请核对类别", "几个房号"))
    done = rehoused(card, HOME, "李静 指定")
    assert (done.dossier_doubt, done.review_reasons) == ("", ("请核对类别",))
    assert done.dossier_evidence == ("李静 指定",)


def test_a_provisional_home_leaves_its_doubt() -> None:
    bare = DossierChoice("3-2-1501", "", "3-2-1501", "", "", (), "未见所属项目")
    assert rehoused(CARD, bare, "").dossier_doubt == "未见所属项目"
