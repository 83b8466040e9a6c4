"""How large a file may be before it is refused: the inbox is hostile."""

from __future__ import annotations

from dataclasses import dataclass

from consumers.errors import Refused


@dataclass(frozen=True)
class Bounds:
    """The greatest file that is taken in.

    `bytes` of the file, `pages` in it, `pixels` of one page once drawn, `seconds` for reading one
    page on one core.
    """

    bytes: int = 200_000_000
    pages: int = 1_000
    pixels: int = 100_000_000
    seconds: int = 300

    def check_bytes(self, size: int) -> None:
        """Raise Refused (`too-large`) for a file of more bytes than allowed."""
        if size > self.bytes:
            raise Refused(
                "too-large",
                f"文件有 {size:,} 字节，超过上限 {self.bytes:,} 字节，请分开扫描或调大 DOSSIER_MAX_BYTES。",
                f"The file has {size:,} bytes, more than the {self.bytes:,} allowed; "
                "scan it in parts or raise DOSSIER_MAX_BYTES.",
            )

    def check_pages(self, pages: int) -> None:
        """Raise Refused (`too-many-pages`, `empty`) for a file of more pages than allowed, or none."""
        if pages < 1:
            raise Refused(
                "empty", "文件里一页也没有，请重新扫描。", "There is no page in the file; scan it again."
            )
        if pages > self.pages:
            raise Refused(
                "too-many-pages",
                f"文件有 {pages:,} 页，超过上限 {self.pages:,} 页，请分开扫描或调大 DOSSIER_MAX_PAGES。",
                f"The file has {pages:,} pages, more than the {self.pages:,} allowed; "
                "scan it in parts or raise DOSSIER_MAX_PAGES.",
            )

    def check_pixels(self, width: int, height: int) -> None:
        """Raise Refused (`too-many-pixels`) before a picture of that size is unpacked."""
        if width * height > self.pixels:
            raise Refused(
                "too-many-pixels",
                f"页面图像有 {width}×{height} 像素，超过上限 {self.pixels:,}，"
                "请用 300 dpi 以下重新扫描或调大 DOSSIER_MAX_PIXELS。",
                f"A page has {width}×{height} pixels, more than the {self.pixels:,} allowed; "
                "scan it at 300 dpi or less or raise DOSSIER_MAX_PIXELS.",
            )
