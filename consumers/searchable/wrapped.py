"""A picture in a form in which a PDF takes it, and as what it is put there."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image, ImageCms

from consumers.searchable.deflate import compressed

_SPACES = {1: ("/DeviceGray", "GRAY"), 3: ("/DeviceRGB", "RGB"), 4: ("/DeviceCMYK", "CMYK")}


@dataclass(frozen=True)
class Wrapped:
    """`data` as the PDF filter named `packing` undoes it, with that filter's `parameters`.

    `channels` is 1, 3 or 4 of `bits` each; with a `palette` (RGB, three bytes a colour) it is 1. `profile` is an ICC
    profile. `inverted` turns every channel round. `orientation` is Exif's (1 to 8). `as_it_was`: these are bytes of
    the file itself.
    """

    data: bytes
    width: int
    height: int
    packing: str
    channels: int = 1
    bits: int = 8
    parameters: dict[str, int | bool] = field(default_factory=dict)
    palette: bytes = b""
    profile: bytes = b""
    inverted: bool = False
    orientation: int = 1
    as_it_was: bool = False


def orientation_of(image: Image.Image) -> int:
    """Exif's word on how the picture has to be turned to stand upright, 1 to 8."""
    said = image.getexif().get(0x0112, 1)
    return said if said in range(1, 9) else 1


def image_of(pdf: Pdf, picture: Wrapped) -> Stream:
    """The picture as an image of `pdf`."""
    image = Stream(
        pdf,
        picture.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=picture.bits,
        ColorSpace=_space(pdf, picture),
        Filter=Name(picture.packing),
    )
    if picture.parameters:
        image.DecodeParms = Dictionary({f"/{name}": value for name, value in picture.parameters.items()})
    if picture.inverted:
        image.Decode = Array([1, 0] * picture.channels)
    return image


def has_own_colours(picture: Wrapped) -> bool:
    """Whether it is said what the picture's four inks look like; grey and RGB need no word."""
    return picture.channels != 4 or bool(_sound(picture))


def _space(pdf: Pdf, picture: Wrapped) -> Object:
    channels = 3 if picture.palette else picture.channels
    space: Object = Name(_SPACES[channels][0])
    profile = _sound(picture)
    if profile:
        stream = compressed(pdf, profile, N=channels, Alternate=space)
        space = Array([Name.ICCBased, pdf.make_indirect(stream)])
    if picture.palette:
        space = Array([Name.Indexed, space, len(picture.palette) // 3 - 1, picture.palette])
    return space


def _sound(picture: Wrapped) -> bytes:
    """The ICC profile, where it opens, is of version 2 or 4, and speaks of as many channels as there are: scanners
    and picture programs were seen to give grey pictures one for RGB."""
    if not picture.profile:
        return b""
    wanted = _SPACES[3 if picture.palette else picture.channels][1]
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(picture.profile)).profile
        if opened.xcolor_space.strip() == wanted and 2 <= opened.version < 5:
            return picture.profile
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return b""
    return b""
