"""Cover sheets 封面页: what the code of a sheet says that a person has laid into a batch."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifiers.parts.separator import separator
from consumers.transcript import Page

VERSION = 1
_PAYLOAD = re.compile(r"^PD(\d{1,3}):(?:(S)|(D):(.+)|(K):([a-z0-9\-]+))$", re.DOTALL)
_ANY_VERSION = re.compile(r"^PD(\d{1,3}):")
_PATCHES = ("PATCHT", "PATCH T")
"""What the separator sheets of paperless-ngx bear."""
_PRINTED = re.compile(r"^PD[1lI|][:：.][SDK]|客户档案封面页|文种封面页")
_PRINTED_SEPARATOR = re.compile(r"^PD[1lI|][:：.]S$")
_MOST_LINES = 24
"""Our sheets have a dozen lines. What has more is a page of a paper, whatever was stuck on it."""


@dataclass(frozen=True)
class Cover:
    """What a person says of the documents behind a sheet: the key of their dossier, the id of their kind; empty where the
    sheet says nothing of it. `troubles` are sentences (Chinese) for whoever checks the documents behind it. `page` is that of the sheet.
    """

    dossier: str = ""
    kind: str = ""
    troubles: tuple[str, ...] = ()
    page: int = 0


def separator_code() -> str:
    """What the code of a separator sheet says."""
    return f"PD{VERSION}:S"


def dossier_code(key: str) -> str:
    """What the code of a dossier's cover sheet says."""
    return f"PD{VERSION}:D:{key}"


def kind_code(kind: str) -> str:
    """What the code of a kind's cover sheet says; `kind` is an id of the taxonomy."""
    return f"PD{VERSION}:K:{kind}"


def sheet(page: Page) -> Cover | None:
    """What the page says where it is a sheet with a code of ours or of paperless-ngx; None for any other page.

    A sheet of ours whose code can not be read, or is of a version that is not known, is one with a trouble.
    """
    lines = ["".join(line.text.split()) for line in page.lines]
    if len(lines) > _MOST_LINES:
        return None
    said = [code.text.strip() for code in page.codes if not code.damaged]
    ours = [one for one in said if _ANY_VERSION.match(one)]
    if ours:
        return _read(ours, page.number)
    if any(one.upper() in _PATCHES for one in said):
        return Cover(page=page.number)
    printed = [line for line in lines if _PRINTED.search(line)]
    if printed:
        if any(_PRINTED_SEPARATOR.match(line) for line in printed):
            return Cover(page=page.number)
        return illegible(page.number)
    if any(code.damaged for code in page.codes) and separator(tuple(lines)):
        return Cover(page=page.number)
    return None


def foreign_code(page: Page) -> str:
    """The code of ours that stands on a page which is no sheet; empty where none does."""
    if sheet(page) is not None:
        return ""
    return next((code.text for code in page.codes if _ANY_VERSION.match(code.text)), "")


def _read(codes: list[str], page: int) -> Cover:
    dossiers, kinds, troubles = [], [], []
    for code in dict.fromkeys(codes):
        told = _PAYLOAD.match(code)
        if told is None or int(told[1]) != VERSION:
            troubles.append(
                f"第 {page} 页封面页的条码“{code[:40]}”不是本程序认识的版本，请核对后重新打印封面页"
            )
            continue
        dossiers += [told[4]] if told[3] else []
        kinds += [told[6]] if told[5] else []
    for name, found in (("客户档案", dossiers), ("文种", kinds)):
        if len(found) > 1:
            troubles.append(f"第 {page} 页封面页写有多个{name}，请核对")
            found.clear()
    return Cover(dossiers[0] if dossiers else "", kinds[0] if kinds else "", tuple(troubles), page)


def illegible(page: int) -> Cover:
    """What a sheet says whose code can not be read: whoever has not looked for codes must not claim it."""
    return Cover(
        troubles=(f"第 {page} 页是封面页，但条码无法识读，请按纸面文字核对归入的档案和文种",), page=page
    )
