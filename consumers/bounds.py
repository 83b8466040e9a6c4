"""How large a file may be before it is refused: the inbox is hostile."""

from __future__ import annotations

from dataclasses import dataclass

from consumers.errors import Refused


@dataclass(frozen=True)
class Bounds:
    """The greatest file that is taken in.

    `bytes` of the file, `pages` in it, `pixels` of one page once drawn, `seconds` for reading one
    page on one core, `file_seconds` for reading all of its pages (summed over the processes that read them;
    what they wait for does not count), `memory_mb` of one reading process (0: no limit), `characters` of
    the text that comes out of it.
    """

    bytes: int = 200_000_000
    pages: int = 1_000
    pixels: int = 100_000_000
    seconds: int = 300
    file_seconds: int = 7_200
    memory_mb: int = 4_096
    characters: int = 5_000_000

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
                f"文件超过 {self.pages:,} 页的上限，请分开扫描或调大 DOSSIER_MAX_PAGES。",
                f"The file has more than the {self.pages:,} pages allowed; "
                "scan it in parts or raise DOSSIER_MAX_PAGES.",
            )

    def time_for_page(self, spent: float) -> float:
        """Seconds that a file's next page may take when its pages have taken `spent` so far.

        Raises Refused (`file-too-slow`) where nothing is left.
        """
        if spent >= self.file_seconds:
            raise self.too_slow_a_file()
        return min(self.seconds, self.file_seconds - spent)

    def too_slow_a_page(self, number: int) -> Refused:
        """The refusal of a file one of whose pages takes more than its time."""
        return Refused(
            "too-slow",
            f"第 {number} 页读取超过 {self.seconds:,} 秒，请重新扫描或调大 DOSSIER_MAX_SECONDS。",
            f"Reading page {number} took more than {self.seconds:,} seconds; "
            "scan it again or raise DOSSIER_MAX_SECONDS.",
        )

    def too_slow_a_file(self) -> Refused:
        """The refusal of a file whose pages together take more than its time."""
        return Refused(
            "file-too-slow",
            f"整份文件读取超过 {self.file_seconds:,} 秒，请分开扫描或调大 DOSSIER_MAX_FILE_SECONDS。",
            f"Reading the file took more than {self.file_seconds:,} seconds; "
            "scan it in parts or raise DOSSIER_MAX_FILE_SECONDS.",
        )

    def check_characters(self, characters: int) -> None:
        """Raise Refused (`too-much-text`) for a text that nobody could judge in good time."""
        if characters > self.characters:
            raise Refused(
                "too-much-text",
                f"文件里的文字超过 {self.characters:,} 字的上限，请分成几份或调大 DOSSIER_MAX_CHARACTERS。",
                f"There are more than the {self.characters:,} characters of text allowed in the file; "
                "split it or raise DOSSIER_MAX_CHARACTERS.",
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


def too_much_memory() -> Refused:
    """The refusal of a file of which something does not fit into the memory of a reading process."""
    return Refused(
        "too-much-memory",
        "文件内容展开后内存放不下，请用 300 dpi 以下重新扫描；文件无误时调大 DOSSIER_MAX_MEMORY_MB。",
        "What is in the file does not fit into memory once unpacked; scan it again at 300 dpi or less, "
        "or, if it is what it should be, raise DOSSIER_MAX_MEMORY_MB.",
    )


def reader_died(number: int) -> Refused:
    """The refusal of a file that made one reading process after the other end."""
    return Refused(
        "reader-died",
        f"第 {number} 页使识别程序异常退出，请重新扫描；若仍如此请交信息部门（可试调大 DOSSIER_MAX_MEMORY_MB）。",
        f"Page {number} made the reading process die; scan it again, and if it stays so tell IT "
        "(a greater DOSSIER_MAX_MEMORY_MB may help).",
    )
