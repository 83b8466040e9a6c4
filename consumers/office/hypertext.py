"""The text of a web page or of a mail written as one: blocks are lines, a table's row is one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from consumers.office.charset import decoded
from consumers.office.markup import Element, local
from consumers.office.part import joined

_UNSEEN = frozenset(("script", "style", "head", "title", "template", "noscript", "object"))
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_TOLD = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)


def lines_of_html(content: bytes | str) -> list[str]:
    """The lines that a person sees, from top to bottom. Nothing in the page is fetched or run."""
    if isinstance(content, bytes):
        told = _TOLD.search(content[:2048])
        content = decoded(content, told[1].decode("ascii") if told else "")
    if not content.strip():
        return []
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    # As bytes again: lxml refuses text that declares an encoding.
    root = etree.fromstring(content.encode("utf-8", "replace"), parser)
    if root is None:
        return []
    lines = "".join(_flow(root)).split("\n")
    return [said for line in lines if (said := re.sub(r"[ \t\r\f\xa0]+", " ", line).strip())]


def _flow(element: Element) -> Iterator[str]:
    """The pieces of text inside, with a line feed around every block."""
    if element.text:
        yield _even(element.text)
    for child in element:
        yield from _one(child)
        if child.tail:
            yield _even(child.tail)


def _one(element: Element) -> Iterator[str]:
    name = local(element)
    if not name or name in _UNSEEN or _HIDDEN.search(element.get("style", "")):
        return
    if name == "br":
        yield "\n"
    elif name == "tr":
        yield "\n"
        yield _row(element)
        yield "\n"
    elif name in _INLINE:
        yield from _flow(element)
    else:
        yield "\n"
        yield from _flow(element)
        yield "\n"


def _row(row: Element) -> str:
    """The cells joined; a row that frames other tables or one text keeps the lines of what it frames."""
    cells = ["".join(_flow(cell)) for cell in row if local(cell) in ("td", "th")]
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) == 1 or next(row.iterdescendants("table"), None) is not None:
        return "\n".join(filled)
    return joined(cells)


def _even(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")
