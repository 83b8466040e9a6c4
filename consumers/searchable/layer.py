"""The invisible text of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from consumers.searchable.alphabet import Alphabet
from consumers.searchable.deflate import compressed
from consumers.searchable.font import ASCENT, EM
from consumers.searchable.frame import inherited, upright
from consumers.searchable.row import Row

_FONT = "/Unseen"


def add_layer(pdf: Pdf, page: Page, rows: Sequence[Row], alphabet: Alphabet, font: Object) -> None:
    """Put `rows` on the page, before all else: nothing that the page's own content leaves open or closes too often can
    touch them there, and they touch nothing."""
    name = _added(page, font)
    matrix, _, height = upright(page)
    layer = compressed(pdf, content(rows, alphabet, name, matrix, height))
    own = page.obj.get(Name.Contents)
    before = [] if own is None else list(own) if isinstance(own, Array) else [own]
    page.obj.Contents = Array([pdf.make_indirect(layer), *before])


def content(
    rows: Iterable[Row], alphabet: Alphabet, font: str, matrix: tuple[float, ...], height: float
) -> bytes:
    """The operators that put `rows` down without drawing anything (text rendering mode 3).

    `matrix` takes points of the upright page, from its lower left corner, to the page's own; `height` is that of the
    upright page.
    """
    put = [f"q {' '.join(map(_number, matrix))} cm BT 3 Tr"]
    for row in rows:
        base = _number(height - row.top - row.size * ASCENT / EM)
        put.append(f"{font} {_number(row.size)} Tf")
        for run in row.runs:
            stretch = 100 * EM * run.width / (alphabet.advance(run.text) * row.size)
            place = f"{_number(stretch)} Tz 1 0 0 1 {_number(run.left)} {base} Tm"
            put.append(f"{place} <{alphabet.encoded(run.text)}> Tj")
    put.append("ET Q\n")
    return "\n".join(put).encode("ascii")


def _added(page: Page, font: Object) -> str:
    """The name that the font has got in resources of the page's own: other pages may share those that it had."""
    had = inherited(page, "/Resources")
    resources = had.copy() if isinstance(had, Dictionary) else Dictionary()
    fonts = resources.get(Name.Font)
    fonts = fonts.copy() if isinstance(fonts, Dictionary) else Dictionary()
    name = _FONT
    while name in fonts:
        name += "1"
    fonts[name] = font
    resources.Font = fonts
    page.obj.Resources = resources
    return name


def _number(value: float) -> str:
    """A number as PDF writes it: no exponent, three places at most."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
