from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageCms

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.searchable import packed
from consumers.searchable.wrapped import Wrapped, image_of

WIDTH, HEIGHT = 83, 61


def _points(mode: str) -> Image.Image:
    rough = np.random.default_rng(3).integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)
    return Image.fromarray(rough).convert(mode)


def _wrap(path: Path, number: int = 1, bounds: Bounds | None = None) -> Wrapped:
    with Image.open(path) as image:
        return packed.wrapped(image, number, path.read_bytes(), bounds or Bounds())


def _unwrapped(picture: Wrapped) -> Image.Image:
    """The picture as pikepdf takes it out of a PDF again."""
    with pikepdf.Pdf.new() as pdf:
        return pikepdf.PdfImage(image_of(pdf, picture)).as_pil_image().copy()


@pytest.mark.parametrize(
    ("name", "mode", "how"),
    [
        ("grey.png", "L", {}),
        ("colour.png", "RGB", {}),
        ("palette.png", "P", {}),
        ("bits.png", "1", {}),
        ("grey.bmp", "L", {}),
        ("colour.webp", "RGB", {"lossless": True}),
        ("fax.tif", "1", {"compression": "group4"}),
        ("strips.tif", "1", {"compression": "group4", "strip_size": 100}),
        ("fax3.tif", "1", {"compression": "group3"}),
        ("raw.tif", "RGB", {}),
        ("lzw.tif", "RGB", {"compression": "tiff_lzw"}),
        ("palette.tif", "P", {"compression": "tiff_lzw"}),
        ("deflate.tif", "L", {"compression": "tiff_adobe_deflate"}),
        ("inks.tif", "CMYK", {}),
    ],
)
def test_every_point_is_as_it_was(tmp_path: Path, name: str, mode: str, how: dict[str, Any]) -> None:
    path = tmp_path / name
    _points(mode).save(path, **how)
    with Image.open(path) as was:
        wanted = "CMYK" if mode == "CMYK" else "RGB"
        assert np.array_equal(
            np.asarray(_unwrapped(_wrap(path)).convert(wanted)), np.asarray(was.convert(wanted))
        )


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_is_taken_byte_by_byte(tmp_path: Path, mode: str, *, progressive: bool) -> None:
    path = tmp_path / "a.jpg"
    _points(mode).save(path, progressive=progressive)
    picture = _wrap(path)
    assert (picture.data, picture.packing, picture.as_it_was) == (path.read_bytes(), "/DCTDecode", True)


@pytest.mark.parametrize(("mode", "bits"), [("1", 1), ("L", 8), ("RGB", 8), ("P", 8), ("I;16", 16)])
def test_a_png_is_taken_as_it_is_packed(tmp_path: Path, mode: str, bits: int) -> None:
    path = tmp_path / "a.png"
    image = (
        Image.fromarray(np.arange(900, dtype=np.uint16).reshape(30, 30)) if mode == "I;16" else _points(mode)
    )
    image.save(path)
    picture = _wrap(path)
    assert picture.data in path.read_bytes()
    assert (picture.bits, picture.as_it_was) == (bits, True)


def test_a_fax_page_of_one_strip_is_taken_byte_by_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    _points("1").save(path, compression="group4", strip_size=1 << 30)
    picture = _wrap(path)
    assert picture.data in path.read_bytes()
    assert (picture.packing, picture.as_it_was) == ("/CCITTFaxDecode", True)


@pytest.mark.parametrize("photometric", [0, 1])
def test_a_fax_page_is_never_turned_white_on_black(tmp_path: Path, photometric: int) -> None:
    path = tmp_path / "a.tif"
    white = Image.new("1", (WIDTH, HEIGHT), 1)
    white.save(path, compression="group4", strip_size=1 << 30, tiffinfo={262: photometric})
    with Image.open(path) as was:
        assert _unwrapped(_wrap(path)).convert("L").getextrema() == was.convert("L").getextrema()


def test_grey_of_sixteen_bits_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "deep.tif"
    deep = np.arange(0, 60000, 20, dtype=np.uint16).reshape(50, 60)
    Image.fromarray(deep).save(path)
    picture = _wrap(path)
    with pikepdf.Pdf.new() as pdf:
        raw = image_of(pdf, picture).read_bytes()
    assert np.array_equal(np.frombuffer(raw, ">u2").reshape(50, 60), deep)


@pytest.mark.parametrize("name", ["a.png", "a.webp"])
def test_what_is_transparent_becomes_white(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    Image.new("RGBA", (WIDTH, HEIGHT), (200, 0, 0, 0)).save(path, lossless=True)
    assert _unwrapped(_wrap(path)).convert("L").getextrema() == (255, 255)


def test_an_interlaced_png_is_packed_anew(tmp_path: Path) -> None:
    # Pillow writes none: a header that says so is enough to see that its bytes are not taken.
    path = tmp_path / "a.png"
    _points("L").save(path)
    content = bytearray(path.read_bytes())
    content[28] = 1
    with Image.open(path) as image:
        from consumers.searchable.png import png_as_it_is

        assert png_as_it_is(image, bytes(content)) is None


def test_what_a_phone_hides_behind_a_picture_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "phone.jpg"
    _points("RGB").save(path, "MPO", save_all=True, append_images=[_points("RGB")])
    picture = _wrap(path)
    with Image.open(io.BytesIO(picture.data)) as first:
        assert (first.size, len(picture.data) < path.stat().st_size) == ((WIDTH, HEIGHT), True)


def test_a_colour_profile_goes_along(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = tmp_path / "a.jpg"
    _points("RGB").save(path, icc_profile=profile)
    with pikepdf.Pdf.new() as pdf:
        space = image_of(pdf, _wrap(path)).ColorSpace
        assert space[1].read_bytes() == profile


def test_a_colour_profile_that_is_not_for_these_colours_stays_behind(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = tmp_path / "a.jpg"
    _points("L").save(path, icc_profile=profile)
    with pikepdf.Pdf.new() as pdf:
        assert image_of(pdf, _wrap(path)).ColorSpace == "/DeviceGray"


def test_more_points_than_allowed_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    _points("L").save(path)
    with pytest.raises(Refused, match="too-many-pixels"):
        _wrap(path, bounds=Bounds(pixels=1000))


def test_a_tiff_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    _points("RGB").save(path, compression="tiff_lzw")
    content = bytearray(path.read_bytes())
    with Image.open(path) as image:
        place = image.tag_v2[273][0]  # type: ignore[attr-defined]  # a TIFF has tags
    content[place : place + 4000] = b"\xff" * 4000
    path.write_bytes(content)
    with pytest.raises(Refused, match="damaged"):
        _wrap(path)
