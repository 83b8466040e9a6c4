"""A PDF that came in: its pages stay as they are."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from consumers.errors import Refused
from consumers.pictures import damaged

_SIGNED = 1
"""The bit of SigFlags that says that somebody signed (ISO 32000-1, table 219)."""


def opened(path: Path) -> tuple[Pdf, list[str]]:
    """The PDF, and what will not be in the written one as it is in this one.

    Raises Refused (`encrypted`, `damaged`).
    """
    try:
        pdf = pikepdf.open(path, attempt_recovery=True, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Refused(
            "encrypted",
            "PDF 设有打开密码，无法读取。请去掉密码后重新放入。",
            "The PDF is protected by a password; remove it and drop the file in again.",
        ) from error
    except (pikepdf.PdfError, RuntimeError) as error:
        raise damaged("PDF") from error
    notes = []
    if pdf.is_encrypted:
        notes.append("its lock against changes is not kept")
    if is_signed(pdf):
        notes.append("its signatures hold for the original only")
    return pdf, notes


def is_signed(pdf: Pdf) -> bool:
    """Whether somebody has signed it electronically."""
    form = pdf.Root.get(Name.AcroForm)
    flags = form.get(Name.SigFlags, 0) if isinstance(form, Dictionary) else 0
    return isinstance(flags, int) and bool(flags & _SIGNED)
