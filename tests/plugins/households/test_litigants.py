"""Papers of a court, from their text to the dossier: the household's customer is found on whichever side he stands."""

from __future__ import annotations

import pytest

from classifiers import facts as finders
from plugins.archiving.card import fact_values
from retention.households.dossier import choose_dossier
from tests.classifiers.pages import transcript

BY_DEVELOPER = """民事起诉状
原告：江州锦绣置业有限公司，住所地江州市滨江路8号。
法定代表人：钱峰，董事长。
被告：罗海，男，身份证号码：110101199001010015。
诉讼请求：判令被告支付逾期购房款120000元；
事实与理由：被告购买原告开发的锦绣花园3栋2单元1201室。
此致
江州市人民法院
具状人：江州锦绣置业有限公司
"""
BY_BUYER = """民事起诉状
原告：罗海，男，身份证号码：110101199001010015。
被告：江州锦绣置业有限公司，住所地江州市滨江路8号。
诉讼请求：判令被告支付逾期交房违约金。
涉案房屋：锦绣花园3栋2单元1201室
"""
TWO_BUYERS = """民事判决书
（2023）粤0305民初1234号
原告：江州锦绣置业有限公司。
被告：罗海，男，身份证号码：110101199001010015。
被告：史兰，女，身份证号码：420111198506234525。
被告购买锦绣花园3栋2单元1201室。
"""
BY_MANAGER = """民事起诉状
原告：江州安居物业服务有限公司。
被告：罗海，男，身份证号码：110101199001010015。
诉讼请求：判令被告支付物业费。
涉案房屋：锦绣花园3栋2单元1201室
"""
TO_ARBITRATION = """仲裁申请书
申请人：江州锦绣置业有限公司
被申请人：罗海，身份证号码：110101199001010015
争议房屋：锦绣花园3栋2单元1201室
"""


@pytest.mark.parametrize(
    ("paper", "customer"),
    [
        (BY_DEVELOPER, "罗海"),
        (BY_BUYER, "罗海"),
        (TWO_BUYERS, "罗海、史兰"),
        (BY_MANAGER, "罗海"),
        (TO_ARBITRATION, "罗海"),
    ],
)
def test_whoever_sues_the_customer_is_who_bought_the_home_and_never_the_company(
    paper: str, customer: str
) -> None:
    choice = choose_dossier(fact_values(finders.find(transcript(paper))))
    assert (choice.key, choice.customer, choice.doubt_zh) == ("锦绣花园/3-2-1201", customer, "")


@pytest.mark.parametrize("paper", [BY_DEVELOPER, BY_MANAGER, TO_ARBITRATION])
def test_without_a_home_on_it_it_goes_under_his_number_and_not_under_the_company_s_name(paper: str) -> None:
    text = paper.replace("锦绣花园3栋2单元1201室", "某房屋")
    assert choose_dossier(fact_values(finders.find(transcript(text)))).key.startswith("客户/罗海-")
