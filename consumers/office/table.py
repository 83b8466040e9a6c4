"""Workbooks (xlsx): one page a worksheet, hidden ones too, each row one line, values as they are shown.

openpyxl reads them row by row (`read_only`) with the values that were stored with the formulas (`data_only`). It parses XML
with defusedxml where that is installed, and for this it is: entities are refused.
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

from consumers.bounds import Bounds
from consumers.office.date_format import CHINESE_DATES
from consumers.office.markup import broken, every
from consumers.office.number_format import shown
from consumers.office.package import Package
from consumers.office.part import MOST_CHARACTERS, Enclosed, Part, Sheet, Written, joined, written

_MOST_CELLS = 1_000_000
"""Cells looked at on one sheet, empty ones counted: a sheet may say it has 17 thousand million."""
_MOST_ROWS_APART = 1_048_576
_UNNAMED = re.compile(r"(sheet|工作表|表)\s*\d*", re.IGNORECASE)
_NO_VALUE = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")
"""A formula with no stored value: its maker never worked it out."""
_FAULTS = (
    KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError, zipfile.BadZipFile, SyntaxError,
    OverflowError, AssertionError, NotImplementedError, RuntimeError, zlib.error, struct.error,
)  # fmt: skip
"""What openpyxl was seen to raise on mangled files; XML that does not parse is a SyntaxError."""


def open_table(content: bytes, bounds: Bounds) -> tuple[Part, ...]:
    """One Sheet a worksheet, then the pictures in it. Raises Refused (`damaged`, `encrypted`, `too-large`)."""
    package = Package(content, bounds)
    book = _book(content)
    sheets: list[Part] = [
        Sheet(partial(_sheet, package, book, number)) for number in range(len(book.worksheets))
    ]
    pictures = [name for name in package.names if name.lower().startswith("xl/media/")]
    return (*sheets, *(Enclosed(name.rpartition("/")[2], partial(package.read, name)) for name in pictures))


def _book(content: bytes) -> Any:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # That a style or an extension is not kept is no news to somebody who reads.
        warnings.simplefilter("ignore")
        try:
            return load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        except _FAULTS as error:
            raise broken("workbook") from error


def _sheet(package: Package, book: Any, number: int) -> Written:
    sheet = book.worksheets[number]
    doubtful: list[str] = []
    texts = [] if _UNNAMED.fullmatch(sheet.title) else [sheet.title]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            texts.extend(_rows(sheet, book.epoch, doubtful))
        except _FAULTS as error:
            raise broken("worksheet") from error
    texts.extend(_beside(package, sheet))
    if _NO_VALUE.search(package.read(sheet._worksheet_path)):
        doubtful.append(
            "有的公式没有保存计算结果，请用 Excel 或 WPS 打开并保存后重新放入。"
            "Some formulas have no stored value; open and save it in Excel or WPS, and drop it in again."
        )
    return written(texts, tuple(doubtful))


def _rows(sheet: Any, epoch: Any, doubtful: list[str]) -> Iterator[str]:
    """The rows that have something, up to a number of cells and characters."""
    # What the sheet says of its size is often wrong, and may be made to hurt.
    sheet.reset_dimensions()
    looked = characters = 0
    for row in sheet.iter_rows():
        looked += len(row) + 1
        line = joined([_cell(cell, epoch) for cell in row if cell.value is not None])
        characters += len(line)
        if line:
            yield line
        if looked > _MOST_CELLS + _MOST_ROWS_APART or characters > MOST_CHARACTERS:
            doubtful.append(
                "工作表太大，只读出了前面一部分，请核对原件。"
                "The worksheet is too large: only its beginning was read; look at the original."
            )
            return


def _cell(cell: Any, epoch: Any) -> str:
    from openpyxl.utils.datetime import from_excel

    value, code = cell.value, str(cell.number_format)
    known = CHINESE_DATES.get(cell.style_array.numFmtId)
    if known is not None and code == "General":
        code = known
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                value = from_excel(value, epoch)
            except (ValueError, OverflowError):
                return shown(value, "General")
    return shown(value, code)


def _beside(package: Package, sheet: Any) -> Iterator[str]:
    """What lies over the cells: text boxes and comments."""
    for relation in package.relations(sheet._worksheet_path):
        if relation.sort == "drawing" and package.has(relation.target):
            for paragraph in every(package.tree(relation.target), "p"):
                yield "".join(run.text or "" for run in every(paragraph, "t"))
        elif relation.sort == "comments" and package.has(relation.target):
            for comment in every(package.tree(relation.target), "comment"):
                yield "".join(run.text or "" for run in every(comment, "t"))
