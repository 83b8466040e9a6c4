from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from fpdf import FPDF

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.media import PDF, media_type_of
from consumers.pages import DPI, count_pages, open_scan
from tests.conftest import SAMPLES
from tests.consumers.made import bomb_png, cut, pdf, pdf_of_pages, pdf_with_a_page_added, pictures

PAGES = [
    ("scans/QS-20250817-015.png", 1),
    ("scans/IMG_2041.jpg", 1),
    ("scans/青山里.webp", 1),
    ("scans/20190628.bmp", 1),
    ("scans/SCAN_20190404_0012.tif", 3),
    ("scans/12-2205 合同.tiff", 3),
    ("scans/锦绣3-2-1201.pdf", 2),
    ("scans/SCAN_20230310_0001.pdf", 3),
]
ONE_OF_EACH = [file for file, _ in PAGES]


def _code(path: Path, bounds: Bounds | None = None) -> str:
    """The code with which the file is refused, or `opens`."""
    try:
        count_pages(path, media_type_of(path), bounds or Bounds())
    except Refused as refusal:
        return refusal.code
    return "opens"


def _made(folder: Path, content: bytes) -> Path:
    path = folder / "made.pdf"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("file", "count"), PAGES)
def test_a_file_has_as_many_pages_as_it_has(file: str, count: int) -> None:
    path = SAMPLES / file
    assert count_pages(path, media_type_of(path), Bounds()) == count


@pytest.mark.parametrize("part", [0.01, 0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("file", ONE_OF_EACH)
def test_a_file_that_was_cut_off_is_refused_as_damaged(tmp_path: Path, file: str, part: float) -> None:
    assert _code(cut(file, tmp_path, part)) == "damaged"


def test_the_truncated_sample_is_refused_as_damaged() -> None:
    assert _code(SAMPLES / "bad/IMG_5512.jpg") == "damaged"


def test_a_pdf_cut_off_within_an_update_is_refused_and_not_read_as_it_was_before(tmp_path: Path) -> None:
    whole, before = pdf_with_a_page_added()
    assert _code(_made(tmp_path, whole[: (before + len(whole)) // 2])) == "damaged"


def test_a_pdf_with_an_update_has_the_pages_that_were_added(tmp_path: Path) -> None:
    whole, _ = pdf_with_a_page_added()
    assert count_pages(_made(tmp_path, whole), PDF, Bounds()) == 2


@pytest.mark.parametrize("behind", [b"\0" * 500, b"\r\n\r\n", b"<!-- sent by gateway 7 -->" * 200])
def test_what_a_gateway_puts_behind_a_pdf_does_no_harm(tmp_path: Path, behind: bytes) -> None:
    assert _code(_made(tmp_path, pdf_of_pages(1) + behind)) == "opens"


def test_what_a_gateway_puts_before_a_pdf_does_no_harm(tmp_path: Path) -> None:
    assert _code(_made(tmp_path, b"@PJL\r\n" * 20 + pdf_of_pages(1))) == "opens"


def test_a_pdf_with_a_password_is_refused_as_encrypted() -> None:
    assert _code(SAMPLES / "bad/合同扫描件(加密).pdf") == "encrypted"


def test_a_pdf_that_is_only_locked_against_changes_is_read(tmp_path: Path) -> None:
    document = FPDF()
    document.add_page()
    document.set_encryption(owner_password="owner", user_password="")
    path = tmp_path / "locked.pdf"
    document.output(str(path))
    assert _code(path) == "opens"


def test_a_pdf_without_a_page_is_refused_as_damaged_even_after_an_encrypted_one(tmp_path: Path) -> None:
    _code(SAMPLES / "bad/合同扫描件(加密).pdf")
    assert _code(_made(tmp_path, pdf_of_pages(0))) == "damaged"


@pytest.mark.parametrize(
    ("file", "bounds", "code"),
    [
        ("scans/IMG_2041.jpg", Bounds(bytes=100_000), "too-large"),
        ("scans/YL20200530-0063.pdf", Bounds(bytes=80_000), "too-large"),
        ("scans/SCAN_20190404_0012.tif", Bounds(pages=2), "too-many-pages"),
        ("scans/锦绣3-2-1201.pdf", Bounds(pages=1), "too-many-pages"),
        ("scans/IMG_2041.jpg", Bounds(pixels=1_000_000), "too-many-pixels"),
        ("scans/FAX_120721_1105.tif", Bounds(pixels=1_000_000), "too-many-pixels"),
    ],
)
def test_a_file_beyond_a_bound_is_refused(file: str, bounds: Bounds, code: str) -> None:
    assert _code(SAMPLES / file, bounds) == code


def test_a_pdf_page_beyond_the_pixels_is_refused_before_it_is_drawn(tmp_path: Path) -> None:
    path = _made(tmp_path, pdf_of_pages(1, 14_400, 14_400))
    with pytest.raises(Refused, match="too-many-pixels"):
        pictures(path)


def test_a_picture_that_says_it_is_huge_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = bomb_png(tmp_path / "bomb.png", 60_000, 60_000)
    # 3.6 thousand million pixels would not fit: the child may use 2 GB of addresses, and must not want them.
    program = (
        "import resource, sys; from pathlib import Path; from consumers.bounds import Bounds\n"
        "from consumers.errors import Refused; from consumers.pages import count_pages\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))\n"
        "try: count_pages(Path(sys.argv[1]), 'image/png', Bounds())\n"
        "except Refused as refusal: print(refusal.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=True, cwd=SAMPLES.parent
    )
    assert done.stdout.strip() == "too-many-pixels"


def test_pdf_pages_are_drawn_at_the_resolution_that_is_promised(tmp_path: Path) -> None:
    (picture,) = pictures(_made(tmp_path, pdf_of_pages(1, 720, 360)))
    assert picture.shape == (5 * DPI, 10 * DPI, 3)


def test_an_empty_pdf_page_is_white(tmp_path: Path) -> None:
    (picture,) = pictures(_made(tmp_path, pdf_of_pages(1)))
    assert picture.min() == 255


def test_the_pages_of_a_tiff_come_in_their_order() -> None:
    first, second, third = pictures(SAMPLES / "scans/SCAN_20190404_0012.tif")
    with open_scan(SAMPLES / "scans/SCAN_20190404_0012.tif", "image/tiff", Bounds()) as scan:
        again = [scan.page(number).picture() for number in (3, 1, 2)]
    assert [bool((one == other).all()) for one, other in zip(again, (third, first, second), strict=True)] == [
        True
    ] * 3


@pytest.mark.parametrize("file", ONE_OF_EACH)
def test_a_mangled_file_opens_or_is_refused_and_raises_nothing_else(tmp_path: Path, file: str) -> None:
    content = (SAMPLES / file).read_bytes()
    chance = random.Random(file)
    outcomes = set()
    for _ in range(12):
        mangled = bytearray(content)
        for _ in range(chance.choice((1, 5, 50))):
            near = chance.choice((600, len(mangled)))
            place = chance.choice((chance.randrange(near), -1 - chance.randrange(near)))
            mangled[place] = chance.randrange(256)
        path = tmp_path / f"mangled{Path(file).suffix}"
        path.write_bytes(mangled)
        try:
            outcomes.add(_code(path, Bounds(pixels=20_000_000)))
        except Refused as refusal:
            outcomes.add(refusal.code)
    assert outcomes <= {"opens", "damaged", "wrong-type", "too-many-pixels", "encrypted", "empty"}


def test_what_was_filled_into_a_form_is_drawn(tmp_path: Path) -> None:
    look = b"q 0 g 0 0 80 40 re f Q"
    path = _made(
        tmp_path,
        pdf(
            b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Annots[4 0 R]>>",
            b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(x)/Rect[10 10 90 50]/F 4/AP<</N 5 0 R>>>>",
            b"<</Type/XObject/Subtype/Form/BBox[0 0 80 40]/Length %d>>\nstream\n%b\nendstream"
            % (len(look), look),
        ),
    )
    (picture,) = pictures(path)
    assert picture.mean() < 250
