"""The little picture of the first page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from consumers.bounds import Bounds
from consumers.errors import Refused
from plugins.paperless_native.thumbnail import draw
from tests.conftest import SAMPLES


def drawn(source: Path, folder: Path) -> Image.Image:
    draw(source, folder / "t.webp", Bounds())
    picture = Image.open(folder / "t.webp")
    assert picture.format == "WEBP"
    return picture.convert("RGB")


@pytest.mark.parametrize(
    "name", ["YL20200530-0063.pdf", "FAX_120721_1105.tif", "20190628.bmp", "IMG_3307.webp"]
)
def test_every_kind_of_page_becomes_500_pixels_wide(name: str, tmp_path: Path) -> None:
    picture = drawn(SAMPLES / "scans" / name, tmp_path)
    assert picture.width == 500
    assert 300 < picture.height < 1000


def test_a_small_picture_is_not_enlarged_and_keeps_its_colours(tmp_path: Path) -> None:
    Image.new("RGB", (60, 40), (200, 30, 30)).save(tmp_path / "red.png")
    picture = drawn(tmp_path / "red.png", tmp_path)
    red, green, blue = picture.getpixel((30, 20))  # type: ignore[misc]  # three channels, as it is RGB
    assert picture.size == (60, 40)
    assert red > 180
    assert max(green, blue) < 60


def test_a_strip_stays_within_5000_pixels(tmp_path: Path) -> None:
    Image.new("L", (20, 12000), 255).save(tmp_path / "strip.png")
    assert drawn(tmp_path / "strip.png", tmp_path).height == 5000


def test_a_page_that_can_not_be_drawn_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(Refused):
        draw(tmp_path / "broken.pdf", tmp_path / "t.webp", Bounds())
