"""The objects that `events`, `holds` and `schedule` print with `--json`: a contract with other programs."""

from __future__ import annotations

from typing import Any

from plugins.keeping.rescheduling import Proposal
from plugins.masking import mask_id_numbers
from retention.blocking.hold import Hold
from retention.periods.events import Told
from retention.schedule import Rule, Schedule
from retention.schedule.schedule_changes import Kept, ScheduleChange


def event_json(one: Told) -> dict[str, Any]:
    """An event as it stands: null under `withdrawn` while it counts."""
    event = one.event
    withdrawn = {
        "who": one.withdrawn_by,
        "at": one.withdrawn_at,
        "reason": mask_id_numbers(one.withdrawn_because),
    }
    return {
        "id": one.id,
        "kind": event.kind,
        "on": event.on.isoformat(),
        "scope": event.scope.sort,
        "key": mask_id_numbers(event.scope.key),
        "evidence": mask_id_numbers(event.evidence),
        "source": one.source,
        "who": one.who,
        "at": one.at,
        "withdrawn": None if one.counts else withdrawn,
    }


def hold_json(one: Hold) -> dict[str, Any]:
    """A hold as it stands: null under `released` while it does."""
    released = {"who": one.released_by, "at": one.released_at, "reason": mask_id_numbers(one.release_reason)}
    return {
        "id": one.id,
        "sort": one.sort,
        "scope": one.scope,
        "key": mask_id_numbers(one.key),
        "reason": mask_id_numbers(one.reason),
        "mandate": mask_id_numbers(one.mandate),
        "who": one.who,
        "since": one.at,
        "listed": bool(one.listed_at),
        "released": None if one.stands else released,
    }


def schedule_json(schedule: Schedule) -> dict[str, Any]:
    """The schedule's identity and its rows, in their order."""
    return {
        "name_zh": schedule.name_zh,
        "name_en": schedule.name_en,
        "version": schedule.version,
        "dated": schedule.dated.isoformat(),
        "example": schedule.example,
        "sha256": schedule.sha256,
        "rules": [_row(rule) for rule in schedule.rules.values()],
    }


def proposal_json(one: Proposal) -> dict[str, Any]:
    """A proposal: its number, by which it is taken, and every change."""
    return {
        "proposal": one.number,
        "version": one.version,
        "sha256": one.schedule,
        "changes": [change_json(each) for each in one.changes],
    }


def change_json(one: ScheduleChange) -> dict[str, Any]:
    """What would be otherwise for one record, or is."""
    card = one.record.card
    return {
        "id": one.record.dms_id,
        "title": mask_id_numbers(card.title),
        "kind": card.kind,
        "dossier": mask_id_numbers(card.dossier),
        "was": _kept(one.was),
        "becomes": _kept(one.becomes),
        "shorter": one.shorter,
        "why": {"zh": mask_id_numbers(one.match.why_zh), "en": mask_id_numbers(one.match.why_en)},
    }


def _kept(one: Kept) -> dict[str, Any]:
    return {
        "version": one.version,
        "rule": one.rule.id if one.rule else None,
        "period": one.rule.period_iso if one.rule else None,
        "retain_until": one.retain_until.isoformat() if one.retain_until else None,
    }


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "name_zh": rule.name_zh,
        "name_en": rule.name_en,
        "period": rule.period_iso,
        "cutoff_event": rule.cutoff,
        "roll_to_year_end": rule.roll_to_year_end,
        "disposition": rule.disposition,
        "authority": rule.authority,
        "kinds": list(rule.kinds),
        "categories": list(rule.categories),
        "series": list(rule.series),
        "dossier_is": list(rule.dossier_is),
        "dossier_has": list(rule.dossier_has),
    }
