"""OFD files, the Chinese document format of e-invoices and official papers (GB/T 33190-2016): text and pictures.

No kept library reads OFD on its own terms (easyofd brings a PDF engine, a report maker and more, and gives PDF), so the
format's plain XML is read here: the text with its places, page by page, templates and annotations included.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.media import sniff
from consumers.office.markup import Element, attribute, broken, every, local
from consumers.office.package import Package
from consumers.office.part import Enclosed, Lost, Part, Sheet, Written, written
from consumers.reading_order import Piece, in_rows
from consumers.transcript import Line

_A4 = (210.0, 297.0)
_MM = 100.0
"""Pieces are counted in hundredths of a millimetre, so that they are as large as those of a picture."""
_SCANNED = ((0.6, 80), (0.15, 20))
"""A page of which a picture covers more than this part, and that has fewer characters, is a scan with a stamp on it."""
_UNKNOWN_PICTURE = (
    "页面是无法识别的图像格式（如 JBIG2），请用 OFD 阅读器另存为 PDF 后放入。"
    "The page is a picture of a format that can not be read (JBIG2, say); save it as PDF in an OFD reader."
)


@dataclass(frozen=True)
class _Document:
    package: Package
    root: str
    size: tuple[float, float]
    templates: dict[str, str]
    pictures: dict[str, str]
    notes: dict[str, str]

    def place(self, target: str) -> str:
        """The name in the package of what the document's own file calls by that name."""
        return _beside(self.root, target)


def open_ofd(content: bytes, bounds: Bounds) -> tuple[Part, ...]:
    """One Sheet a page, then the attachments. Raises Refused (`damaged`, `encrypted`, `too-large`)."""
    package = Package(content, bounds)
    parts: list[Part] = []
    for body in every(package.tree("OFD.xml"), "DocBody"):
        root = _text_of(body, "DocRoot")
        if not root:
            continue
        document = _document(package, root.lstrip("/"))
        tree = package.tree(document.root)
        pages = every(tree, "Page")
        parts.extend(
            Sheet(partial(_page, document, attribute(p, "BaseLoc"), attribute(p, "ID"))) for p in pages
        )
        parts.extend(_attachments(document, tree))
    if not parts:
        raise broken("OFD")
    return tuple(parts)


def _document(package: Package, root: str) -> _Document:
    tree = package.tree(root)
    templates = {
        attribute(t, "ID"): _beside(root, attribute(t, "BaseLoc")) for t in every(tree, "TemplatePage")
    }
    pictures: dict[str, str] = {}
    for listing in (_beside(root, row.text or "") for row in every(tree, "PublicRes", "DocumentRes")):
        pictures.update(_pictures(package, listing))
    notes: dict[str, str] = {}
    for listing in (_beside(root, row.text or "") for row in every(tree, "Annotations")):
        if package.has(listing):
            rows = every(package.tree(listing), "Page")
            notes.update({attribute(r, "PageID"): _beside(listing, _text_of(r, "FileLoc")) for r in rows})
    return _Document(package, root, _box_of(tree, _A4), templates, pictures, notes)


def _pictures(package: Package, listing: str) -> dict[str, str]:
    """The pictures among the resources: ID -> name in the package."""
    if not package.has(listing):
        return {}
    tree = package.tree(listing)
    folder = posixpath.join(listing, "..", attribute(tree, "BaseLoc"), "x")
    rows = [row for row in every(tree, "MultiMedia") if attribute(row, "Type").lower() == "image"]
    return {attribute(row, "ID"): _beside(folder, _text_of(row, "MediaFile")) for row in rows}


def _page(document: _Document, location: str, identity: str) -> Written:
    """What is written on a page, in rows; where it has no text worth the name, its largest picture."""
    name = document.place(location)
    tree = document.package.tree(name)
    layers = [tree]
    for used in every(tree, "Template"):
        template = document.templates.get(attribute(used, "TemplateID"))
        if template and document.package.has(template):
            layers.append(document.package.tree(template))
    note = document.notes.get(identity)
    if note and document.package.has(note):
        layers.append(document.package.tree(note))
    width, height = _box_of(tree, document.size)
    lines = in_rows(_pieces(layers), round(width * _MM), round(height * _MM))
    share, largest = _largest_picture(document, layers, width * height)
    letters = sum(len("".join(line.text.split())) for line in lines)
    if largest and any(share > covered and letters < fewest for covered, fewest in _SCANNED):
        picture = document.package.read(largest)
        if sniff(picture[:1024]) is not None:
            return Written((), picture=picture)
        return replace(_bounded(lines), doubtful=(_UNKNOWN_PICTURE,))
    return _bounded(lines)


def _bounded(lines: tuple[Line, ...]) -> Written:
    whole = written([line.text for line in lines])
    return whole if whole.doubtful else Written(tuple(Line(line.text, line.box) for line in lines))


def _pieces(layers: list[Element]) -> list[Piece]:
    return [piece for tree in layers for text in every(tree, "TextObject") for piece in _runs(text)]


def _runs(text: Element) -> Iterator[Piece]:
    """Runs of text with their places: the object's boundary (x, y, width and height in mm), and in it the start of
    each run, X and Y of its first character's base line."""
    if attribute(text, "Visible") == "false":
        return
    boundary = _numbers(attribute(text, "Boundary"))
    left, top, width, height = boundary if len(boundary) == 4 else (0.0, 0.0, 1.0, 1.0)
    size = (_numbers(attribute(text, "Size")) or [height])[0]
    codes = every(text, "TextCode")
    # A boundary may be as large as the page, and hold several lines.
    loose = (len(codes) > 1 or height > 2 * size) and not attribute(text, "CTM")
    for code in codes:
        said = (code.text or "").strip()
        if not said:
            continue
        x, y = (_numbers(attribute(code, "X")) or [0.0])[0], (_numbers(attribute(code, "Y")) or [size])[0]
        box = (
            (left + x, top + y - size, left + width, top + y)
            if loose
            else (left, top, left + width, top + height)
        )
        x0, y0, x1, y1 = (edge * _MM for edge in box)
        yield Piece(said, x0, y0, x1, y1, slope=0.0, confidence=1.0)


def _largest_picture(document: _Document, layers: list[Element], area: float) -> tuple[float, str]:
    """The part of the page that its largest picture covers, and its name in the package; 0.0 and "" for none."""
    found = (0.0, "")
    for image in (image for tree in layers for image in every(tree, "ImageObject")):
        name = document.pictures.get(attribute(image, "ResourceID"), "")
        box = _numbers(attribute(image, "Boundary"))
        share = min(1.0, box[2] * box[3] / max(area, 1.0)) if len(box) == 4 else 0.0
        if document.package.has(name) and share > found[0]:
            found = (share, name)
    return found


def _attachments(document: _Document, tree: Element) -> Iterator[Part]:
    for listing in (document.place(row.text or "") for row in every(tree, "Attachments")):
        if not document.package.has(listing):
            continue
        for row in every(document.package.tree(listing), "Attachment"):
            name = attribute(row, "Name") or _text_of(row, "FileLoc")
            target = _beside(listing, _text_of(row, "FileLoc"))
            if target.lower().endswith(".xml"):
                # The data behind an e-invoice: the page shows them.
                continue
            if document.package.has(target):
                yield Enclosed(name, partial(document.package.read, target))
            else:
                yield Lost(name, _missing())


def _box_of(tree: Element, default: tuple[float, float]) -> tuple[float, float]:
    """Width and height of a page in mm."""
    for box in every(tree, "PhysicalBox"):
        numbers = _numbers(box.text or "")
        if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
            return numbers[2], numbers[3]
    return default


def _text_of(element: Element, name: str) -> str:
    """The text of the first element inside with that name."""
    return next(((inner.text or "").strip() for inner in element.iter() if local(inner) == name), "")


def _beside(file: str, target: str) -> str:
    """A path that stands in `file`, as a name in the package."""
    inside = (
        target if target.startswith("/") else posixpath.join("/", posixpath.dirname(file), target.strip())
    )
    return posixpath.normpath(inside).lstrip("/")


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split()]
    except ValueError:
        return []


def _missing() -> Refused:
    return Refused(
        "damaged",
        "文件里没有这个附件，请向出具单位重新索取。",
        "The file does not hold this attachment; ask whoever issued it for it again.",
    )
