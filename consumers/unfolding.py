"""Unfolding an office file: its own pages, and those of all that is enclosed in it, in one row from 1 on.

What is enclosed and can not be read costs a doubt on the first page, and neither the file nor a word of silence.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image

from consumers import media
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.office import OPENERS
from consumers.office.markup import broken
from consumers.office.part import Enclosed, Lost, Sheet, too_deep
from consumers.pictures import FAULTS

_MOST_DEEP = 3
"""A mail in a mail in a mail; what is enclosed deeper is named and not opened."""
_MOST_ENCLOSED = 300
_MOST_KEPT = 8
_MOST_NOTES = 20
_SHORTEST, _FEWEST = 48, 40_000
"""Pixels: a picture with a shorter side, or fewer in all, is a logo, a rule or a smiley and no page."""
_LONGEST = 80
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")


@dataclass(frozen=True)
class Leaf:
    """One page: a Sheet, or the page with that `number` of an enclosed PDF or picture. `within` names the latter."""

    source: Sheet | Enclosed
    media_type: str = ""
    number: int = 1
    within: str = ""


@dataclass
class Unfolded:
    """All pages of an office file, and a sentence for each thing in it that could not be read.

    `size` is that of the file in bytes.
    """

    size: int
    leaves: list[Leaf] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    enclosed: int = 0
    _last: tuple[Enclosed, bytes] | None = None

    def content_of(self, part: Enclosed) -> bytes:
        """Its bytes; those of the last one asked for are kept, for its pages are asked for one after the other."""
        if self._last is None or self._last[0] is not part:
            self._last = (part, part.read())
        return self._last[1]


Counter = Callable[[bytes, str], int]
"""How many pages a PDF or a picture has; raises Refused where it can not be opened."""

_kept: dict[tuple[object, ...], Unfolded] = {}


def unfolded(path: Path, media_type: str, bounds: Bounds, count: Counter) -> Unfolded:
    """The pages of that file; raises Refused for a file that can not be opened itself.

    The last few are kept, no more bytes than one file may have: pages are asked for one by one, those of several
    files by turns, and a mail is not to be taken apart for each.
    """
    status = path.stat()
    key = (path, status.st_ino, status.st_size, status.st_mtime_ns, bounds)
    found = _kept.pop(key, None)
    if found is None:
        found = Unfolded(status.st_size)
        _unfold(path.read_bytes(), media_type, "", found, bounds, count, 0)
        if not found.leaves:
            raise _nothing(found.notes)
        bounds.check_pages(len(found.leaves))
        if len(found.notes) > _MOST_NOTES:
            found.notes[_MOST_NOTES:] = [_and_more(len(found.notes) - _MOST_NOTES)]
    while _kept and sum(other.size for other in _kept.values()) + found.size > bounds.bytes:
        del _kept[next(iter(_kept))]
    _kept[key] = found
    while len(_kept) > _MOST_KEPT:
        del _kept[next(iter(_kept))]
    return found


def _unfold(
    content: bytes, media_type: str, within: str, found: Unfolded, bounds: Bounds, count: Counter, deep: int
) -> None:
    try:
        parts = OPENERS[media_type](content, bounds)
    except RecursionError as error:
        raise broken("file") from error
    for part in parts:
        if isinstance(part, Sheet):
            found.leaves.append(Leaf(part, within=within))
        elif isinstance(part, Lost):
            found.notes.append(unread(_named(within, part.name), part.why))
        elif len(found.leaves) <= bounds.pages:
            name = _named(within, part.name)
            try:
                _take(part, name, found, bounds, count, deep)
            except Refused as refusal:
                found.notes.append(unread(name, refusal))


def _take(part: Enclosed, name: str, found: Unfolded, bounds: Bounds, count: Counter, deep: int) -> None:
    """Add the pages of something enclosed; raises Refused, saying why, where it can not be read."""
    found.enclosed += 1
    if found.enclosed > _MOST_ENCLOSED:
        raise _too_many()
    content = part.read()
    if _is_tiny(content):
        return
    media_type = media.media_type_in(content, part.name)
    if media_type not in media.OFFICE:
        pages = count(content, media_type)
        found.leaves.extend(Leaf(part, media_type, number, name) for number in range(1, pages + 1))
    elif deep >= _MOST_DEEP:
        raise too_deep()
    else:
        _unfold(content, media_type, name, found, bounds, count, deep + 1)


def _is_tiny(content: bytes) -> bool:
    """Whether it is a picture too small to be a page. What Pillow does not know is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            width, height = Image.open(BytesIO(content), formats=_FORMATS).size
    except FAULTS:
        return False
    return min(width, height) < _SHORTEST or width * height < _FEWEST


def _named(within: str, name: str) -> str:
    """The way to something enclosed, from the outside in; names are kept short, for people read them in a list."""
    said = "".join(sign for sign in name if sign.isprintable())[:_LONGEST] or "?"
    return f"{within} › {said}" if within else said


def unread(name: str, why: Refused) -> str:
    """The sentence about something enclosed that could not be read."""
    return f"内附的“{name}”未读出：{why.zh}What is enclosed as {name} was not read: {why.en}"


def _nothing(notes: list[str]) -> Refused:
    """The refusal of a file with nothing to read in it; what could not be read is named."""
    why = "".join(notes[:_MOST_NOTES])
    return Refused(
        "empty",
        f"文件里没有可以读取的内容，请打开原件检查。{why}",
        f"There is nothing to read in the file; open it and look. {why}".strip(),
    )


def _and_more(count: int) -> str:
    return f"另有 {count} 处内附的内容未读出，请核对原件。{count} more were not read; look at the original."


def _too_many() -> Refused:
    return Refused(
        "too-many-pages",
        f"附件超过 {_MOST_ENCLOSED} 个，其余未读，请分开放入。",
        f"There are more than {_MOST_ENCLOSED} attachments; drop the others in by themselves.",
    )
