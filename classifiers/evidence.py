"""What speaks for each kind: the rules of the taxonomy tried on a Transcript."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from operator import ne
from statistics import median

from rapidfuzz import fuzz

from classifiers.labels import Reason
from classifiers.placed import Seen, Spot, caution_reasons, placed_reasons
from classifiers.taxonomy import OTHER, Kind, Taxonomy
from classifiers.traditional import SIMPLIFIED
from consumers.transcript import Line, Page, Transcript

_TITLE_LINES = 10
_TITLE_LENGTH = 36
_MENTION_LENGTH = 20
_CLAUSE = re.compile("[,;]")
_NEARLY, _NEARLY_WEIGHS = 6, 7.0
_HEAD_LINES = 12
_FOOT_LINES = 6
_CELL_GAP = re.compile(r"\u3000+|\t+| {2,}|[|│]")
_GAPS = 2
_STRONG, _WORD, _AGAINST, _HEAD_WEIGHT = 2.5, 1.0, -4.0, 4.0
_MOST_STRONG, _MOST_WORDS = 5, 6
_PLAIN = re.compile(r"[\u4e00-\u9fff]{6,}")
_QUOTED = re.compile("《[^》]*》")
_TAIL = re.compile(r"[(\[【].{0,16}[)\]】]$|[:.·\-—_]+$")


@dataclass(frozen=True)
class Squeezed:
    """A line without white space, width evened out; `said` is the line as it stands on the paper.

    `weight` is how much a title in this line says: 1.0 for large print or one of the first lines.
    """

    text: str
    said: str
    page: int
    weight: float


@dataclass(frozen=True)
class _TitleMatch:
    kind: Kind
    line: Squeezed
    start: int
    end: int
    weight: float

    @property
    def in_full(self) -> bool:
        """Whether the kind's row has this very name, not only an expression that fits it."""
        return self.line.text[self.start : self.end] in self.kind.aliases


def squeeze(text: str) -> str:
    """Text as rules see it: compatibility forms evened out (NFKC), simplified, all white space gone."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(SIMPLIFIED)


def squeezed_pages(transcript: Transcript) -> list[tuple[int, str]]:
    """Every page's number and squeezed text."""
    return [(page.number, squeeze(page.text)) for page in transcript.pages]


def evidence(transcript: Transcript, taxonomy: Taxonomy) -> dict[str, tuple[Reason, ...]]:
    """Kind id -> everything that speaks for or against it; kinds about which nothing does are absent."""
    found: dict[str, list[Reason]] = {}
    for match in _title_matches(transcript, taxonomy):
        reason = Reason(f"title:{match.kind.id}", match.line.said, match.line.page, round(match.weight, 2))
        found.setdefault(match.kind.id, []).append(reason)
    pages = squeezed_pages(transcript)
    head = _head_lines(transcript)
    seen = _seen(transcript, head, pages)
    for kind in taxonomy.kind:
        reasons = [*_head_reasons(kind, head), *_word_reasons(kind, pages), *placed_reasons(kind, seen)]
        if reasons:
            found.setdefault(kind.id, []).extend(reasons)
    for suspect, cautions in caution_reasons(taxonomy, seen, tuple(found)).items():
        found.setdefault(suspect, []).extend(cautions)
    return {kind: tuple(reasons) for kind, reasons in found.items()}


def _seen(transcript: Transcript, head: list[Squeezed], pages: list[tuple[int, str]]) -> Seen:
    """The document by the places that a row may ask for."""
    lines = [(page.number, squeeze(line.text), line.text) for page in transcript.pages for line in page.lines]
    foot = [
        Spot(page.number, squeeze(line.text), line.text)
        for page in transcript.pages
        for line in page.lines[-_FOOT_LINES:]
    ]
    return {
        "title": tuple(Spot(line.page, line.text, line.said) for line in title_lines(transcript)),
        "head": tuple(
            Spot(line.page, line.text, line.said) for line in head if len(line.text) <= _TITLE_LENGTH
        ),
        "body": tuple(Spot(page, text, "") for page, text in pages),
        "seal": (*(Spot(*line) for line in lines if "章" in line[1]), *foot),
        "table": tuple(Spot(*line) for line in lines if len(_CELL_GAP.findall(line[2].strip())) >= _GAPS),
    }


def _title_matches(transcript: Transcript, taxonomy: Taxonomy) -> list[_TitleMatch]:
    """The best title match of each kind; left out is what lies inside a longer one of another kind, or fits by an
    expression what is another's name in full."""
    best: dict[str, _TitleMatch] = {}
    for line in title_lines(transcript):
        whole = squeeze(line.said)
        talk = _is_row(line.said) or any(p.search(whole) for p in _compiled(taxonomy.talk))
        matches = [match for kind in taxonomy.kind if (match := _match(kind, line, talk=talk)) is not None]
        if not matches and not talk:
            matches = [match for kind in taxonomy.kind if (match := _nearly(kind, line)) is not None]
        for match in matches:
            if any(_swallows(other, match) for other in matches):
                continue
            known = best.get(match.kind.id)
            if known is None or match.weight > known.weight:
                best[match.kind.id] = match
    return list(best.values())


def _is_row(said: str) -> bool:
    """Whether the line is the row of a table: three cells or more, single letters of a spaced title not counted."""
    return sum(len(cell) > 1 for cell in _CELL_GAP.split(said.strip())) > _GAPS


def _swallows(longer: _TitleMatch, shorter: _TitleMatch) -> bool:
    if longer.kind.id == shorter.kind.id:
        return False
    within = longer.start <= shorter.start and shorter.end <= longer.end
    more = longer.end - longer.start - (shorter.end - shorter.start)
    return within and (more > 0 or (longer.in_full and not shorter.in_full))


def title_lines(transcript: Transcript) -> list[Squeezed]:
    """The short lines at the head of the first page with text, 《…》 and what trails behind left out."""
    if not transcript.pages:
        return []
    page = _first_page(transcript)
    heights = [line.box.bottom - line.box.top for line in page.lines if line.box]
    usual = median(heights) if heights else 0.0
    lines = []
    for index, line in enumerate(page.lines[:_TITLE_LINES]):
        text = _QUOTED.sub("", squeeze(line.text))
        text = _TAIL.sub("", text)
        if 2 <= len(text) <= _TITLE_LENGTH and "。" not in text:
            lines.append(Squeezed(text, line.text, page.number, _prominence(index, line, usual)))
    return lines


def _first_page(transcript: Transcript) -> Page:
    """The first page that says anything: the back of a cover, fed in first, does not."""
    return next((page for page in transcript.pages if page.lines), transcript.pages[0])


def _prominence(index: int, line: Line, usual: float) -> float:
    large = line.box is not None and usual > 0 and line.box.bottom - line.box.top > 1.3 * usual
    if large or index == 0:
        return 1.0
    if index <= 2:
        return 0.9
    return 0.5


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


@cache
def _either(patterns: tuple[str, ...]) -> re.Pattern[str]:
    # A row without names, that of the rest, matches nothing.
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)")


@cache
def _at_end(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(f"(?:{pattern})$") for pattern in patterns)


def _match(kind: Kind, line: Squeezed, *, talk: bool) -> _TitleMatch | None:
    """The longest match of a kind's names in the line; what ends the line names the document.

    In a long line, behind a comma (a sentence that the paper's edge broke) or in a line that is `talk` about
    papers, a name is only mentioned.
    """
    if not _either(kind.names).search(line.text):
        return None
    for patterns, base in (
        (_at_end(kind.names), 1.0 if talk and kind.category != OTHER else 10.0),
        (_compiled(kind.names), 1.0 if talk or len(line.text) > _MENTION_LENGTH else 3.0),
    ):
        spans = [found.span() for pattern in patterns if (found := pattern.search(line.text))]
        start, end = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
        if end - start >= 2:
            named = min(base, 1.0) if _CLAUSE.search(line.text, 0, start) else base
            weight = (named + 0.5 * min(end - start, 10)) * line.weight * kind.title_weight
            return _TitleMatch(kind, line, start, end, weight)
    return None


def _nearly(kind: Kind, line: Squeezed) -> _TitleMatch | None:
    """A plain name of six characters or more that ends the line with one wrong character, as OCR makes them."""
    for name in kind.aliases:
        start = len(line.text) - len(name)
        if len(name) < _NEARLY or start < 0:
            continue
        if sum(map(ne, name, line.text[start:])) == 1:
            weight = (_NEARLY_WEIGHS + 0.5 * min(len(name), 10)) * line.weight * kind.title_weight
            return _TitleMatch(kind, line, start, len(line.text), weight)
    return None


def _head_lines(transcript: Transcript) -> list[Squeezed]:
    if not transcript.pages:
        return []
    page = _first_page(transcript)
    return [Squeezed(squeeze(line.text), line.text, page.number, 1.0) for line in page.lines[:_HEAD_LINES]]


def _head_reasons(kind: Kind, head: list[Squeezed]) -> list[Reason]:
    reasons = []
    for pattern in _compiled(kind.head):
        for line in head:
            if len(line.text) <= _TITLE_LENGTH and pattern.search(line.text):
                reasons.append(Reason(f"head:{pattern.pattern}", line.said, line.page, _HEAD_WEIGHT))
                break
    return reasons


def _word_reasons(kind: Kind, pages: list[tuple[int, str]]) -> list[Reason]:
    reasons = []
    for phrases, weight, most, rule in (
        (kind.strong, _STRONG, _MOST_STRONG, "strong"),
        (kind.words, _WORD, _MOST_WORDS, "word"),
        (kind.against, _AGAINST, 3, "against"),
    ):
        seen = 0
        for phrase in phrases:
            place = _find(phrase, pages)
            if place is not None:
                page, quote = place
                reasons.append(Reason(f"{rule}:{phrase}", quote, page, weight))
                seen += 1
                if seen == most:
                    break
    return reasons


def _find(phrase: str, pages: list[tuple[int, str]]) -> tuple[int, str] | None:
    """The first page where the phrase stands, and the phrase with its surroundings."""
    pattern = _compiled((phrase,))[0]
    for page, text in pages:
        found = pattern.search(text)
        if found:
            return page, text[max(0, found.start() - 6) : found.end() + 6]
    if _PLAIN.fullmatch(phrase):
        return _find_nearly(phrase, pages)
    return None


def _find_nearly(phrase: str, pages: list[tuple[int, str]]) -> tuple[int, str] | None:
    """As `_find`, with one wrong character allowed in a phrase of six Han characters or more.

    OCR takes a character for its neighbour; in shorter phrases one character is the whole difference
    (结婚证字号, 离婚证字号). Only tried where half of the phrase stands
    there as it should, so that it costs next to nothing on pages that speak of other things.
    """
    half = len(phrase) // 2
    for page, text in pages:
        if phrase[:half] not in text and phrase[half:] not in text:
            continue
        # At either end of a text a shorter window would fit better and hide the one that counts.
        padded = f"{' ' * half}{text}{' ' * half}"
        alignment = fuzz.partial_ratio_alignment(
            phrase, padded, score_cutoff=100 * (1 - 1 / len(phrase)) - 0.5
        )
        if alignment is not None and alignment.dest_end - alignment.dest_start == len(phrase):
            return page, padded[alignment.dest_start : alignment.dest_end].strip()
    return None
