"""A Hold 冻结: an order that nothing of what it reaches may be destroyed, until a person releases it with a reason.

Debts that are not settled and restrictions on personal data are kept the same way: each says its own name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from retention.blocking.hold_query import HeldQuery
from retention.households.dossier import BETWEEN_NAMES, key_part
from retention.households.lineage import Lineage
from retention.record import Record

HoldSort = Literal["hold", "debt", "restriction"]
HoldScope = Literal["record", "dossier", "case", "customer", "query"]
HOLD_SORTS: tuple[HoldSort, ...] = get_args(HoldSort)
HOLD_SCOPES: tuple[HoldScope, ...] = get_args(HoldScope)

SORT_NAMES: dict[HoldSort, tuple[str, str]] = {
    "hold": ("冻结", "on hold"),
    "debt": ("债权债务未结清", "open debt"),
    "restriction": ("个人信息限制处理", "personal data restricted"),
}
SCOPE_NAMES: dict[HoldScope, tuple[str, str]] = {
    "record": ("文件", "record"),
    "dossier": ("客户档案", "dossier"),
    "case": ("案件", "case"),
    "customer": ("客户", "customer"),
    "query": ("检索", "query"),
}
"""Chinese and English name of each, as people read it."""


NAME_FACTS = ("person_name", "company_name")
"""The facts on a paper that name a customer."""


@dataclass(frozen=True)
class Hold:
    """A hold as it was placed. `key` is the record's id, the dossier's key, the case number, the customer's name, or a
    query as canonical JSON. Times are UTC, ISO 8601. `listed_at` is empty while what a query finds is not written down
    yet; `released_at` is empty while it stands."""

    id: int
    sort: HoldSort
    scope: HoldScope
    key: str
    reason: str
    mandate: str
    who: str
    at: str
    listed_at: str = ""
    released_at: str = ""
    released_by: str = ""
    release_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether nobody has released it."""
        return not self.released_at


class Known(NamedTuple):
    """What our database knows beside the card: what is on the cards of the whole dossier, and which holds by query
    have the record on their list, `found` or for its `words` (`retention.blocking.holds`)."""

    family: Lineage
    case_numbers: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    found: Collection[int] = ()
    words: Collection[int] = ()


def reaches(hold: Hold, record: Record, known: Known) -> bool:
    """Whether the hold reaches the record. Where that is not clear, it does.

    One on a case reaches the whole dossier in which a paper bears the case number; one on a customer all with that name on
    the card, on the paper, or on the dossier, also of another person of that name.
    """
    card, family = record.card, known.family
    match hold.scope:
        case "record":
            return hold.key == record.dms_id
        case "dossier":
            return bool(card.dossier) and family.home(hold.key) == family.home(card.dossier)
        case "case":
            own = {case_number(fact.value) for fact in card.facts if fact.name == "case_no"}
            return case_number(hold.key) in own | known.case_numbers
        case "customer":
            return key_part(hold.key) in names_on(record) | known.customers
        case "query":
            return asks_for(hold, HeldQuery.read(hold.key), record, known)


def asks_for(hold: Hold, query: HeldQuery, record: Record, known: Known) -> bool:
    """Whether the hold by that query reaches the record: it found it then, or would find it now."""
    if hold.id in known.found:
        return True
    if not query.fits_card(record, known.family):
        return False
    # Until the list is whole nobody knows whose text has the words: then all of them may.
    return not hold.listed_at or hold.id in known.words or query.words_on(record)


def case_number(text: str) -> str:
    """A case number as numbers are compared and noted (`retention.households.dossier_numbers`)."""
    return key_part(text).upper()


def names_on(record: Record) -> frozenset[str]:
    """The names of people and companies on the card and the paper, evened out."""
    facts = (one.value for one in record.card.facts if one.name in NAME_FACTS)
    return frozenset(key_part(name) for name in (*record.card.customer.split(BETWEEN_NAMES), *facts) if name)
