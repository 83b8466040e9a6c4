"""An Event: something that happened to a dossier or a record and from which a retention period may run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

HappeningKind = Literal[
    "contract_ended", "case_closed", "dossier_closed", "loan_paid_out", "warranty_ended", "purpose_met"
]
CutoffEvent = Literal[
    "filed",
    "document_date",
    "year_end",
    "contract_ended",
    "case_closed",
    "dossier_closed",
    "loan_paid_out",
    "warranty_ended",
    "purpose_met",
]
"""What a rule may count from: the first three are read off the card, the others must be told by an Event."""

HAPPENINGS: tuple[HappeningKind, ...] = get_args(HappeningKind)
CUTOFF_EVENTS: tuple[CutoffEvent, ...] = get_args(CutoffEvent)

EVENT_NAMES: dict[CutoffEvent, tuple[str, str]] = {
    "filed": ("归档", "filed"),
    "document_date": ("文件日期", "date of the document"),
    "year_end": ("文件所属年度终了", "end of the document's year"),
    "contract_ended": ("合同终止", "contract ended"),
    "case_closed": ("结案", "case closed"),
    "dossier_closed": ("客户档案结卷", "dossier closed"),
    "loan_paid_out": ("贷款结清", "loan paid off"),
    "warranty_ended": ("保修期满", "warranty ended"),
    "purpose_met": ("目的已实现", "purpose met"),
}
"""Chinese and English name of each event, as people read it."""


@dataclass(frozen=True)
class Scope:
    """What an event is about: all records of a dossier (`key` is its key) or one record (its DMS id).

    The sort is said and not guessed: a dossier `1203` and a document `1203` may both exist.
    """

    sort: Literal["dossier", "record"]
    key: str


@dataclass(frozen=True)
class Event:
    """It happened on the day `on`; `evidence` says how one knows, in words for a reader."""

    kind: HappeningKind
    on: date
    scope: Scope
    evidence: str
