"""One record put before the words: is it a hit, how good a one, and what is quoted of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from plugins.masking import mask_id_numbers
from plugins.searching.evened import Evened
from plugins.searching.highlight import highlights
from plugins.searching.score import score
from plugins.searching.standing import stands
from retention.dms import Hit
from retention.record import Record

_APART = "\0"  # never left in an evened text
# A title puts numbers side by side: 2202 does not stand in 755782 2020-03-31.
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])\s+(?=[0-9])")


def answer(
    record: Record, keys: Iterable[str], pages: Iterable[str], words: Sequence[str], title: str | None = None
) -> Hit | None:
    """The Hit where each of `words` (evened) stands in the title, one of the keys, or the text; else None. Without words
    every record is one, with score 0.

    The pages are one text; no word runs over from one key to the next. `title` is what people read in the place of the
    card's, where they have given another; ID numbers in it are masked.
    """
    read = record.card.title if title is None else title
    shown = replace(record, card=replace(record.card, title=mask_id_numbers(read)))
    if not words:
        return Hit(shown, 0.0)
    text, parts = Evened("\n".join(pages)), [Evened(part) for part in _BETWEEN_NUMBERS.split(read)]
    even_keys = [Evened(key) for key in keys]
    sources = (_joined(parts), _joined(even_keys), text.plain)
    if not all(any(stands(word, source) for source in sources) for word in words):
        return None
    return Hit(shown, score(*sources, words), highlights([text, *even_keys, Evened(read)], words))


def _joined(texts: Iterable[Evened]) -> str:
    return _APART.join(text.plain for text in texts)
