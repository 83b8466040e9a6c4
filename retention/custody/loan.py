"""A Loan 借阅: the paper of a record, or of a whole dossier, that somebody has taken for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

LoanScope = Literal["record", "dossier"]
LOAN_SCOPES: tuple[LoanScope, ...] = get_args(LoanScope)
SCOPE_NAMES: dict[LoanScope, tuple[str, str]] = {
    "record": ("文件", "record"),
    "dossier": ("客户档案", "dossier"),
}


@dataclass(frozen=True)
class Lendable:
    """What can be lent: a record or a dossier, with its title (ID numbers masked), category and level; `key` is the
    record's id or the dossier's key, `sha256` is empty for a dossier."""

    scope: LoanScope
    key: str
    sha256: str
    title: str
    category: str
    level: str


@dataclass(frozen=True)
class Borrowing:
    """Who wants it: of which department, what for, with whose approval (empty: nobody's), and the last day of it."""

    borrower: str
    department: str
    purpose: str
    due_on: date
    approved_by: str = ""


@dataclass(frozen=True)
class Loan:
    """A loan as it stands. `due_on` is the last day on which it may be out; `returned_on` is None while it is. Times are
    UTC, ISO 8601. `approved_by` is empty where nobody had to approve."""

    id: int
    scope: LoanScope
    key: str
    sha256: str
    title: str
    category: str
    level: str
    borrower: str
    department: str
    purpose: str
    approved_by: str
    lent_by: str
    lent_at: str
    lent_on: date
    due_on: date
    renewals: int
    returned_on: date | None
    returned_at: str
    returned_by: str
    condition: str

    @property
    def out(self) -> bool:
        """Whether it has not come back."""
        return self.returned_on is None

    def days_late(self, today: date) -> int:
        """By how many days it is overdue, or was when it came back; 0: it is or was in time."""
        return max(0, ((self.returned_on or today) - self.due_on).days)
