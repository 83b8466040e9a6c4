"""Character n-grams of a Transcript, as numbers: those of the body, and those of its title lines apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.evidence import Squeezed, squeezed_pages, title_lines
from consumers.transcript import Transcript

LONGEST = 4
"""N-grams have one to this many characters."""

Codes = NDArray[np.uint64]

_DIGIT, _LETTER, _EDGE = ord("0"), ord("a"), 1
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_BODY, _TITLE = 0, 1
_PROMINENT = 0.9
_MOST_TITLES = 5


@dataclass(frozen=True)
class Passage:
    """A stretch of squeezed text, the places in it where its characters stand, and its n-grams.

    `numbers[i]` is the n-gram of `lengths[i]` characters that begins at `starts[i]` of `places`.
    """

    text: str
    page: int
    places: NDArray[np.intp]
    numbers: NDArray[np.uint32]
    starts: NDArray[np.intp]
    lengths: NDArray[np.intp]

    def quote(self, start: int, end: int) -> str:
        """The text from the character `start` to before the character `end`, as it is squeezed."""
        last = self.places[min(end, len(self.places)) - 1]
        return self.text[int(self.places[start]) : int(last) + 1].strip("\x01")


@dataclass(frozen=True)
class Grams:
    """The passages of a document: its pages, and the lines that may be its title."""

    body: tuple[Passage, ...]
    title: tuple[Passage, ...]


def grams(transcript: Transcript) -> Grams:
    """The n-grams of a document; pages without text give none."""
    body = tuple(_passage(text, page, _BODY) for page, text in squeezed_pages(transcript) if text)
    lines = [line for line in title_lines(transcript) if line.weight >= _PROMINENT][:_MOST_TITLES]
    return Grams(body, tuple(_title(line) for line in lines))


def _title(line: Squeezed) -> Passage:
    edge = chr(_EDGE)
    return _passage(f"{edge}{line.text}{edge}", line.page, _TITLE)


def _passage(text: str, page: int, part: int) -> Passage:
    codes, places = _evened(text)
    numbers, starts, lengths = [], [], []
    for length in range(1, LONGEST + 1):
        if len(codes) >= length:
            found = _hashed(codes, length, part)
            numbers.append(found)
            starts.append(np.arange(len(found)))
            lengths.append(np.full(len(found), length))
    if not numbers:
        nothing = np.zeros(0, np.intp)
        return Passage(text, page, places, np.zeros(0, np.uint32), nothing, nothing)
    return Passage(
        text, page, places, np.concatenate(numbers), np.concatenate(starts), np.concatenate(lengths)
    )


def _evened(text: str) -> tuple[Codes, NDArray[np.intp]]:
    """Characters as numbers and where they stand: a run of digits or letters is one, punctuation is none."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    digit = (codes >= ord("0")) & (codes <= ord("9"))
    letter = ((codes >= ord("A")) & (codes <= ord("Z"))) | ((codes >= ord("a")) & (codes <= ord("z")))
    codes = np.where(digit, _DIGIT, np.where(letter, _LETTER, codes)).astype(np.uint64)
    han = (codes >= 0x3400) & (codes < 0xA000)
    kept = np.flatnonzero(digit | letter | han | (codes == _EDGE))
    codes = codes[kept]
    run = np.zeros(len(codes), bool)
    run[1:] = (codes[1:] == codes[:-1]) & (codes[1:] < 0x80)
    return codes[~run], kept[~run]


def _hashed(codes: Codes, length: int, part: int) -> NDArray[np.uint32]:
    count = len(codes) - length + 1
    total = np.full(count, (part * 7 + length) * 1_000_003, np.uint64)
    for offset in range(length):
        total = (total ^ codes[offset : offset + count]) * _PRIME
        total ^= total >> np.uint64(29)
    total *= _MIX
    return (total >> np.uint64(32)).astype(np.uint32)
