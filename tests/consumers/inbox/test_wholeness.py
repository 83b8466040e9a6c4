from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from consumers.inbox.wholeness import looks_whole
from tests.conftest import SAMPLES
from tests.consumers.made import HEIGHT, WIDTH, cornered, pdf_of_pages, pdf_with_a_page_added
from tests.consumers.office.documents import MSG_CLASS, attached, compound, docx, mail, message

GOOD = sorted((SAMPLES / "scans").iterdir())
ONE_OF_EACH = [
    "QS-20250817-015.png",
    "IMG_2041.jpg",
    "青山里.webp",
    "20190628.bmp",
    "SCAN_20190404_0012.tif",
    "12-2205 合同.tiff",
    "SCAN_20180426_0022.tif",
    "YL20200530-0063.pdf",
    "SCAN_20211221_0001.pdf",
]
SMALL: list[tuple[str, dict[str, Any]]] = [
    ("s.png", {}),
    ("s.jpg", {}),
    ("progressive.jpg", {"progressive": True}),
    ("s.webp", {}),
    ("s.bmp", {}),
    ("raw.tif", {}),
    ("lzw.tif", {"compression": "tiff_lzw"}),
    ("g4.tif", {"compression": "group4"}),
    ("big-endian.tif", {"big_endian": True}),
]
_PADDING = b"\0\t\n\f\r \x1a"


def _save(path: Path, **how: Any) -> bytes:
    cornered().convert("1" if "g4" in path.name else "L").save(path, **how)
    return path.read_bytes()


def _whole_at(path: Path, content: bytes, length: int) -> bool:
    path.write_bytes(content[:length])
    return looks_whole(path)


def _early(path: Path, content: bytes) -> list[int]:
    """The lengths at which the file looks whole and is not (padding at its end is no part of it)."""
    end = len(content.rstrip(_PADDING)) if path.suffix in (".pdf", ".tif", ".tiff") else len(content)
    return [length for length in range(end) if _whole_at(path, content, length)]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_every_good_sample_looks_whole(path: Path) -> None:
    assert looks_whole(path)


@pytest.mark.parametrize("part", [0.001, 0.01, 0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_sample_that_is_not_written_to_its_end_does_not_look_whole(
    tmp_path: Path, name: str, part: float
) -> None:
    content = (SAMPLES / "scans" / name).read_bytes()
    assert not _whole_at(tmp_path / name, content, int(len(content) * part))


@pytest.mark.parametrize(("name", "how"), SMALL, ids=[name for name, _ in SMALL])
def test_a_picture_cut_at_any_byte_does_not_look_whole(
    tmp_path: Path, name: str, how: dict[str, Any]
) -> None:
    big_endian = how.pop("big_endian", False)
    content = _big_endian_tiff() if big_endian else _save(tmp_path / name, **how)
    assert _early(tmp_path / name, content) == []


def _big_endian_tiff() -> bytes:
    """A grey TIFF as Motorola orders bytes: its directory first, its one strip behind it."""
    pixels = cornered().tobytes()
    rows = [(256, WIDTH), (257, HEIGHT), (258, 8), (259, 1), (262, 1), (277, 1), (278, HEIGHT)]
    fields = [struct.pack(">HHIHH", tag, 3, 1, value, 0) for tag, value in rows]
    strip = 8 + 2 + 12 * 9 + 4
    fields.insert(5, struct.pack(">HHII", 273, 4, 1, strip))
    fields.append(struct.pack(">HHII", 279, 4, 1, len(pixels)))
    return b"MM\0*" + struct.pack(">IH", 8, 9) + b"".join(fields) + bytes(4) + pixels


def test_a_big_endian_tiff_looks_whole_once_it_is(tmp_path: Path) -> None:
    path = tmp_path / "m.tif"
    path.write_bytes(_big_endian_tiff())
    with Image.open(path) as image:
        image.load()
    assert looks_whole(path)


def test_a_jpeg_does_not_look_whole_for_the_end_of_its_thumbnail(tmp_path: Path) -> None:
    plain = _save(tmp_path / "p.jpg")
    thumbnail = b"\xff\xe1" + struct.pack(">H", len(plain) + 2) + plain
    assert _early(tmp_path / "p.jpg", plain[:2] + thumbnail + plain[2:]) == []


def test_a_jpeg_with_something_behind_it_looks_whole(tmp_path: Path) -> None:
    path = tmp_path / "p.jpg"
    path.write_bytes(_save(path) + b"SEFT" * 100)
    assert looks_whole(path)


def test_a_pdf_cut_at_any_byte_does_not_look_whole(tmp_path: Path) -> None:
    assert _early(tmp_path / "p.pdf", pdf_of_pages(5)) == []


def test_a_pdf_with_an_update_looks_whole_early_only_where_it_was_whole_before(tmp_path: Path) -> None:
    content, before = pdf_with_a_page_added()
    assert set(_early(tmp_path / "p.pdf", content)) <= {before - 1, before}


def test_a_pdf_made_for_the_web_does_not_look_whole_before_it_has_its_length(tmp_path: Path) -> None:
    head = (
        b"%PDF-1.4\n1 0 obj\n<</Linearized 1/L 5000/H[1 2]/O 3/E 4/N 1/T 5>>\nendobj\nstartxref\n0\n%%EOF\n"
    )
    assert not _whole_at(tmp_path / "p.pdf", head, len(head))


@pytest.mark.parametrize("padding", [b"\n", b"\r\n", b"\0" * 511, b"\x1a"])
def test_a_padded_pdf_looks_whole(tmp_path: Path, padding: bytes) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(pdf_of_pages(1) + padding)
    assert looks_whole(path)


def test_a_bmp_that_does_not_tell_its_length_does_not_look_whole(tmp_path: Path) -> None:
    content = bytearray(_save(tmp_path / "b.bmp"))
    struct.pack_into("<I", content, 2, 0)
    assert not _whole_at(tmp_path / "b.bmp", bytes(content), len(content))


def test_a_tiff_whose_directories_go_in_a_circle_does_not_look_whole(tmp_path: Path) -> None:
    content = bytearray(_big_endian_tiff())
    struct.pack_into(">I", content, 8 + 2 + 12 * 9, 8)
    assert not _whole_at(tmp_path / "c.tif", bytes(content), len(content))


def _jpeg_of_many_segments(folder: Path) -> bytes:
    content = _save(folder / "many.jpg")
    return content[:2] + b"\xff\xfe\0\2" * 60_000 + content[2:]


def _tiff_of_many_directories(folder: Path) -> bytes:
    del folder
    return b"II*\0\x08\0\0\0" + b"".join(struct.pack("<HI", 0, 14 + 6 * n) for n in range(60_000)) + bytes(6)


def _tiff_of_many_strips(folder: Path) -> bytes:
    del folder
    rows = struct.pack("<HHII", 273, 4, 3_000_000, 38) + struct.pack("<HHII", 279, 4, 3_000_000, 38)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 2) + rows + bytes(4) + bytes(12_000_000)


@pytest.mark.parametrize("make", [_jpeg_of_many_segments, _tiff_of_many_directories, _tiff_of_many_strips])
def test_a_file_that_would_take_long_to_look_through_does_not_look_whole(
    tmp_path: Path, make: Callable[[Path], bytes]
) -> None:
    content = make(tmp_path)
    assert not _whole_at(tmp_path / "f", content, len(content))


@pytest.mark.parametrize(
    "content",
    [
        docx(["合同"]),
        compound(message("s", "信" * 3_000, [attached("a", b"x" * 9_000)]), MSG_CLASS),
        mail("信", ("a.docx", docx(["x"]))).as_bytes(),
    ],
    ids=["docx", "msg", "eml"],
)
def test_an_office_file_looks_whole_only_when_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "f"
    # Nothing of a mail is lost with the line feed at its end.
    whole = len(content.rstrip())
    lengths = [*range(0, whole - 1, 211), whole - 2]
    assert [length for length in lengths if _whole_at(path, content, length)] == []
    assert _whole_at(path, content, len(content))


def test_a_mail_of_one_part_looks_whole_because_nothing_tells(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_bytes(mail().as_bytes())
    assert looks_whole(tmp_path / "m.eml")


@pytest.mark.parametrize("content", [b"", b"I", b"hello", b"PK\x03\x04", b"II*\0", b"RIFF\0\0\0\0WEBP"])
def test_what_is_empty_or_unknown_or_a_stump_does_not_look_whole(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f").write_bytes(content)
    assert not looks_whole(tmp_path / "f")


def test_what_has_vanished_does_not_look_whole(tmp_path: Path) -> None:
    assert not looks_whole(tmp_path / "gone.pdf")
