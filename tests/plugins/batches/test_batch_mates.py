from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consumers.inbox.owner import Owner
from plugins import settings as settings_module
from plugins.batches.batch_mates import lent_by
from plugins.settings import Settings
from plugins.wiring import Archive
from retention.record import FactValue
from tests.classifiers.parts.papers import SEPARATOR
from tests.plugins.conftest import SUBSCRIPTION
from tests.plugins.taking import Desk

ID_CARD = """姓名 周文海
性别 男 民族 汉
出生 1988 年 3 月 5 日
住址 江州市北湖区枫林路21号2栋602室
公民身份号码 420198198803054519"""
NUMBER, OTHER_NUMBER = "420198198803054519", "110101199003074530"


def fact(name: str, value: str, role: str = "", page: int = 1) -> FactValue:
    return FactValue(name, value, page, value, role)


CARD = (fact("id_number", NUMBER), fact("unit", "2-602", "address"))


def paper(
    number: str = NUMBER, unit: str = "6-1-803", estate: str = "锦绣花园", role: str = "buyer"
) -> tuple[FactValue, ...]:
    return (fact("id_number", number, role), fact("unit", unit, page=2), fact("project", estate, page=2))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_module.load({"DOSSIER_HOME": str(tmp_path / "home"), "DOSSIER_SPLIT": "split"}, tmp_path)


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    with Owner(archive.settings.home / "run") as owner:
        yield Desk(archive, owner)


def test_papers_with_the_same_customers_number_lend_their_home() -> None:
    assert [one.value for one in lent_by(CARD, [paper(), paper()])] == ["6-1-803", "锦绣花园"]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([], id="nobody"),
        pytest.param([paper(number=OTHER_NUMBER)], id="another customer"),
        pytest.param([paper(), paper(unit="3-2-1201")], id="two homes"),
        pytest.param([paper(), paper(estate="云澜府")], id="two estates"),
        pytest.param([paper(role="seller")], id="the seller's number"),
        pytest.param([CARD], id="no home either"),
    ],
)
def test_where_they_do_not_agree_nothing_is_lent(others: list[tuple[FactValue, ...]]) -> None:
    assert lent_by(CARD, others) == ()


def test_an_id_copy_that_was_bound_in_with_a_contract_lies_in_its_dossier(
    desk: Desk, write: Callable[[str, str], Path]
) -> None:
    desk.take(write("a.pdf", "\f".join((ID_CARD, SEPARATOR, SUBSCRIPTION))))
    card, paper = (
        next(record.card for record in desk.archive.dms.records() if record.card.first_page == page)
        for page in (1, 3)
    )
    assert (card.kind, card.dossier) == ("身份证复印件", paper.dossier)
    assert card.dossier == "锦绣花园/6-1-803"
    assert "房号 6-1-803 取自同批第 3 页，客户身份证号码一致" in card.dossier_evidence


def test_an_id_copy_behind_somebody_elses_contract_does_not(
    desk: Desk, write: Callable[[str, str], Path]
) -> None:
    others = SUBSCRIPTION.replace(NUMBER, OTHER_NUMBER).replace("周文海", "郑国强")
    desk.take(write("a.pdf", "\f".join((ID_CARD, SEPARATOR, others))))
    (card,) = [record.card for record in desk.archive.dms.records() if record.card.first_page == 1]
    assert card.dossier.startswith("客户/")
