"""The picture that a scanned PDF page consists of, taken as it lies in the file instead of drawing the page.

Drawing a page resamples its picture, and costs several times what unpacking it does. It is taken only where the page shows
that one picture and nothing else: whatever would be drawn beside it or upon it, or needs colours converted, is drawn.
"""

from __future__ import annotations

import ctypes

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from consumers.bounds import Bounds
from consumers.pictures import Picture
from consumers.preparing.grey import in_three
from consumers.preparing.turning import turned

_PLAIN = {
    pdfium_c.FPDF_COLORSPACE_DEVICEGRAY,
    pdfium_c.FPDF_COLORSPACE_DEVICERGB,
    pdfium_c.FPDF_COLORSPACE_CALGRAY,
    pdfium_c.FPDF_COLORSPACE_CALRGB,
    pdfium_c.FPDF_COLORSPACE_ICCBASED,
    pdfium_c.FPDF_COLORSPACE_INDEXED,
}
_LEAST_DPI = 100
"""A picture of fewer dots an inch is drawn: PDFium enlarges it smoothly."""
_SLACK = 0.01
"""The picture may end so much of the page's side before its edge or beyond it."""


def embedded_picture(page: pdfium.PdfPage, dpi: int, bounds: Bounds) -> Picture | None:
    """The page's one picture as it is seen, of at most `dpi` dots an inch; None where the page has to be drawn.

    Raises Refused (`too-many-pixels`) before a picture larger than allowed is unpacked.
    """
    image = _only_picture(page)
    if image is None or not _fills(page, image):
        return None
    width, height = image.get_px_size()
    bounds.check_pixels(width, height)
    page_width, page_height = _unturned_size(page)
    across, down = 72 * width / page_width, 72 * height / page_height
    if min(across, down) < _LEAST_DPI or not _is_plain(page, image):
        return None
    try:
        drawn = image.get_bitmap().to_numpy()
    except pdfium.PdfiumError:
        return None
    if drawn.ndim == 3 and drawn.shape[2] == 4:
        drawn = drawn[:, :, :3]
    # A fax has other dots across than down: the page's own shape counts.
    size = (round(page_width / 72 * min(dpi, across, down)), round(page_height / 72 * min(dpi, across, down)))
    if abs(size[0] - width) > 1 or abs(size[1] - height) > 1:
        drawn = cv2.resize(drawn, size, interpolation=cv2.INTER_AREA)
    if drawn.ndim == 2 or drawn.shape[2] == 1:
        drawn = in_three(np.ascontiguousarray(drawn.reshape(drawn.shape[:2]), dtype=np.uint8))
    return turned(np.ascontiguousarray(drawn, dtype=np.uint8), page.get_rotation())


def _only_picture(page: pdfium.PdfPage) -> pdfium.PdfImage | None:
    """The page's picture, if it is one, and nothing else on the page can be seen."""
    if pdfium_c.FPDFPage_GetAnnotCount(page) or pdfium_c.FPDFPage_HasTransparency(page):
        return None
    found = None
    for item in page.get_objects(max_depth=1):
        if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            if pdfium_c.FPDFTextObj_GetTextRenderMode(item) != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE:
                return None
        elif item.type != pdfium_c.FPDF_PAGEOBJ_IMAGE or found is not None or _is_clipped(item):
            return None
        else:
            found = item
    return found


def _is_clipped(item: pdfium.PdfObject) -> bool:
    path = pdfium_c.FPDFPageObj_GetClipPath(item)
    return bool(path) and pdfium_c.FPDFClipPath_CountPaths(path) > 0


def _fills(page: pdfium.PdfPage, image: pdfium.PdfImage) -> bool:
    """Whether the picture stands upright, not mirrored, and is as large as what the page shows."""
    a, b, c, d, _, _ = image.get_matrix().get()
    if a <= 0 or d <= 0 or abs(b) > 0.001 * a or abs(c) > 0.001 * d:
        return False
    seen = page.get_cropbox()
    sides = (seen[2] - seen[0], seen[3] - seen[1]) * 2
    return all(
        abs(edge - at) <= _SLACK * side
        for edge, at, side in zip(image.get_bounds(), seen, sides, strict=True)
    )


def _unturned_size(page: pdfium.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    return (height, width) if page.get_rotation() in (90, 270) else (width, height)


def _is_plain(page: pdfium.PdfPage, image: pdfium.PdfImage) -> bool:
    """Whether the picture's samples are grey or red, green, blue; a stencil or a CMYK picture needs drawing."""
    told = pdfium_c.FPDF_IMAGEOBJ_METADATA()
    known = pdfium_c.FPDFImageObj_GetImageMetadata(image, page, ctypes.byref(told))
    return bool(known) and told.colorspace in _PLAIN
