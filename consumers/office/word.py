"""Word documents (docx): text and tables in their order, text boxes, headers, footers, notes, and the pictures.

python-docx was looked at and left: its paragraphs pass over content controls, insertions and text boxes, which is
where filled-in forms keep what was filled in, and it unpacks every picture on opening.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.office.hypertext import lines_of_html
from consumers.office.markup import Element, attribute, broken, every, local
from consumers.office.package import Package, Relation
from consumers.office.part import Enclosed, Lost, Part, Sheet, joined, written

_PAGE = "\f"
_LEFT_OUT = frozenset(
    ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "rt", "Fallback", "sectPr", "tblPr")
)
"""What a person does not see: what was deleted, codes of fields, the second way of saying the same."""
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
_TICKS = {
    "F052": "☑",
    "F0FE": "☑",
    "F053": "☒",
    "F0FD": "☒",
    "F0A3": "□",
    "F06F": "□",
    "F0A8": "□",
    "F0FC": "√",
}
"""The signs of Wingdings that forms tick with, by their code."""
_BESIDE = {"header": 0, "footer": 1, "footnotes": 1, "endnotes": 1, "comments": 1}
"""Parts that stand before the text, or behind it."""


def open_word(content: bytes, bounds: Bounds) -> tuple[Part, ...]:
    """One Sheet a page, as far as the document tells where pages end; then its pictures and enclosed files.

    Raises Refused (`damaged`, `encrypted`, `too-large`).
    """
    package = Package(content, bounds)
    main = next((r.target for r in package.relations("") if r.sort == "officeDocument"), "word/document.xml")
    relations = package.relations(main)
    body = next(iter(every(package.tree(main), "body")), None)
    if body is None:
        raise broken("document")
    lost: list[Part] = []
    texts: tuple[list[str], list[str]] = ([], [])
    for relation in relations:
        if relation.sort in _BESIDE and package.has(relation.target):
            root = package.tree(relation.target)
            said = [line for line in "\n".join(_blocks(root)).replace(_PAGE, "").splitlines() if line.strip()]
            texts[_BESIDE[relation.sort]].extend(
                line for line in said if line not in texts[_BESIDE[relation.sort]]
            )
        if relation.sort == "aFChunk":
            _add_chunk(package, relation, texts[1], lost)
    pages = _in_pages([*texts[0], *_blocks(body), *texts[1]])
    sheets: list[Part] = [Sheet(partial(written, page)) for page in pages]
    return (*sheets, *_enclosed(package, body, main, relations), *lost)


def _in_pages(blocks: list[str]) -> list[list[str]]:
    """The blocks page by page. A row of a table that goes over the end of a page belongs to the former."""
    pages = [part.splitlines() for part in "\n".join(blocks).split(_PAGE)]
    return [page for page in pages if any(line.strip() for line in page)]


def _blocks(container: Element) -> list[str]:
    """The text of each paragraph and of each row of each table, in order; _PAGE where a page ends."""
    found: list[str] = []
    for child in container:
        name = local(child)
        if name == "p":
            found.extend(_paragraph(child))
        elif name == "tbl":
            found.extend(_table(child))
        elif name and name not in _LEFT_OUT:
            found.extend(_blocks(child))
    return found


def _paragraph(paragraph: Element) -> Iterator[str]:
    boxes: list[Element] = []
    yield "".join(_runs(paragraph, boxes))
    for box in boxes:
        yield from (line.replace(_PAGE, "") for line in _blocks(box))


def _runs(element: Element, boxes: list[Element]) -> Iterator[str]:
    """The pieces of text inside; text boxes are put aside into `boxes`."""
    for child in element:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "lastRenderedPageBreak" or (name == "br" and attribute(child, "type") == "page"):
            yield _PAGE
        elif name == "br":
            yield "\n"
        elif name == "sym":
            yield _TICKS.get(attribute(child, "char").upper(), "")
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name and name not in _LEFT_OUT:
            yield from _runs(child, boxes)


def _table(table: Element) -> Iterator[str]:
    for row in _inside(table, "tr"):
        cells = [_blocks(cell) for cell in _inside(row, "tc")]
        filled = [cell for cell in cells if "".join(cell).strip()]
        ends = any(_PAGE in line for cell in cells for line in cell)
        if len(filled) == 1:
            # A frame around a whole text: its paragraphs stay lines.
            yield from (line.replace(_PAGE, "") for line in filled[0])
        else:
            yield joined([" ".join(cell).replace(_PAGE, "") for cell in cells])
        if ends:
            yield _PAGE


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table, the cells of a row, those in content controls and insertions included."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(child, name)


def _add_chunk(package: Package, relation: Relation, texts: list[str], lost: list[Part]) -> None:
    """A piece in another format that Word would take in on opening; web programs make whole documents of them."""
    if relation.target.lower().endswith((".htm", ".html", ".xhtml")):
        texts.extend(lines_of_html(package.read(relation.target)))
    elif relation.target.lower().endswith(".txt"):
        texts.extend(package.read(relation.target).decode("utf-8", "replace").splitlines())
    else:
        lost.append(Lost(relation.target.rpartition("/")[2], _other_format()))


def _enclosed(package: Package, body: Element, main: str, relations: list[Relation]) -> Iterator[Part]:
    """Pictures in the order in which they stand, then those of headers and footers, then files put in."""
    by_id = {relation.id: relation for relation in relations}
    seen: set[str] = set()
    order = [by_id.get(attribute(e, "embed") or attribute(e, "id")) for e in every(body, "blip", "imagedata")]
    for part in relations:
        if part.sort in _BESIDE and part.target != main:
            order.extend(r for r in package.relations(part.target) if r.sort == "image")
    order.extend(relation for relation in relations if relation.sort in ("package", "oleObject"))
    for relation in order:
        if (
            relation is None
            or not relation.target
            or relation.target in seen
            or not package.has(relation.target)
        ):
            continue
        seen.add(relation.target)
        name = relation.target.rpartition("/")[2]
        if relation.sort == "oleObject":
            yield Lost(name, _other_format())
        else:
            yield Enclosed(name, partial(package.read, relation.target))


def _other_format() -> Refused:
    return Refused(
        "wrong-type",
        "这是嵌入的对象，无法读取，请在原软件中打开，另存为 PDF 后单独放入。",
        "It is an embedded object; open it in its own program, save it as PDF and drop that in too.",
    )
