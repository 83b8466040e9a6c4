"""Records made up for the tests of retention: only what a test speaks of differs from the plain one."""

from __future__ import annotations

from datetime import date
from typing import Any

from retention.periods.event import Event, HappeningKind, Scope
from retention.record import Card, Record
from retention.schedule import EXAMPLE_HOME_SELLER, Schedule, load

TODAY = date(2026, 11, 21)
DOSSIER = "滨江雅苑/3栋1单元2001"


def a_card(**changes: Any) -> Card:
    """A subscription paper of 6 May 2012, filed in 2020, with nothing doubtful about it."""
    plain: dict[str, Any] = {
        "sha256": "a" * 64,
        "name": "S001.pdf",
        "media_type": "application/pdf",
        "title": "认筹确认单 贺宇",
        "pages": 1,
        "category": "sales",
        "kind": "认筹确认单",
        "confidence": 0.97,
        "review_reasons": (),
        "confidentiality": "普通商密",
        "personal_data": "personal",
        "retention_rule": "sales-10y",
        "dossier": DOSSIER,
        "customer": "贺宇",
        "unit": "3栋1单元2001",
        "document_date": date(2012, 5, 6),
        "filed_on": date(2020, 3, 1),
        "retain_until": None,
    }
    return Card(**{**plain, **changes})


def a_record(dms_id: str = "1", **changes: Any) -> Record:
    """The plain card under an id."""
    return Record(dms_id, a_card(**changes))


def a_case_closed(on: date, dossier: str = DOSSIER) -> Event:
    """The dossier's case was closed on that day."""
    return an_event("case_closed", on, Scope("dossier", dossier))


def an_event(kind: HappeningKind, on: date, scope: Scope | None = None) -> Event:
    """Something happened, to the plain dossier if nothing else is said."""
    return Event(kind, on, scope or Scope("dossier", DOSSIER), "通知书，第1页")


def example() -> Schedule:
    """The example schedule that ships with the product."""
    return load(EXAMPLE_HOME_SELLER)
