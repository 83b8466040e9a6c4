from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.media import media_type_of
from consumers.searchable.picture_pages import pdf_of_pictures
from tests.conftest import SAMPLES
from tests.consumers.made import corners, pictures
from tests.consumers.searchable.made import drawn, paper


def _pdf(path: Path) -> Path:
    pdf, _ = pdf_of_pictures(path, media_type_of(path), Bounds())
    with pdf:
        pdf.save(path.with_suffix(".pdf"))
    return path.with_suffix(".pdf")


def _size(path: Path) -> tuple[float, float]:
    pdf, _ = pdf_of_pictures(path, media_type_of(path), Bounds())
    with pdf:
        _, _, width, height = (float(value) for value in pdf.pages[0].mediabox)
    return width, height


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_a_picture_stands_as_its_exif_note_says(tmp_path: Path, name: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = paper(tmp_path, name, exif=exif)
    assert corners(drawn(_pdf(path))) == corners(pictures(path)[0])


def test_each_page_of_a_tiff_becomes_a_page(tmp_path: Path) -> None:
    path = tmp_path / "three.tif"
    path.write_bytes((SAMPLES / "scans/SCAN_20190404_0012.tif").read_bytes())
    pdf, found = pdf_of_pictures(path, "image/tiff", Bounds())
    with pdf:
        assert (len(pdf.pages), [picture.as_it_was for picture in found]) == (3, [True] * 3)


def test_a_page_is_as_large_as_the_paper_was(tmp_path: Path) -> None:
    assert _size(paper(tmp_path)) == pytest.approx((827 * 0.72, 1169 * 0.72), abs=0.01)


@pytest.mark.parametrize("dpi", [None, (72, 72), (96, 96), (0, 0), (1, 1), (1e9, 1e9), (200, 20)])
def test_a_page_whose_paper_nobody_knows_is_as_long_as_a4(
    tmp_path: Path, dpi: tuple[float, float] | None
) -> None:
    noted: dict[str, Any] = {} if dpi is None else {"dpi": dpi}
    path = tmp_path / "a.jpg"
    Image.new("L", (1500, 1000), 255).save(path, **noted)
    assert _size(path) == pytest.approx((842, 561.3), abs=0.1)


def test_a_picture_larger_than_a_pdf_page_may_be_is_made_smaller_on_paper(tmp_path: Path) -> None:
    path = tmp_path / "long.png"
    Image.new("1", (100, 60_000), 1).save(path, dpi=(60, 60))
    assert max(_size(path)) == pytest.approx(14_400)


def test_more_pages_than_allowed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="too-many-pages"):
        pdf_of_pictures(SAMPLES / "scans/SCAN_20190404_0012.tif", "image/tiff", Bounds(pages=2))


def test_drawn_at_its_own_resolution_a_page_is_the_picture_itself(tmp_path: Path) -> None:
    path = paper(tmp_path, "a.jpg")
    assert np.array_equal(drawn(_pdf(path), dpi=100), pictures(path)[0][:, :, ::-1])
