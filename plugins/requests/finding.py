"""Finding a person across all dossiers: surely by the digest of his ID number, as a hint by words that a person confirms.

Nothing of others comes out of it: how many more people are on a paper is said, never who.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plugins.keeping.retaining import by_hundreds
from plugins.requests.restricting import finish
from plugins.requests.sight import everything, record_of, text_of
from plugins.wiring import Archive
from retention.blocking.hold import names_on
from retention.dms import Query
from retention.errors import BadRequest
from retention.households.dossier import NEVER_CUSTOMERS, key_part
from retention.record import Record
from retention.requests import people, requests
from retention.requests.request import Asker, How, Request, RequestItem, asker_of, digest_of, even

_MOST = 1_000
_FEWEST_SIGNS = 2
_LIKE_A_NUMBER = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
_GAPS = re.compile(r"(?<=\d)\s{1,2}(?=[\dXx])")


@dataclass(frozen=True)
class Found:
    """The request with what was found; `whole` is False where more records bear the words than are looked at."""

    request: Request
    whole: bool


def find(archive: Archive, number: int, id_number: str, *, by: str) -> Found:
    """Look for the person of a request, again if it was done before. Raises BadRequest.

    `id_number` is asked for once more, since it is not kept, to look for it in the papers' text; empty: that is left out.
    """
    with archive.engine.begin() as connection:
        one = requests.there(connection, number)
    if id_number and asker_of(one.name, id_number, archive.pepper).digest != one.digest:
        raise BadRequest(
            f"证件号码与第{number}号申请不符。This is not the ID number that request {number} was made with"
        )
    catch_up(archive)
    finish(archive)
    found = {item.dms_id: item for item in _sure(archive, one.asker)}
    complete = True
    looked_for: tuple[tuple[How, str], ...] = (("text", even(id_number)), ("name", key_part(one.name)))
    for how, words in looked_for:
        hits = list(_hints(archive, words)) if len(words) >= _FEWEST_SIGNS else []
        complete = complete and len(hits) < _MOST
        for record in hits:
            if record.dms_id not in found:
                others = others_on(archive, record, one.asker)
                found[record.dms_id] = RequestItem(record.dms_id, record.card.sha256, how, others, "hint")
    with archive.engine.begin() as connection:
        items = tuple(found.values())
        return Found(requests.note_found(connection, number, items, who=by, at=archive.clock()), complete)


def catch_up(archive: Archive) -> int:
    """Note who is on the records that were filed before that was noted, once; how many those were."""
    with archive.engine.begin() as connection:
        if people.all_noted(connection):
            return 0
    count = 0
    for some in by_hundreds(everything(archive)):
        with archive.engine.begin() as connection:
            for record in some:
                people.note(connection, record, archive.pepper)
        count += len(some)
    with archive.engine.begin() as connection:
        people.mark_all_noted(connection)
    return count


def others_on(archive: Archive, record: Record, asker: Asker) -> int:
    """How many other people are on the paper, at least: by ID numbers on it and in its text, and by names, those of whoever
    only worked on it left out. Rather one too many than one too few."""
    numbers = people.digests_on(record, archive.pepper) | set(_in_text(archive, record))
    names = {
        key_part(one.value)
        for one in record.card.facts
        if one.name == "person_name" and one.role not in NEVER_CUSTOMERS
    }
    return max(len(numbers - asker.digests), len(names - {key_part(asker.name)}))


def _sure(archive: Archive, asker: Asker) -> Iterator[RequestItem]:
    with archive.engine.begin() as connection:
        ids = people.papers_of(connection, asker.digests)
    for dms_id in ids:
        record = record_of(archive, dms_id)
        if record is not None and people.digests_on(record, archive.pepper) & asker.digests:
            others = others_on(archive, record, asker)
            yield RequestItem(dms_id, record.card.sha256, "number", others, "confirmed")


def _hints(archive: Archive, words: str) -> Iterator[Record]:
    """Records that bear the words, in sight or not: whoever is asked about must be told of the restricted ones too."""
    clearance = archive.clearance(archive.rules.ladder.names[-1])
    for hit in archive.dms.search(Query(words, limit=_MOST), clearance):
        yield hit.record
    for record in archive.dms.quarantined():
        if words in names_on(record) or _has(text_of(archive, record.dms_id), words):
            yield record


def _has(pages: Iterable[str], words: str) -> bool:
    return any(words in even(page) for page in pages)


def _in_text(archive: Archive, record: Record) -> Iterator[str]:
    """What stands for each number in the text that looks like an ID number, right or misread."""
    for page in text_of(archive, record.dms_id):
        for number in _LIKE_A_NUMBER.findall(_GAPS.sub("", page)):
            yield digest_of(number, archive.pepper)
