"""Dossiers that refer to each other; nothing is put together without a person."""

from __future__ import annotations

from retention.households.dossier import KnownDossier, choose_dossier
from retention.households.household import refer
from retention.households.joining import join_known, same_home
from tests.retention.households.test_dossier import fact

PROJECT = fact("project", "晴岭华府", "property")
BUYER = fact("person_name", "石颖琪", "buyer")
HOME = fact("unit", "3-2-1201", "property")
OURS = choose_dossier([HOME, PROJECT, BUYER])


def test_a_home_without_its_entrance_may_be_the_same() -> None:
    assert same_home("3-1201", "3-2-1201")
    assert same_home("3-2-1201", "3-1201")
    assert not same_home("3-2-1201", "3-1-1201")
    assert not same_home("3-1201", "3-1201")
    assert not same_home("2-1201", "3-2-1201")


def test_a_home_written_without_entrance_joins_the_one_dossier_of_that_customer() -> None:
    known = KnownDossier("晴岭华府/3-2-1201", "3-2-1201", "晴岭华府", "石颖琪、史兰")
    short = choose_dossier([fact("unit", "3-1201", "property"), PROJECT, BUYER])
    assert join_known(short, [known]).key == known.key
    twin = KnownDossier("晴岭华府/3-1-1201", "3-1-1201", "晴岭华府", "石颖琪")
    assert join_known(short, [known, twin]) == short
    own = KnownDossier("晴岭华府/3-1201", "3-1201", "晴岭华府", "石颖琪")
    assert join_known(short, [known, own]) == short


def test_a_home_of_another_customer_is_only_referred_to() -> None:
    known = KnownDossier("晴岭华府/3-1201", "3-1201", "晴岭华府", "罗海")
    assert join_known(OURS, [known]) == OURS
    assert refer(OURS, [known]).related == (known.key,)


def test_a_dossier_opened_without_the_estate_is_proposed_for_merging_when_the_estate_is_known() -> None:
    bare = KnownDossier("3-2-1201", "3-2-1201", "", "石颖琪")
    choice = refer(OURS, [bare])
    assert (choice.key, choice.related, choice.doubt_zh) == ("晴岭华府/3-2-1201", ("3-2-1201",), "")
    assert "请核对后合并" in choice.evidence[-1]


def test_several_homes_of_one_customer_refer_to_each_other() -> None:
    other = KnownDossier("东方公馆/5-1-302", "5-1-302", "东方公馆", "石颖琪")
    choice = refer(OURS, [other])
    assert choice.related == (other.key,)
    assert "石颖琪 同名" in choice.evidence[-1]


def test_a_dossier_does_not_refer_to_itself_or_to_strangers() -> None:
    itself = KnownDossier(OURS.key, OURS.unit, OURS.project, OURS.customer)
    stranger = KnownDossier("东方公馆/5-1-302", "5-1-302", "东方公馆", "罗海")
    assert refer(OURS, [itself, stranger]) == OURS


def test_an_undecided_choice_refers_to_nothing() -> None:
    undecided = choose_dossier([BUYER])
    assert refer(undecided, [KnownDossier("东方公馆/5-1-302", "5-1-302", "东方公馆", "石颖琪")]) == undecided
