"""Bringing a changed schedule to the records that are kept already: shown as a proposal, taken by a person by its number."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plugins.errors import BadWord
from plugins.keeping.retaining import by_hundreds, catch_up
from plugins.keeping.ruled import named_by
from plugins.requests.sight import everything
from plugins.wiring import Archive
from retention import register
from retention.errors import DmsRefused, NoSuchRecord
from retention.record import Record
from retention.schedule import kept_rules
from retention.schedule.schedule_changes import ScheduleChange, changes, proposal_number


@dataclass(frozen=True)
class Proposal:
    """Everything that the schedule of today would change, and the number by which it is taken."""

    number: str
    schedule: str
    version: str
    changes: tuple[ScheduleChange, ...]


@dataclass(frozen=True)
class Taken:
    """The records that are kept otherwise now, and those that could not be changed, each with the reason."""

    done: tuple[ScheduleChange, ...]
    failed: tuple[tuple[str, str], ...]


def propose(archive: Archive) -> Proposal:
    """What would change; nothing is. Records of before rules were noted are noted first, as they were filed.

    What is restricted or in quarantine is kept by the schedule too: a longer period reaches it before it is destroyed.
    """
    catch_up(archive)
    schedule, named = archive.rules.schedule, named_by(archive.rules)
    found: list[ScheduleChange] = []
    for some in by_hundreds(everything(archive)):
        with archive.engine.begin() as connection:
            found += changes(connection, some, schedule, named)
    return Proposal(proposal_number(found, schedule), schedule.sha256, schedule.version, tuple(found))


def take(archive: Archive, number: str, by: str, reason: str) -> Taken:
    """Take the proposal with that number: each record is shown and kept under its new rule, with register entries.

    The DMS first, then our database; a crash in between leaves the rest to be proposed again. Raises BadWord where
    the proposal is not the one that stands by now, and without a name or a reason.
    """
    for option, said in (("--by", by), ("--reason", reason)):
        if not said.strip():
            raise BadWord(
                f"{option}: 不能为空 it is empty; write {'who decides' if option == '--by' else 'why'}"
            )
    proposal = propose(archive)
    if number != proposal.number:
        raise BadWord(
            f"方案 {number} 已不是现在的方案：请再看 dossier schedule diff（现为 {proposal.number}）。Proposal {number} "
            f"is not what stands now: look at dossier schedule diff again (now {proposal.number})"
        )
    done: list[ScheduleChange] = []
    failed: list[tuple[str, str]] = []
    for some in by_hundreds_of_changes(proposal.changes):
        shown = []
        for one in some:
            try:
                _show(archive, one)
            except (DmsRefused, NoSuchRecord) as error:
                failed.append((one.record.dms_id, str(error)))
            else:
                shown.append(one)
        _keep(archive, shown, number, by, reason)
        done += shown
    return Taken(tuple(done), tuple(failed))


def by_hundreds_of_changes(
    those: tuple[ScheduleChange, ...], size: int = 500
) -> list[tuple[ScheduleChange, ...]]:
    """The changes, some hundred at a time: as many as one register entry names."""
    return [those[start : start + size] for start in range(0, len(those), size)]


def _show(archive: Archive, one: ScheduleChange) -> None:
    rule = one.becomes.rule
    card = replace(
        one.record.card, retention_rule=rule.id if rule else "", retain_until=one.becomes.retain_until
    )
    if card == one.record.card:
        return
    try:
        archive.dms.relabel(one.record, card)
    except NoSuchRecord:
        # Out of sight: its card is shown as it should be when it comes back (`retaining.retain`).
        if one.record not in archive.dms.quarantined(one.record.dms_id):
            raise


def _keep(archive: Archive, those: list[ScheduleChange], number: str, by: str, reason: str) -> None:
    if not those:
        return
    schedule, at = archive.rules.schedule, archive.clock()
    with archive.engine.begin() as connection:
        register.lock(connection)
        kept_rules.keep_version(connection, schedule, at)
        for one in those:
            rule = one.becomes.rule
            card = replace(one.record.card, retention_rule=rule.id if rule else "")
            record = Record(one.record.dms_id, card)
            kept_rules.put_under(connection, record, schedule, one.subject, one.match, who=by, at=at)
        payload = {
            "proposal": number,
            "version": schedule.version,
            "reason": reason,
            "records": [
                {
                    "id": one.record.dms_id,
                    "sha256": one.record.card.sha256,
                    "was": one.was.rule.id if one.was.rule else "",
                    "was_version": one.was.version,
                    "became": one.becomes.rule.id if one.becomes.rule else "",
                    "until": str(one.becomes.retain_until or ""),
                }
                for one in those
            ],
        }
        subject = f"schedule/{schedule.sha256}"
        register.append(
            connection, at=at, actor=by.strip(), action="schedule-taken", subject=subject, payload=payload
        )
