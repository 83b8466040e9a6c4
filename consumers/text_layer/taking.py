"""Taking a page's text layer: its characters, which of them are seen, and what the verdict has to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from consumers.text_layer.annotations import Entry
from consumers.text_layer.drawings import Drawings, Image, drawings_of
from consumers.text_layer.folding import folded
from consumers.text_layer.glyphs import MOST, Drawn, Glyph, glyphs_of
from consumers.text_layer.seen import Grey, drawn, drawn_bare, seen
from consumers.text_layer.stray import stray_characters
from consumers.text_layer.upright import Edges, Upright, upright_of
from consumers.text_layer_verdict import Layer, verdict

_SEAL = (28.0, 170.0)
"""Sides of a seal, a portrait or a code, in points: 1 to 6 cm."""
_MOSTLY = 0.6
"""So much of the text has to be turned one way before the page is."""


@dataclass(frozen=True)
class Taken:
    """A page's seen characters, its ruled lines, and what the verdict has to know.

    `rotation` is by how many degrees clockwise the page has to be turned for its text to stand upright; all places are
    those of the turned page, whose `size` is in points. `untidy` says why the characters are not to be put in order.
    """

    glyphs: tuple[Glyph, ...]
    rules: tuple[Edges, ...]
    size: tuple[float, float]
    rotation: int
    layer: Layer
    untidy: str | None = None


def taken(page: pdfium.PdfPage, entries: Sequence[Entry] = ()) -> Taken | None:
    """The layer of a page; None where there is none. `entries` are values that have to be in it."""
    text, place = page.get_textpage(), upright_of(page)
    count = text.count_chars()
    if count == 0 and not entries:
        return None
    drawings = drawings_of(page, place)
    share = picture_share(drawings.images, place.size)
    if count > MOST or drawings.countless:
        return Taken((), (), place.size, 0, Layer(text.get_text_range(), share), "too much is drawn on it")
    all_drawn = glyphs_of(text, place)
    glyphs = all_drawn.glyphs
    whole = None if _is_scan(all_drawn, share) else drawn(page)
    kept = _seen(page, all_drawn, place, drawings, whole)
    added = _entered(entries, glyphs, place)
    letters = [g for g, keep in zip(glyphs, kept, strict=True) if keep]
    layer = replace(_layer([*letters, *added], glyphs, share), ours=bool(all_drawn.ours))
    if whole is not None and not layer.ours and verdict(layer) is None:
        known = [(g.left, g.top, g.right, g.bottom) for g in (*letters, *added)]
        known += [image.edges for image in drawings.images if _is_emblem(image)]
        layer = replace(layer, stray=stray_characters(whole, place.size, known))
    rotation = _rotation(letters)
    if rotation:
        place = place.turned(rotation)
        again = glyphs_of(text, place).glyphs
        letters = [g for g, keep in zip(again, kept, strict=True) if keep]
        drawings, added = drawings_of(page, place), _entered(entries, glyphs, place)
    return Taken((*letters, *added), drawings.rules, place.size, rotation, layer)


def _is_emblem(image: Image) -> bool:
    """Whether a picture is of the shape and size of a seal, a portrait or a code: about a square."""
    left, top, right, bottom = image.edges
    short, long = sorted((right - left, bottom - top))
    return _SEAL[0] <= short and long <= min(_SEAL[1], 1.4 * short)


def picture_share(images: Sequence[Image], size: tuple[float, float]) -> float:
    """The part of the page (0.0 to 1.0) that pictures cover together; scanners cut a page into strips."""
    raster = np.zeros((100, 100), np.bool_)
    for image in images:
        left, top, right, bottom = (
            round(min(max(edge / side, 0.0), 1.0) * 100)
            for edge, side in zip(image.edges, size * 2, strict=True)
        )
        raster[top:bottom, left:right] = True
    return float(raster.mean())


def _is_scan(text: Drawn, share: float) -> bool:
    """Whether it is clear without drawing the page, which costs as much as unpacking its picture."""
    letters = sum(not glyph.text.isspace() for glyph in text.glyphs)
    hidden = sum(not glyph.text.isspace() and glyph.drawing in text.unseen for glyph in text.glyphs)
    return share > 0.5 and (2 * hidden > letters or letters < 80)


def _seen(
    page: pdfium.PdfPage, text: Drawn, place: Upright, drawings: Drawings, whole: Grey | None
) -> list[bool]:
    """For each character whether it is seen, or was read by us."""
    if whole is None:
        return [glyph.drawing not in text.unseen or glyph.drawing in text.ours for glyph in text.glyphs]
    bare = drawn_bare(page, drawings.images) if drawings.images else whole
    shown = seen(text.glyphs, place.size, whole, bare)
    return [one or glyph.drawing in text.ours for one, glyph in zip(shown, text.glyphs, strict=True)]


def _layer(letters: Sequence[Glyph], glyphs: Sequence[Glyph], share: float) -> Layer:
    latin = [g for g in letters if g.turn == 0 and g.text.isascii() and g.text.isalnum()]
    return Layer(
        "".join(glyph.text for glyph in letters),
        share,
        unseen=sum(not g.text.isspace() for g in glyphs) - sum(not g.text.isspace() for g in letters),
        unmapped=sum(glyph.unmapped for glyph in letters),
        wide_latin=sum(g.right - g.left > 0.9 * (g.bottom - g.top) for g in latin),
    )


def _rotation(letters: Sequence[Glyph]) -> int:
    turns = Counter(glyph.turn for glyph in letters)
    if not turns:
        return 0
    turn, count = turns.most_common(1)[0]
    return (360 - turn) % 360 if turn in (90, 180, 270) and count > _MOSTLY * len(letters) else 0


def _entered(entries: Sequence[Entry], glyphs: Sequence[Glyph], place: Upright) -> list[Glyph]:
    """Characters for the values of which the page shows no text: PDFium drew none, or in no font that has them."""
    said = "".join(folded(char) for glyph in glyphs for char in glyph.text if not char.isspace())
    added = []
    for number, entry in enumerate(entries, 1):
        text = "".join(entry.text.split())
        if text in said:
            continue
        left, top, right, bottom = place.edges(*entry.box)
        step = min((right - left) / len(text), bottom - top)
        added += [
            Glyph(char, left + n * step, top, left + (n + 1) * step, bottom, 0, -number)
            for n, char in enumerate(text)
        ]
    return added
