"""Files made to blow up: each is small as it lies, and huge, endless or senseless once somebody opens it."""

from __future__ import annotations

import functools
import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.consumers.made import pdf

_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_ONE_PAGE = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A PDF stream object, packed."""
    packed = zlib.compress(content, 9)
    return b"<</Filter/FlateDecode/Length %d%b>>stream\n%b\nendstream" % (len(packed), entries, packed)


@functools.cache
def zeros(megabytes: int) -> bytes:
    """So many MB of zeros, packed as zlib packs them, without ever holding them."""
    packing = zlib.compressobj(9)
    piece = bytes(1 << 20)
    return b"".join(packing.compress(piece) for _ in range(megabytes)) + packing.flush()


def page(drawing: bytes, *others: bytes, entries: bytes = b"") -> bytes:
    """A PDF of one page: objects 1 to 3 make it up, 4 is the `drawing` (an object), the others follow."""
    made = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R%b>>" % entries
    return pdf(_CATALOGUE, _ONE_PAGE, made, drawing, *others)


def sized(box: bytes, entries: bytes = b"") -> bytes:
    """A PDF of one empty page with that MediaBox."""
    made = b"<</Type/Page/Parent 2 0 R/MediaBox[%b]%b>>" % (box, entries)
    return pdf(_CATALOGUE, _ONE_PAGE, made)


def pages_told(count: int) -> bytes:
    """A PDF that says it has so many pages, and has one."""
    kids = b"<</Type/Pages/Count %d/Kids[3 0 R]>>" % count
    return pdf(_CATALOGUE, kids, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>")


def tree_that_bites_its_tail() -> bytes:
    """A PDF whose page tree holds itself."""
    return pdf(_CATALOGUE, b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 3 0 R]>>", b"<</Type/Pages/Kids[2 0 R]>>")


def deep_tree(depth: int) -> bytes:
    """A PDF whose only page lies so many levels down in its page tree."""
    levels = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 3) for number in range(depth)]
    return pdf(_CATALOGUE, *levels, b"<</Type/Page/MediaBox[0 0 200 100]>>")


def deep_array(depth: int) -> bytes:
    """A PDF with an array within an array, and so on."""
    return page(stream(b""), entries=b"/Deep " + b"[" * depth + b"]" * depth)


def swelling_drawing(megabytes: int) -> bytes:
    """A PDF whose page's drawing becomes so many MB."""
    packed = zeros(megabytes)
    return page(b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed))


def packed_twice(megabytes: int) -> bytes:
    """The same, packed once more: a few kB."""
    packed = zlib.compress(zeros(megabytes), 9)
    entries = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>" % len(packed)
    return page(entries + b"stream\n%b\nendstream" % packed)


def forms_within_forms(fold: int, depth: int) -> bytes:
    """A PDF whose page draws a form `fold` times, which draws another `fold` times, and so on."""
    forms = [
        stream(
            b"/F Do " * fold,
            b"/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Resources<</XObject<</F %d 0 R>>>>" % (number + 6),
        )
        for number in range(depth)
    ]
    last = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 200 100]")
    entries = b"/Resources<</XObject<</F 5 0 R>>>>"
    return page(stream(b"/F Do " * fold), *forms, last, entries=entries)


def form_in_itself() -> bytes:
    """A PDF whose page draws a form that draws itself."""
    itself = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    return page(
        stream(b"/F Do"), stream(b"/F Do /F Do", itself), entries=b"/Resources<</XObject<</F 5 0 R>>>>"
    )


def form_without_its_own() -> bytes:
    """A PDF of 1 kB, found by `./run soak`, whose form has lost its resources: its page's `F`, that it draws, is itself.

    PDFium asked for 20 GB.
    """
    content = forms_within_forms(2, 3)
    place = content.index(b"/Resources", content.index(b"5 0 obj"))
    return content[:place] + b"/Besources" + content[place + 10 :]


def picture_told(side: int, how: bytes, content: bytes) -> bytes:
    """A PDF whose page shows a picture that says it has that many pixels a side, packed as `how` says."""
    entries = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray" % (side, side)
    entries += b"/BitsPerComponent %d/Filter/%b/Length %d>>" % (
        1 if b"JBIG2" in how or b"CCITT" in how else 8,
        how,
        len(content),
    )
    return page(
        stream(b"200 0 0 100 0 0 cm /I Do"),
        entries + b"stream\n%b\nendstream" % content,
        entries=b"/Resources<</XObject<</I 5 0 R>>>>",
    )


def jbig2_picture(side: int) -> bytes:
    """A PDF with a JBIG2 picture of that size: the segment that tells the size, and no other."""
    told = struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)
    return picture_told(side, b"JBIG2Decode", struct.pack(">IBBBI", 0, 48, 0, 1, len(told)) + told)


def jpeg_2000_picture(side: int) -> bytes:
    """A PDF with a real JPEG 2000 picture of 8 x 8, whose code stream says that it is that large, in one tile."""
    held = io.BytesIO()
    Image.new("L", (8, 8)).save(held, "JPEG2000", no_jp2=True)
    content = bytearray(held.getvalue())
    struct.pack_into(">IIIIIIII", content, 8, side, side, 0, 0, side, side, 0, 0)
    return picture_told(side, b"JPXDecode", bytes(content))


def words(count: int) -> bytes:
    """A PDF with so many words on its page, one over the other."""
    text = b"BT /F 9 Tf " + b"1 0 0 1 9 9 Tm (word)Tj " * count + b"ET"
    return page(stream(text), entries=_HELVETICA)


def ruled(lines: int) -> bytes:
    """A PDF whose page is ruled by that many lines in either direction, with words between them."""
    drawn = b"".join(
        b"%.3f 0 m %.3f 100 l S 0 %.3f m 200 %.3f l S " % (*(200 * n / lines,) * 2, *(100 * n / lines,) * 2)
        for n in range(lines)
    )
    text = b"BT /F 9 Tf 1 0 0 1 9 9 Tm (some words that stand on the page, enough to be believed)Tj ET"
    return page(stream(drawn + text), entries=_HELVETICA)


_HELVETICA = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def font_of(program: bytes, kind: bytes) -> bytes:
    """A PDF with words in a font whose program (FontFile, FontFile2 or FontFile3) is those bytes."""
    subtype = {b"FontFile": b"Type1", b"FontFile2": b"TrueType", b"FontFile3": b"Type1"}[kind]
    font = b"<</Type/Font/Subtype/%b/BaseFont/Odd/FirstChar 32/LastChar 126/Widths 7 0 R" % subtype
    return page(
        stream(b"BT /F 12 Tf 9 9 Td (words in an odd font)Tj ET"),
        font + b"/FontDescriptor 6 0 R>>",
        b"<</Type/FontDescriptor/FontName/Odd/Flags 4/FontBBox[-9999999 -9 9999999 9]/ItalicAngle 0/Ascent 9"
        b"/Descent -9/CapHeight 9/StemV 9/%b 8 0 R>>" % kind,
        b"[%b]" % (b"500 " * 95),
        stream(program, b"/Subtype/Type1C" if kind == b"FontFile3" else b""),
        entries=b"/Resources<</Font<</F 5 0 R>>>>",
    )


def map_without_end() -> bytes:
    """A PDF with words in a font whose ToUnicode map runs from 0 to the greatest number, many times."""
    ranges = b"beginbfrange <0000> <FFFFFFFF> <0041> endbfrange\n" * 50
    encoding = stream(b"/CIDInit /ProcSet findresource begin begincmap\n/Odd usecmap\n" + ranges)
    return page(
        stream(b"BT /F 12 Tf 9 9 Td <004100420043> Tj ET"),
        b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>"
        b"/W[0 4294967295 500]>>",
        encoding,
        entries=b"/Resources<</Font<</F 5 0 R>>>>",
    )


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG with its length and checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*chunks: bytes, width: int = 8, height: int = 8) -> bytes:
    """A grey PNG of that size with more chunks before its picture."""
    told = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 1) * height))
    body = (png_chunk(b"IHDR", told), *chunks, png_chunk(b"IDAT", rows), png_chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def png_told(side: int) -> bytes:
    """A PNG that says it has that many pixels a side, of eight bytes each."""
    told = struct.pack(">IIBBBBB", side, side, 16, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", told) + png_chunk(b"IDAT", zeros(10))


def png_note(megabytes: int) -> bytes:
    """A note in a PNG, packed, of so many MB."""
    return png_chunk(b"zTXt", b"a\0\0" + zeros(megabytes))


def png_profile(megabytes: int) -> bytes:
    """A colour profile in a PNG, packed, of so many MB."""
    return png_chunk(b"iCCP", b"a\0\0" + zeros(megabytes))


def tiff(pages: int, following: Callable[[int, int], int] | None = None) -> bytes:
    """A TIFF of so many pages of 1 x 1, a hundred bytes each; `following` may lay the way to the next one."""
    size = 2 + 12 * 8 + 4
    written = [b"II*\0" + struct.pack("<I", 9) + b"\xff"]
    for number in range(pages):
        begin = 9 + number * size
        fields = ((256, 1), (257, 1), (258, 1), (259, 1), (262, 1), (273, 8), (278, 1), (279, 1))
        rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in fields)
        after = begin + size if number + 1 < pages else 0
        if following is not None:
            after = following(begin, after)
        written.append(struct.pack("<H", len(fields)) + rows + struct.pack("<I", after))
    return b"".join(written)


def bmp(width: int, height: int, bits: int = 24) -> bytes:
    """A BMP that says it has that size, and holds a few bytes."""
    told = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 64, 0, 0, 54) + told + bytes(64)


def webp(width: int, height: int) -> bytes:
    """An animated WebP whose canvas is that large and whose only frame is a speck."""
    held = io.BytesIO()
    Image.new("RGB", (8, 8)).save(held, "WEBP", lossless=True)
    picture = held.getvalue()[12:]
    canvas = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    frame = bytes(6) + b"\7\0\0\7\0\0" + b"\x64\0\0\0" + picture

    def chunk(kind: bytes, content: bytes) -> bytes:
        return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)

    body = chunk(b"VP8X", b"\2\0\0\0" + canvas) + chunk(b"ANIM", bytes(6)) + chunk(b"ANMF", frame)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def jpeg_with_exif(exif: bytes) -> bytes:
    """A JPEG of 8 x 8 with that Exif block."""
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(held, "JPEG")
    content = held.getvalue()
    block = b"Exif\0\0" + exif
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + content[2:]


def exif_in_a_circle() -> bytes:
    """An Exif block whose directory is its own follower and its own sub-directory."""
    rows = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x0112, 3, 1, 6)
    return b"II*\0" + struct.pack("<IH", 8, 2) + rows + struct.pack("<I", 8)


def exif_of_greed() -> bytes:
    """An Exif block whose entries each say that they are four thousand million values long."""
    rows = b"".join(struct.pack("<HHII", 0x9000 + n, 7, 0xFFFFFFF0, 8) for n in range(1000))
    return b"II*\0" + struct.pack("<IH", 8, 1000) + rows + struct.pack("<I", 0)
