"""Taking a paper into a dossier that is open already: by what stands on both, and never by a guess.

Nothing here moves a paper that was filed: it decides for the one that is on its way in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from retention.households.dossier import (
    BETWEEN_NAMES,
    CUSTOMER_PREFIX,
    CUSTOMER_ROLES,
    DossierChoice,
    KnownDossier,
    digest_of,
    key_part,
    without_estate,
)
from retention.record import FactValue

MAY_BE_CUSTOMER = (
    *CUSTOMER_ROLES,
    "defendant",
    "respondent",
    "obligor",
    "payer",
    "principal",
    "addressee",
    "holder",
    "spouse",
    "",
)
"""In which roles a customer may stand on a paper; an agent, a judge or a seller is none."""
_FIRMS = ("buyer", "borrower", "owner")
"""In which roles a company is a customer beyond doubt: as plaintiff or applicant it is as often the seller."""


@dataclass(frozen=True)
class Bearer:
    """A dossier in which a number of the paper stands already: the fact's `name`, the number, and the record that bears it."""

    name: str
    value: str
    dms_id: str
    dossier: KnownDossier


NUMBER_NAMES = {
    "case_no": "案号",
    "contract_no": "合同编号",
    "filing_no": "备案号",
    "certificate_no": "证号",
    "property_unit_no": "不动产单元号",
}
"""The facts by which papers are joined, as people call them."""


def join_known(choice: DossierChoice, known: Iterable[KnownDossier]) -> DossierChoice:
    """The choice, taken into a known dossier where exactly one fits without a doubt, else unchanged.

    A choice with a unit and no project joins the only known dossier of that unit that has a project,
    if the two share a customer's name; on the same condition one that names no entrance (3-1201) joins
    the home of its project that has one (3-2-1201), and the other way round. A choice by ID number joins
    the known dossier with the same digest, however the name was read.
    """
    if choice.unit and not choice.project:
        same_unit = [one for one in known if one.unit == choice.unit and one.project]
        if len(same_unit) == 1 and (shared := shared_names(choice.customer, same_unit[0].customer)):
            return joined(choice, same_unit[0], f"房号 {choice.unit} 与客户 {shared} 均与该档案一致")
        return choice
    if choice.unit:
        return _join_other_writing(choice, known)
    if choice.key.startswith(f"{CUSTOMER_PREFIX}/"):
        same_number = [
            one for one in known if one.key != choice.key and digest_of(one.key) == digest_of(choice.key)
        ]
        if len(same_number) == 1:
            return joined(choice, same_number[0], "身份证号码与该档案一致")
    return choice


def join_by_number(
    choice: DossierChoice, facts: Sequence[FactValue], bearers: Sequence[Bearer]
) -> DossierChoice:
    """The choice, taken into the one dossier that has a number of the paper; `bearers` are all that have one.

    Only a paper without a household, or with a unit and no estate, is taken in, and only where neither a
    customer's name nor the unit speaks against it. Else the doubt tells which dossiers bear the number. One that
    names its customer by his ID number is taken in where that dossier is the same customer's.
    """
    others = {one.dossier.key: one.dossier for one in bearers if one.dossier.key != choice.key}
    if choice.key.startswith(f"{CUSTOMER_PREFIX}/"):
        return _home_of_customer(choice, bearers)
    if not others or choice.ambiguous or (choice.key and not choice.provisional):
        return choice
    if len(others) > 1:
        keys = BETWEEN_NAMES.join(others)
        told = f"{_numbers(bearers)}见于多个档案（{keys}），请择一归入"
        return replace(choice, doubt_zh=f"{choice.doubt_zh}；{told}", related=tuple(others))
    (known,) = others.values()
    against = contradiction(choice, facts, known)
    if against:
        told = f"{_numbers(bearers)}与档案 {known.key} 一致，但{against}，请核对后归入"
        return replace(choice, doubt_zh=f"{choice.doubt_zh}；{told}", related=(known.key,))
    return joined(choice, known, bears(bearers[0]))


def _home_of_customer(choice: DossierChoice, bearers: Sequence[Bearer]) -> DossierChoice:
    """The choice of a customer without a home, taken to the one home that bears its number and is his."""
    homes = {one.dossier.key: one for one in bearers}
    if len(homes) == 1:
        (one,) = homes.values()
        shared = shared_names(choice.customer, one.dossier.customer)
        if shared and one.dossier.unit:
            return joined(choice, one.dossier, f"{bears(one)}，客户 {shared} 亦同")
    return choice


def bears(one: Bearer) -> str:
    """Why a bearer's dossier is meant, as a Chinese sentence."""
    return f"{NUMBER_NAMES[one.name]} {one.value} 与该档案中文件 {one.dms_id} 所载一致"


def contradiction(choice: DossierChoice, facts: Sequence[FactValue], known: KnownDossier) -> str:
    """What on the paper speaks against that dossier, as a Chinese clause; empty: nothing does."""
    if choice.unit and choice.unit != known.unit and not same_home(choice.unit, known.unit):
        return f"房号不同（本件 {choice.unit}，该档案 {known.unit or '未注明'}）"
    named = {key_part(one.value) for one in facts if one.name in ("person_name", "company_name")}
    theirs = set(filter(None, known.customer.split(BETWEEN_NAMES)))
    claiming = dict.fromkeys(key_part(one.value) for one in facts if _may_be_customer(one))
    if not theirs or not claiming or named & theirs:
        return ""
    return f"客户姓名不同（本件 {BETWEEN_NAMES.join(claiming)}，该档案 {known.customer}）"


def _may_be_customer(fact: FactValue) -> bool:
    if fact.name == "company_name":
        return fact.role in _FIRMS
    return fact.name == "person_name" and fact.role in MAY_BE_CUSTOMER


def follow_merger(choice: DossierChoice, target: KnownDossier) -> DossierChoice:
    """The choice of a dossier that a person has merged into `target`, taken there.

    The number of a unit alone may stand for a home of another estate too: such a paper stays provisional,
    and one that names other customers is left to a person.
    """
    why = f"档案 {choice.key} 已并入该档案"
    if choice.ambiguous:
        return replace(choice, key="", title="", related=(target.key,))
    if not choice.provisional:
        return joined(choice, target, why)
    theirs = target.customer
    if choice.customer and theirs and not shared_names(choice.customer, theirs):
        doubt = f"{choice.doubt_zh}；同号档案已并入 {target.key}，但客户姓名不同，请核对后归入"
        return replace(choice, key="", title="", doubt_zh=doubt, related=(target.key,))
    return replace(joined(choice, target, why), doubt_zh=f"{choice.doubt_zh}；暂归入 {target.key}，请核对")


def joined(choice: DossierChoice, known: KnownDossier, why: str) -> DossierChoice:
    """The choice of that known dossier instead, with the reason among the evidence."""
    project, customer = known.project or choice.project, choice.customer or known.customer
    provisional = known.unit and not known.project
    return replace(
        choice,
        key=known.key,
        title=" ".join(part for part in (project, known.unit or choice.unit, customer) if part),
        project=known.project,
        unit=known.unit,
        customer=customer,
        evidence=(*choice.evidence, f"归入已有客户档案 {known.key}：{why}"),
        doubt_zh=without_estate(known.unit) if provisional else "",
        ambiguous=False,
    )


def same_home(unit: str, other: str) -> bool:
    """Whether two units differ only in that one of them names no entrance: 3-1201 and 3-2-1201."""
    short, long = sorted((unit.split("-"), other.split("-")), key=len)
    return (len(short), len(long)) == (2, 3) and short == [long[0], long[2]]


def shared_names(ours: str, theirs: str) -> str:
    """The names that stand in both, with 、 between them."""
    known = set(theirs.split(BETWEEN_NAMES))
    return BETWEEN_NAMES.join(name for name in ours.split(BETWEEN_NAMES) if name and name in known)


def _join_other_writing(choice: DossierChoice, known: Iterable[KnownDossier]) -> DossierChoice:
    homes = [one for one in known if one.project == choice.project]
    alike = [one for one in homes if same_home(one.unit, choice.unit)]
    if len(alike) != 1 or any(one.unit == choice.unit for one in homes):
        return choice
    shared = shared_names(choice.customer, alike[0].customer)
    return joined(choice, alike[0], f"同一项目，房号仅差单元，客户 {shared} 一致") if shared else choice


def _numbers(bearers: Sequence[Bearer]) -> str:
    told = dict.fromkeys(f"{NUMBER_NAMES[one.name]} {one.value} " for one in bearers)
    return BETWEEN_NAMES.join(told)
