"""What else is drawn on a PDF page: pictures, and the straight lines that rule its tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from consumers.text_layer.upright import Edges, Upright

_MOST = 20_000
"""More objects than this are not looked at one by one."""
_MOST_SEGMENTS = 40_000
"""Paths of more pieces than this are a drawing, not the lines of a table."""
_DEEPEST = 5
_THIN = 3.0
"""A filled box of so many points or less in one direction is a line that somebody drew as a box."""
_SHORTEST = 4.0
_FAR = 50_000.0

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Image:
    """A picture's place on the upright page, and PDFium's handle of it."""

    edges: Edges
    raw: Any


@dataclass(frozen=True)
class Drawings:
    """A page's pictures and ruled lines; `countless` where there were too many objects to look at."""

    images: tuple[Image, ...]
    rules: tuple[Edges, ...]
    countless: bool = False


def drawings_of(page: pdfium.PdfPage, place: Upright) -> Drawings:
    """The pictures and ruled lines of a page, those within its form objects included."""
    images: list[Image] = []
    rules: list[Edges] = []
    segments = 0
    for number, (raw, kind, matrix) in enumerate(_objects(page)):
        if number > _MOST:
            return Drawings(tuple(images), (), countless=True)
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            edges = _bounds(raw, matrix, place)
            if edges is not None:
                images.append(Image(edges, raw))
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            segments += max(int(pdfium_c.FPDFPath_CountSegments(raw)), 0)
            if segments <= _MOST_SEGMENTS:
                rules.extend(_rules(raw, matrix, place))
    return Drawings(tuple(images), tuple(rules) if segments <= _MOST_SEGMENTS else ())


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[Any, int, Matrix]]:
    raw = page.raw
    for index in range(pdfium_c.FPDFPage_CountObjects(raw)):
        yield from _within(pdfium_c.FPDFPage_GetObject(raw, index), _IDENTITY, 0)


def _within(raw: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    kind = int(pdfium_c.FPDFPageObj_GetType(raw))
    yield raw, kind, matrix
    if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _times(_matrix(raw), matrix)
        for index in range(pdfium_c.FPDFFormObj_CountObjects(raw)):
            yield from _within(pdfium_c.FPDFFormObj_GetObject(raw, index), inner, depth + 1)


def _matrix(raw: Any) -> Matrix:
    held = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(raw, held):
        return _IDENTITY
    return held.a, held.b, held.c, held.d, held.e, held.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _through(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(raw: Any, matrix: Matrix, place: Upright) -> Edges | None:
    corners = [ctypes.c_float() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetBounds(raw, *corners):
        return None
    left, bottom, right, top = (corner.value for corner in corners)
    if matrix is not _IDENTITY:
        some = [_through(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        left, right = min(x for x, _ in some), max(x for x, _ in some)
        bottom, top = min(y for _, y in some), max(y for _, y in some)
    # What is no number, or further away than any page is large, is no place.
    if not all(abs(value) < _FAR for value in (left, bottom, right, top)):
        return None
    return place.edges(left, bottom, right, top)


def _rules(raw: Any, matrix: Matrix, place: Upright) -> Iterator[Edges]:
    """The straight level and upright lines of one path; none where nothing of it is painted."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(raw, fill, stroke)
    if not fill.value and not stroke.value:
        return
    whole = _bounds(raw, matrix, place)
    if whole is None:
        return
    left, top, right, bottom = whole
    if min(right - left, bottom - top) <= _THIN:
        if max(right - left, bottom - top) >= _SHORTEST:
            yield whole
        return
    if not stroke.value and _is_white(raw):
        return
    yield from _sides(raw, _times(_matrix(raw), matrix), place)


def _is_white(raw: Any) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetFillColor(raw, *parts)
    return all(part.value >= 250 for part in parts[:3]) or parts[3].value == 0


def _sides(raw: Any, matrix: Matrix, place: Upright) -> Iterator[Edges]:
    x, y = ctypes.c_float(), ctypes.c_float()
    start = before = (0.0, 0.0)
    for index in range(int(pdfium_c.FPDFPath_CountSegments(raw))):
        segment = pdfium_c.FPDFPath_GetPathSegment(raw, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = _through(matrix, x.value, y.value)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield from _straight(before, point, place)
        before = point
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield from _straight(before, start, place)
            before = start


def _straight(one: tuple[float, float], other: tuple[float, float], place: Upright) -> Iterator[Edges]:
    across, up = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(across, up) <= 0.5 and _SHORTEST <= max(across, up) < _FAR:
        yield place.edges(
            min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
        )
