"""The table by which a PDF reader turns the codes of a text layer back into characters (ToUnicode)."""

from __future__ import annotations

from collections.abc import Mapping

from consumers.searchable.alphabet import GAP

_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
_MOST = 100
"""So many entries a section may have (Adobe Technical Note 5014)."""


def to_unicode(codes: Mapping[str, int]) -> bytes:
    """The CMap that gives for each code its character; those beyond U+FFFF as surrogate pairs.

    The wide blank (U+3000) is given twice: poppler takes a single one for the end of a column when it is a few characters
    wide, and would give the labels of a form first and then the values.
    """
    texts = ((code, 2 * char if char == GAP else char) for char, code in codes.items())
    entries = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for code, text in texts]
    sections = []
    for first in range(0, len(entries), _MOST):
        some = entries[first : first + _MOST]
        sections.append(f"{len(some)} beginbfchar\n{''.join(some)}endbfchar\n")
    return (_HEAD + "".join(sections) + _TAIL).encode("ascii")
