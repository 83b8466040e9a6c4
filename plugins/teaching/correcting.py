"""Correcting a record's labels: a person says what is right; the DMS shows it, the register and the next model know it.

Principle that must never break: no level goes down unless a person asks for it by name and says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from classifiers.confidentiality import Ladder
from classifiers.labels import PersonalData
from classifiers.taxonomy import OTHER
from plugins.errors import BadWord
from plugins.households.merging import take_along
from plugins.households.rehousing import rehoused
from plugins.keeping.retaining import retain
from plugins.masking import mask_id_numbers
from plugins.teaching import corrections
from plugins.teaching.corrections import Correction, What, stamp
from plugins.wiring import Archive, Rules
from retention import register
from retention.households.dossier import DossierChoice, without_estate
from retention.households.dossiers import known_dossier, open_dossier
from retention.households.settling import enter
from retention.periods.cutoff import Cutoff, cutoff, retain_until
from retention.record import Card, Record

_RANK: dict[PersonalData, int] = {"none": 0, "personal": 1, "sensitive": 2}
_NO_DOSSIER = "尚未确定客户档案"
_MOST_TITLE = 120


@dataclass(frozen=True)
class Wanted:
    """What a person says: the kind (its Chinese name or id), the level, the dossier's key; None: as it is.

    An empty dossier means that it belongs to none.
    """

    kind: str | None = None
    level: str | None = None
    dossier: str | None = None


@dataclass(frozen=True)
class Corrected:
    """What was done: the card before and after, and the corrections that were written down."""

    dms_id: str
    was: Card
    card: Card
    corrections: tuple[Correction, ...]
    opened: bool


def correct(
    archive: Archive, dms_id: str, wanted: Wanted, by: str, reason: str, said_at: datetime | None = None
) -> Corrected:
    """Do it: the DMS first, then correction and register entry in one transaction.

    A crash between the two leaves a record that shows the right labels and a correction that is not known: doing it
    again writes it down, as a confirmation. `said_at` is when he said it, where that is not now. Raises BadWord for words that make no sense, DmsRefused where somebody
    else was quicker, NoSuchRecord.
    """
    if not by.strip():
        raise BadWord("--by: 不能为空，请写决定人姓名。it is empty; write the name of who decides")
    if wanted == Wanted():
        raise BadWord(
            "没有要更正的内容：请写 --kind、--level 或 --dossier。nothing to correct: give --kind, --level or --dossier"
        )
    record = archive.dms.record(dms_id)
    card = _with_labels(record.card, wanted, archive.rules)
    _refuse_silent_lowering(record.card, card, reason, archive.rules.ladder)
    now, opened = archive.clock(), False
    choice = _home(archive, wanted, record.card, card)
    if choice is not None:
        with archive.engine.begin() as connection:
            opened = bool(choice.key) and open_dossier(connection, choice, now.date())
        card = rehoused(card, choice, f"{by.strip()} 指定{'' if choice.key else '不归户'}")
    done = _written_down(
        record.card,
        card,
        wanted,
        Correction(dms_id, card.sha256, "kind", "", "", by, stamp(said_at or now), reason),
    )
    if card != record.card:
        archive.dms.relabel(record, card)
        card = take_along(archive, Record(dms_id, card)).card
    card = retain(archive, Record(dms_id, card), by).card
    with archive.engine.begin() as connection:
        for one in done:
            corrections.keep(connection, one)
        enter(connection, Record(dms_id, card), archive.rules.ladder.higher)
        register.append(
            connection,
            at=now,
            actor=by,
            action="corrected",
            subject=f"record/{dms_id}",
            payload={
                "sha256": card.sha256,
                "changes": [{"what": one.what, "was": one.was, "became": one.became} for one in done],
                "reason": mask_id_numbers(reason),
            },
        )
    return Corrected(dms_id, record.card, card, done, opened)


def _with_labels(card: Card, wanted: Wanted, rules: Rules) -> Card:
    """The card with kind and level; what hangs on the kind follows it, the level and the flag upwards only."""
    level = card.confidentiality
    if wanted.kind is not None:
        kind = next((one for one in rules.taxonomy.kind if wanted.kind in (one.zh, one.id)), None)
        if kind is None:
            raise BadWord(
                f"--kind: 没有这个文种 there is no kind {wanted.kind!r}; see the names in the taxonomy, as 商品房买卖合同"
            )
        level = rules.ladder.higher(level, kind.confidentiality)
        card = replace(
            _looked_at(card, kind.category),
            kind=kind.zh,
            category=kind.category,
            retention_rule=kind.retention,
            personal_data=max((card.personal_data, kind.personal_data), key=_RANK.__getitem__),
            confidence=1.0,
            title=_retitled(card, kind.zh),
        )
    if wanted.level is not None:
        if wanted.level not in rules.ladder.names:
            raise BadWord(
                f"--level: 没有这个密级 there is no level {wanted.level!r}; choose from {'、'.join(rules.ladder.names)}"
            )
        level = wanted.level
    rule = rules.schedule.rules.get(card.retention_rule)
    if rule is None:
        # No rule, or one of an older version of the schedule, under which the record is still kept.
        return replace(card, confidentiality=level)
    start = cutoff(rule, card, ())
    end = retain_until(rule, start.on) if isinstance(start, Cutoff) else None
    return replace(card, confidentiality=level, retain_until=end)


def _retitled(card: Card, kind: str) -> str:
    """The title with the new kind in front; one that named the paper by its own words keeps them."""
    if card.title == card.kind or card.title.startswith(f"{card.kind} "):
        return f"{kind}{card.title.removeprefix(card.kind)}"
    return f"{kind} {card.title}"[:_MOST_TITLE]


def _looked_at(card: Card, category: str) -> Card:
    """Who says the kind has looked at the labels: their doubts are gone. That the household is missing, or that
    several are named, is another question, which only a paper of no customer's (`other`) does not ask."""
    if category == OTHER:
        return replace(card, review_reasons=(), dossier_doubt="")
    doubt = card.dossier_doubt
    left = tuple(reason for reason in card.review_reasons if doubt and reason == doubt)
    missing = _NO_DOSSIER if card.category == OTHER and not card.dossier else ""
    return replace(card, review_reasons=left, dossier_doubt=doubt or missing)


def _home(archive: Archive, wanted: Wanted, was: Card, card: Card) -> DossierChoice | None:
    """The dossier that is told, or that a paper which was none of the customer's now needs; None: it stays as it is."""
    asked = wanted.dossier
    if asked is None and was.category == OTHER and card.category != OTHER and was.dossier:
        asked = was.dossier
    if asked is None:
        return None
    with archive.engine.begin() as connection:
        known = known_dossier(connection, asked)
    if known is None and wanted.dossier is None:
        return _of_card(was)
    return known or _new_dossier(asked, was)


def _of_card(card: Card) -> DossierChoice:
    """The dossier that a card names, which nobody has opened yet."""
    project = card.dossier.rpartition("/")[0] if card.unit else ""
    doubt = without_estate(card.unit) if card.unit and not project else ""
    title = f"{project}{card.unit} {card.customer}".strip()
    return DossierChoice(card.dossier, title, card.unit, project, card.customer, (), doubt)


def _refuse_silent_lowering(was: Card, card: Card, reason: str, ladder: Ladder) -> None:
    lower = ladder.rank(card.confidentiality) < ladder.rank(was.confidentiality)
    if lower and not reason.strip():
        raise BadWord(
            f"--reason: 降低密级须写明理由。{was.confidentiality} becomes {card.confidentiality}, which is lower; write why it may be"
        )


def _new_dossier(key: str, card: Card) -> DossierChoice:
    """A dossier that is not open yet, by its key PROJECT/UNIT; empty: none. Raises BadWord for other keys."""
    project, slash, unit = key.partition("/")
    if not key:
        return DossierChoice("", "", "", "", "", (), "")
    if not (slash and project.strip() and unit.strip() and "/" not in unit) or project == "客户":
        raise BadWord(
            f"--dossier: 没有这个客户档案，新开的写作 项目/房号。no dossier {key!r} is open, and a new one is written PROJECT/UNIT, as 锦绣花园/3-2-1201"
        )
    return DossierChoice(
        key, f"{project}{unit} {card.customer}".strip(), unit, project, card.customer, (), ""
    )


def _written_down(was: Card, card: Card, wanted: Wanted, form: Correction) -> tuple[Correction, ...]:
    """A row for each label that was told or changed; a kind that stays is a confirmation, and is learnt from too."""
    rows: tuple[tuple[What, str, str, bool], ...] = (
        ("kind", was.kind, card.kind, wanted.kind is not None),
        ("category", was.category, card.category, False),
        ("level", was.confidentiality, card.confidentiality, wanted.level is not None),
        ("dossier", was.dossier, card.dossier, wanted.dossier is not None),
    )
    return tuple(
        replace(form, what=what, was=before, became=after)
        for what, before, after, told in rows
        if told or before != after
    )
