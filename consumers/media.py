"""What kind of file this is, told from its first bytes and never from its name."""

from __future__ import annotations

from pathlib import Path

from consumers.errors import Refused

PDF = "application/pdf"
TIFF = "image/tiff"

_NAMES_ZH = "PDF、PNG、JPEG、TIFF、WebP、BMP"
_NAMES_EN = "PDF, PNG, JPEG, TIFF, WebP or BMP"

SUFFIXES = {
    ".pdf": PDF,
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": TIFF,
    ".tiff": TIFF,
    ".webp": "image/webp",
    ".bmp": "image/bmp",
}
"""The endings under which scans are offered, and what each promises."""


def sniff(head: bytes) -> str | None:
    """The media type that the first 1024 bytes of a file speak of, None where it is none of ours.

    Scanners and mail gateways put junk before `%PDF-`; readers accept it within the first 1024
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
        return None
    if b"%PDF-" in head[:1024]:
        return PDF
    return None


def media_type_of(path: Path, name: str = "") -> str:
    """The media type of a file that can be read here; raises Refused (`empty`, `wrong-type`).

    `name` is what the person who scanned it calls the file, where `path` is called otherwise.
    """
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise Refused(
            "empty",
            "文件是空的（0 字节），请重新扫描这一份。",
            "The file is empty (0 bytes); scan it again.",
        )
    found = sniff(head)
    if found is None:
        ending = Path(name or path.name).suffix.lower() or "-"
        raise Refused(
            "wrong-type",
            f"文件内容不是可以识别的扫描件（扩展名 {ending}），请另存为 {_NAMES_ZH} 后重新放入。",
            f"The content is no scan that can be read (its ending is {ending}); "
            f"save it as {_NAMES_EN} and drop it in again.",
        )
    return found
