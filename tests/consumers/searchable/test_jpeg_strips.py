from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from consumers.searchable.jpeg_strips import strips_as_one
from consumers.searchable.wrapped import Wrapped

ROWS_PER_STRIP = 278
JPEG_TABLES = 347


def _tiff(folder: Path, mode: str, height: int = 100, rows: int = 16, width: int = 83) -> Path:
    points = np.random.default_rng(7).integers(0, 255, (height // 4 + 1, width // 4 + 1, 3), np.uint8)
    image = Image.fromarray(points).resize((width, height), Image.Resampling.BICUBIC).convert(mode)
    path = folder / "strips.tif"
    strip = rows * width * len(image.getbands())
    image.save(path, compression="jpeg", strip_size=strip, quality=90)
    return path


def _wrapped(path: Path) -> Wrapped | None:
    with Image.open(path) as image:
        assert isinstance(image, TiffImagePlugin.TiffImageFile)
        return strips_as_one(image, path.read_bytes())


@pytest.mark.parametrize("rows", [8, 16, 40, 1000])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_the_joined_strips_show_the_very_same_points(tmp_path: Path, mode: str, rows: int) -> None:
    path = _tiff(tmp_path, mode, rows=rows)
    joined = _wrapped(path)
    assert joined is not None
    with Image.open(path) as was, Image.open(io.BytesIO(joined.data)) as now:
        assert len(was.tag_v2[273]) == max(1, -(-100 // rows))  # type: ignore[attr-defined]  # a TIFF has tags
        assert np.array_equal(np.asarray(was), np.asarray(now))


def test_the_code_of_each_strip_is_there_byte_by_byte(tmp_path: Path) -> None:
    path = _tiff(tmp_path, "L")
    joined = _wrapped(path)
    assert joined is not None
    content = path.read_bytes()
    with Image.open(path) as image:
        tags = image.tag_v2  # type: ignore[attr-defined]  # a TIFF has tags
        for place, length in zip(tags[273], tags[279], strict=True):
            strip = content[place : place + length]
            begin = strip.index(b"\xff\xda")
            assert strip[begin + 2 + int.from_bytes(strip[begin + 2 : begin + 4], "big") : -2] in joined.data


def test_strips_whose_heights_do_not_make_up_the_page_are_left_to_be_unpacked(tmp_path: Path) -> None:
    path = _tiff(tmp_path, "L", rows=16)
    path.write_bytes(
        path.read_bytes().replace(b"\xff\xc0\x00\x0b\x08\x00\x10", b"\xff\xc0\x00\x0b\x08\x00\x0c")
    )
    assert _wrapped(path) is None


@pytest.mark.parametrize("damage", [b"\xff\xc2", b"\xff\xdd", b"\x00\x00"])
def test_strips_that_are_coded_in_another_way_are_left_to_be_unpacked(tmp_path: Path, damage: bytes) -> None:
    path = _tiff(tmp_path, "L")
    path.write_bytes(path.read_bytes().replace(b"\xff\xc0", damage))
    assert _wrapped(path) is None


def test_a_tiff_of_another_kind_is_left_to_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "lzw.tif"
    Image.new("L", (50, 50), 9).save(path, compression="tiff_lzw")
    assert _wrapped(path) is None
