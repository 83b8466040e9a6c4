"""One record put before the words: is it a hit, how good a one, and what is quoted of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from plugins.masking import mask_id_numbers
from plugins.searching.evened import Evened
from plugins.searching.highlight import highlights
from plugins.searching.score import score
from plugins.searching.standing import stands
from retention.dms import Hit
from retention.record import Record

_BETWEEN_KEYS = "\0"  # never left in an evened text


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
    text, even_title, even_keys = Evened("\n".join(pages)), Evened(read), [Evened(key) for key in keys]
    sources = (even_title.plain, _BETWEEN_KEYS.join(key.plain for key in even_keys), text.plain)
    if not all(any(stands(word, source) for source in sources) for word in words):
        return None
    return Hit(shown, score(*sources, words), highlights([text, *even_keys, even_title], words))
