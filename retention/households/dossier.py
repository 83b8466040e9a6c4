"""Choosing the Dossier 客户档案 of a document from the facts on it: one property unit, one dossier 一户一档.

Nothing is guessed: where the facts do not name one dossier, the key is empty or the choice carries a
doubt, and a person assigns.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retention.households.sides import CLAIMING, sides_of
from retention.record import FactValue

CUSTOMER_ROLES = ("buyer", "applicant", "borrower", "owner", "plaintiff")
"""Whose names are the customer's, the first role that the paper names before the others; of the two sides of a case that of
the customer (`retention.households.sides`)."""

NEVER_CUSTOMERS = ("staff", "court")
"""Who only worked on the paper."""

CUSTOMER_PREFIX = "客户"
_NAMES = ("person_name", "company_name")
_OF_PEOPLE = ("person_name", "id_number")
BETWEEN_NAMES = "、"
"""What stands between the names of several customers."""


@dataclass(frozen=True)
class DossierChoice:
    """The dossier that a document belongs to, and why.

    `key` is empty where nobody can say; `doubt_zh` is empty where the dossier is certain. With a key and a
    doubt the dossier is provisional. `ambiguous` means that the paper itself names several, between which a
    person must choose. `customer` holds the names with 、 between them. `evidence` is one Chinese sentence
    for each fact, without ID numbers. `related` are the keys of other open dossiers that a person may want
    to see beside it.
    """

    key: str
    title: str
    unit: str
    project: str
    customer: str
    evidence: tuple[str, ...]
    doubt_zh: str
    related: tuple[str, ...] = ()
    ambiguous: bool = False

    @property
    def provisional(self) -> bool:
        """Whether the paper names its unit and no estate, so that its dossier may turn out to be another one."""
        return bool(self.key and self.unit and not self.project) and not self.ambiguous


@dataclass(frozen=True)
class KnownDossier:
    """A dossier that was opened before; `merged_into` is the key of the one that has taken it in, if any."""

    key: str
    unit: str
    project: str
    customer: str
    merged_into: str = ""


def choose_dossier(facts: Sequence[FactValue], *, pepper: bytes = b"") -> DossierChoice:
    """The dossier that the facts name.

    With exactly one property unit it is `<project>/<unit>` (`<unit>` and a doubt where the project is
    not known); with no unit and exactly one customer's ID number it is `客户/<name>-<digest>`, the
    first 10 hex digits of the number's SHA-256 (HMAC-SHA-256 where a secret `pepper` is given, which
    keeps the number from being found by trying all). A unit with the role `property` is clearly the
    property's, one with no role may be, one with any other role (`address`) is not.
    """
    units = property_values(facts, "unit")
    customers = _customers(facts)
    if len(units) > 1:
        found = "、".join(key_part(one.value) for one in units)
        return _undecided(
            customers, units, f"文件上有多个房号（{found}），不能确定归入哪一户", ambiguous=True
        )
    if units:
        return _by_unit(units[0], property_values(facts, "project"), customers)
    return _by_customer(facts, customers, pepper)


def digest_of(key: str) -> str:
    """The digest of the ID number in a customer's key, or empty for any other key."""
    return key.rpartition("-")[2] if key.startswith(f"{CUSTOMER_PREFIX}/") else ""


def _by_unit(
    unit: FactValue, projects: tuple[FactValue, ...], customers: tuple[FactValue, ...]
) -> DossierChoice:
    number = key_part(unit.value)
    project = key_part(projects[0].value) if len(projects) == 1 else ""
    doubt = ""
    if len(projects) > 1:
        doubt = f"房号 {number} 所属项目不明：文件上有 {'、'.join(key_part(one.value) for one in projects)}"
    elif not projects:
        doubt = without_estate(number)
    names = _names(customers)
    return DossierChoice(
        key=f"{project}/{number}" if project else number,
        title=" ".join(part for part in (project, number, names) if part),
        unit=number,
        project=project,
        customer=names,
        evidence=tuple(_seen(one) for one in (unit, *projects, *customers)),
        doubt_zh=doubt,
        ambiguous=len(projects) > 1,
    )


def without_estate(unit: str) -> str:
    """What makes the dossier of a unit without its estate provisional."""
    return f"房号 {unit} 未见所属项目，可能与其他项目的同号房屋混淆"


def _by_customer(
    facts: Sequence[FactValue], customers: tuple[FactValue, ...], pepper: bytes
) -> DossierChoice:
    numbers = _of_customer(facts, ("id_number",))
    if not customers and (sides := sides_of(facts)) and not sides.customers:
        return _undecided((), (), "文件上未见房号，而诉讼双方何方为客户不明")
    if not numbers:
        return _undecided(customers, (), "文件上未见房号，也未见客户身份证号码")
    if len(numbers) > 1:
        doubt = f"文件上未见房号，而有 {len(numbers)} 个客户身份证号码"
        return _undecided(customers, (), doubt, ambiguous=True)
    names = _names(customers)
    if not customers:
        return _undecided(customers, (), "文件上未见房号；有身份证号码而未见客户姓名")
    digest = digest_of_number(numbers[0].value, pepper)
    key = f"{CUSTOMER_PREFIX}/{key_part(customers[0].value)}-{digest}"
    seen = (f"身份证号码（第{numbers[0].page}页）", *(_seen(one) for one in customers))
    return DossierChoice(key, f"{CUSTOMER_PREFIX} {names}", "", "", names, seen, "")


def _undecided(
    customers: tuple[FactValue, ...], units: tuple[FactValue, ...], doubt: str, *, ambiguous: bool = False
) -> DossierChoice:
    seen = tuple(_seen(one) for one in (*units, *customers))
    told = f"未能确定客户档案：{doubt}"
    return DossierChoice("", "", "", "", _names(customers), seen, told, ambiguous=ambiguous)


def property_values(facts: Sequence[FactValue], name: str) -> tuple[FactValue, ...]:
    """The different values that are clearly the property's, else those that may be."""
    for role in ("property", ""):
        found = _different(one for one in facts if one.name == name and one.role == role)
        if found:
            return found
    return ()


def _customers(facts: Sequence[FactValue]) -> tuple[FactValue, ...]:
    return _of_customer(facts, _NAMES)


def _of_customer(facts: Sequence[FactValue], names: tuple[str, ...]) -> tuple[FactValue, ...]:
    """The different values of the first customer's role that has any; without one, the only person's
    on a paper that gives nobody a role (an ID card)."""
    for roles, sorts in _customers_roles(facts):
        found = _different(
            one for one in facts if one.name in names and one.name in sorts and one.role in roles
        )
        if found:
            return found
    ours = [one for one in facts if one.name in names and one.name != "company_name"]
    ours = [one for one in ours if one.role not in NEVER_CUSTOMERS]
    found = _different(ours)
    return found if len(found) == 1 and not any(one.role for one in ours) else ()


def _customers_roles(facts: Sequence[FactValue]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The customer's roles on this paper, the first before the others, each with the facts in which he may bear it: a company
    that sues is as often the one that has sold the home."""
    sides = sides_of(facts)
    for role in CUSTOMER_ROLES:
        if sides is None or role not in CLAIMING:
            yield (role,), _OF_PEOPLE if role == "plaintiff" else (*_OF_PEOPLE, "company_name")
    if sides is not None:
        yield sides.customers, _OF_PEOPLE


def _different(facts: Iterable[FactValue]) -> tuple[FactValue, ...]:
    """The first fact of each value, in the order in which they were found."""
    first: dict[str, FactValue] = {}
    for one in facts:
        if key_part(one.value):
            first.setdefault(key_part(one.value), one)
    return tuple(first.values())


def _names(customers: tuple[FactValue, ...]) -> str:
    return BETWEEN_NAMES.join(key_part(one.value) for one in customers)


def _seen(fact: FactValue) -> str:
    labels: dict[str, str] = {"unit": "房号", "project": "项目"}
    return f"{labels.get(fact.name, '客户')} {key_part(fact.value)}（第{fact.page}页）"


def digest_of_number(number: str, pepper: bytes) -> str:
    """What stands for an ID number in a customer's key."""
    plain = key_part(number).upper().encode()
    full = hmac.new(pepper, plain, "sha256").hexdigest() if pepper else hashlib.sha256(plain).hexdigest()
    return full[:10]


def key_part(text: str) -> str:
    """The text as it may stand in a key: one width, no white space, no control characters, no slash."""
    even = unicodedata.normalize("NFKC", text).replace("/", "-")
    if even.isprintable():
        # The blank is the only white space that can be printed.
        return even.replace(" ", "")
    return "".join(letter for letter in even if not letter.isspace() and letter.isprintable())
