"""How a PDF page lies: what a reader shows of it, and how it is turned."""

from __future__ import annotations

from pikepdf import Dictionary, Object, Page

_DEEPEST = 64
_LETTER = (0.0, 0.0, 612.0, 792.0)
"""What readers take where a page has no size."""


def inherited(page: Page, key: str) -> Object | None:
    """What the page says of `key`, or the nearest one above it in the tree of pages."""
    node: Object | None = page.obj
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        found = node.get(key)
        if found is not None:
            return found
        node = node.get("/Parent")
    return None


def turn_of(page: Page) -> int:
    """The degrees by which a reader turns the page clockwise: 0, 90, 180 or 270."""
    try:
        return int(inherited(page, "/Rotate") or 0) // 90 * 90 % 360
    except (TypeError, ValueError):
        return 0


def visible(page: Page) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what a reader shows, in the page's own points."""
    media = _rectangle(inherited(page, "/MediaBox")) or _LETTER
    crop = _rectangle(inherited(page, "/CropBox")) or media
    both = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return both if both[0] < both[2] and both[1] < both[3] else media


def upright(page: Page) -> tuple[tuple[float, ...], float, float]:
    """The matrix that takes points of the page as it is shown (from its lower left corner) to the page's own, and the
    width and height of the page as it is shown."""
    left, bottom, right, top = visible(page)
    across, down = right - left, top - bottom
    match turn_of(page):
        case 90:
            return (0, 1, -1, 0, right, bottom), down, across
        case 180:
            return (-1, 0, 0, -1, right, top), across, down
        case 270:
            return (0, -1, 1, 0, left, top), down, across
        case _:
            return (1, 0, 0, 1, left, bottom), across, down


def _rectangle(said: Object | None) -> tuple[float, float, float, float] | None:
    try:
        a, b, c, d = (float(value) for value in said)  # type: ignore[union-attr]  # None is a TypeError too
    except (TypeError, ValueError):
        return None
    return None if a == c or b == d else (min(a, c), min(b, d), max(a, c), max(b, d))
