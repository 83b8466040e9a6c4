"""Choosing the dossier: one property unit, one dossier; and never a guess."""

from __future__ import annotations

import hashlib

from retention.households.dossier import KnownDossier, choose_dossier
from retention.households.joining import join_known
from retention.record import FactValue

NUMBER = "130104196001104707"
DIGEST = hashlib.sha256(NUMBER.encode()).hexdigest()[:10]
KNOWN = KnownDossier("滨江雅苑/3栋1单元2001", "3栋1单元2001", "滨江雅苑", "石颖琪、史兰")


def fact(name: str, value: str, role: str = "") -> FactValue:
    return FactValue(name, value, 1, f"…{value}…", role)


UNIT = fact("unit", "3栋1单元2001", "property")
PROJECT = fact("project", "滨江雅苑")
BUYER = fact("person_name", "石颖琪", "buyer")


def test_a_unit_with_its_project_is_the_key() -> None:
    choice = choose_dossier([UNIT, PROJECT, BUYER])
    assert (choice.key, choice.doubt_zh) == ("滨江雅苑/3栋1单元2001", "")
    assert choice.title == "滨江雅苑 3栋1单元2001 石颖琪"
    assert "房号 3栋1单元2001（第1页）" in choice.evidence


def test_the_same_unit_written_twice_is_one_unit() -> None:
    assert choose_dossier([UNIT, fact("unit", "３栋1单元 2001", "property"), PROJECT]).doubt_zh == ""


def test_a_unit_without_project_is_the_key_and_a_doubt() -> None:
    choice = choose_dossier([UNIT, BUYER])
    assert choice.key == "3栋1单元2001"
    assert "未见所属项目" in choice.doubt_zh


def test_a_unit_of_several_projects_is_a_doubt() -> None:
    choice = choose_dossier([UNIT, PROJECT, fact("project", "东方公馆")])
    assert choice.key == "3栋1单元2001"
    assert "东方公馆" in choice.doubt_zh


def test_a_unit_without_role_counts_and_an_address_does_not() -> None:
    choice = choose_dossier([fact("unit", "3栋1单元2001"), fact("unit", "30幢501室", "address"), PROJECT])
    assert choice.key == "滨江雅苑/3栋1单元2001"
    assert choose_dossier([fact("unit", "30幢501室", "address"), PROJECT]).key == ""


def test_the_unit_that_is_clearly_the_property_wins_over_others() -> None:
    choice = choose_dossier([UNIT, fact("unit", "5栋101"), PROJECT])
    assert (choice.key, choice.doubt_zh) == ("滨江雅苑/3栋1单元2001", "")


def test_several_units_are_not_guessed() -> None:
    for role in ("", "property"):
        choice = choose_dossier([fact("unit", "3栋2001", role), fact("unit", "5栋101", role), PROJECT])
        assert choice.key == ""
        assert "多个房号" in choice.doubt_zh


def test_several_units_are_not_decided_by_the_customer() -> None:
    facts = [fact("unit", "3栋2001"), fact("unit", "5栋101"), BUYER, fact("id_number", NUMBER, "buyer")]
    assert choose_dossier(facts).key == ""


def test_a_customer_without_unit_is_the_key_and_the_number_is_not_in_it() -> None:
    choice = choose_dossier([BUYER, fact("id_number", NUMBER, "buyer")])
    assert choice.key == f"客户/石颖琪-{DIGEST}"
    assert NUMBER not in f"{choice}"


def test_an_id_card_that_gives_no_role_is_the_customers() -> None:
    choice = choose_dossier([fact("person_name", "贺宇"), fact("id_number", NUMBER)])
    assert choice.key == f"客户/贺宇-{DIGEST}"


def test_the_seller_is_no_customer() -> None:
    choice = choose_dossier([fact("person_name", "甲", "seller"), fact("id_number", NUMBER, "seller")])
    assert (choice.key, choice.customer) == ("", "")


def test_several_id_numbers_are_not_guessed() -> None:
    other = fact("id_number", "360104198909227821", "buyer")
    choice = choose_dossier([BUYER, fact("id_number", NUMBER, "buyer"), other])
    assert choice.key == ""
    assert "2 个客户身份证号码" in choice.doubt_zh


def test_a_number_without_name_is_not_guessed() -> None:
    choice = choose_dossier([fact("id_number", NUMBER)])
    assert choice.key == ""
    assert "未见客户姓名" in choice.doubt_zh


def test_nothing_at_all_is_a_doubt() -> None:
    assert choose_dossier([]).doubt_zh.startswith("未能确定客户档案")


def test_the_buyer_is_the_customer_before_all_others() -> None:
    facts = [
        UNIT,
        PROJECT,
        *(fact("person_name", role, role) for role in ("plaintiff", "owner", "buyer", "seller")),
    ]
    assert choose_dossier(facts).customer == "buyer"


def test_a_company_can_be_the_customer() -> None:
    assert choose_dossier([UNIT, PROJECT, fact("company_name", "某某公司", "buyer")]).customer == "某某公司"


def test_a_slash_on_paper_makes_no_second_level() -> None:
    assert choose_dossier([fact("unit", "A/B 101"), PROJECT]).key == "滨江雅苑/A-B101"


def test_a_pepper_changes_the_digest() -> None:
    facts = [BUYER, fact("id_number", NUMBER, "buyer")]
    assert choose_dossier(facts, pepper=b"secret").key not in ("", choose_dossier(facts).key)


def test_a_unit_without_project_joins_the_only_dossier_with_that_unit_and_a_customer_of_it() -> None:
    choice = join_known(choose_dossier([UNIT, fact("person_name", "史兰", "owner")]), [KNOWN])
    assert (choice.key, choice.project, choice.doubt_zh) == (KNOWN.key, "滨江雅苑", "")
    assert "归入已有客户档案" in choice.evidence[-1]


def test_it_joins_nothing_without_a_shared_name_or_with_two_such_units() -> None:
    stranger = choose_dossier([UNIT, fact("person_name", "罗海", "owner")])
    assert join_known(stranger, [KNOWN]) == stranger
    ours = choose_dossier([UNIT, BUYER])
    twin = KnownDossier("东方公馆/3栋1单元2001", "3栋1单元2001", "东方公馆", "石颖琪")
    assert join_known(ours, [KNOWN, twin]) == ours
    assert join_known(choose_dossier([UNIT]), [KNOWN]).key == "3栋1单元2001"


def test_a_name_read_wrong_joins_by_the_number() -> None:
    known = KnownDossier(f"客户/石颖琪-{DIGEST}", "", "", "石颖琪")
    choice = join_known(choose_dossier([fact("person_name", "石颖棋"), fact("id_number", NUMBER)]), [known])
    assert choice.key == known.key
