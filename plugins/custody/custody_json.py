"""The objects that `loans` and `handover` print with `--json`: a contract with other programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from plugins.masking import mask_id_numbers
from retention.custody.hand_over import HandOver
from retention.custody.loan import Loan


def loan_json(one: Loan, today: date) -> dict[str, Any]:
    """A loan as it stands: null under `returned` while it is out."""
    back = {"on": str(one.returned_on), "who": one.returned_by, "condition": mask_id_numbers(one.condition)}
    return {
        "loan": one.id,
        "scope": one.scope,
        "key": mask_id_numbers(one.key),
        "title": one.title,
        "category": one.category or None,
        "confidentiality": one.level,
        "borrower": one.borrower,
        "department": one.department,
        "purpose": mask_id_numbers(one.purpose),
        "approved_by": one.approved_by or None,
        "lent": {"who": one.lent_by, "on": one.lent_on.isoformat()},
        "due_on": one.due_on.isoformat(),
        "renewals": one.renewals,
        "days_late": one.days_late(today),
        "returned": None if one.out else back,
    }


def hand_over_json(one: HandOver, *, items: bool = True) -> dict[str, Any]:
    """A hand-over as it stands: null under each step that was not done; without `items` only what a list shows."""
    told: dict[str, Any] = {
        "hand_over": one.id,
        "sort": one.sort,
        "state": one.state,
        "department": one.department,
        "receiver": one.receiver,
        "digest": one.digest,
        "proposed": _act(one.proposed_by, one.proposed_at),
        "given": _act(one.given_by, one.given_at),
        "received": _act(one.received_by, one.received_at),
        "done_on": one.done_on.isoformat() if one.done_on else None,
        "withdrawn": _act(one.withdrawn_by, one.withdrawn_at),
        "note": one.note,
    }
    if not items:
        return told
    counts = {
        name: {"records": records, "pages": pages} for name, (records, pages) in one.by_category.items()
    }
    return told | {
        "counts": counts,
        "items": [
            {
                "id": each.dms_id,
                "sha256": each.sha256,
                "title": each.title,
                "category": each.category,
                "kind": each.kind,
                "dossier": each.dossier,
                "confidentiality": each.level,
                "pages": each.pages,
            }
            for each in one.items
        ],
    }


def _act(who: str, at: str) -> dict[str, str] | None:
    return {"who": who, "at": at} if at else None
