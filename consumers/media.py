"""What kind of file this is, told from its content and never from its name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from consumers.errors import Refused
from consumers.office_types import COMPOUND, DOCX, EML, MSG, OFD, XLSX, ZIP, compound_type, is_mail, zip_type
from consumers.unreadable import recognised, refusal_of

PDF = "application/pdf"
TIFF = "image/tiff"
OFFICE = frozenset((DOCX, XLSX, OFD, EML, MSG))
"""What `consumers.office` opens."""

SUFFIXES = {
    ".pdf": PDF,
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": TIFF,
    ".tiff": TIFF,
    ".webp": "image/webp",
    ".bmp": "image/bmp",
    ".docx": DOCX,
    ".docm": DOCX,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".ofd": OFD,
    ".eml": EML,
    ".msg": MSG,
}
"""The endings under which scans are offered, and what each promises."""

_HEAD = 1024


def sniff(head: bytes) -> str | None:
    """The media type that the first 1024 bytes of a file speak of, None where it is none of ours.

    A zip is `application/zip` and a compound file `application/x-ole-storage`: what they hold, their lists of contents
    tell. Scanners and mail gateways put junk before `%PDF-`; readers accept it within the first 1024
    bytes (ISO 32000-1 Annex H, implementation note 13), so do we.
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] in (b"II*\x00", b"MM\x00*"):
        return TIFF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and len(head) > 26:
        return "image/bmp"
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return COMPOUND
    if is_mail(head[:_HEAD]):
        return EML
    if b"%PDF-" in head[:_HEAD]:
        return PDF
    return None


def media_type_of(path: Path, name: str = "") -> str:
    """The media type of a file that can be read here; raises Refused (`empty`, `encrypted`, `old-format`,
    `wrong-type`).

    `name` is what the person who scanned it calls the file, where `path` is called otherwise.
    """
    with path.open("rb") as file:
        return _type_of(file, name or path.name)


def media_type_in(content: bytes, name: str) -> str:
    """The media type of a file that was enclosed in another; raises Refused as `media_type_of`."""
    return _type_of(BytesIO(content), name)


def _type_of(file: BinaryIO, name: str) -> str:
    head = file.read(_HEAD)
    if not head:
        raise Refused(
            "empty",
            "文件是空的（0 字节），请重新扫描这一份。",
            "The file is empty (0 bytes); scan it again.",
        )
    found = sniff(head)
    if found == ZIP:
        found = zip_type(file)
    elif found == COMPOUND:
        found = compound_type(file)
    if found is None or (found not in OFFICE and found not in SUFFIXES.values()):
        raise refusal_of(found or recognised(head), Path(name).suffix.lower() or "-")
    return found
