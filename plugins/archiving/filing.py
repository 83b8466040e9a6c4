"""The journey of one document: from its Scan and Transcript to a Record that is confirmed in the DMS.

Principle: our copy goes only after the DMS' document and its checksum were read back, and what a
crash cuts off is taken up again by asking the DMS for the checksum before anything is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from classifiers import facts as finders
from classifiers.confidentiality import state_secret
from classifiers.fact import Fact
from classifiers.labelling import label
from classifiers.labels import Labels
from classifiers.parts import Part, Range
from classifiers.taxonomy import OTHER
from consumers import intake
from consumers.errors import Refused
from consumers.scan import Scan
from consumers.transcript import Transcript
from plugins.archiving.card import fact_values, make_card, search_keys
from plugins.archiving.covered import cover_of, under_cover
from plugins.archiving.rescans import marked, remember
from plugins.archiving.serials import numbered, serial_keys
from plugins.archiving.standing import BY_ITSELF, Standing, place_in_batch
from plugins.batches.batch_mates import choice_with_mates
from plugins.batches.parting import Parting, label_whole, staying_whole
from plugins.households.merging import take_along
from plugins.keeping.retaining import retain
from plugins.logs import log
from plugins.lookout import stages
from plugins.wiring import Archive, Rules
from retention import register
from retention.blocking import litigation, on_its_way
from retention.dms import Deposit
from retention.errors import AlreadyFiled, DmsRefused, DmsUnavailable
from retention.households.dossier import DossierChoice, choose_dossier
from retention.households.dossiers import open_dossier
from retention.households.settling import enter, settle_dossier
from retention.record import Record

ACTOR = "dossier"
"""Who is named in the register for what the program does by itself."""


_NO_DOSSIER = DossierChoice("", "", "", "", "", (), "")
"""A batch is in none: its parts are, each in its own."""


@dataclass(frozen=True)
class Verdict:
    """What the machine thinks of a document before it is filed; `parts` only where the file holds several.

    `apart` is true where these are filed each by itself; `kept_whole` says why not where the setting asks for it.
    `assigned` is true where a person's cover sheet names the dossier.
    """

    facts: tuple[Fact, ...]
    labels: Labels
    choice: DossierChoice
    parts: tuple[Part, ...] = ()
    apart: bool = False
    kept_whole: str = ""
    assigned: bool = False


def judge(
    transcript: Transcript,
    rules: Rules,
    sure: float,
    pepper: bytes,
    parting: Parting = "propose",
    decided: tuple[Range, ...] = (),
) -> Verdict:
    """Facts, labels and dossier of a document; raises Refused for a state secret, which must not enter.

    `decided` is where its parts lie, if that was decided before. Of a file whose parts are filed each by itself
    nobody is asked for the dossier: each part has its own.
    """
    mark = state_secret(transcript, rules.ladder)
    if mark is not None:
        raise Refused(
            "state-secret",
            f"第 {mark.page} 页带有国家秘密标志“{mark.name}”，不得进入本系统。请立即交保密人员处理。",
            f"Page {mark.page} bears the mark of a state secret; it must not enter this system. "
            "Hand it to the officer in charge of secrets at once.",
        )
    facts = finders.find(transcript)

    def labelled(pages: Transcript, found: tuple[Fact, ...]) -> Labels:
        return label(pages, found, rules.taxonomy, rules.ladder, sure, rules.model.model)

    parted = label_whole(transcript, facts, labelled, rules, parting, sure, decided)
    choice = choose_dossier(fact_values(facts), pepper=pepper)
    if parted.apart:
        choice = replace(choice, doubt_zh="", ambiguous=False)
    return Verdict(facts, parted.labels, choice, parted.parts, parted.apart, parted.kept_whole)


def file_document(
    archive: Archive,
    intake_id: str,
    scan: Scan,
    transcript: Transcript,
    searchable: Path | None = None,
    standing: Standing = BY_ITSELF,
) -> Record:
    """File one document that was read, with its archive version where there is one, and confirm it.

    Harmless when done twice: the second time finds what the first one filed. Raises Refused for a
    duplicate or a state secret, DmsUnavailable where another try may help, DmsRefused where not.
    """
    read_at = archive.clock()
    try:
        verdict = _judged(archive, transcript, standing)
        dms_id = archive.dms.find(scan.sha256)
    except (Refused, DmsRefused, DmsUnavailable):
        with archive.engine.begin() as connection:
            intake.move(connection, intake_id, "read", at=read_at)
        raise
    choice = _settle(archive, intake_id, scan, verdict, dms_id, read_at)
    card = make_card(
        scan=scan,
        pages=len(transcript.pages),
        labels=verdict.labels,
        facts=verdict.facts,
        choice=choice,
        schedule=archive.rules.schedule,
        today=archive.clock().date(),
    )
    card = numbered(archive, standing.shown_on(card), transcript)
    if dms_id is None:
        card = marked(archive, card, transcript)
        deposit = Deposit(
            original=scan.path,
            card=card,
            pages=tuple(page.text for page in transcript.pages),
            keys=(*search_keys(verdict.facts, choice), *serial_keys(card, archive.rules.asn_prefix)),
            archive=searchable,
        )
        try:
            dms_id = archive.dms.file(deposit)
        except AlreadyFiled as error:
            dms_id = error.dms_id
    # The pages of a part are those of its batch, and were read there.
    cost = (0, 0.0) if standing.part_of else (len(transcript.pages), transcript.seconds)
    return _confirm(archive, intake_id, scan, transcript, dms_id, cost)


def _judged(archive: Archive, transcript: Transcript, standing: Standing) -> Verdict:
    """The verdict on a file as it is filed: by itself, as a batch, or as a part."""
    settings = archive.settings
    parting = standing.parting(settings.split)
    verdict = judge(transcript, archive.rules, settings.sure, archive.pepper, parting, standing.ranges)
    if standing.ranges:
        return replace(verdict, facts=(), choice=_NO_DOSSIER)
    if standing.part_of:
        own = fact_values(verdict.facts)
        choice, cover = choice_with_mates(archive, standing, verdict.choice, own), cover_of(archive, standing)
        if cover is None:
            return replace(verdict, choice=choice)
        labels, choice = under_cover(archive, cover, verdict.labels, choice, own)
        return replace(verdict, labels=labels, choice=choice, assigned=bool(cover.dossier))
    if standing.kept_whole:
        return replace(verdict, labels=staying_whole(verdict.labels, standing.kept_whole))
    return verdict


def _settle(
    archive: Archive, intake_id: str, scan: Scan, verdict: Verdict, held: str | None, read_at: datetime
) -> DossierChoice:
    """Choose the dossier and take the right to file these bytes, in one transaction; `held` is the document in the DMS
    that has them.

    Who has the right already goes on (a crash cut him off); bytes that the DMS holds without it
    were filed by somebody else, and are a duplicate.
    """
    choice = verdict.choice
    with archive.engine.begin() as connection:
        # Not before: each transaction is a wait for the disk, and until now nothing has left the spool.
        intake.move(connection, intake_id, "read", at=read_at)
        holder = intake.right_holder(connection, scan.sha256)
        refused = _twin(holder, held, intake_id)
        if refused is None:
            if holder is None:
                intake.take_right(connection, scan.sha256, intake_id)
            numbered = () if verdict.labels.category == OTHER else fact_values(verdict.facts)
            choice = choice if verdict.assigned else settle_dossier(connection, choice, numbered)
            if choice.key and verdict.labels.category != OTHER:
                open_dossier(connection, choice, archive.clock().date())
            if choice.key and verdict.labels.category == litigation.CATEGORY:
                on_its_way.announce(connection, scan.sha256, choice.key)
            intake.move(connection, intake_id, "labelled", at=archive.clock())
            intake.move(connection, intake_id, "sent", at=archive.clock())
    if refused is not None:
        raise refused
    return choice


def _twin(holder: intake.Intake | None, held: str | None, intake_id: str) -> Refused | None:
    """Why these bytes are not filed by this file: another one has the right to them, or the DMS has them."""
    if holder is not None and holder.id != intake_id:
        return duplicate(holder.name, holder.dms_id)
    return duplicate("", held) if holder is None and held is not None else None


def _confirm(
    archive: Archive,
    intake_id: str,
    scan: Scan,
    transcript: Transcript,
    dms_id: str,
    cost: tuple[int, float],
) -> Record:
    """Read id and checksum back from the DMS, then write state and register entry in one transaction."""
    record, stored = archive.dms.confirmed(dms_id)
    if record.card.sha256 != scan.sha256 or stored != scan.sha256:
        raise DmsUnavailable(
            f"document {dms_id} does not have the checksum that was sent ({scan.sha256[:12]}…): "
            f"it has {stored[:12]}…; check the DMS' storage"
        )
    state: intake.State = "review" if record.card.needs_review else "confirmed"
    record = retain(archive, take_along(archive, record))
    with archive.engine.begin() as connection:
        intake.move(connection, intake_id, state, at=archive.clock(), dms_id=dms_id)
        spent = stages.stages_of(intake.events_of(connection, intake_id), *cost)
        stages.add(connection, intake.holder_of(connection) or intake_id, spent)
        enter(connection, record, archive.rules.ladder.higher)
        remember(connection, dms_id, record.card, transcript, archive.pepper)
        register.append(
            connection,
            at=archive.clock(),
            actor=ACTOR,
            action="filed",
            subject=f"record/{dms_id}",
            payload={
                "sha256": scan.sha256,
                "category": record.card.category,
                "kind": record.card.kind,
                "confidentiality": record.card.confidentiality,
                "retention_rule": record.card.retention_rule,
                "dossier": record.card.dossier,
                "intake": intake_id,
                **place_in_batch(record.card),
            },
        )
    seconds = {one.stage: round(one.seconds, 3) for one in spent}
    log().info("stages", intake=intake_id, sha256=scan.sha256, pages=cost[0], seconds=seconds)
    return record


def duplicate(name: str, dms_id: str) -> Refused:
    """The refusal of bytes that are here already, saying where."""
    where_zh = f"“{name}”" if name else "一份已有文件"
    number = f"（系统编号 {dms_id}）" if dms_id else "（正在归档）"
    return Refused(
        "duplicate",
        f"与{where_zh}{number}内容完全相同，未重复归档。如无需要可直接删除。",
        f"The same bytes as {name or 'a document that is filed'}{f' (document {dms_id})' if dms_id else ''}; "
        "not filed a second time. It can be thrown away if nobody needs it.",
    )


def refused_by_dms(error: DmsRefused) -> Refused:
    """What the operator is told of a file that the DMS does not take."""
    return Refused(
        "dms-refused",
        f"文档系统拒收：{error}。请交信息部门处理后重新放入。",
        f"The DMS refused it: {error}. Tell IT, then drop it in again.",
    )


def unforeseen(error: Exception) -> Refused:
    """What the operator is told where something went wrong that nobody thought of."""
    what = f"{type(error).__name__}: {error}"
    return Refused(
        "internal-error",
        f"处理时发生意外错误，请交信息部门：{what}",
        f"An unforeseen error occurred; tell IT: {what}",
    )
