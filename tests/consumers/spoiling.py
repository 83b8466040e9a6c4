"""Good files of every kind, and ways to spoil them, as hypothesis draws them."""

from __future__ import annotations

import functools
import io
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st
from PIL import Image

from tests.conftest import SAMPLES
from tests.consumers import bombs
from tests.consumers.made import pdf_of_pages, pdf_with_a_page_added

Change = Callable[[bytes], bytes]

_LENGTHS = [struct.pack(order + "I", n) for order in "<>" for n in (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)]
_SHORT_LENGTHS = [struct.pack(order + "H", n) for order in "<>" for n in (0, 0x7FFF, 0xFFFF)]
_DIGITS = [b"0", b"-1", b"1", b"9", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e39"]
_WORDS = [b" 0 R", b" obj", b"endobj", b"stream\n", b"endstream", b"<<", b">>", b"[", b"]", b"(", b")", b"/"]
_HEAD = 700
"""Most of what tells sizes stands at a file's beginning or end: every second change is made there."""
_MAGIC = 12
"""So many bytes tell what a file is; without them it is refused before anything looks at it."""

_PICTURES: list[tuple[str, str, dict[str, Any]]] = [
    ("L", "PNG", {}),
    ("1", "PNG", {}),
    ("P", "PNG", {}),
    ("RGBA", "PNG", {}),
    ("I;16", "PNG", {}),
    ("RGB", "JPEG", {}),
    ("RGB", "JPEG", {"progressive": True}),
    ("CMYK", "JPEG", {}),
    ("1", "TIFF", {"compression": "group4"}),
    ("1", "TIFF", {"compression": "group3"}),
    ("L", "TIFF", {"compression": "tiff_lzw"}),
    ("RGB", "TIFF", {"compression": "jpeg"}),
    ("RGB", "TIFF", {"compression": "tiff_deflate"}),
    ("CMYK", "TIFF", {}),
    ("P", "TIFF", {"compression": "packbits"}),
    ("RGB", "WEBP", {"lossless": True}),
    ("RGBA", "WEBP", {"quality": 60}),
    ("RGB", "BMP", {}),
    ("P", "BMP", {}),
    ("1", "BMP", {}),
]


@functools.cache
def good_files() -> tuple[tuple[str, bytes], ...]:
    """A name and the content of files of every kind, small ones made here and smaller samples."""
    made = [
        (f"{mode}-{kind}-{number}", _picture(mode, kind, how))
        for number, (mode, kind, how) in enumerate(_PICTURES)
    ]
    pages = [
        ("pages", pdf_of_pages(3)),
        ("updated", pdf_with_a_page_added()[0]),
        ("words", bombs.words(20)),
        ("ruled", bombs.ruled(12)),
        ("form", bombs.forms_within_forms(2, 3)),
        ("jbig2", bombs.jbig2_picture(64)),
        ("jpx", bombs.jpeg_2000_picture(8)),
        ("map", bombs.map_without_end()),
        ("jpeg", _pdf_of(Image.new("RGB", (64, 48), "white"))),
        ("fax", _pdf_of(Image.new("1", (64, 48), 1))),
        ("webp", bombs.webp(64, 64)),
        ("exif", bombs.jpeg_with_exif(bombs.exif_in_a_circle())),
        ("tiff", bombs.tiff(4)),
    ]
    found = [
        (path.name, path.read_bytes())
        for path in sorted((SAMPLES / "scans").iterdir())
        if path.stat().st_size < 120_000
    ]
    return (*made, *pages, *found)


def spoilt() -> st.SearchStrategy[bytes]:
    """The content of a good file after one to eight changes; most still begin as their type does."""
    return st.builds(
        _spoil,
        st.sampled_from(good_files()),
        st.lists(_changes(), min_size=1, max_size=8),
        st.sampled_from((_MAGIC, _MAGIC, _MAGIC, 0)),
    )


def _spoil(good: tuple[str, bytes], changes: list[Change], kept: int) -> bytes:
    spoilt = functools.reduce(lambda held, change: change(held), changes, good[1])
    return good[1][:kept] + spoilt[kept:]


def _changes() -> st.SearchStrategy[Change]:
    place = st.floats(0, 1, exclude_max=True)
    where = st.tuples(st.sampled_from(("anywhere", "head", "tail")), place)
    piece = st.one_of(
        st.sampled_from(_LENGTHS),
        st.sampled_from(_SHORT_LENGTHS),
        st.sampled_from(_WORDS),
        st.binary(max_size=8),
    )
    return st.one_of(
        st.builds(_flip, where, st.integers(1, 255)),
        st.builds(_overwrite, where, piece),
        st.builds(_insert, where, piece),
        st.builds(_number, where, st.sampled_from(_DIGITS)),
        st.builds(_cut, where),
        st.builds(_leave_out, where, st.integers(1, 2_000)),
        st.builds(_swap, where, where, st.integers(1, 500)),
        st.builds(_repeat, where, st.integers(1, 500), st.integers(2, 50)),
        st.builds(_splice, where, st.sampled_from(good_files()), where, st.integers(1, 5_000)),
    )


Where = tuple[str, float]


def _at(content: bytes, where: Where) -> int:
    region, part = where
    near = min(_HEAD, len(content))
    if region == "anywhere":
        return int(part * len(content))
    return int(part * near) + (0 if region == "head" else len(content) - near)


def _flip(where: Where, bits: int) -> Change:
    def change(content: bytes) -> bytes:
        place = _at(content, where)
        return (
            content[:place] + bytes(byte ^ bits for byte in content[place : place + 1]) + content[place + 1 :]
        )

    return change


def _overwrite(where: Where, piece: bytes) -> Change:
    def change(content: bytes) -> bytes:
        place = _at(content, where)
        return content[:place] + piece + content[place + len(piece) :]

    return change


def _insert(where: Where, piece: bytes) -> Change:
    return lambda content: content[: _at(content, where)] + piece + content[_at(content, where) :]


def _number(where: Where, digits: bytes) -> Change:
    """The next number that is written in digits becomes another one."""

    def change(content: bytes) -> bytes:
        begin = _at(content, where)
        while begin < len(content) and not content[begin : begin + 1].isdigit():
            begin += 1
        end = begin
        while content[end : end + 1].isdigit():
            end += 1
        return content[:begin] + digits + content[end:]

    return change


def _cut(where: Where) -> Change:
    return lambda content: content[: _at(content, where)]


def _leave_out(where: Where, length: int) -> Change:
    return lambda content: content[: _at(content, where)] + content[_at(content, where) + length :]


def _swap(one: Where, other: Where, length: int) -> Change:
    def change(content: bytes) -> bytes:
        first, second = sorted((_at(content, one), _at(content, other)))
        length_ = min(length, second - first)
        a, b = content[first : first + length_], content[second : second + length_]
        return content[:first] + b + content[first + length_ : second] + a + content[second + length_ :]

    return change


def _repeat(where: Where, length: int, times: int) -> Change:
    def change(content: bytes) -> bytes:
        place = _at(content, where)
        return content[:place] + content[place : place + length] * times + content[place + length :]

    return change


def _splice(where: Where, other: tuple[str, bytes], there: Where, length: int) -> Change:
    def change(content: bytes) -> bytes:
        place, begin = _at(content, where), _at(other[1], there)
        piece = other[1][begin : begin + length]
        return content[:place] + piece + content[place + len(piece) :]

    return change


def _picture(mode: str, kind: str, how: dict[str, Any]) -> bytes:
    grey = np.add.outer(np.arange(40) * 3, np.arange(60) * 2).astype(np.uint8)
    image = Image.fromarray(grey)
    image = (
        Image.fromarray(grey.astype(np.uint16) * 256)
        if mode == "I;16"
        else image.convert("RGB").convert(mode)
    )
    held = io.BytesIO()
    several = {"save_all": True, "append_images": [image]} if kind == "TIFF" else {}
    image.save(held, kind, **how, **several)
    return held.getvalue()


def _pdf_of(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "PDF")
    return held.getvalue()
