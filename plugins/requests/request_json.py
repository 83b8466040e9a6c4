"""The objects that `requests` prints with `--json`: a contract with other programs. They hold no number and no name but the
asker's own, masked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from plugins.requests.holdings import Holding, in_dossiers
from retention.requests.request import Request, masked_name
from retention.requests.restrictions import Restriction


def request_json(one: Request, today: date) -> dict[str, Any]:
    """A request as it stands: null under each step that was not done."""
    return {
        "request": one.id,
        "kind": one.kind,
        "state": one.state,
        "name": masked_name(one.name),
        "id_number": one.masked,
        "channel": one.channel,
        "words": one.words,
        "received": {"who": one.received_by, "on": one.received_on.isoformat()},
        "due_on": one.due_on.isoformat(),
        "days_late": one.days_late(today),
        "warning": one.warns(today),
        "extended": one.extended_because or None,
        "checked": {"who": one.checked_by, "at": one.checked_at, "how": one.checked_how}
        if one.checked_at
        else None,
        "outcome": one.outcome or None,
        "answered": {"who": one.answered_by, "at": one.answered_at, "words": one.answer}
        if one.answered_at
        else None,
        "closed": {"who": one.closed_by, "at": one.closed_at} if one.closed_at else None,
    }


def shown_json(
    one: Request, today: date, found: Sequence[Holding], restricted: Sequence[Restriction]
) -> dict[str, Any]:
    """The request with everything that is held of the person, and what is restricted for it."""
    return request_json(one, today) | {
        "dossiers": list(in_dossiers(found)),
        "records": [holding_json(each) for each in found],
        "restrictions": [
            {"id": each.dms_id, "state": each.state, "reason": each.reason, "who": each.who, "at": each.at}
            for each in restricted
        ],
    }


def holding_json(one: Holding) -> dict[str, Any]:
    """One record, as it may be told to who asks."""
    return {
        "id": one.dms_id,
        "found_by": one.how,
        "state": one.state,
        "others": one.others,
        "category": one.category,
        "kind": one.kind,
        "dated": one.dated.isoformat() if one.dated else None,
        "filed_on": one.filed_on.isoformat() if one.filed_on else None,
        "pages": one.pages,
        "dossier": one.dossier,
        "data": list(one.sorts),
        "purpose": one.rule,
        "authority": one.authority,
        "period": one.period,
        "retain_until": one.until.isoformat() if one.until else None,
        "until": one.until_zh,
        "where": one.where,
        "on_loan": one.lent,
        "appraisal": one.appraisal,
    }
