"""What labelling a text costs: CPU milliseconds a page, for documents of 1, 10 and 100 pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median
from typing import Any

from benchmarks.verdicts.product import Product
from classifiers import facts
from consumers.transcript import Line, Page, Transcript

LENGTHS = (1, 10, 100)
FULL = 1000
"""Characters on a sheet that is printed from top to bottom, at least."""


def measure(product: Product, transcripts: list[Transcript], pages: int, rounds: int = 3) -> dict[str, Any]:
    """Milliseconds a page by length, over the same `pages` pages each time; facts alone beside all.

    The least of the rounds counts: the machine's other work only ever adds. `hundred_to_ten` is how much dearer a
    page of a hundred is than one of ten (1.0: linear); a document has a cost of its own, which weighs at one page.
    `full_page` is one page of FULL characters or more, by itself.
    """
    own = [page for text in transcripts for page in text.pages if page.lines]
    if not own:
        return {}
    used = [own[number % len(own)] for number in range(-(-pages // LENGTHS[-1]) * LENGTHS[-1])]
    product.answer(_document(used[:1]))
    found: dict[str, Any] = {
        "pages": len(used),
        "characters_a_page": round(median(len(page.text) for page in used)),
    }
    for length in LENGTHS:
        documents = list(_bound(used, length))
        found[f"{length}"] = {
            "ms_a_page": _cost(product.answer, documents, len(used), rounds),
            "facts_ms_a_page": _cost(facts.find, documents, len(used), rounds),
        }
    full = [_document(sheet) for sheet in _full(used)] or [_document(used[:1])]
    found["full_page"] = {
        "characters": round(median(len(document.text) for document in full)),
        "ms": _cost(product.answer, full, len(full), rounds),
    }
    found["hundred_to_ten"] = round(found["100"]["ms_a_page"] / found["10"]["ms_a_page"], 2)
    return found


def _cost(
    work: Callable[[Transcript], object], documents: list[Transcript], pages: int, rounds: int
) -> float:
    def once() -> float:
        began = time.process_time()
        for document in documents:
            work(document)
        return time.process_time() - began

    return round(1000 * min(once() for _ in range(rounds)) / pages, 2)


def _full(pages: list[Page]) -> Iterator[list[Page]]:
    """Single pages of a full sheet's text: the lines of several run together."""
    lines: tuple[Line, ...] = ()
    for page in pages:
        lines += page.lines
        if sum(len(line.text) for line in lines) >= FULL:
            yield [replace(page, lines=lines)]
            lines = ()


def _bound(pages: list[Page], length: int) -> Iterator[Transcript]:
    for start in range(0, len(pages), length):
        yield _document(pages[start : start + length])


def _document(pages: list[Page]) -> Transcript:
    return Transcript("0" * 64, tuple(replace(page, number=number) for number, page in enumerate(pages, 1)))
