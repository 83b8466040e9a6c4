"""What falls due, as the items of a batch: gathered from an archive of any size, the longest due first.

The first look sorts light keys; of those that no batch has, the cards are looked at some hundred at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from plugins.masking import mask_id_numbers
from plugins.requests.sight import whole
from plugins.wiring import Archive
from retention.appraising import appraisals, appraised
from retention.appraising.appraisal import Item
from retention.blocking.block import KeptParts
from retention.reviewed import DueItem
from retention.reviewing.looking import look
from retention.reviewing.order import Order
from retention.reviewing.sifting import in_turn, sift
from retention.reviewing.span import Span

_AT_ONCE = 5_000


def falling_due(
    archive: Archive, day: date, category: str = "", *, longest_first: bool = True
) -> Iterator[list[Item]]:
    """Everything that is due on `day`, of that category or of all, and in no other batch; some thousand at a time.

    What an earlier appraisal keeps is left out; what is blocked otherwise comes along, with its blocks. With `longest_first`
    what is restricted, since its deletion was asked for, comes first of all; else they come as they lie in the DMS, which is
    faster.
    """
    schedule, span, parts, order = archive.rules.schedule, Span(day, day, day), KeptParts(), Order()
    source = whole(archive)
    keys: list[tuple[object, ...]] = []
    for one in sift(archive.engine.begin, source.outlines(ended_before=day), schedule, span):
        outline = one.outline
        if outline.part_of:
            parts.look_at(outline.dms_id, outline.part_of)
        if one.place != "overdue" or one.rule is None or one.last is None:
            continue
        if category not in ("", outline.category):
            continue
        if longest_first:
            behind = outline.dms_id not in source.hidden
            keys.append((behind, *order.of_longest_due(outline, one.rule, one.last)))
        else:
            keys.append((outline.dms_id,))
    if longest_first:
        keys.sort()
    free = _free(archive, (str(key[-1]) for key in keys))
    for some in look(archive.engine.begin, source, free, schedule, span, parts):
        yield [
            appraisals.item_of(one, schedule.sha256, mask_id_numbers)
            for one in some
            if isinstance(one, DueItem) and _may_be_proposed(one, category)
        ]


def _may_be_proposed(one: DueItem, category: str) -> bool:
    # Its card may have become another one since the first look.
    as_asked = one.state == "overdue" and category in ("", one.record.card.category)
    return as_asked and not (one.blocks and any(block.code == "kept-by-appraisal" for block in one.blocks))


def _free(archive: Archive, ids: Iterable[str]) -> Iterator[str]:
    for some in in_turn(ids, _AT_ONCE):
        yield from _in_no_batch(archive, some)


def _in_no_batch(archive: Archive, some: Sequence[str]) -> Iterator[str]:
    with archive.engine.begin() as connection:
        taken = appraised.taken(connection, some)
    return (one for one in some if one not in taken)
