"""XML from a file of unknown origin, parsed so that it can neither fetch, expand nor grow without end."""

from __future__ import annotations

from typing import Any

from lxml import etree

from consumers.errors import Refused

Element = Any
"""An element of lxml, which ships no types."""


def parsed(content: bytes) -> Element:
    """The root; raises Refused (`damaged`) for what is no XML, or has a document type.

    Neither OOXML (ECMA-376 part 2, 8.2.5) nor OFD knows document types: one is there to declare entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken("XML") from error
    if root is None or root.getroottree().docinfo.doctype:
        raise broken("XML")
    return root


def local(element: Element) -> str:
    """The element's name without its namespace; empty for what is none (an entity that was not expanded)."""
    tag = element.tag
    return str(tag).rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The attribute with that local name, in whatever namespace; empty where there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def every(element: Element, *names: str) -> list[Element]:
    """All elements inside with one of these local names, in the order of the document."""
    return [inner for inner in element.iter() if local(inner) in names]


def broken(what: str) -> Refused:
    """The refusal of an office file that does not hold together."""
    return Refused(
        "damaged",
        "文件不完整或已损坏，无法打开，请用原软件打开检查，重新保存后再放入。",
        f"The {what} in it is cut off or damaged; open it in its own program, save it again and drop it in again.",
    )
