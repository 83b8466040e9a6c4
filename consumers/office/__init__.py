"""The socket for office files: each opener turns the bytes of one kind into its parts.

An opener gives back, in the order in which a person meets them, the pages that are written (`Sheet`), the
files that are enclosed (`Enclosed`) and what could not be had (`Lost`); it unpacks nothing before it is asked
for. It is plugged in by one row of `OPENERS`, and knows nothing of PDFs, pictures and OCR: what is enclosed is opened by
`consumers.unfolding` as if it had come by itself.
"""

from __future__ import annotations

from typing import Protocol

from consumers import office_types
from consumers.bounds import Bounds
from consumers.office.mail import open_mail
from consumers.office.ofd import open_ofd
from consumers.office.outlook import open_outlook
from consumers.office.part import Part
from consumers.office.table import open_table
from consumers.office.word import open_word


class Opener(Protocol):
    """What every opener does."""

    def __call__(self, content: bytes, bounds: Bounds) -> tuple[Part, ...]:
        """The parts of a file; raises Refused where it is damaged, encrypted or larger than allowed."""
        ...


OPENERS: dict[str, Opener] = {
    office_types.DOCX: open_word,
    office_types.XLSX: open_table,
    office_types.OFD: open_ofd,
    office_types.EML: open_mail,
    office_types.MSG: open_outlook,
}
"""What is plugged in: media type -> opener."""
