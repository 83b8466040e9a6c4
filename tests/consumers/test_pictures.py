from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.consumers.made import HEIGHT, WIDTH, cornered, corners, pictures

MODES = [
    ("1", "bilevel.png", {}),
    ("1", "bilevel.tif", {"compression": "group4"}),
    ("1", "bilevel.bmp", {}),
    ("L", "grey.png", {}),
    ("P", "palette.png", {}),
    ("P", "palette.tif", {}),
    ("P", "palette.bmp", {}),
    ("RGB", "colour.jpg", {"quality": 95}),
    ("RGB", "colour.webp", {"lossless": True}),
    ("CMYK", "print.jpg", {"quality": 95}),
    ("CMYK", "print.tif", {"compression": "tiff_lzw"}),
    ("YCbCr", "video.tif", {}),
    ("RGBA", "alpha.png", {}),
    ("LA", "alpha-grey.png", {}),
]

TURNS = [
    (1, "x..."),
    (2, ".x.."),
    (3, "...x"),
    (4, "..x."),
    (5, "x..."),
    (6, ".x.."),
    (7, "...x"),
    (8, "..x."),
]
"""Exif orientation of a picture whose top left corner is dark as stored -> the dark corner once upright."""


@pytest.mark.parametrize(("mode", "name", "how"), MODES, ids=[f"{mode} {name}" for mode, name, _ in MODES])
def test_a_picture_of_any_mode_shows_what_it_shows(
    tmp_path: Path, mode: str, name: str, how: dict[str, Any]
) -> None:
    cornered().convert("RGB").convert(mode).save(tmp_path / name, **how)
    (picture,) = pictures(tmp_path / name)
    assert (picture.shape, corners(picture)) == ((HEIGHT, WIDTH, 3), "x...")


@pytest.mark.parametrize("name", ["deep.png", "deep.tif"])
@pytest.mark.parametrize("channels", [1, 3])
def test_a_picture_of_16_bits_is_scaled_down_and_not_clipped(
    tmp_path: Path, name: str, channels: int
) -> None:
    deep = np.asarray(cornered()).astype(np.uint16) * 200 + 2_570
    cv2.imwrite(str(tmp_path / name), deep if channels == 1 else np.dstack([deep] * 3))
    (picture,) = pictures(tmp_path / name)
    assert corners(picture) == "x..."
    assert (int(picture.min()), int(picture.max())) in ((10, 208), (10, 209))


@pytest.mark.parametrize("kind", [np.int32, np.float32])
def test_a_picture_of_32_bits_is_scaled_to_its_brightest(tmp_path: Path, kind: type[Any]) -> None:
    Image.fromarray((np.asarray(cornered()).astype(np.int64) * 100_000).astype(kind)).save(tmp_path / "d.tif")
    (picture,) = pictures(tmp_path / "d.tif")
    assert (corners(picture), int(picture.max())) == ("x...", 255)


@pytest.mark.parametrize(("orientation", "dark"), TURNS)
@pytest.mark.parametrize("name", ["phone.jpg", "phone.png", "phone.webp", "raw.tif", "lzw.tif", "g4.tif"])
def test_a_picture_is_turned_as_its_maker_held_it(
    tmp_path: Path, name: str, orientation: int, dark: str
) -> None:
    image = cornered().convert("1" if name == "g4.tif" else "RGB")
    if name.endswith(".tif"):
        compression = {"lzw.tif": "tiff_lzw", "g4.tif": "group4"}.get(name)
        image.save(tmp_path / name, tiffinfo={0x0112: orientation}, compression=compression)
    else:
        exif = Image.Exif()
        exif[0x0112] = orientation
        image.save(tmp_path / name, exif=exif, quality=95)
    (picture,) = pictures(tmp_path / name)
    shape = (WIDTH, HEIGHT, 3) if orientation >= 5 else (HEIGHT, WIDTH, 3)
    assert (picture.shape, corners(picture)) == (shape, dark)


def test_a_mangled_exif_block_does_not_cost_the_picture(tmp_path: Path) -> None:
    plain = io.BytesIO()
    cornered().convert("RGB").save(plain, "JPEG", quality=95)
    exif = b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01\x03\0\xff\xff\xff\x7f"
    block = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    content = plain.getvalue()
    (tmp_path / "p.jpg").write_bytes(content[:2] + block + content[2:])
    (picture,) = pictures(tmp_path / "p.jpg")
    assert corners(picture) == "x..."


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_is_white(tmp_path: Path, mode: str) -> None:
    image = Image.new(mode, (WIDTH, HEIGHT), (0,) * len(mode))
    image.save(tmp_path / "clear.png")
    (picture,) = pictures(tmp_path / "clear.png")
    assert picture.min() == 255


@pytest.mark.parametrize(("mode", "clear"), [("P", 0), ("L", 0), ("RGB", (0, 0, 0))])
def test_a_colour_that_stands_for_transparent_is_white(tmp_path: Path, mode: str, clear: Any) -> None:
    Image.new(mode, (WIDTH, HEIGHT), 0).save(tmp_path / "clear.png", transparency=clear)
    (picture,) = pictures(tmp_path / "clear.png")
    assert picture.min() == 255


def test_what_is_half_transparent_is_mixed_with_white(tmp_path: Path) -> None:
    Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 128)).save(tmp_path / "half.png")
    (picture,) = pictures(tmp_path / "half.png")
    assert 125 <= int(picture.mean()) <= 129


def test_red_comes_last_as_opencv_has_it(tmp_path: Path) -> None:
    Image.new("RGB", (WIDTH, HEIGHT), (255, 0, 0)).save(tmp_path / "red.png")
    (picture,) = pictures(tmp_path / "red.png")
    assert picture[0, 0].tolist() == [0, 0, 255]


@pytest.mark.parametrize(("name", "kind"), [("p.jpg", "MPO"), ("p.png", "PNG"), ("p.webp", "WEBP")])
def test_the_second_picture_in_a_file_that_is_no_tiff_is_no_page(
    tmp_path: Path, name: str, kind: str
) -> None:
    preview = Image.new("RGB", (WIDTH, HEIGHT), "red")
    cornered().convert("RGB").save(tmp_path / name, kind, save_all=True, append_images=[preview])
    assert len(pictures(tmp_path / name)) == 1


def test_the_pages_of_a_tiff_may_differ_in_size_and_depth(tmp_path: Path) -> None:
    pages = [cornered().convert("1"), cornered().resize((90, 70)), cornered().convert("RGB").resize((30, 20))]
    pages[0].save(tmp_path / "m.tif", save_all=True, append_images=pages[1:])
    assert [picture.shape for picture in pictures(tmp_path / "m.tif")] == [
        (40, 60, 3),
        (70, 90, 3),
        (20, 30, 3),
    ]


def test_a_tiff_whose_directories_go_in_a_circle_comes_to_an_end(tmp_path: Path) -> None:
    cornered().save(tmp_path / "c.tif")
    content = bytearray((tmp_path / "c.tif").read_bytes())
    (first,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, first)
    struct.pack_into("<I", content, first + 2 + 12 * entries, first)
    (tmp_path / "c.tif").write_bytes(content)
    assert len(pictures(tmp_path / "c.tif")) == 1
