"""The font of an invisible text layer: a TrueType program of two glyphs that fill their place and show nothing.

Nothing is ever drawn with it. It is embedded all the same, because PDF/A wants every font embedded, and because a
reader that has to guess a font guesses its widths. A glyph is one stroke of no breadth from corner to corner: PDFium
asks the glyph how high the text is, and leaves out what has no height. No shape in it comes from any other font.
"""

from __future__ import annotations

import struct

EM = 1000
WIDE, NARROW = 1000, 500
"""Advances in thousandths of the type size: a Han character's, and that of a letter or digit."""
ASCENT, DESCENT = 880, -120
WIDE_GLYPH, NARROW_GLYPH = 1, 2

_ADVANCES = (WIDE, WIDE, NARROW)  # .notdef first, as TrueType demands
_GLYPHS = len(_ADVANCES)
_ONE = 0x00010000
_MADE = 3_786_912_000  # 2024-01-01 in seconds since 1904: the same font on every day


def blank_font() -> bytes:
    """The font program, some 600 bytes, always the same."""
    glyphs = [_glyph(advance) for advance in _ADVANCES]
    places = [sum(map(len, glyphs[:number])) // 2 for number in range(_GLYPHS + 1)]
    return _file(
        {
            b"OS/2": _os2(),
            b"cmap": struct.pack(">HHHHIHHIII", 0, 1, 3, 10, 12, 12, 0, 16, 0, 0),
            b"glyf": b"".join(glyphs),
            b"head": _head(),
            b"hhea": struct.pack(
                ">IhhhHhhhhhh8xhH", _ONE, ASCENT, DESCENT, 0, WIDE, 0, 0, WIDE, 1, 0, 0, 0, _GLYPHS
            ),
            b"hmtx": b"".join(struct.pack(">Hh", advance, 0) for advance in _ADVANCES),
            b"loca": struct.pack(f">{_GLYPHS + 1}H", *places),
            b"maxp": struct.pack(">IHHH11H", _ONE, _GLYPHS, 2, 1, 0, 0, 1, *[0] * 8),
            b"name": struct.pack(">HHH", 0, 0, 6),
            b"post": struct.pack(">II24x", 0x00030000, 0),
        }
    )


def _glyph(advance: int) -> bytes:
    """One contour of two points, lower left and upper right."""
    box = struct.pack(">hhhhh", 1, 0, DESCENT, advance, ASCENT)
    return box + struct.pack(">HHBBhhhh", 1, 0, 1, 1, 0, advance, DESCENT, ASCENT - DESCENT)


def _head() -> bytes:
    versions = struct.pack(
        ">IIII", _ONE, _ONE, 0, 0x5F0F3CF5
    )  # the third, a checksum, is filled in at the end
    metrics = struct.pack(">HHQQhhhh", 0b1011, EM, _MADE, _MADE, 0, DESCENT, WIDE, ASCENT)
    return versions + metrics + struct.pack(">HHhhh", 0, 8, 2, 0, 0)


def _os2() -> bytes:
    sizes = struct.pack(">HhHHH", 1, sum(_ADVANCES) // _GLYPHS, 400, 5, 0)
    nobody = struct.pack(">22x10x16x4s", b"    ")
    return (
        sizes
        + nobody
        + struct.pack(">HHHhhhHHII", 0x40, 0, 0xFFFF, ASCENT, DESCENT, 0, ASCENT, -DESCENT, 0, 0)
    )


def _file(tables: dict[bytes, bytes]) -> bytes:
    """The tables behind their directory, with its checksums (OpenType, "The OpenType font file")."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">IHHHH", _ONE, count, 16 << power, power, 16 * (count - (1 << power)))
    place = len(header) + 16 * count
    directory, body, head = b"", b"", 0
    for tag, content in sorted(tables.items()):
        directory += tag + struct.pack(">III", _checksum(content), place + len(body), len(content))
        head = place + len(body) if tag == b"head" else head
        body += content + bytes(-len(content) % 4)
    whole = bytearray(header + directory + body)
    struct.pack_into(">I", whole, head + 8, (0xB1B0AFBA - _checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _checksum(content: bytes) -> int:
    padded = content + bytes(-len(content) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
