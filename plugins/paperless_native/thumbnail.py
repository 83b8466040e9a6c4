"""The little picture of a document's first page: WebP, 500 pixels wide, as paperless-ngx shows it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from consumers.bounds import Bounds
from consumers.media import media_type_of
from consumers.pages import open_scan

WIDTH, MOST_HEIGHT = 500, 5000
_QUALITY = 80


def draw(path: Path, target: Path, bounds: Bounds) -> None:
    """Write it to `target`; a smaller page is not enlarged. Raises Refused where the page can not be drawn."""
    with open_scan(path, media_type_of(path), bounds) as scan:
        picture = scan.page(1).picture()
    height, width = picture.shape[:2]
    part = min(1.0, WIDTH / width, MOST_HEIGHT / height)
    size = max(1, round(width * part)), max(1, round(height * part))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
    Image.fromarray(np.ascontiguousarray(small[:, :, ::-1])).save(target, "WEBP", quality=_QUALITY)
