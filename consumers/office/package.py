"""The zip that docx, xlsx and ofd files are, with bounds on what comes out of it."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.office.markup import Element, attribute, broken, every, parsed
from consumers.office_types import central_directory

_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)
"""What zipfile was seen to raise on cut and mangled files, and for ways of packing that it does not know."""
_MOST_XML = 50_000_000
"""Bytes of one part that is parsed whole: a tree takes ten times as much memory."""


@dataclass(frozen=True)
class Relation:
    """A part's relation to another one: `sort` is the last word of its type, `target` a name in the package.

    `target` is empty for what lies outside of it.
    """

    id: str
    sort: str
    target: str


class Package:
    """The members of a zip that was found to be within the bounds. Nothing is unpacked before it is asked for."""

    def __init__(self, content: bytes, bounds: Bounds) -> None:
        # zipfile believes a list of any length; this asks for one of a length that somebody may have meant.
        if central_directory(BytesIO(content)) is None:
            raise broken("zip")
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except _FAULTS as error:
            raise broken("zip") from error
        members = self._zip.infolist()
        self._most = bounds.bytes
        if sum(member.file_size for member in members) > bounds.bytes:
            raise _too_much(bounds.bytes)
        self._members = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in members}

    @property
    def names(self) -> list[str]:
        """The members' names, in the order of the list."""
        return [member.filename.replace("\\", "/").lstrip("/") for member in self._members.values()]

    def has(self, name: str) -> bool:
        """Whether there is such a member; case does not count (ECMA-376 part 2, 6.2.2.3)."""
        return name.lstrip("/").lower() in self._members

    def read(self, name: str, most: int = 0) -> bytes:
        """A member's bytes; raises Refused (`damaged`, `encrypted`, `too-large`: more than `most` bytes)."""
        member = self._members.get(name.lstrip("/").lower())
        if member is None:
            raise broken("zip")
        if member.flag_bits & 1:
            raise locked()
        limit = min(most or self._most, self._most)
        if member.file_size > limit:
            raise _too_much(limit)
        try:
            with self._zip.open(member) as opened:
                # More than the list says never comes: zipfile stops there, and the checksum fails.
                return opened.read(limit + 1)
        except _FAULTS as error:
            raise broken("zip") from error

    def tree(self, name: str) -> Element:
        """A member as XML; raises Refused as `read`, and for what is no XML."""
        return parsed(self.read(name, _MOST_XML))

    def relations(self, name: str) -> list[Relation]:
        """The relations of a part, of the package itself where `name` is empty; none where none are told."""
        folder, file = posixpath.split(name)
        listing = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(listing):
            return []
        return [_relation(row, folder) for row in every(self.tree(listing), "Relationship")]


def _relation(row: Element, folder: str) -> Relation:
    sort = attribute(row, "Type").rpartition("/")[2]
    if attribute(row, "TargetMode") == "External":
        return Relation(attribute(row, "Id"), sort, "")
    target = unquote(attribute(row, "Target"))
    inside = target if target.startswith("/") else posixpath.join("/", folder, target)
    return Relation(attribute(row, "Id"), sort, posixpath.normpath(inside).lstrip("/"))


def locked() -> Refused:
    """The refusal of an office file that has a password."""
    return Refused(
        "encrypted",
        "文件设有打开密码（或受权限保护），无法读取。请去掉密码后重新放入。",
        "The file is protected by a password or by rights management; remove that and drop it in again.",
    )


def _too_much(limit: int) -> Refused:
    return Refused(
        "too-large",
        f"文件解开后超过 {limit:,} 字节的上限，请拆成几份，或另存为 PDF 后重新放入。",
        f"Unpacked, the file has more than the {limit:,} bytes allowed; divide it, or save it as PDF.",
    )
