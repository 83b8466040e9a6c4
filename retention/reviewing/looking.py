"""The second look: the records that the first one has listed, each with its whole card, judged with all reasons and asked
for what stands in its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from retention.blocking.block import Block, KeptParts, Obstruction, of_parts
from retention.blocking.blocks import OBSTRUCTIONS, blocks_of
from retention.frozen import frozen
from retention.periods import events
from retention.periods.event import HAPPENINGS, Event, Scope
from retention.record import Record
from retention.reviewed import DueItem
from retention.reviewing.judging import Listed, Under, judge
from retention.reviewing.sifting import Begin, in_turn
from retention.reviewing.source import Source
from retention.reviewing.span import Span
from retention.schedule.kept_rules import noted, rule_of, versions
from retention.schedule.rule import Schedule
from retention.schedule.schedule_changes import scopes_of

AT_ONCE = 4_000
"""Records looked at in one transaction: others want to write too, and every transaction asks for all mergers, and for the holds
that may reach anything, once."""


def look(
    begin: Begin,
    source: Source,
    ids: Iterable[str],
    schedule: Schedule,
    span: Span,
    parts: KeptParts,
    obstructions: Sequence[Obstruction] = OBSTRUCTIONS,
) -> Iterator[list[Listed]]:
    """The items of these records in the order of `ids`, some hundred at a time; what is gone or not listed any more by
    now is left out."""
    for some in in_turn(ids, AT_ONCE):
        there = {record.dms_id: record for record in source.records(*some)}
        records = [there[one] for one in some if one in there]
        with begin() as connection:
            listed = _judged(connection, records, schedule, span)
            due = [item.record for item in listed if isinstance(item, DueItem)]
            found = _blocks(connection, due, span.today, parts, obstructions)
        yield [_with_blocks(item, found) for item in listed]


def _with_blocks(item: Listed, found: Mapping[str, tuple[Block, ...]]) -> Listed:
    if not isinstance(item, DueItem) or not (blocks := found[item.record.dms_id]):
        return item
    return frozen(DueItem, {**vars(item), "blocks": blocks})


def _judged(
    connection: Connection, records: Sequence[Record], schedule: Schedule, span: Span
) -> list[Listed]:
    known, version = noted(connection, [record.dms_id for record in records]), versions(connection)
    own = [known.get(one.dms_id) for one in records]
    under = [
        Under(*rule_of(noted_so, one, version, schedule), noted_so, schedule.sha256)
        for one, noted_so in zip(records, own, strict=True)
    ]
    pairs = list(zip(records, under, strict=True))
    waiting = {one.dms_id: scopes_of(one) for one, row in pairs if row.rule and row.rule.cutoff in HAPPENINGS}
    told = events.about(connection, (scope for scopes in waiting.values() for scope in scopes))
    found = (
        judge(one, row, _about(waiting[one.dms_id], told) if one.dms_id in waiting else (), span)
        for one, row in pairs
    )
    return [item for item in found if item is not None]


def _about(scopes: Iterable[Scope], told: Mapping[Scope, Sequence[events.Told]]) -> list[Event]:
    return [one.event for scope in scopes for one in told.get(scope, ())]


def _blocks(
    connection: Connection,
    records: Sequence[Record],
    today: date,
    parts: KeptParts,
    obstructions: Sequence[Obstruction],
) -> dict[str, tuple[Block, ...]]:
    if not records:
        return {}
    found = blocks_of(connection, records, today, obstructions)
    for record in records:
        pieces = parts.kept_of(record)
        # Parts that nobody has noted yet are known from the first look alone.
        if pieces and all(block.code != "parts-kept" for block in found[record.dms_id]):
            found[record.dms_id] = (*found[record.dms_id], of_parts(pieces))
    return found
