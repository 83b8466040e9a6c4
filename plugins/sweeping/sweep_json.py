"""The objects that `dossier sweep --json` prints."""

from __future__ import annotations

from plugins.masking import mask_id_numbers
from plugins.sweeping.outcome import Swept
from plugins.teaching.noticing import Noticed


def swept_json(one: Swept) -> dict[str, object]:
    """How one document ended."""
    return {
        "id": one.dms_id,
        "title": mask_id_numbers(one.title),
        "outcome": one.how,
        "labels": dict(one.sets),
        "left": {name: {"is": there, "proposed": wanted} for name, (there, wanted) in _masked(one).items()},
        "given_back": list(one.given_back),
        "needs_review": one.needs_review,
        "reason": one.reason,
    }


def noticed_json(one: Noticed) -> dict[str, object]:
    """What somebody has changed in the DMS."""
    return {
        "id": one.dms_id,
        "changed": one.what,
        "was": mask_id_numbers(one.was),
        "became": mask_id_numbers(one.became),
        "by": one.who,
        "at": one.at.isoformat(),
        "taken": one.taken,
    }


def _masked(one: Swept) -> dict[str, tuple[str, str]]:
    return {
        name: (mask_id_numbers(there), mask_id_numbers(wanted)) for name, (there, wanted) in one.kept.items()
    }
