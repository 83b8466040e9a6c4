from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.pages import DPI, open_scan
from consumers.pictures import Picture
from consumers.preparing.embedded import embedded_picture
from tests.conftest import SAMPLES
from tests.consumers.made import corners, pdf, pictures

WIDTH, HEIGHT = 600, 400
"""Pixels of the scan; the page has 144 x 96 points, that is 300 dpi."""
AT_200 = (267, 400, 3)


def _scan(
    *,
    content: bytes = b"q 144 0 0 96 0 0 cm /I Do Q",
    page: bytes = b"",
    image: bytes = b"/ColorSpace/DeviceGray/BitsPerComponent 8",
    samples: bytes | None = None,
) -> bytes:
    """A PDF whose page shows a scan with a black upper left quarter."""
    grey = np.full((HEIGHT, WIDTH), 255, np.uint8)
    grey[: HEIGHT // 2, : WIDTH // 2] = 0
    packed = zlib.compress(grey.tobytes() if samples is None else samples)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 144 96]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>/Font<</F 6 0 R>>>>%b>>" % page,
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
        % (WIDTH, HEIGHT, image, len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def _taken(content: bytes, folder: Path, bounds: Bounds | None = None) -> Picture | None:
    path = folder / "scan.pdf"
    path.write_bytes(content)
    with pdfium.PdfDocument(path) as document:
        return embedded_picture(document[0], DPI, bounds or Bounds())


def test_a_scanned_page_gives_its_picture_reduced_to_what_is_read(tmp_path: Path) -> None:
    picture = _taken(_scan(), tmp_path)
    assert picture is not None
    assert picture.shape == AT_200
    assert corners(picture) == "x..."


def test_hidden_text_upon_a_scan_changes_nothing(tmp_path: Path) -> None:
    hidden = b"q 144 0 0 96 0 0 cm /I Do Q BT 3 Tr /F 20 Tf 5 5 Td (hidden) Tj ET"
    assert _taken(_scan(content=hidden), tmp_path) is not None


@pytest.mark.parametrize(
    ("turn", "looks", "shape"),
    [(90, ".x..", (400, 267, 3)), (180, "...x", AT_200), (270, "..x.", (400, 267, 3))],
)
def test_a_page_that_is_shown_turned_gives_its_picture_turned(
    tmp_path: Path, turn: int, looks: str, shape: tuple[int, int, int]
) -> None:
    picture = _taken(_scan(page=b"/Rotate %d" % turn), tmp_path)
    assert picture is not None
    assert (corners(picture), picture.shape) == (looks, shape)


NOT_ALONE = [
    pytest.param({"content": b"q 144 0 0 96 0 0 cm /I Do Q BT /F 20 Tf 5 5 Td (stamp) Tj ET"}, id="words over it"),
    pytest.param({"content": b"q 144 0 0 96 0 0 cm /I Do Q 1 0 0 rg 9 9 40 40 re f"}, id="a drawing over it"),
    pytest.param({"content": b"q 72 0 0 48 0 0 cm /I Do Q"}, id="smaller than the page"),
    pytest.param({"content": b"q 288 0 0 192 0 0 cm /I Do Q"}, id="larger than the page"),
    pytest.param({"content": b"q 144 0 0 -96 0 96 cm /I Do Q"}, id="standing on its head"),
    pytest.param({"content": b"q 72 0 0 96 0 0 cm /I Do Q q 72 0 0 96 72 0 cm /I Do Q"}, id="two of them"),
    pytest.param({"content": b"q 9 9 40 40 re W n 144 0 0 96 0 0 cm /I Do Q"}, id="a part of it hidden"),
    pytest.param({"page": b"/Annots[<</Type/Annot/Subtype/Square/Rect[9 9 90 90]>>]"}, id="a note pasted on it"),
    pytest.param({"page": b"/CropBox[0 0 72 48]"}, id="a page cropped"),
]  # fmt: skip


@pytest.mark.parametrize("made", NOT_ALONE)
def test_a_page_that_shows_more_or_less_than_its_picture_is_drawn(
    tmp_path: Path, made: dict[str, Any]
) -> None:
    assert _taken(_scan(**made), tmp_path) is None


@pytest.mark.parametrize(
    ("image", "samples"),
    [
        pytest.param(b"/ImageMask true/BitsPerComponent 1", b"\0" * 75 * HEIGHT, id="stencil"),
        pytest.param(b"/ColorSpace/DeviceCMYK/BitsPerComponent 8", b"\0" * WIDTH * HEIGHT * 4, id="CMYK"),
    ],
)
def test_a_picture_whose_colours_need_converting_is_drawn(
    tmp_path: Path, image: bytes, samples: bytes
) -> None:
    assert _taken(_scan(image=image, samples=samples), tmp_path) is None


def test_an_inverted_picture_is_seen_as_the_page_shows_it(tmp_path: Path) -> None:
    inverted = b"/ColorSpace/DeviceGray/BitsPerComponent 8/Decode[1 0]"
    picture = _taken(_scan(image=inverted), tmp_path)
    assert picture is None or corners(picture) == ".xxx"


def test_a_picture_of_more_pixels_than_allowed_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="too-many-pixels"):
        _taken(_scan(), tmp_path, Bounds(pixels=WIDTH * HEIGHT - 1))


def test_what_is_taken_looks_as_what_is_drawn(tmp_path: Path) -> None:
    """The scanned PDFs of the samples, compared with a drawing of the same pages by their local brightness."""
    seen = 0
    for path in sorted(SAMPLES.glob("scans/*.pdf")):
        with pdfium.PdfDocument(path) as document:
            for page, picture in zip(document, pictures(path), strict=True):
                taken = embedded_picture(page, DPI, Bounds())
                if taken is None:
                    continue
                seen += 1
                drawn = page.render(scale=DPI / 72).to_pil().convert("RGB").resize((80, 100))
                assert picture.shape == taken.shape
                small = np.asarray(Image.fromarray(taken[:, :, ::-1]).resize((80, 100)), np.int16)
                assert np.abs(small - np.asarray(drawn, np.int16)).mean() < 4
    assert seen > 5


def test_a_page_is_given_its_own_picture_by_the_open_scan(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(_scan())
    with open_scan(path, "application/pdf", Bounds()) as scan:
        assert scan.page(1).picture().shape == AT_200
