"""The object that `disposal` prints with `--json`: a contract with other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from retention.appraising.appraisal import Appraisal
from retention.disposing.disposal import Disposal, checksum_of, counts, manifest_of, witnesses_of
from retention.dms import Caution


def disposal_json(
    one: Disposal,
    batch: Appraisal,
    *,
    failed: Sequence[tuple[str, str]] = (),
    left: int = 0,
    remains: Sequence[Caution] = (),
) -> dict[str, Any]:
    """The disposal as it stands. `manifest` is the checksum of its list: of the final one once destruction began. `witnesses`
    are those who have confirmed that very list."""
    sha256 = one.manifest_sha256 or checksum_of(manifest_of(one, batch))
    items = {item.dms_id: item for item in batch.items}
    return {
        "disposal": one.id,
        "appraisal": one.appraisal_id,
        "result": one.result,
        "started": {"who": one.started_by, "at": one.started_at},
        "quarantine_until": one.quarantine_until.isoformat(),
        "manifest": sha256,
        "witnesses": list(witnesses_of(one, batch, sha256)),
        "begun": {"who": one.begun_by, "at": one.begun_at} if one.begun_at else None,
        "done_at": one.done_at or None,
        "outcomes": dict(counts(one.items)),
        "items": [
            {
                "id": each.dms_id,
                "sha256": each.sha256,
                "title": items[each.dms_id].title,
                "dossier": items[each.dms_id].dossier,
                "state": each.state,
                "detail": each.detail,
                "at": each.at,
                "versions": list(each.versions),
            }
            for each in one.items
        ],
        "failed": [{"id": dms_id, "error": why} for dms_id, why in failed],
        "left": left,
        "remains": [vars(caution) for caution in remains],
    }
