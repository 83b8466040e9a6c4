"""The card of a document that lies in the DMS already: what a person has set on it stands, the rest is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from classifiers.labels import Labels
from classifiers.taxonomy import OTHER
from consumers.scan import Scan
from consumers.transcript import Transcript
from plugins.archiving.card import fact_values, make_card, search_keys
from plugins.archiving.filing import Verdict, judge
from plugins.batches.parting import Parting
from plugins.paperless import custom_fields as field
from plugins.paperless.existing.plan import Values, shown
from plugins.paperless.existing.seen import CATEGORY, FIELD, KIND, LEVEL, Seen, joined
from plugins.paperless.labelled import fields_of
from plugins.wiring import Archive, Rules
from retention.households.dossier import DossierChoice
from retention.households.dossiers import known_dossier
from retention.households.settling import settle_dossier
from retention.record import Card

_SOURCE = "paperless-ngx"


@dataclass(frozen=True)
class Adopted:
    """The card, the words by which people look for it, and the dossier that was chosen."""

    card: Card
    keys: tuple[str, ...]
    choice: DossierChoice


def theirs(seen: Seen, ours: Mapping[str, str], name: str) -> str:
    """What a person has set for a label; empty where nothing is set, or by us."""
    there = shown(seen, name)
    return "" if ours.get(name) == there else there


def adopt(archive: Archive, seen: Seen, transcript: Transcript, ours: Mapping[str, str]) -> Adopted:
    """The card for what was read; nothing is written. Raises Refused for a state secret."""
    settings, rules = archive.settings, archive.rules
    # A document that lies in the DMS is never parted: each would have to be taken out of it first.
    parting: Parting = "off" if settings.split == "off" else "propose"
    verdict = judge(transcript, rules, settings.sure, archive.pepper, parting)
    verdict = replace(verdict, labels=_labels(verdict.labels, seen, ours, rules))
    choice = _choice(archive, verdict, theirs(seen, ours, f"{FIELD}{field.DOSSIER}"))
    scan = Scan(Path(seen.name), seen.sha256, 0, seen.name, seen.media_type, _SOURCE)
    card = make_card(
        scan=scan,
        pages=seen.pages or len(transcript.pages),
        labels=verdict.labels,
        facts=verdict.facts,
        choice=choice,
        schedule=rules.schedule,
        today=seen.added,
    )
    # The title is a person's, or the name that the server made of the file's: neither is ours.
    return Adopted(replace(card, title=seen.title), search_keys(verdict.facts, choice), choice)


def labels_of(card: Card, categories: Mapping[str, str]) -> Values:
    """The labels that the card asks for, by their names."""
    # The level has a label of its own. The checksum's field marks what was uploaded by us: searching and filing go by it.
    no_labels = (field.LEVEL, field.SHA256)
    values = {f"{FIELD}{name}": value for name, value in fields_of(card).items() if name not in no_labels}
    return {
        KIND: card.kind,
        CATEGORY: categories.get(card.category, card.category),
        LEVEL: card.confidentiality,
        **values,
    }


def _labels(labels: Labels, seen: Seen, ours: Mapping[str, str], rules: Rules) -> Labels:
    """The verdict with what a person has set in its place."""
    said = theirs(seen, ours, KIND)
    kind = next((one for one in rules.taxonomy.kind if one.zh == said), None)
    if kind is not None:
        level = rules.ladder.higher(labels.confidentiality, kind.confidentiality)
        labels = replace(
            labels,
            kind=kind.zh,
            category=kind.category,
            confidence=1.0,
            retention_rule=kind.retention,
            confidentiality=level,
            review_reasons=(),
        )
    ladder = rules.ladder.names
    level = joined(seen.levels, ladder) if theirs(seen, ours, LEVEL) else ""
    if level not in ladder:
        return labels
    if rules.ladder.rank(level) < rules.ladder.rank(labels.confidentiality):
        doubt = f"密级由人定为{level}，按内容应为{labels.confidentiality}，请核对密级"
        labels = replace(labels, review_reasons=(*labels.review_reasons, doubt))
    return replace(labels, confidentiality=level)


def _choice(archive: Archive, verdict: Verdict, said: str) -> DossierChoice:
    """The dossier that a person has written on it, where it is open; else what the paper says."""
    if not said:
        with archive.engine.begin() as connection:
            numbered = () if verdict.labels.category == OTHER else fact_values(verdict.facts)
            return settle_dossier(connection, verdict.choice, numbered)
    with archive.engine.begin() as connection:
        known = known_dossier(connection, said)
    doubt = f"档号“{said}”不是已开立的客户档案，请核对"
    return known or replace(verdict.choice, key="", doubt_zh=doubt)
