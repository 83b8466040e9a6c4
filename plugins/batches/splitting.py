"""Filing a file in parts 分件归档: its division is written down, it is filed whole as the batch, its documents are cut out
and entered as files of their own.

Principle: no page may be lost between the whole and its parts. The whole is confirmed in the DMS before the first part is
entered, and its copy leaves the spool only when every part has a claim of its own. A part has the same id and the same
bytes whenever it is made, so that doing it again after a crash makes nothing twice.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from classifiers.parts import Range, pages_of
from classifiers.parts.sheets import has_sheets
from consumers import intake
from consumers.cutting import Cut, Uncuttable
from consumers.errors import Refused
from consumers.inbox.spool import Claim, Spool
from consumers.scan import Scan
from consumers.transcript import Transcript
from plugins.archiving.filing import judge
from plugins.archiving.standing import BY_ITSELF, Standing
from plugins.batches import divisions
from plugins.batches.parting import Parting, documents
from plugins.intake.entering import enter
from plugins.intake.in_hand import InHand
from plugins.intake.recovery import one_at_a_time
from plugins.logs import log
from plugins.wiring import Archive


def looked_at(archive: Archive, intake_id: str, transcript: Transcript) -> Standing:
    """Whether the file is to be filed in parts: then the standing has their ranges.

    What was decided before a crash stays so, whatever model, rules and setting say now. Raises Refused for a state
    secret.
    """
    before = decided(archive, intake_id)
    if before != BY_ITSELF:
        return before
    settings = archive.settings
    if settings.split == "off" or (settings.split == "propose" and not has_sheets(transcript)):
        return BY_ITSELF
    # Sheets that a person has laid in are no proposal of ours: they part the file under `propose` too.
    parting: Parting = "split" if settings.split == "split" else "sheets"
    verdict = judge(transcript, archive.rules, settings.sure, archive.pepper, parting)
    if verdict.apart:
        return Standing(ranges=tuple(part.range for part in verdict.parts))
    return Standing(kept_whole=verdict.kept_whole)


def decided(archive: Archive, intake_id: str) -> Standing:
    """The batch that this file was decided to be; by itself where nothing was decided."""
    with archive.engine.begin() as connection:
        return Standing(ranges=divisions.of(connection, intake_id))


def decide(archive: Archive, work: InHand) -> None:
    """Write the division down and take the right to file these bytes, in one transaction.

    Where they are filed already or on their way, nothing is written and the file stands by itself: filing it will tell
    of the other one. So it does where a crash cut this very file off after it was filed whole. Raises DmsUnavailable.
    """
    intake_id, sha256 = work.claim.id, work.scan.sha256
    if decided(archive, intake_id) != BY_ITSELF:
        return
    held = archive.dms.find(sha256)
    with archive.engine.begin() as connection:
        holder = intake.right_holder(connection, sha256)
        if held is not None or (holder is not None and holder.id != intake_id):
            work.standing, work.cuts = BY_ITSELF, ()
            return
        if holder is None:
            intake.take_right(connection, sha256, intake_id)
        divisions.keep(connection, intake_id, work.standing.ranges, archive.clock())


def why_whole(error: Exception) -> str:
    """Why a file that can not be cut stays whole, in Chinese."""
    return error.zh if isinstance(error, Uncuttable | Refused) else f"意外错误 {type(error).__name__}"


def take_back(archive: Archive, why: str, work: InHand) -> None:
    """The file can not be cut after all: it will be filed whole. Only while it is not filed as a batch."""
    with archive.engine.begin() as connection:
        divisions.forget(connection, work.claim.id)
    work.standing, work.cuts = Standing(kept_whole=why), ()


def missing(archive: Archive, spool: Spool, intake_id: str) -> tuple[Range, ...]:
    """The documents of a file that was filed as a batch that are neither entered nor in the spool yet."""
    with archive.engine.begin() as connection:
        row = intake.get(connection, intake_id)
        ranges = divisions.of(connection, intake_id)
        entered = {one.id for one in intake.parts_of(connection, intake_id)}
    if row is None or row.state not in ("confirmed", "review"):
        return ()
    ids = {part_id(intake_id, one): one for one in documents(ranges)}
    return tuple(one for known, one in ids.items() if known not in entered and spool.find(known) is None)


def claim_parts(
    archive: Archive, spool: Spool, whole: Claim, scan: Scan, cuts: tuple[Cut, ...]
) -> list[Claim]:
    """Claim every part that nobody has claimed yet; gives back this process' claims that are not entered yet."""
    with archive.engine.begin() as connection:
        entered = {one.id for one in intake.parts_of(connection, whole.id)}
    claims = []
    # Ids are not random here: two processes that take up one dead process' work must not both make them.
    with one_at_a_time(archive.settings.home / "run" / "recovery.lock"):
        for one in cuts:
            wanted = _claim(whole, scan, Range(one.first, one.last))
            if wanted.id not in entered:
                claims.append(spool.find(wanted.id) or spool.part_in(one.path, wanted))
    # What a dead process has left is taken up by recovery, like any other claim.
    return [one for one in claims if one.owner == spool.owner]


def give_up(archive: Archive, spool: Spool, why: str, work: InHand) -> None:
    """Close what can not be cut out of a batch that is filed: its pages stay in it, and a person is told.

    Only an upgrade or a failing disk leads here: the file could be cut before it was filed.
    """
    whole = work.claim
    left = missing(archive, spool, whole.id)
    reason = f"未能拆分（{why}），这几页只在整批扫描件中，请人工拆分"
    with archive.engine.begin() as connection:
        row = intake.get(connection, whole.id)
        for one in left:
            enter(connection, _claim(whole, work.scan, one), "", archive, spool.owner)
            intake.move(
                connection,
                part_id(whole.id, one),
                "quarantined",
                at=archive.clock(),
                reason=f"internal-error: {reason}",
            )
    log().error(
        "a batch could not be parted",
        intake=whole.id,
        pages=[(one.first, one.last) for one in left],
        reason=why,
    )
    assert row is not None
    record = archive.dms.record(row.dms_id)
    archive.dms.relabel(record, replace(record.card, review_reasons=(*record.card.review_reasons, reason)))


def text_of(transcript: Transcript, claim: Claim, sha256: str) -> Transcript:
    """What was read on the part's pages, which are counted from 1 again."""
    own = pages_of(transcript, Range(claim.first_page, claim.last_page)).pages
    return Transcript(sha256, tuple(replace(page, number=number) for number, page in enumerate(own, 1)))


def part_id(intake_id: str, where: Range) -> str:
    """The intake id of a part: the same each time."""
    return hashlib.sha256(f"{intake_id}:{where.first}-{where.last}".encode()).hexdigest()[:32]


def part_name(name: str, where: Range) -> str:
    """What a part is called: as the file that it was in, with its pages."""
    pages = f"{where.first}" if where.first == where.last else f"{where.first}-{where.last}"
    return f"{Path(name).stem} 第{pages}页.pdf"


def _claim(whole: Claim, scan: Scan, where: Range) -> Claim:
    return Claim(
        id=part_id(whole.id, where),
        path=whole.path,
        name=part_name(whole.name, where),
        source=whole.source,
        origin="",
        owner="",
        part_of=whole.id,
        whole=scan.sha256,
        first_page=where.first,
        last_page=where.last,
    )
