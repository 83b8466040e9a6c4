"""Making each report from the archive as it stands, for one reader's eyes. What the CLI and the desk call.

Nothing here changes anything but what every look at the archive notes first (`catch_up`).
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from plugins.errors import BadWord
from plugins.keeping import appraising, disposing
from plugins.keeping.appraising import today_of
from plugins.keeping.holding import list_late
from plugins.keeping.retaining import by_hundreds, catch_up
from plugins.masking import mask_id_numbers
from plugins.requests.sight import everything, record_of, whole
from plugins.wiring import Archive
from retention.blocking import holds
from retention.blocking.block import BlockCode
from retention.blocking.blocks import blocks_of
from retention.blocking.hold import Hold
from retention.custody import hand_overs, loans
from retention.disposing import disposals, tombstones
from retention.households.dossiers import dossier_of
from retention.register import head
from retention.reports import yearly
from retention.reports.contents.appraisal import appraisal_report
from retention.reports.contents.certificate import certificate_report
from retention.reports.contents.destruction import destruction_report
from retention.reports.contents.handover import handover_report, handovers_report
from retention.reports.contents.holds import holds_report
from retention.reports.contents.loans import loans_report
from retention.reports.contents.review import Lists, review_report
from retention.reports.contents.statistics import statistics_report
from retention.reports.eyes import Eyes
from retention.reports.report import MOST_PRINTED, Frame, Report
from retention.reports.words import CategoryNames
from retention.reviewing.reviewing import Reviewing

HOLDING: frozenset[BlockCode] = frozenset(
    ("on-hold", "open-debt", "personal-data-restricted", "open-litigation")
)
"""What the statistics count as held."""


def eyes_of(archive: Archive, level: str = "") -> Eyes:
    """The eyes of somebody who may see up to that level; empty: up to the setting's. Raises BadWord."""
    ladder = archive.rules.ladder
    if level and level not in ladder.names:
        raise BadWord(
            f"--level: 没有这个密级 there is no level {level!r}; choose from {', '.join(ladder.names)}"
        )
    floor = ladder.customers or ladder.names[0]
    return Eyes(ladder.names, archive.clearance(level).levels, floor, mask_id_numbers)


def frame_of(archive: Archive, made_by: str = "") -> Frame:
    """What every report of this moment bears."""
    at = archive.clock().astimezone()
    zone = at.tzinfo
    assert zone is not None
    with archive.engine.begin() as connection:
        return Frame(archive.settings.organisation, at.date(), made_by, head(connection), zone)


def names_of(archive: Archive) -> CategoryNames:
    """The categories' names as the taxonomy in use has them."""
    return {one.id: (one.zh, one.en) for one in archive.rules.taxonomy.category}


def reviewing(archive: Archive, first: date, last: date) -> Reviewing:
    """The look at all records for that span, both days inclusive. Raises BadSpan."""
    catch_up(archive)
    source, today = whole(archive), today_of(archive)
    schedule = archive.rules.schedule
    return Reviewing(archive.engine.begin, source, schedule, first, last, today, first=source.hidden)


def retention(archive: Archive, looked: Reviewing, frame: Frame, eyes: Eyes) -> Report:
    """The retention review; its lists are read from the archive as they are written."""
    lists = Lists(looked.due, looked.no_cutoff, looked.no_rule)
    return review_report(looked.review(MOST_PRINTED), frame, eyes, names_of(archive), lists)


def appraisal(archive: Archive, number: int, frame: Frame, eyes: Eyes) -> Report:
    """The report of that appraisal. Raises BadWord."""
    batch, schedule = appraising.show(archive, number), archive.rules.schedule
    # The schedule in use is an example or not; of the one that was used then only the checksum is on the batch.
    same = schedule if schedule.sha256 == batch.schedule else None
    return appraisal_report(batch, frame, eyes, names_of(archive), same)


def destruction(archive: Archive, number: int, frame: Frame, eyes: Eyes) -> Report:
    """The register of that disposal. Raises BadWord."""
    one = disposing.show(archive, number)
    with archive.engine.begin() as connection:
        batch = disposals.batch_of(connection, one)
    return destruction_report(one, batch, frame, eyes)


def certificate(archive: Archive, number: int, frame: Frame, eyes: Eyes) -> Report:
    """The certificate of what that disposal has destroyed. Raises BadWord while it is not over."""
    one = disposing.show(archive, number)
    if not one.done_at:
        raise BadWord(
            f"第{number}号处置尚未执行完毕，不能出具证明：先 dossier disposal execute {number}。Disposal {number} is not over: "
            "there is nothing to certify yet"
        )
    with archive.engine.begin() as connection:
        stones = tombstones.of(connection, [item.dms_id for item in one.items])
        rules = {item.rule: item.rule_name for item in disposals.batch_of(connection, one).items}
    return certificate_report(one, stones, frame, eyes, names_of(archive), archive.dms.remains(), rules)


def held(archive: Archive, frame: Frame, eyes: Eyes, *, released: bool = False) -> Report:
    """The list of holds that stand; with `released` also of those that do not any more."""
    list_late(archive)
    with archive.engine.begin() as connection:
        found = holds.every(connection, released=released)
    return holds_report(found, {one.id: _level_of(archive, one) for one in found}, frame, eyes)


def handover(archive: Archive, number: int, frame: Frame, eyes: Eyes) -> Report:
    """The list of that hand-over; 0: the list of all of them. Raises BadWord."""
    with archive.engine.begin() as connection:
        if not number:
            return handovers_report(hand_overs.every(connection), frame, eyes)
        one = hand_overs.get(connection, number)
    if one is None:
        raise BadWord(
            f"没有移交 {number}：见 dossier handover list。There is no hand-over {number}; see handover list"
        )
    return handover_report(one, frame, eyes, names_of(archive))


def lent(archive: Archive, frame: Frame, eyes: Eyes, *, returned: bool = False) -> Report:
    """The list of loans; with `returned` also of what came back."""
    with archive.engine.begin() as connection:
        found = loans.every(connection, returned=returned)
    return loans_report(found, today_of(archive), frame, eyes, names_of(archive))


def statistics(archive: Archive, year: int, frame: Frame, eyes: Eyes) -> Report:
    """The statistics of that year beside the year before."""
    catch_up(archive)
    kinds = {kind.zh: kind.category for kind in archive.rules.taxonomy.kind}
    with archive.engine.begin() as connection:
        before, this = yearly.years(connection, (year - 1, year), frame.zone, kinds)
    return statistics_report(this, before, _held_now(archive), frame, eyes, names_of(archive))


def _held_now(archive: Archive) -> Counter[str]:
    """How many records of each category a hold, a debt, a restriction or an open case reaches today."""
    found: Counter[str] = Counter()
    today = today_of(archive)
    for some in by_hundreds(everything(archive)):
        with archive.engine.begin() as connection:
            blocked = blocks_of(connection, some, today, obstructions=())
        for record in some:
            if any(block.code in HOLDING for block in blocked[record.dms_id]):
                found[record.card.category] += 1
    return found


def _level_of(archive: Archive, one: Hold) -> str:
    """Of which level the thing is that a hold is placed on; empty where nobody knows: a name, a case, a query."""
    if one.scope == "record":
        record = record_of(archive, one.key)
        return record.card.confidentiality if record else ""
    if one.scope != "dossier":
        return ""
    with archive.engine.begin() as connection:
        known = dossier_of(connection, one.key)
    return known.level if known else ""
