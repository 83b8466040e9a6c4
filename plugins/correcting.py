"""Correcting a record's labels: a person says what is right; the DMS shows it, the register and the next model know it.

Principle that must never break: no level goes down unless a person asks for it by name and says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from classifiers.confidentiality import Ladder
from classifiers.labels import PersonalData
from plugins import corrections
from plugins.corrections import Correction, What, stamp
from plugins.errors import BadWord
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive, Rules
from retention import register
from retention.cutoff import Cutoff, cutoff, retain_until
from retention.dossier import DossierChoice
from retention.dossiers import known_dossier, open_dossier
from retention.record import Card

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


def correct(archive: Archive, dms_id: str, wanted: Wanted, by: str, reason: str) -> Corrected:
    """Do it: the DMS first, then correction and register entry in one transaction.

    A crash between the two leaves a record that shows the right labels and a correction that is not known: doing it
    again writes it down, as a confirmation. Raises BadWord for words that make no sense, DmsRefused where somebody
    else was quicker, NoSuchRecord.
    """
    if not by.strip():
        raise BadWord("--by: it is empty; write the name of who decides")
    if wanted == Wanted():
        raise BadWord("nothing to correct: give --kind, --level or --dossier")
    record = archive.dms.record(dms_id)
    card = _with_labels(record.card, wanted, archive.rules)
    _refuse_silent_lowering(record.card, card, reason, archive.rules.ladder)
    now, opened = archive.clock(), False
    if wanted.dossier is not None and wanted.dossier != record.card.dossier:
        with archive.engine.begin() as connection:
            choice = known_dossier(connection, wanted.dossier) or _new_dossier(wanted.dossier, record.card)
            opened = bool(choice.key) and open_dossier(connection, choice, now.date())
        customer = record.card.customer or choice.customer
        unit, title = choice.unit or record.card.unit, _rehoused(card.title, record.card.dossier, choice.key)
        card = replace(card, dossier=choice.key, unit=unit, customer=customer, title=title)
    card = _looked_at(card, record.card, wanted)
    done = _written_down(
        record.card, card, wanted, Correction(dms_id, card.sha256, "kind", "", "", by, stamp(now), reason)
    )
    if card != record.card:
        archive.dms.relabel(record, card)
    with archive.engine.begin() as connection:
        for one in done:
            corrections.keep(connection, one)
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
                f"--kind: there is no kind {wanted.kind!r}; see the names in the taxonomy, as 商品房买卖合同"
            )
        level = rules.ladder.higher(level, kind.confidentiality)
        card = replace(
            card,
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
                f"--level: there is no level {wanted.level!r}; choose from {'、'.join(rules.ladder.names)}"
            )
        level = wanted.level
    rule = rules.schedule.rules[card.retention_rule]
    start = cutoff(rule, card, ())
    end = retain_until(rule, start.on) if isinstance(start, Cutoff) else None
    return replace(card, confidentiality=level, retain_until=end)


def _retitled(card: Card, kind: str) -> str:
    """The title with the new kind in front; one that named the paper by its own words keeps them."""
    if card.title == card.kind or card.title.startswith(f"{card.kind} "):
        return f"{kind}{card.title.removeprefix(card.kind)}"
    return f"{kind} {card.title}"[:_MOST_TITLE]


def _rehoused(title: str, was: str, key: str) -> str:
    """The title with the new home in the place of the old one, as titles write them: estate and unit run together."""
    old, new = was.replace("/", ""), key.replace("/", "")
    return title.replace(old, new) if old and new else title


def _refuse_silent_lowering(was: Card, card: Card, reason: str, ladder: Ladder) -> None:
    lower = ladder.rank(card.confidentiality) < ladder.rank(was.confidentiality)
    if lower and not reason.strip():
        raise BadWord(
            f"--reason: {was.confidentiality} becomes {card.confidentiality}, which is lower; write why it may be"
        )


def _new_dossier(key: str, card: Card) -> DossierChoice:
    """A dossier that is not open yet, by its key PROJECT/UNIT; empty: none. Raises BadWord for other keys."""
    project, slash, unit = key.partition("/")
    if not key:
        return DossierChoice("", "", "", "", "", (), "")
    if not (slash and project.strip() and unit.strip() and "/" not in unit) or project == "客户":
        raise BadWord(
            f"--dossier: no dossier {key!r} is open, and a new one is written PROJECT/UNIT, as 锦绣花园/3-2-1201"
        )
    return DossierChoice(
        key, f"{project}{unit} {card.customer}".strip(), unit, project, card.customer, (), ""
    )


def _looked_at(card: Card, was: Card, wanted: Wanted) -> Card:
    """Who says kind or dossier has looked at the paper: what was to be checked is, but for a dossier that is missing."""
    if wanted.kind is None and wanted.dossier is None:
        return card
    told_none = wanted.dossier == ""
    lacks = card.category != "other" and not card.dossier and not told_none
    return replace(card, review_reasons=(_NO_DOSSIER,) if lacks and was.review_reasons else ())


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
