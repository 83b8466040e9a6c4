"""Which documents may have all words of a Query: none that has them is missing, others may be among them.

The server is asked, and no index of our own is kept: what a person has written, corrected or raised in the web interface
a second ago counts, nothing can run out of step, and no second copy of the texts needs guarding.

Its full-text search is of no use for that: it takes 商品房 to be wherever 商品 and 品房 are, and several words for any of
them. `?search=` compares with title and content as they are stored; `content` sees to it that nothing is missed that
way. Into custom fields and notes it does not look.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from plugins.paperless import card_json
from plugins.paperless.client.documents import Documents, having
from plugins.paperless.client.paging import Params
from plugins.paperless.findable import pairs
from plugins.paperless.written_on import WordFields, written_on
from plugins.searching.evened import even_out
from retention.errors import DmsUnavailable

_MOST_ASKED = 24
_MOST_CONDITIONS = 18
"""The server takes twenty conditions at once; one says that there is a card."""
_WITH_NOTES = ("query", "num_notes:[1 TO *]")


def candidates(
    documents: Documents, card: int, mark: int | None, fields: WordFields, words: tuple[str, ...]
) -> list[int]:
    """The ids of the documents that bear a card and may have all `words` (evened), ascending.

    `card` and `mark` are the ids of the fields 卷宗卡片 and 原件sha256: a document without the second was there before us,
    and its text is as the server has read it.
    """
    if not words:
        return documents.ids([having(card)])
    found = set(_in_text(documents, card, mark, words))
    noted = set(documents.ids([having(card), _WITH_NOTES]))
    valued = {number for word in words for number in _in_fields(documents, card, fields, word)}
    # By what they lack beside what people have written on them, so that each group is asked for once.
    lacking: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for document in documents.each(sorted((noted | valued) - found), notes=True):
        try:
            written = written_on(document, card_json.read(str(document.fields[card]), document.id)[0], fields)
        except (DmsUnavailable, KeyError):
            continue
        evened = [even_out(one) for one in written]
        missing = tuple(word for word in words if not any(word in one for one in evened))
        if missing != words:
            lacking[missing].add(document.id)
    for missing, numbers in lacking.items():
        found |= numbers & set(_in_text(documents, card, mark, missing)) if missing else numbers
    return sorted(found)


def narrowing(words: Iterable[str], *, singly: bool = False) -> str:
    """What to ask of `?search=` so that no document with all `words` (evened) is missed: at most 24 pairs of neighbours,
    or single characters, spread over the words. Empty: nothing can be asked.

    The server parts at blanks and commas, takes quotes for phrases, and asks for every part.
    """
    if singly:
        asked = list(dict.fromkeys(sign for word in words for sign in word if sign.isalnum()))
    else:
        asked = list(dict.fromkeys(pair for word in words for pair in pairs(word)))
    step = max(1, -(-len(asked) // _MOST_ASKED))
    return " ".join(asked[::step])


def _in_text(documents: Documents, card: int, mark: int | None, words: tuple[str, ...]) -> list[int]:
    ours = documents.ids([having(card), *_asking(narrowing(words))])
    # The text that the server has read itself has no pairs behind it for what its lines break apart.
    theirs = _both([card, "exists", True], [mark, "exists", False])
    singly = _asking(narrowing(words, singly=True))
    return ours if mark is None else [*ours, *documents.ids([theirs, *singly])]


def _in_fields(documents: Documents, card: int, fields: WordFields, word: str) -> Iterable[int]:
    asked = next(pairs(word), "")
    if not asked:
        return
    conditions: list[list[object]] = [
        [number, "icontains", asked] for number in fields.names if number not in fields.options
    ]
    for number, options in fields.options.items():
        chosen = [option for option, label in options.items() if word in even_out(label)]
        conditions += [[number, "in", chosen]] if chosen else []
    for first in range(0, len(conditions), _MOST_CONDITIONS):
        some = ["OR", conditions[first : first + _MOST_CONDITIONS]]
        yield from documents.ids([_both([card, "exists", True], some)])


def _both(one: Sequence[object], other: Sequence[object]) -> tuple[str, str]:
    return ("custom_field_query", json.dumps(["AND", [one, other]]))


def _asking(narrowed: str) -> Params:
    return [("search", narrowed)] if narrowed else []
