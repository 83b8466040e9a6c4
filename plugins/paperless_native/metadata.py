"""What a stored file says of itself, for the web interface: read from its head, in the server's own process.

Names and namespaces are those of XMP (ISO 16684-1) and of its schemas for TIFF and Exif. Where a picture was taken
(GPS) is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

_TIFF = ("http://ns.adobe.com/tiff/1.0/", "tiff")
_EXIF = ("http://ns.adobe.com/exif/1.0/", "exif")
_OURS = ("urn:paperless-dossier", "dossier")
_TAGS = {271: "Make", 272: "Model", 305: "Software", 306: "DateTime"}
_TAKEN, _EXIF_IFD = 36867, 0x8769
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP")
_UNSEEN = "/DossierUnseen"
_MOST_PAGES = 1_000

Entry = dict[str, str]


def of_picture(path: Path) -> list[Entry]:
    """Size, resolution, pages, and the device that made it; empty where the file can not be opened."""
    from PIL import Image

    try:
        with Image.open(path, formats=_FORMATS) as picture:
            return [_entry(*row) for row in _rows(picture)]
    except Exception:  # noqa: BLE001 - paperless' contract: this must not raise, whatever the file is
        return []


def of_our_layer(path: Path) -> list[Entry]:
    """How many pages of a PDF bear text that we recognised; empty where there is none."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            pages = sum(_has_layer(page) for page in list(pdf.pages)[:_MOST_PAGES])
    except Exception:  # noqa: BLE001 - the same
        return []
    return [_entry(_OURS, "RecognisedPages", pages)] if pages else []


def _rows(picture: Any) -> Iterator[tuple[tuple[str, str], str, object]]:
    yield _TIFF, "ImageWidth", picture.width
    yield _TIFF, "ImageLength", picture.height
    if "dpi" in picture.info:
        yield _TIFF, "XResolution", round(float(picture.info["dpi"][0]))
        yield _TIFF, "YResolution", round(float(picture.info["dpi"][1]))
    if picture.format == "TIFF":
        yield _OURS, "Pages", picture.n_frames
    tags = picture.getexif()
    for tag, name in _TAGS.items():
        if tag in tags:
            yield _TIFF, name, tags[tag]
    taken = tags.get_ifd(_EXIF_IFD).get(_TAKEN)
    if taken:
        yield _EXIF, "DateTimeOriginal", taken


def _entry(schema: tuple[str, str], key: str, value: object) -> Entry:
    namespace, prefix = schema
    text = "".join(sign for sign in str(value) if sign.isprintable())
    return {"namespace": namespace, "prefix": prefix, "key": key, "value": text.strip()}


def _has_layer(page: Any) -> bool:
    fonts = page.obj.get("/Resources", {}).get("/Font", {})
    return any(str(font.get("/BaseFont", "")) == _UNSEEN for _, font in fonts.items())
