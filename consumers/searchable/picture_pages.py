"""A PDF of a picture file: one page a picture, the picture itself as it is."""

from __future__ import annotations

from pathlib import Path

from pikepdf import Array, Dictionary, Name, Page, Pdf

from consumers.bounds import Bounds
from consumers.pictures import open_image
from consumers.searchable.packed import wrapped
from consumers.searchable.wrapped import Wrapped, image_of

_TURNS = {
    1: (False, 0),
    2: (True, 0),
    3: (False, 180),
    4: (True, 180),
    5: (True, 270),
    6: (False, 90),
    7: (True, 90),
    8: (False, 270),
}
"""Exif 2.32, tag Orientation: whether the picture is mirrored left to right, and how it is turned clockwise then."""
_UNTOLD = (72, 96)
"""What programs write that don't know how large the paper was."""
_LONGEST = 842.0
"""The longer side of A4, in points: taken where nobody says how large the paper was."""
_SIDES = (3.0, 14400.0)
"""PDF's least and greatest page (ISO 32000-1, Annex C)."""

_HAIR = 0.0004
"""Points by which the page is smaller than the paper, and the picture on each side smaller than the page: programs that draw it
point by point round up, and a hair more would be a point more, and all of them would be reckoned anew."""


def pdf_of_pictures(path: Path, media_type: str, bounds: Bounds) -> tuple[Pdf, list[Wrapped]]:
    """The PDF and what it was made of, page by page; raises Refused as `consumers.pages.open_scan`."""
    content = path.read_bytes()
    pdf, pictures = Pdf.new(), []
    with open_image(path, media_type, bounds.pages) as (image, count):
        bounds.check_pages(count)
        for number in range(1, count + 1):
            picture = wrapped(image, number, content, bounds)
            _add_page(pdf, picture, _resolution(image.info.get("dpi")))
            pictures.append(picture)
    return pdf, pictures


def _add_page(pdf: Pdf, picture: Wrapped, dpi: tuple[float, float] | None) -> None:
    width, height = _size(picture, dpi)
    mirrored, turn = _TURNS[picture.orientation]
    wide, high = width - 2 * _HAIR, height - 2 * _HAIR
    across, left = (-wide, width - _HAIR) if mirrored else (wide, _HAIR)
    place = f"{across:.4f} 0 0 {high:.4f} {left:.4f} {_HAIR}"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 4), round(height, 4)]),
        Rotate=turn,
        Resources=Dictionary(XObject=Dictionary(Picture=image_of(pdf, picture))),
        Contents=pdf.make_stream(f"q {place} cm /Picture Do Q\n".encode()),
    )
    pdf.pages.append(Page(page))


def _resolution(said: object) -> tuple[float, float] | None:
    """Dots an inch, across and down, where the file says them and they can be."""
    try:
        across, down = (_evened(float(value)) for value in said)  # type: ignore[attr-defined]  # no pair is a TypeError
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if round(across) in _UNTOLD or not (
        50 <= across <= 5000 and 50 <= down <= 5000 and 0.4 < across / down < 2.5
    ):
        return None
    return across, down


def _evened(dots: float) -> float:
    """PNG counts dots a metre: 200 an inch come out as 199.9996."""
    return round(dots) if abs(dots - round(dots)) < 0.01 else dots


def _size(picture: Wrapped, dpi: tuple[float, float] | None) -> tuple[float, float]:
    """The page's width and height in points."""
    if dpi is None:
        scale = _LONGEST / max(picture.width, picture.height)
        width, height = picture.width * scale, picture.height * scale
    else:
        width, height = 72 * picture.width / dpi[0], 72 * picture.height / dpi[1]
    least, greatest = _SIDES
    shrink = min(1.0, greatest / max(width, height))
    return max(width * shrink - _HAIR, least), max(height * shrink - _HAIR, least)
