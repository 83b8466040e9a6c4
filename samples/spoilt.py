"""Spoilt files: what an inbox must refuse, set aside or know again, each with what to expect of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from PIL import Image

from samples import faces, pack


def empty(path: Path) -> None:
    """A file without a byte, as a scanner leaves it that was switched off."""
    path.write_bytes(b"")


def truncated(path: Path, page: Image.Image, dpi: int, quality: int) -> None:
    """A JPEG whose transfer broke off after two fifths."""
    whole = pack.jpeg(page, dpi, quality)
    path.write_bytes(whole[: len(whole) * 2 // 5])


def encrypted(path: Path) -> None:
    """A PDF that opens with a password only."""
    pdf = FPDF()
    pdf.add_font("typed", fname=faces.FACES["typed"][0])
    pdf.set_font("typed", size=14)
    pdf.add_page()
    pdf.cell(text="加密的扫描件：请联系发件人索取口令。")
    # RC4 draws no random numbers, so that the bytes stay the same; nothing here is worth a better cipher.
    pdf.set_encryption("owner-2026", "dossier-2026", EncryptionMethod.RC4)
    path.write_bytes(pack.seal_pdf(pdf))


def not_a_pdf(path: Path) -> None:
    """A zip under the name of a PDF."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        entry = zipfile.ZipInfo("客户资料清单.txt", (2024, 1, 5, 9, 0, 0))
        archive.writestr(entry, "一、认购书；二、身份证复印件；三、付款凭证。\n" * 8)
    path.write_bytes(packed.getvalue())


def duplicate(path: Path, of: Path) -> None:
    """The same bytes under another name."""
    path.write_bytes(of.read_bytes())
