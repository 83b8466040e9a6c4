"""Whatever is in a file, reading it ends in an answer or a refusal, and the next file is read."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consumers import reading_process
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.pool import ReadingPool
from tests.conftest import scan_of
from tests.consumers import bombs, stand_ins
from tests.consumers.made import bomb_png, pdf_of_pages

pytestmark = pytest.mark.process

PATIENCE = 300
TIGHT = Bounds(bytes=5_000_000, pixels=20_000_000, seconds=2, file_seconds=20, memory_mb=900)
ENDS = {"read", "damaged", "too-slow", "file-too-slow", "too-much-memory", "reader-died", "too-many-pixels"}
"""How a file that nobody can foresee may end; which it is, the library decides that opens it."""

Make = Callable[[], bytes]

REFUSED: list[tuple[str, str, Make]] = [
    ("pdf-of-10,000-pages", "too-many-pages", lambda: pdf_of_pages(10_000)),
    ("pdf-that-says-10,000-pages", "too-many-pages", lambda: bombs.pages_told(10_000)),
    ("pdf-that-says-1,000-pages", "damaged", lambda: bombs.pages_told(1_000)),
    ("pdf-page-of-14-km", "too-many-pixels", lambda: bombs.sized(b"0 0 40000000 40000000")),
    ("pdf-page-like-a-thread", "too-many-pixels", lambda: bombs.sized(b"0 0 100000000 10")),
    ("pdf-page-tree-in-a-circle", "damaged", bombs.tree_that_bites_its_tail),
    ("pdf-page-tree-of-3,000-levels", "damaged", lambda: bombs.deep_tree(3_000)),
    # It eats time and memory alike: which of its two bounds it meets first depends on the machine.
    ("pdf-forms-within-forms", "too-slow|reader-died", lambda: bombs.forms_within_forms(10, 20)),
    ("png-of-4,600,000,000,000,000,000-pixels", "too-many-pixels", lambda: bombs.png_told(2**31 - 1)),
    ("png-with-500-MB-of-notes", "damaged", lambda: bombs.png(*[bombs.png_note(100)] * 5)),
    ("png-with-a-colour-profile-of-100-MB", "damaged", lambda: bombs.png(bombs.png_profile(100))),
    ("tiff-of-40,000-pages", "too-many-pages", lambda: bombs.tiff(40_000)),
    ("bmp-of-3,600,000,000-pixels", "too-many-pixels", lambda: bombs.bmp(60_000, 60_000)),
    ("bmp-of-a-negative-size", "too-many-pixels", lambda: bombs.bmp(-1, -(2**31))),
    ("bmp-of-no-size", "damaged", lambda: bombs.bmp(0, 0)),
    ("bmp-without-its-pixels", "damaged", lambda: bombs.bmp(100, 100)),
    ("webp-of-a-canvas-too-large", "damaged", lambda: bombs.webp(16_384, 16_384)),
    ("webp-of-10,000-by-10,000", "too-many-pixels", lambda: bombs.webp(10_000, 10_000)),
]
READ: list[tuple[str, Make]] = [
    ("pdf-that-says-2,147,483,647-pages", lambda: bombs.pages_told(2**31 - 1)),
    ("pdf-page-of-no-size", lambda: bombs.sized(b"0 0 0 0")),
    ("pdf-page-with-a-huge-unit", lambda: bombs.sized(b"0 0 200 100", b"/UserUnit 100000")),
    ("pdf-array-100,000-deep", lambda: bombs.deep_array(100_000)),
    ("pdf-font-of-zeros", lambda: bombs.font_of(bytes(1_000), b"FontFile2")),
    (
        "pdf-font-of-open-brackets",
        lambda: bombs.font_of(b"%!PS-AdobeFont-1.0: O\n" + b"{" * 99_999, b"FontFile"),
    ),
    ("pdf-font-of-ones", lambda: bombs.font_of(b"\1\0\4\4" + b"\xff" * 99_999, b"FontFile3")),
    ("pdf-map-of-characters-without-end", bombs.map_without_end),
    ("png-with-200,000-chunks", lambda: bombs.png(*[bombs.png_chunk(b"tEXt", b"a\0b")] * 200_000)),
    (
        "png-that-moves-for-ever",
        lambda: bombs.png(bombs.png_chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))),
    ),
    ("png-with-a-greedy-exif", lambda: bombs.png(bombs.png_chunk(b"eXIf", bombs.exif_of_greed()))),
    ("tiff-whose-pages-go-in-a-circle", lambda: bombs.tiff(3, lambda begin, after: after or 9)),
    ("webp-that-moves", lambda: bombs.webp(4_000, 4_000)),
    ("jpeg-with-an-exif-in-a-circle", lambda: bombs.jpeg_with_exif(bombs.exif_in_a_circle())),
    ("jpeg-with-a-greedy-exif", lambda: bombs.jpeg_with_exif(bombs.exif_of_greed())),
]
ENDED: list[tuple[str, Make]] = [
    # On a busy machine time is up before the memory is.
    ("pdf-drawing-of-1-GB-packed-twice", lambda: bombs.packed_twice(1_200)),
    ("pdf-page-of-a-senseless-size", lambda: bombs.sized(b"9 9 -99999999999999999999 1e38")),
    ("pdf-page-tree-of-900-levels", lambda: bombs.deep_tree(900)),
    ("pdf-drawing-of-1-GB", lambda: bombs.swelling_drawing(1_200)),
    ("pdf-form-within-itself", bombs.form_in_itself),
    ("pdf-form-that-falls-back-on-its-page", bombs.form_without_its_own),
    ("pdf-picture-of-jbig2", lambda: bombs.jbig2_picture(60_000)),
    ("pdf-picture-of-jbig2-without-end", lambda: bombs.jbig2_picture(2**31 - 1)),
    ("pdf-picture-of-jpeg-2000", lambda: bombs.jpeg_2000_picture(60_000)),
    ("pdf-picture-of-jpeg-2000-without-end", lambda: bombs.jpeg_2000_picture(2**31 - 1)),
    ("pdf-picture-of-a-fax", lambda: bombs.picture_told(60_000, b"CCITTFaxDecode", bytes(1_000))),
    ("pdf-picture-of-1.6-GB", lambda: bombs.picture_told(40_000, b"FlateDecode", bombs.zeros(1_200))),
    ("pdf-of-500,000-words-on-a-page", lambda: bombs.words(500_000)),
    ("pdf-of-6,000-ruled-lines", lambda: bombs.ruled(3_000)),
]


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    """A pool that draws every page and reads its text layer."""
    with pytest.MonkeyPatch.context() as patch, ReadingPool(("text-layer",), TIGHT, workers=2) as pool:
        patch.setattr(reading_process, "read", stand_ins.drawing)
        yield pool


def _ends(pool: ReadingPool, path: Path, content: bytes) -> str:
    """How the file ends: `read`, or the code of its refusal; and that a good one is read after it."""
    path.write_bytes(content)
    good = path.with_name("good.pdf")
    good.write_bytes(pdf_of_pages(2))
    error = pool.read(scan_of(path)).exception(PATIENCE)
    assert len(pool.read(scan_of(good)).result(PATIENCE).pages) == 2
    assert error is None or isinstance(error, Refused)
    return "read" if error is None else error.code


@pytest.mark.parametrize(("name", "code", "make"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_bomb_is_refused_for_what_it_is_and_the_next_file_is_read(
    pool: ReadingPool, tmp_path: Path, name: str, code: str, make: Make
) -> None:
    assert _ends(pool, tmp_path / name, make()) in code.split("|")


@pytest.mark.parametrize(("name", "make"), READ, ids=[row[0] for row in READ])
def test_what_only_looks_like_a_bomb_is_read_and_so_is_the_next_file(
    pool: ReadingPool, tmp_path: Path, name: str, make: Make
) -> None:
    assert _ends(pool, tmp_path / name, make()) == "read"


@pytest.mark.parametrize(("name", "make"), ENDED, ids=[row[0] for row in ENDED])
def test_a_file_that_is_hard_to_read_comes_to_an_end_and_the_next_one_is_read(
    pool: ReadingPool, tmp_path: Path, name: str, make: Make
) -> None:
    assert _ends(pool, tmp_path / name, make()) in ENDS


def test_a_bomb_among_the_pages_of_a_tiff_costs_the_file_and_no_other(
    pool: ReadingPool, tmp_path: Path
) -> None:
    content = bytearray(bombs.tiff(3))
    struct.pack_into("<I", content, 9 + 102 + 2 + 8, 60_000)
    struct.pack_into("<I", content, 9 + 102 + 2 + 12 + 8, 60_000)
    assert _ends(pool, tmp_path / "one-page.tif", bytes(content)) == "too-many-pixels"


def test_a_file_larger_than_allowed_is_refused(pool: ReadingPool, tmp_path: Path) -> None:
    assert _ends(pool, tmp_path / "large.pdf", pdf_of_pages(1) + bytes(5_000_000)) == "too-large"


def test_a_bomb_that_somebody_counts_is_refused_too(pool: ReadingPool, tmp_path: Path) -> None:
    path = bomb_png(tmp_path / "bomb.png", 60_000, 60_000)
    with pytest.raises(Refused, match="too-many-pixels"):
        pool.count(path, "image/png").result(PATIENCE)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups on this platform")
def test_all_bombs_at_once_leave_a_pool_that_reads(pool: ReadingPool, tmp_path: Path) -> None:
    futures = []
    for name, _, make in REFUSED[:12]:
        (tmp_path / name).write_bytes(make())
        futures.append(pool.read(scan_of(tmp_path / name)))
    assert {type(future.exception(PATIENCE)) for future in futures} == {Refused}
    assert _ends(pool, tmp_path / "another.pdf", pdf_of_pages(1)) == "read"
