"""What people change on records in the DMS itself comes back: kept to learn from, taken into the card, never reverted.

Principle that must never break: what a person has changed is not written over. A level that somebody lowers there goes
down on the card only where the server tells who he is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from plugins.errors import BadWord
from plugins.logs import log
from plugins.paperless.client.wording import storable
from plugins.paperless.custom_fields import DOSSIER as DOSSIER_FIELD
from plugins.paperless.custom_fields import LEVEL as LEVEL_FIELD
from plugins.paperless.existing.existing import Existing
from plugins.paperless.existing.seen import CATEGORY, DOSSIER, KIND, LEVEL, REVIEW, Seen
from plugins.paperless.tags import TO_CHECK
from plugins.sweeping import shown
from plugins.sweeping.tables import looked
from plugins.teaching import corrections
from plugins.teaching.correcting import Wanted, correct
from plugins.teaching.corrections import Correction, What, stamp
from plugins.wiring import Archive
from retention import register
from retention.errors import DmsRefused, NoSuchRecord
from retention.record import Card, Record

REASON = "在 paperless-ngx 中更改"
SOMEBODY = "paperless-ngx"
"""Who is named where the server does not tell who it was."""
_BEFORE = "seen:"
_OVERLAP = timedelta(minutes=10)
"""The clocks of the two machines may differ by so much."""
_SETTLED_SECONDS = 2.0
_LABELS: tuple[What, ...] = ("kind", "category", "level", "dossier")


@dataclass(frozen=True)
class Noticed:
    """A label that somebody has changed; `who` is empty where the server does not tell. `taken` is false for what is only
    kept: a word that our tables do not have, or a level that nobody is known to have lowered."""

    dms_id: str
    what: str
    was: str
    became: str
    who: str
    at: datetime
    taken: bool


def notice_all(archive: Archive, existing: Existing, *, everything: bool = False) -> Iterator[Noticed]:
    """What was changed since the last time this was asked; with `everything`, whenever it was."""
    began = archive.clock()
    with archive.engine.begin() as connection:
        until = connection.execute(sa.select(looked.c.until).where(looked.c.what == "changes")).scalar()
    since = None if everything or until is None else datetime.fromisoformat(until) - _OVERLAP
    for seen in existing.looks(existing.changed(since)):
        if _changed(archive, seen):
            yield from notice(archive, existing, seen.id)
    with archive.engine.begin() as connection:
        connection.execute(looked.delete().where(looked.c.what == "changes"))
        connection.execute(looked.insert().values(what="changes", until=stamp(began)))


def notice(
    archive: Archive, existing: Existing, number: int, sleep: Callable[[float], None] = time.sleep
) -> tuple[Noticed, ...]:
    """What was changed on one record since it was last looked at; nothing for a document without our card."""
    changed = _changed(archive, existing.look(number))
    if not changed:
        return ()
    # A program of ours that is just writing is done by then: it writes the labels first and the card last.
    sleep(_SETTLED_SECONDS)
    seen = existing.look(number)
    changed = _changed(archive, seen)
    found = tuple(
        one
        for label in (*_LABELS, REVIEW)
        if label in changed
        for one in _taken(archive, existing, seen, label, *changed[label])
    )
    remember(archive, seen.id, seen.labels(archive.rules.ladder.names))
    for one in found:
        log().info(
            "changed by a person", id=one.dms_id, what=one.what, who=one.who or SOMEBODY, taken=one.taken
        )
    return found


def remember(archive: Archive, number: int, labels: Mapping[str, str]) -> None:
    """Write down what a document shows: what differs from it later was changed by somebody."""
    with archive.engine.begin() as connection:
        rows = {f"{_BEFORE}{name}": value for name, value in labels.items()}
        shown.remember(connection, str(number), rows, ours=False)


def _changed(archive: Archive, seen: Seen) -> dict[str, tuple[str, str]]:
    """The labels that are neither as they were nor as our card says, with what they were and are."""
    if seen.card is None:
        return {}
    with archive.engine.begin() as connection:
        known = shown.of(connection, str(seen.id))
    card = _of_card(seen.card, archive.rules.taxonomy.categories)
    before = {
        name: known[f"{_BEFORE}{name}"][0] if f"{_BEFORE}{name}" in known else card[name] for name in card
    }
    now = seen.labels(archive.rules.ladder.names)
    return {name: (before[name], now[name]) for name in now if now[name] not in (before[name], card[name])}


def _of_card(card: Card, categories: Mapping[str, str]) -> dict[str, str]:
    return {
        KIND: storable(card.kind),
        CATEGORY: storable(categories.get(card.category, card.category)),
        LEVEL: storable(card.confidentiality),
        DOSSIER: storable(card.dossier),
        REVIEW: TO_CHECK if card.needs_review else "",
    }


def _taken(
    archive: Archive, existing: Existing, seen: Seen, label: str, was: str, became: str
) -> Iterator[Noticed]:
    """One changed label: taken into the card as far as it makes sense there, and kept."""
    if label in (KIND, DOSSIER, LEVEL):
        names = {KIND: "", DOSSIER: DOSSIER_FIELD, LEVEL: LEVEL_FIELD}
        change = existing.who(seen.id, names[label])
        if change is None and label == LEVEL:
            change = existing.who_tagged(seen.id)
    else:
        change = existing.who_tagged(seen.id)
    who = change.actor.name if change and change.actor else ""
    at = change.at if change else archive.clock()
    one = Noticed(str(seen.id), label, was, became, who, at, taken=True)
    try:
        if not _into_the_card(archive, one, seen):
            one = replace(one, taken=False)
            _kept_only(archive, one, seen)
    except (BadWord, DmsRefused, NoSuchRecord) as error:
        log().warning("a change can not be taken into the card", id=one.dms_id, what=label, why=str(error))
        one = replace(one, taken=False)
        _kept_only(archive, one, seen)
    yield one


def _into_the_card(archive: Archive, one: Noticed, seen: Seen) -> bool:
    """Whether the card says so now. Raises BadWord for a word that makes no sense there."""
    who, rules = one.who or SOMEBODY, archive.rules
    if one.what == REVIEW:
        return _reviewed(archive, one, who)
    if one.what == KIND and any(kind.zh == one.became for kind in rules.taxonomy.kind):
        correct(archive, one.dms_id, Wanted(kind=one.became), who, REASON, one.at)
        return True
    if one.what == LEVEL and one.became in rules.ladder.names:
        assert seen.card is not None  # only records are looked at
        lower = rules.ladder.rank(one.became) < rules.ladder.rank(seen.card.confidentiality)
        if lower and not one.who:
            log().warning(
                "a level was lowered by nobody known", id=one.dms_id, was=one.was, became=one.became
            )
            return False
        correct(archive, one.dms_id, Wanted(level=one.became), who, REASON, one.at)
        return True
    if one.what == DOSSIER:
        correct(archive, one.dms_id, Wanted(dossier=one.became), who, REASON, one.at)
        return True
    return False


def _reviewed(archive: Archive, one: Noticed, who: str) -> bool:
    """Taking 待核 off confirms the kind; putting it on asks for another look."""
    record = archive.dms.record(one.dms_id)
    if one.became:
        reasons = (*record.card.review_reasons, f"由 {who} 标为待核")
        archive.dms.relabel(record, replace(record.card, review_reasons=reasons))
        return True
    if not record.card.needs_review:
        return True  # the kind was changed too, which has answered it
    correct(archive, one.dms_id, Wanted(kind=record.card.kind), who, REASON, one.at)
    return True


def _kept_only(archive: Archive, one: Noticed, seen: Seen) -> None:
    """Keep it to learn from; a category is taken into the card, for the document is found by it."""
    assert seen.card is not None  # only records are looked at
    who, ids = one.who or SOMEBODY, {zh: name for name, zh in archive.rules.taxonomy.categories.items()}
    was, became = (ids.get(text, text) if one.what == CATEGORY else text for text in (one.was, one.became))
    if one.what == CATEGORY and one.became in ids:
        record = archive.dms.record(one.dms_id)
        if record.card.category != became:
            doubt = f"类别由 {who} 改为{one.became}，请核对文种"
            card = replace(record.card, category=became, review_reasons=(*record.card.review_reasons, doubt))
            archive.dms.relabel(Record(one.dms_id, record.card), card)
    if one.what == REVIEW:
        return
    what = next(label for label in _LABELS if label == one.what)
    row = Correction(one.dms_id, seen.card.sha256, what, was, became, who, stamp(one.at), REASON)
    with archive.engine.begin() as connection:
        corrections.keep(connection, row)
        payload = {
            "sha256": seen.card.sha256,
            "changes": [{"what": what, "was": was, "became": became}],
            "reason": REASON,
        }
        register.append(
            connection,
            at=archive.clock(),
            actor=who,
            action="corrected",
            subject=f"record/{one.dms_id}",
            payload=payload,
        )
