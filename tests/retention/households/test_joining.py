"""Joining an open dossier by what stands on both: a number, a home; a name that speaks against it stops it."""

from __future__ import annotations

import pytest

from retention.households.dossier import DossierChoice, KnownDossier, choose_dossier
from retention.households.joining import Bearer, contradiction, follow_merger, join_by_number, same_home
from retention.record import FactValue
from tests.retention.households.test_dossier import PROJECT, fact

CASE = "（2023）粤0305民初1234号"
HOME = KnownDossier("滨江雅苑/3-1-2001", "3-1-2001", "滨江雅苑", "石颖琪、史兰")
OTHER = KnownDossier("滨江雅苑/5-302", "5-302", "滨江雅苑", "罗海")
ESTATE_UNKNOWN = KnownDossier("3-1-2001", "3-1-2001", "", "")
CASE_NO = fact("case_no", CASE)


def bearer(known: KnownDossier = HOME, dms_id: str = "7") -> Bearer:
    return Bearer("case_no", CASE, dms_id, known)


def join(*facts: FactValue, bearers: tuple[Bearer, ...] = (bearer(),)) -> DossierChoice:
    return join_by_number(choose_dossier(facts), facts, bearers)


def test_a_paper_without_household_goes_where_its_number_is_and_says_why() -> None:
    choice = join(CASE_NO)
    assert (choice.key, choice.unit, choice.project, choice.doubt_zh) == (
        HOME.key,
        HOME.unit,
        HOME.project,
        "",
    )
    assert choice.evidence[-1] == f"归入已有客户档案 {HOME.key}：案号 {CASE} 与该档案中文件 7 所载一致"
    assert choice.customer == HOME.customer


@pytest.mark.parametrize("role", ["buyer", "plaintiff", "defendant", "applicant", "addressee", ""])
def test_another_name_where_a_customer_may_stand_leaves_it_to_a_person(role: str) -> None:
    choice = join(CASE_NO, fact("person_name", "罗海", role))
    assert (choice.key, choice.related) == ("", (HOME.key,))
    assert "与档案 滨江雅苑/3-1-2001 一致，但客户姓名不同（本件 罗海" in choice.doubt_zh


@pytest.mark.parametrize("role", ["seller", "agent", "builder", "legal_representative"])
def test_the_name_of_somebody_who_is_no_customer_speaks_against_nothing(role: str) -> None:
    assert join(CASE_NO, fact("person_name", "罗海", role)).key == HOME.key


def test_one_of_the_customers_names_is_enough() -> None:
    facts = (fact("person_name", "罗海", "plaintiff"), fact("person_name", "史兰", "defendant"))
    assert join(CASE_NO, *facts).key == HOME.key


def test_the_seller_as_a_plaintiff_speaks_against_nothing_and_a_firm_that_buys_does() -> None:
    assert join(CASE_NO, fact("company_name", "江州置业有限公司", "plaintiff")).key == HOME.key
    assert join(CASE_NO, fact("company_name", "江州贸易有限公司", "buyer")).key == ""


def test_a_number_of_several_dossiers_is_told_and_not_chosen_from() -> None:
    choice = join(CASE_NO, bearers=(bearer(), bearer(OTHER, "8")))
    assert (choice.key, choice.related) == ("", (HOME.key, OTHER.key))
    assert "见于多个档案（滨江雅苑/3-1-2001、滨江雅苑/5-302）" in choice.doubt_zh
    assert not choice.ambiguous


def test_a_unit_without_estate_joins_by_number_its_own_home_and_no_other() -> None:
    assert join(CASE_NO, fact("unit", "3-2001", "property")).key == HOME.key
    choice = join(CASE_NO, fact("unit", "5-302", "property"))
    assert choice.key == "5-302"
    assert "但房号不同（本件 5-302，该档案 3-1-2001）" in choice.doubt_zh


def test_a_paper_that_names_its_household_or_several_is_not_moved_by_a_number() -> None:
    certain = join(CASE_NO, PROJECT, fact("unit", "5-302", "property"))
    assert (certain.key, certain.doubt_zh) == ("滨江雅苑/5-302", "")
    several = join(CASE_NO, PROJECT, fact("unit", "5-302"), fact("unit", "6-302"))
    assert (several.key, several.ambiguous) == ("", True)


def test_who_joins_a_home_of_an_unknown_estate_stays_provisional() -> None:
    choice = join(CASE_NO, bearers=(bearer(ESTATE_UNKNOWN),))
    assert (choice.key, choice.provisional) == ("3-1-2001", True)
    assert "未见所属项目" in choice.doubt_zh


def test_who_is_named_by_his_id_number_goes_to_his_home_where_a_number_of_the_paper_is_and_nowhere_else() -> (
    None
):
    number = fact("id_number", "130104196001104707")
    he = (CASE_NO, number, fact("person_name", "石颖琪", "plaintiff"))
    choice = join(*he)
    assert (choice.key, choice.unit, choice.doubt_zh) == (HOME.key, HOME.unit, "")
    assert choice.evidence[-1].endswith("所载一致，客户 石颖琪 亦同")
    stranger = (CASE_NO, number, fact("person_name", "罗海", "plaintiff"))
    assert join(*stranger).key == choose_dossier(stranger).key
    assert join(*he, bearers=(bearer(), bearer(OTHER, "8"))).key == choose_dossier(he).key
    without_home = KnownDossier("客户/石颖琪-0123456789", "", "", "石颖琪")
    assert join(*he, bearers=(bearer(without_home),)).key == choose_dossier(he).key


def test_nothing_happens_without_a_bearer() -> None:
    assert join(CASE_NO, bearers=()) == choose_dossier([CASE_NO])


def test_a_dossier_without_a_known_customer_contradicts_nobody() -> None:
    facts = [fact("person_name", "罗海", "buyer")]
    assert contradiction(choose_dossier(facts), facts, KnownDossier("甲/1-101", "1-101", "甲", "")) == ""


def test_a_merged_dossier_stands_for_its_target() -> None:
    choice = follow_merger(choose_dossier([PROJECT, fact("unit", "3-2001", "property")]), HOME)
    assert (choice.key, choice.doubt_zh) == (HOME.key, "")
    assert choice.evidence[-1].endswith("档案 滨江雅苑/3-2001 已并入该档案")


def test_a_bare_unit_that_was_merged_goes_there_provisionally_and_never_against_a_name() -> None:
    unit = fact("unit", "3-1-2001", "property")
    choice = follow_merger(choose_dossier([unit]), HOME)
    assert choice.key == HOME.key
    assert "暂归入 滨江雅苑/3-1-2001" in choice.doubt_zh
    stranger = follow_merger(choose_dossier([unit, fact("person_name", "罗海", "owner")]), HOME)
    assert (stranger.key, stranger.related) == ("", (HOME.key,))


def test_a_paper_of_several_estates_is_left_to_a_person_where_its_bare_unit_was_merged() -> None:
    facts = [fact("unit", "3-1-2001", "property"), PROJECT, fact("project", "东方公馆")]
    choice = follow_merger(choose_dossier(facts), HOME)
    assert (choice.key, choice.ambiguous) == ("", True)


@pytest.mark.parametrize(
    ("one", "other", "same"), [("3-1201", "3-2-1201", True), ("3-1201", "3-1201", False)]
)
def test_homes_differ_at_most_in_the_entrance(one: str, other: str, same: bool) -> None:
    assert same_home(one, other) is same
