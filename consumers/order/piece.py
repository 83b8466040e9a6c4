"""A piece of text as an engine found it, before anybody knows what stands beside and below it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """Text in pixels of the upright picture; `slope` is what its base line gains in height a pixel to the right
    (positive: downwards), `confidence` 0.0 to 1.0, `words` what it is made of, empty where the engine tells none."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    slope: float
    confidence: float
    words: tuple[Piece, ...] = ()


def page_slope(pieces: list[Piece]) -> float:
    """The slope at which half of the text's width is reached; a form may have no long piece at all."""
    flat = [(p.slope, p.right - p.left) for p in pieces if (p.right - p.left) > 3 * (p.bottom - p.top)]
    if len(flat) < 3:
        return 0.0
    half = sum(width for _, width in flat) / 2
    for slope, width in sorted(flat):
        half -= width
        if half <= 0:
            return slope
    return 0.0
