"""Whether two texts were read from the same paper: a scan of it, and another one.

Principle: papers of one form share all that is printed. So it is what was filled in that decides: ID numbers, contract
numbers, dates, amounts, names. A text may be alike in every other word; where these differ, it is another paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from rapidfuzz.distance import Levenshtein

from consumers.look import unlike

Values = Mapping[str, frozenset[str]]
"""What was found on a paper: the values of each fact by its name."""

_OF_ONE_PAPER = (
    "id_number",
    "contract_no",
    "filing_no",
    "certificate_no",
    "case_no",
    "uscc",
    "phone",
    "unit",
    "amount",
    "document_date",
)
"""Facts that are filled in: where both papers have them, they must agree."""
_DATE = re.compile(r"(\d{4})[年./\-](\d{1,2})[月./\-](\d{1,2})")
_NUMBER = re.compile(r"\d{3,}")
_WITHIN = re.compile(r"(?<=\d)[,，](?=\d{3})")
_GRAM = 3

ALIKE = 0.85
"""So much of two texts must be the same, in runs of three characters: scans of one paper came to 0.95 and more."""
NUMBERS_ALIKE = 0.75
"""And so much of the numbers and dates on them: where a line was missed, its numbers are missing too."""
_FACTS_ALIKE = 0.34
_LONG = 15
"""In a number of so many digits one may be misread: no two ID numbers differ in a single one."""
_LOOKS_ALIKE = 6
"""Bits of 64: scans of one sheet differed in 8 at most, half of them in 2; different sheets in 8 at least."""
_RUN = 5
_NAME = 3
_WORD, _WORDS_MISREAD = 2, 600
"""Runs of so many characters count, and one in so many characters of text may be misread: scans of one paper had none."""
_IN_ORDER = 0.85
_MOST = 20_000
"""Of longer texts the beginning is compared word by word: all of it would take too much memory."""
_LEAST = 40
"""A text of fewer characters says too little to be compared."""


@dataclass(frozen=True)
class Likeness:
    """How much two texts have in common (0.0 to 1.0), of all and of the numbers (1.0 where neither has any), and the names of
    the facts that speak against their being one paper."""

    text: float
    numbers: float
    against: tuple[str, ...]

    @property
    def same_paper(self) -> bool:
        """Whether both were probably read from the same paper."""
        return self.text >= ALIKE and self.numbers >= NUMBERS_ALIKE and not self.against


def likeness(ours: str, theirs: str, our_values: Values, their_values: Values) -> Likeness:
    """How alike two texts are, with what was found in them; texts that are too short are not alike at all."""
    one, other = evened(ours), evened(theirs)
    if min(len(one), len(other)) < _LEAST:
        return Likeness(0.0, 0.0, ())
    against = tuple(
        name
        for name in _OF_ONE_PAPER
        if _shared(our_values.get(name, frozenset()), their_values.get(name, frozenset())) < _FACTS_ALIKE
    )
    numbers, differ = _numbers_alike(Counter(numbers_in(ours)), Counter(numbers_in(theirs)))
    against += ("numbers",) if differ else ()
    names = tuple(values.get("person_name", frozenset()) for values in (our_values, their_values))
    against += ("person_name",) if _other_people(*names) else ()
    against += ("words",) if _other_words(one[:_MOST], other[:_MOST]) else ()
    return Likeness(_common(_grams(one), _grams(other)), numbers, against)


def same_look(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether all pages look alike (`consumers.look`): for papers that bear no text to compare."""
    return (
        len(ours) == len(theirs) > 0
        and "" not in (*ours, *theirs)
        and all(unlike(one, other) <= _LOOKS_ALIKE for one, other in zip(ours, theirs, strict=True))
    )


def comparable(text: str) -> bool:
    """Whether a text says enough to be compared."""
    return len(evened(text)) >= _LEAST


def grams_kept(text: str, most: int) -> tuple[str, ...]:
    """Runs of characters that stand for a text: those whose checksums are least, the same ones on every paper that has
    them. Texts that are alike have most of theirs in common."""
    plain = evened(text)
    runs = {plain[start : start + _RUN] for start in range(len(plain) - _RUN + 1)}
    return tuple(sorted(runs, key=lambda run: (crc32(run.encode()), run))[:most])


def evened(text: str) -> str:
    """The text without white space and punctuation, in one width and case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def numbers_in(text: str) -> tuple[str, ...]:
    """Dates, and runs of three digits and more, in their order."""
    plain = _WITHIN.sub("", unicodedata.normalize("NFKC", text))
    plain = "\n".join("".join(line.split()) for line in plain.splitlines())
    dates = tuple(f"{year}-{int(month)}-{int(day)}" for year, month, day in _DATE.findall(plain))
    return (*dates, *_NUMBER.findall(_DATE.sub(" ", plain)))


def _numbers_alike(ours: Counter[str], theirs: Counter[str]) -> tuple[float, bool]:
    """What both have of the numbers, and whether each has one that stands for nothing on the other.

    A number of which a digit was lost, or that was read in two pieces, is a part of the other's; one that is only missing
    was not read.
    """
    alone, others = ours - theirs, theirs - ours
    plain = {number for number in alone if not any(_misread(number, one) for one in others)}
    strange = {number for number in others if not any(_misread(number, one) for one in alone)}
    left = sum(alone[number] for number in plain) + sum(others[number] for number in strange)
    both = ours.total() + theirs.total()
    return (both - left) / both if both else 1.0, bool(plain and strange)


def _other_words(one: str, other: str) -> bool:
    """Whether runs of characters stand in the place of quite other ones: what is misread is a character here and there.

    Asked only of texts that were read in one order.
    """
    if Levenshtein.normalized_similarity(one, other, score_cutoff=_IN_ORDER) < _IN_ORDER:
        return False
    changed, ours, theirs = 0, "", ""
    for step in [*Levenshtein.opcodes(one, other), None]:
        if step is not None and step.tag != "equal":
            ours += one[step.src_start : step.src_end]
            theirs += other[step.dest_start : step.dest_end]
            continue
        changed += min(len(ours), len(theirs)) >= _WORD and not set(ours) & set(theirs)
        ours = theirs = ""
    return changed > max(len(one), len(other)) // _WORDS_MISREAD


def _other_people(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether each paper names somebody who is not on the other: two summonses in one case differ in nothing else.

    In a name of three characters one may be misread.
    """
    alone, others = ours - theirs, theirs - ours
    return any(not any(_misread_name(one, other) for other in others) for one in alone) and any(
        not any(_misread_name(one, other) for one in alone) for other in others
    )


def _misread_name(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    return len(one) == len(other) >= _NAME and Levenshtein.distance(one, other, score_cutoff=1) <= 1


def _misread(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short in long:
        return True
    return len(short) >= _LONG and Levenshtein.distance(short, long, score_cutoff=1) <= 1


def _grams(text: str) -> Counter[str]:
    return Counter(text[start : start + _GRAM] for start in range(len(text) - _GRAM + 1))


def _common(ours: Counter[str], theirs: Counter[str]) -> float:
    """What both have, as a part of what they have on average; 1.0 where neither has anything."""
    both = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / both if both else 1.0


def _shared(ours: Iterable[str], theirs: Iterable[str]) -> float:
    """The values that both have, as a part of the fewer ones; 1.0 where one has none."""
    one, other = set(ours), set(theirs)
    return len(one & other) / min(len(one), len(other)) if one and other else 1.0
