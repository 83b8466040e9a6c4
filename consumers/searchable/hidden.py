"""The hidden text of a page that was read anew is taken out, or programs would give back both."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from consumers.searchable.deflate import compressed

_INVISIBLE = 3
_SHOWS = {"Tj", "TJ", "'"}
_SHOWS_AND_SETS = '"'
_LONGEST = 400_000
"""Packed bytes of a page's content: pages of hidden text have some 20,000, and a bomb unpacks to the thousandfold."""

_FAULTS = (pikepdf.PdfError, TypeError, ValueError, LookupError, AttributeError)
"""What pikepdf raises on contents with faults in them; UnicodeDecodeError is a ValueError."""

_Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def take_out_hidden_text(pdf: Pdf, page: Page) -> str | None:
    """Give the page a content without the text that was never drawn (rendering mode 3), all else in its order.

    A text object that also draws something is left alone. The streams that the page had are not changed: other pages
    may share them. Gives back why a program may still find other text on the page; None where it finds none.
    """
    if sum(len(stream.read_raw_bytes()) for stream in contents_of(page)) > _LONGEST:
        return "its content is too long to look for hidden text in it"
    try:
        if not re.search(rb"T[jJ]|['\"]", b" ".join(stream.read_bytes() for stream in contents_of(page))):
            return _forms(page)
        kept, taken, drawn = _sifted(list(pikepdf.parse_content_stream(page)))
        if taken:
            page.obj.Contents = pdf.make_indirect(compressed(pdf, pikepdf.unparse_content_stream(kept)))
    except _FAULTS:
        return "its content is damaged and could not be searched for hidden text"
    return "it has text of its own" if drawn else _forms(page)


def contents_of(page: Page) -> list[Stream]:
    """The streams that make up the page's content, in their order."""
    own = page.obj.get(Name.Contents)
    streams = list(own) if isinstance(own, Array) else [own]
    return [stream for stream in streams if isinstance(stream, Stream)]


def _forms(page: Page) -> str | None:
    """Whether the page draws something of another stream that has a font."""
    resources = page.obj.get(Name.Resources)
    drawn = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
    if not isinstance(drawn, Dictionary):
        return None
    return "it has text of its own" if any(_has_font(one) for _, one in drawn.items()) else None


def _has_font(drawn: Object) -> bool:
    resources = drawn.get(Name.Resources) if isinstance(drawn, Stream) else None
    return isinstance(resources, Dictionary) and Name.Font in resources


def _sifted(instructions: list[_Instruction]) -> tuple[list[_Instruction], bool, bool]:
    """The instructions that stay, whether any went, and whether any that stays shows text."""
    kept: list[_Instruction] = []
    taken = drawn = False
    for block, shows, hides in _blocks(instructions):
        if hides and not shows:
            taken = True
            kept += [one for one in block if str(one.operator) not in _SHOWS]
        else:
            drawn = drawn or shows
            kept += block
    return kept, taken, drawn


def _blocks(instructions: list[_Instruction]) -> Iterator[tuple[list[_Instruction], bool, bool]]:
    """The instructions in pieces, a text object being one: each with whether it shows text, and whether it has some
    that is not shown."""
    block: list[_Instruction] = []
    mode, outer = 0, []
    shows = hides = False
    for one in instructions:
        operator = str(one.operator)
        if operator == "BT":
            yield block, shows, hides
            block, shows, hides = [], False, False
        block.append(one)
        if operator == "q":
            outer.append(mode)
        elif operator == "Q":
            mode = outer.pop() if outer else 0
        elif operator == "Tr":
            mode = int(one.operands[0])
        elif operator == _SHOWS_AND_SETS or (operator in _SHOWS and mode != _INVISIBLE):
            shows = True
        elif operator in _SHOWS:
            hides = True
        if operator == "ET":
            yield block, shows, hides
            block, shows, hides = [], False, False
    yield block, shows, hides
