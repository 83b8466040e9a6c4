"""Black and white pages in fax code (ITU-T T.6), which TIFF and PDF have in common."""

from __future__ import annotations

import io

from PIL import Image, TiffImagePlugin

from consumers.searchable.wrapped import Wrapped, orientation_of

_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_OFFSETS, _LENGTHS, _BLACK_IS_ZERO, _FILL_ORDER, _ORIENTATION = 273, 279, 262, 266, 274
_ONE_STRIP = 1 << 30


def fax_as_it_is(image: TiffImagePlugin.TiffImageFile, content: bytes) -> Wrapped | None:
    """The page at which `image` stands, in the bytes of its file; None where it is no fax code, or in strips of which
    each begins anew."""
    tags = image.tag_v2
    offsets, lengths = tags.get(_OFFSETS, ()), tags.get(_LENGTHS, ())
    if (
        image.mode != "1"
        or image.info.get("compression") != "group4"
        or len(offsets) != 1
        or len(lengths) != 1
    ):
        return None
    data = content[offsets[0] : offsets[0] + lengths[0]]
    if tags.get(_FILL_ORDER, 1) == 2:
        data = data.translate(_REVERSED)
    turned = tags.get(_ORIENTATION, 1)
    return _wrapped(image, data, turned if turned in range(1, 9) else 1, as_it_was=True)


def as_fax(image: Image.Image) -> Wrapped:
    """A black and white picture, packed in fax code."""
    file = io.BytesIO()
    Image.Image.save(image, file, "TIFF", compression="group4", strip_size=_ONE_STRIP)
    content = file.getvalue()
    with Image.open(io.BytesIO(content)) as written:
        assert isinstance(written, TiffImagePlugin.TiffImageFile)
        (place,), (length,) = written.tag_v2[_OFFSETS], written.tag_v2[_LENGTHS]
        return _wrapped(written, content[place : place + length], orientation_of(image), as_it_was=False)


def _wrapped(
    image: TiffImagePlugin.TiffImageFile, data: bytes, orientation: int, *, as_it_was: bool
) -> Wrapped:
    width, height = image.size
    black_is_1 = image.tag_v2.get(_BLACK_IS_ZERO) == 1
    return Wrapped(
        data,
        width,
        height,
        packing="/CCITTFaxDecode",
        bits=1,
        parameters={"K": -1, "Columns": width, "Rows": height, "BlackIs1": black_is_1},
        orientation=orientation,
        as_it_was=as_it_was,
    )
