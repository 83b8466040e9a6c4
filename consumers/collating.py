"""Collating 双面: two passes of one-sided scanning, the fronts and then the pile turned over, as one file.

Principle: no page may be lost or change its place unseen. Where the two passes can not be one pile nothing is written.
"""

from __future__ import annotations

from pathlib import Path

from pikepdf import ObjectStreamMode, Pdf, PdfError, StreamDecodeLevel

from consumers import media
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.media import media_type_of
from consumers.pictures import damaged
from consumers.searchable.pdf_pages import is_signed, opened
from consumers.searchable.picture_pages import pdf_of_pictures


def order(fronts: int, backs: int) -> tuple[tuple[int, int], ...]:
    """Which page comes when: pass (0 the fronts, 1 the backs) and page in it (from 0).

    The backs lie in the scanner with the last one on top. Raises Refused (`passes-differ`) where there are not as many of
    them: whoever guesses which one is missing puts every other page in a wrong place.
    """
    if fronts != backs:
        raise Refused(
            "passes-differ",
            f"双面扫描的两遍页数不同：正面 {fronts} 页，反面 {backs} 页，未合并。请检查是否有粘连，两遍都重新扫描。",
            f"The two passes have not as many pages: {fronts} fronts, {backs} backs; they were not put together. See whether "
            "sheets stuck together, and scan both passes again.",
        )
    return tuple(place for sheet in range(fronts) for place in ((0, sheet), (1, backs - 1 - sheet)))


def collate(fronts: Path, backs: Path, target: Path, bounds: Bounds) -> int:
    """Write both passes (PDF or pictures) in the order of the pile as a PDF to `target`; gives back its number of pages.

    Same passes, same bytes. Raises Refused where one can not be opened, is signed or has no pages of that sort, or the
    two have not as many pages; then `target` is not there.
    """
    with _opened(fronts, bounds) as one, _opened(backs, bounds) as other, Pdf.new() as whole:
        passes = (one, other)
        places = order(len(one.pages), len(other.pages))
        bounds.check_pages(len(places))
        try:
            for which, page in places:
                whole.pages.append(passes[which].pages[page])
            whole.save(
                target,
                deterministic_id=True,
                compress_streams=False,
                stream_decode_level=StreamDecodeLevel.none,
                object_stream_mode=ObjectStreamMode.disable,
                fix_metadata_version=False,
                min_version=max(one.pdf_version, other.pdf_version),
            )
        except (PdfError, TypeError, ValueError, LookupError, AttributeError) as error:
            target.unlink(missing_ok=True)
            raise damaged("PDF") from error
    return len(places)


def _opened(path: Path, bounds: Bounds) -> Pdf:
    bounds.check_bytes(path.stat().st_size)
    media_type = media_type_of(path)
    if media_type == media.PDF:
        pdf = opened(path)[0]
        if not is_signed(pdf):
            return pdf
        pdf.close()
    elif media_type not in media.OFFICE:
        return pdf_of_pictures(path, media_type, bounds)[0]
    raise Refused(
        "no-pass",
        "双面文件夹只收一面一面扫描的 PDF 或图片；这一份是 Office 文件或带电子签名，请放入普通文件夹。",
        "The folder for two passes takes scanned PDFs and pictures; this is an office file or bears an electronic "
        "signature. Drop it into another folder.",
    )
