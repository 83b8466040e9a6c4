"""The little picture of a PDF of ours shows its first page as a program that draws pages does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from consumers.bounds import Bounds
from plugins.paperless_native import first_picture, thumbnail
from tests.conftest import SAMPLES
from tests.consumers.searchable.made import line, page, write


def scanned(folder: Path, mode: str, ending: str, size: tuple[int, int] = (1240, 1754), **how: Any) -> Path:
    """A page with a dark corner on its upper left and a red or dark bar at its foot."""
    picture = Image.new("RGB", size, (250, 250, 245))
    picture.paste((20, 20, 20), (0, 0, size[0] // 3, size[1] // 4))
    picture.paste((200, 30, 30), (0, size[1] * 4 // 5, size[0], size[1] * 5 // 6))
    path = folder / f"scan.{ending}"
    picture.convert(mode).save(path, **how)
    return path


def both(path: Path, rotation: int = 0) -> tuple[Image.Image, Image.Image]:
    """The little picture made here, and the one that is drawn."""
    archive, _ = write(path, page(line("合同", 0.2), rotation=rotation))
    made, drawn = path.with_name("made.webp"), path.with_name("drawn.webp")
    assert first_picture.draw(archive, made)
    thumbnail.draw(archive, drawn, Bounds())
    return opened(made), opened(drawn)


def opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        picture.load()
        return picture


def apart(one: Image.Image, other: Image.Image) -> float:
    same = other.resize(one.size)
    return float(np.abs(np.asarray(one.convert("L"), float) - np.asarray(same.convert("L"), float)).mean())


@pytest.mark.parametrize(
    ("mode", "ending", "how"),
    [
        ("L", "png", {}),
        ("RGB", "png", {}),
        ("P", "png", {}),
        ("1", "png", {}),
        ("L", "jpg", {}),
        ("RGB", "jpg", {"quality": 80}),
        ("1", "tif", {"compression": "group4"}),
        ("RGB", "webp", {"lossless": True}),
    ],
)
def test_it_shows_what_the_page_shows(tmp_path: Path, mode: str, ending: str, how: dict[str, Any]) -> None:
    made, drawn = both(scanned(tmp_path, mode, ending, dpi=(150, 150), **how))
    assert (made.format, made.width) == ("WEBP", 500)
    assert abs(made.height - drawn.height) <= 2
    assert apart(made, drawn) < 6


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_it_stands_upright(tmp_path: Path, rotation: int) -> None:
    made, drawn = both(scanned(tmp_path, "L", "png", dpi=(150, 150)), rotation)
    assert abs(made.width / made.height - drawn.width / drawn.height) < 0.02
    assert apart(made, drawn) < 6


def test_a_fax_keeps_the_shape_of_its_paper(tmp_path: Path) -> None:
    fax = scanned(tmp_path, "1", "tif", (1728, 1143), compression="group4", dpi=(204, 98))
    made, _ = both(fax)
    assert made.width / made.height == pytest.approx(1728 / 204 / (1143 / 98), rel=0.01)


def test_a_small_picture_is_not_enlarged(tmp_path: Path) -> None:
    made, _ = both(scanned(tmp_path, "L", "png", (248, 351), dpi=(30, 30)))
    assert made.size == (248, 351)


def test_a_page_that_is_more_than_one_picture_is_left_to_others(tmp_path: Path) -> None:
    assert not first_picture.draw(SAMPLES / "scans" / "YL20200530-0063.pdf", tmp_path / "a.webp")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4")
    assert not first_picture.draw(tmp_path / "broken.pdf", tmp_path / "a.webp")
    assert not (tmp_path / "a.webp").exists()


def test_a_mirrored_picture_and_one_of_four_inks_are_left_to_others(tmp_path: Path) -> None:
    mirrored = Image.new("RGB", (300, 400), "white")
    exif = Image.Exif()
    exif[0x0112] = 2
    mirrored.save(tmp_path / "mirrored.jpg", exif=exif)
    Image.new("CMYK", (300, 400)).save(tmp_path / "inks.jpg")
    for name in ("mirrored.jpg", "inks.jpg"):
        archive, _ = write(tmp_path / name, page(line("合同", 0.2)))
        assert not first_picture.draw(archive, tmp_path / "a.webp")
