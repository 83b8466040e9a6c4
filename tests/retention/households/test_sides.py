"""The sides of a case: the household's customer is on one of them, and nobody guesses on which."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from retention.households.dossier import DossierChoice, choose_dossier
from retention.households.dossiers import open_dossier
from retention.households.settling import settle_dossier
from retention.households.sides import sides_of
from retention.record import FactValue
from retention.tables import metadata
from tests.retention.households.test_dossier import DIGEST, NUMBER, PROJECT, UNIT, fact
from tests.retention.households.test_settling import DAY

SELLER, MANAGER, TRADER = "江州锦绣置业有限公司", "江州安居物业服务有限公司", "江州贸易有限公司"
HE, SHE = "石颖琪", "史兰"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'd.sqlite3'}")
    metadata.create_all(engine)
    with engine.connect() as open_one:
        yield open_one
    engine.dispose()


def parties(claiming: str, answering: str, roles: tuple[str, str]) -> list[FactValue]:
    """The names on a paper; 、 between those of one side."""
    return [
        fact("company_name" if name.endswith("公司") else "person_name", name, role)
        for names, role in ((claiming, roles[0]), (answering, roles[1]))
        for name in names.split("、")
    ]


@pytest.mark.parametrize("roles", [("plaintiff", "defendant"), ("applicant", "respondent")])
@pytest.mark.parametrize(
    ("claiming", "answering", "customer"),
    [
        (SELLER, HE, HE),
        (HE, SELLER, HE),
        (MANAGER, HE, HE),
        (SELLER, f"{HE}、{SHE}", f"{HE}、{SHE}"),
        (f"{HE}、{SHE}", SELLER, f"{HE}、{SHE}"),
        ("江州银行股份有限公司", f"{HE}、{SELLER}", HE),
        (HE, f"{SELLER}、{MANAGER}", HE),
        (HE, SHE, ""),
        (SELLER, TRADER, ""),
        (HE, f"{SHE}、{SELLER}", ""),
    ],
)
def test_the_customer_is_on_the_side_where_people_stand_whoever_sues(
    claiming: str, answering: str, customer: str, roles: tuple[str, str]
) -> None:
    choice = choose_dossier([UNIT, PROJECT, *parties(claiming, answering, roles)])
    assert (choice.key, choice.customer, choice.doubt_zh) == ("滨江雅苑/3栋1单元2001", customer, "")
    assert SELLER not in choice.title


@pytest.mark.parametrize("claiming", [SELLER, MANAGER])
def test_without_a_unit_it_is_the_customer_s_dossier_by_his_number_and_never_the_company_s(
    claiming: str,
) -> None:
    facts = [*parties(claiming, HE, ("plaintiff", "defendant")), fact("id_number", NUMBER)]
    assert choose_dossier(facts).key == f"客户/{HE}-{DIGEST}"


def test_where_people_stand_on_both_sides_nobody_is_named_and_a_person_is_told_why() -> None:
    facts = [*parties(HE, SHE, ("plaintiff", "defendant")), fact("id_number", NUMBER)]
    choice = choose_dossier(facts)
    assert (choice.key, choice.customer) == ("", "")
    assert choice.doubt_zh == "未能确定客户档案：文件上未见房号，而诉讼双方何方为客户不明"


def test_a_counterclaim_that_names_one_man_on_both_sides_is_his() -> None:
    facts = parties(f"{HE}、{SELLER}", f"{SELLER}、{HE}", ("plaintiff", "defendant"))
    assert choose_dossier([UNIT, PROJECT, *facts]).customer == HE


def test_a_company_that_sues_alone_is_no_customer_and_a_buyer_s_name_comes_before_all_sides() -> None:
    company = fact("company_name", SELLER, "plaintiff")
    assert choose_dossier([UNIT, PROJECT, company]).customer == ""
    facts = [*parties(HE, SHE, ("plaintiff", "defendant")), fact("person_name", SHE, "buyer")]
    assert choose_dossier([UNIT, PROJECT, *facts]).customer == SHE


def test_who_applies_for_what_nobody_answers_for_brings_no_case() -> None:
    facts = [fact("person_name", HE, "applicant"), fact("company_name", SELLER, "seller")]
    assert sides_of(facts) is None
    assert choose_dossier([UNIT, PROJECT, *facts]).customer == HE


HOME = DossierChoice("滨江雅苑/3栋1单元2001", "滨江雅苑 3栋1单元2001", "3栋1单元2001", "滨江雅苑", HE, (), "")


def settled(connection: sa.Connection, *facts: FactValue) -> DossierChoice:
    return settle_dossier(connection, choose_dossier(facts), facts)


@pytest.mark.parametrize(
    ("claiming", "answering", "known", "customer"),
    [
        (SHE, HE, HE, HE),
        (HE, SHE, HE, HE),
        (SELLER, TRADER, TRADER, TRADER),
        (TRADER, SELLER, TRADER, TRADER),
        (f"{HE}、{SHE}", "罗海", HE, f"{HE}、{SHE}"),
        (SHE, HE, "罗海", ""),
        (SHE, HE, f"{HE}、{SHE}", ""),
    ],
)
def test_an_open_dossier_of_the_home_tells_which_side_is_its_customer_s(
    connection: sa.Connection, claiming: str, answering: str, known: str, customer: str
) -> None:
    open_dossier(connection, DossierChoice(*vars(HOME).values()), DAY)
    connection.execute(sa.text("UPDATE dossier SET customer = :known"), {"known": known})
    facts = parties(claiming, answering, ("plaintiff", "defendant"))
    assert settled(connection, UNIT, PROJECT, *facts).customer == customer
    # A home whose estate the paper does not name is known by its customer, on whichever side he stands.
    assert settled(connection, UNIT, *facts).key == (HOME.key if customer else HOME.unit)


def test_another_home_s_customer_tells_nothing_of_this_one_s(connection: sa.Connection) -> None:
    open_dossier(connection, DossierChoice("东方公馆/5-302", "", "5-302", "东方公馆", HE, (), ""), DAY)
    facts = parties(SHE, HE, ("plaintiff", "defendant"))
    assert settled(connection, UNIT, PROJECT, *facts).customer == ""
    # Without a home, a name on just one side is the customer's; it opens nothing by itself.
    choice = settled(connection, *facts)
    assert (choice.key, choice.customer) == ("", HE)
