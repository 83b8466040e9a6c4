"""A Request: what a person asks about the personal data that the archive holds on him, and where its handling stands."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from retention.households.dossier import key_part

RequestKind = Literal["access", "correction", "deletion", "withdrawal", "portability"]
REQUEST_KINDS: tuple[RequestKind, ...] = get_args(RequestKind)
KIND_NAMES: dict[RequestKind, tuple[str, str, str]] = {
    "access": ("查阅、复制", "access and copies", "个人信息保护法第四十五条"),
    "correction": ("更正、补充", "correction", "个人信息保护法第四十六条"),
    "deletion": ("删除", "deletion", "个人信息保护法第四十七条"),
    "withdrawal": ("撤回同意", "withdrawal of consent", "个人信息保护法第十五条、第四十七条"),
    "portability": ("转移", "portability", "个人信息保护法第四十五条第三款"),
}
"""Chinese and English name of each, and the article that it rests on."""
ENDS_IN_COPIES: tuple[RequestKind, ...] = ("access", "portability")
ENDS_IN_DELETION: tuple[RequestKind, ...] = ("deletion", "withdrawal")

RequestState = Literal["received", "checked", "found", "answered", "refused", "closed"]
REQUEST_STATES: tuple[RequestState, ...] = get_args(RequestState)
STATE_NAMES: dict[RequestState, tuple[str, str]] = {
    "received": ("已收到", "received"),
    "checked": ("身份已核", "identity checked"),
    "found": ("已查找", "looked for"),
    "answered": ("已答复", "answered"),
    "refused": ("已拒绝", "refused"),
    "closed": ("已办结", "closed"),
}
WAITING: tuple[RequestState, ...] = ("received", "checked", "found")
"""The states in which the clock runs."""

How = Literal["number", "text", "name"]
HOW_NAMES: dict[How, tuple[str, str]] = {
    "number": ("证件号码", "his number is on it"),
    "text": ("文字含其号码，待核", "its text has the number: to be confirmed"),
    "name": ("同名，待核", "the same name: to be confirmed"),
}
ItemState = Literal["hint", "confirmed", "rejected"]

_NEW = re.compile(r"[1-9]\d{16}[\dX]")
_SHOWN = 4


@dataclass(frozen=True)
class Asker:
    """Who asks: the name, the keyed digests of his ID number (`old_digest`: of the 15 places that it had before 2000, or
    empty) and the number as it may be shown."""

    name: str
    digest: str
    old_digest: str
    masked: str

    @property
    def digests(self) -> frozenset[str]:
        """The digests by which he is found."""
        return frozenset(filter(None, (self.digest, self.old_digest)))


@dataclass(frozen=True)
class Arrival:
    """How a request came in: by letter, at the counter ...; in what words; on which day, and the last day for its answer."""

    channel: str
    words: str
    received_on: date
    due_on: date


@dataclass(frozen=True)
class RequestItem:
    """A record on which the person is, or may be: by what it was found, how many others are on the same paper (at least),
    and whether a person has confirmed it."""

    dms_id: str
    sha256: str
    how: How
    others: int
    state: ItemState
    appraisal_id: int | None = None


@dataclass(frozen=True)
class Request:
    """A request as it stands. `due_on` is the last day for the answer; `outcome` is `answered`, `refused`
    or empty; times are UTC, ISO 8601, empty until then."""

    id: int
    kind: RequestKind
    state: RequestState
    name: str
    digest: str
    old_digest: str
    masked: str
    channel: str
    words: str
    received_by: str
    received_at: str
    received_on: date
    due_on: date
    extended_because: str
    checked_how: str
    checked_by: str
    checked_at: str
    found_at: str
    outcome: str
    answered_by: str
    answered_at: str
    answered_on: date | None
    answer: str
    closed_by: str
    closed_at: str
    items: tuple[RequestItem, ...] = ()

    @property
    def asker(self) -> Asker:
        """Who asks."""
        return Asker(self.name, self.digest, self.old_digest, self.masked)

    @property
    def confirmed(self) -> tuple[RequestItem, ...]:
        """The records on which he certainly is."""
        return tuple(one for one in self.items if one.state == "confirmed")

    def days_late(self, today: date) -> int:
        """By how many days the answer is late, or was; 0: it is or was in time."""
        ended = self.answered_on or today
        return max(0, (ended - self.due_on).days)

    def warns(self, today: date) -> bool:
        """Whether the clock runs and no more than a fifth of its time, or five days, are left."""
        left = (self.due_on - today).days
        whole = (self.due_on - self.received_on).days
        return self.state in WAITING and left <= max(5, whole // 5)


def asker_of(name: str, number: str, pepper: bytes) -> Asker:
    """The person with that ID number; the number itself is not kept."""
    plain = even(number)
    old = plain[:6] + plain[8:17] if _NEW.fullmatch(plain) else ""
    return Asker(name.strip(), digest_of(plain, pepper), digest_of(old, pepper) if old else "", masked(plain))


def digest_of(number: str, pepper: bytes) -> str:
    """What stands for an ID number: HMAC-SHA256, in hex, under the archive's secret. Its first ten places are what stands in
    the key of a customer's dossier."""
    return hmac.new(pepper, even(number).encode(), "sha256").hexdigest()


def even(number: str) -> str:
    """The number as it is compared: one width, no blanks, large letters."""
    return key_part(number).upper()


def masked(number: str) -> str:
    """The number as it may be shown: its first and last places, at most a third of it."""
    shown = min(_SHOWN, len(number) // 6)
    return number[:shown] + "*" * (len(number) - 2 * shown) + number[len(number) - shown :]


def masked_name(name: str) -> str:
    """A name as it stands in the register: its first sign, and one star for each other."""
    plain = name.strip()
    return plain[:1] + "*" * (len(plain) - 1)


def last_day(received_on: date, days: int) -> date:
    """The last day for an answer; the day on which it was received is not counted."""
    return received_on + timedelta(days=days)
