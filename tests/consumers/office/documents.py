"""Office files made for the tests: by the libraries that people use where there are such, else written byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Inches
from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont

from consumers.bounds import Bounds
from consumers.media import media_type_of
from consumers.reading import read_page
from consumers.transcript import Page


def picture(width: int = 600, height: int = 300, kind: str = "PNG", said: str = "") -> bytes:
    """The bytes of a picture, white, with something written on it."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).text((20, 20), said, fill="black", font=ImageFont.load_default(48))
    held = io.BytesIO()
    image.save(held, kind)
    return held.getvalue()


def docx(paragraphs: Iterable[str] = (), pictures: Iterable[bytes] = ()) -> bytes:
    """A Word document of these paragraphs and pictures."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for content in pictures:
        document.add_picture(io.BytesIO(content), width=Inches(2))
    return saved(document)


def saved(document: Any) -> bytes:
    """What `save` of a document or a workbook writes."""
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def xlsx(rows: Iterable[Iterable[object]] = (), title: str = "Sheet1") -> bytes:
    """A workbook of one worksheet."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def mail(body: str = "正文", *attachments: tuple[str, bytes], subject: str = "主题") -> EmailMessage:
    """A mail with attachments: name and bytes."""
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "王敏 <wang@example.com>"
    message["To"] = "档案室 <archive@example.com>"
    message["Date"] = "Fri, 01 Mar 2024 10:20:00 +0800"
    message.set_content(body)
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip of these members, deflated."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def rezipped(content: bytes, changed: dict[str, bytes | str]) -> bytes:
    """The zip with these members put in or replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | changed)


def member(content: bytes, name: str) -> str:
    """The text of a member of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(pages: Iterable[str], more: dict[str, bytes | str] | None = None, resources: str = "") -> bytes:
    """An OFD whose pages hold these objects (as XML), laid out as GB/T 33190 says."""
    contents = list(pages)
    rows = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(contents)))
    members: dict[str, bytes | str] = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {_OFD} Version="1.0"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>{resources}"
        f"<ofd:Pages>{rows}</ofd:Pages></ofd:Document>",
        "Doc_0/DocumentRes.xml": f'<ofd:Res {_OFD} BaseLoc="Res"><ofd:MultiMedias>'
        '<ofd:MultiMedia ID="90" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia>'
        "</ofd:MultiMedias></ofd:Res>",
    }
    for number, objects in enumerate(contents):
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {_OFD}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zipped(members | (more or {}))


def ofd_text(said: str, x: float, y: float, width: float = 40.0, size: float = 4.0) -> str:
    """A run of text at a place in mm."""
    return (
        f'<ofd:TextObject Boundary="{x} {y} {width} {size}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}">{said}</ofd:TextCode></ofd:TextObject>'
    )


_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI, _SMALL = 512, 64, 4096

Storage = dict[str, "bytes | Storage"]


@dataclass
class _Entry:
    """A row of a compound file's directory."""

    name: str
    sort: int
    content: bytes = b""
    child: int = _FREE
    right: int = _FREE
    start: int = _END

    def packed(self, class_id: bytes) -> bytes:
        wide = self.name.encode("utf-16-le") + b"\0\0"
        row = wide.ljust(64, b"\0") + struct.pack(
            "<HBB3I", len(wide), self.sort, 1, _FREE, self.right, self.child
        )
        return row + class_id + bytes(20) + struct.pack("<IQ", self.start, len(self.content))


@dataclass
class _Area:
    """Sectors, and the table that says which one follows on which."""

    size: int
    sectors: list[bytes] = field(default_factory=list)
    table: list[int] = field(default_factory=list)

    def put(self, content: bytes) -> int:
        first = len(self.sectors)
        for start in range(0, len(content), self.size):
            self.sectors.append(content[start : start + self.size].ljust(self.size, b"\0"))
            self.table.append(len(self.sectors))
        if len(self.sectors) == first:
            return _END
        self.table[-1] = _END
        return first


def compound(root: Storage, class_id: str = "") -> bytes:
    """A compound file (MS-CFB, version 3) of these storages and streams; small streams lie in the mini stream."""
    entries = [_Entry("Root Entry", 5)]
    _add(root, entries[0], entries)
    large, small = _Area(_SECTOR), _Area(_MINI)
    for entry in entries[1:]:
        if entry.sort == 2:
            entry.start = (small if len(entry.content) < _SMALL else large).put(entry.content)
        else:
            entry.start = 0
    entries[0].content = b"".join(small.sectors)
    entries[0].start = large.put(entries[0].content)
    mini = struct.pack(f"<{len(small.table)}I", *small.table)
    mini_start = large.put(mini + b"\xff" * (-len(mini) % _SECTOR))
    classes = [bytes.fromhex(class_id) if class_id else bytes(16), *[bytes(16)] * (len(entries) - 1)]
    rows = b"".join(entry.packed(kind) for entry, kind in zip(entries, classes, strict=True))
    directory = large.put(rows + _Entry("", 0).packed(bytes(16)) * (-len(entries) % 4))
    tables = 1
    while tables * 128 < len(large.table) + tables:
        tables += 1
    places = range(len(large.table), len(large.table) + tables)
    fat = [*large.table, *[_FAT] * tables]
    fat += [_FREE] * (tables * 128 - len(fat))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    )
    minis = -(-len(mini) // _SECTOR)
    header += struct.pack("<9I", 0, tables, directory, 0, _SMALL, mini_start, minis, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    return header + b"".join(large.sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _add(storage: Storage, parent: _Entry, entries: list[_Entry]) -> None:
    """The members as a chain of right siblings, shorter names first as the format orders them."""
    last: _Entry | None = None
    for name, content in sorted(storage.items(), key=lambda row: (len(row[0]), row[0].upper())):
        entry = _Entry(
            name, 1 if isinstance(content, dict) else 2, b"" if isinstance(content, dict) else content
        )
        at = len(entries)
        entries.append(entry)
        if last is None:
            parent.child = at
        else:
            last.right = at
        last = entry
        if isinstance(content, dict):
            _add(content, entry, entries)


MSG_CLASS = "0b0d020000000000c000000000000046"


def message(
    subject: str, body: str, attachments: Iterable[Storage] = (), html: bytes = b"", *, enclosed: bool = False
) -> Storage:
    """The storages of an Outlook mail (MS-OXMSG), as `compound` takes them."""
    # 1 March 2024, 10:20 in Peking, as Windows counts: 100 ns since 1601.
    sent = struct.pack("<IIQ", 0x00390040, 6, 133537404000000000)
    storage: Storage = {
        "__properties_version1.0": bytes(24 if enclosed else 32) + sent,
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": "王敏".encode("utf-16-le"),
        "__substg1.0_5D01001F": "wang@example.com".encode("utf-16-le"),
        "__substg1.0_0E04001F": "档案室".encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    if html:
        storage["__substg1.0_10130102"] = html
    for number, attachment in enumerate(attachments):
        storage[f"__attach_version1.0_#{number:08X}"] = attachment
    return storage


def attached(name: str, content: bytes) -> Storage:
    """An attachment that is a file."""
    return {
        "__properties_version1.0": bytes(8) + struct.pack("<IIQ", 0x37050003, 6, 1),
        "__substg1.0_3707001F": name.encode("utf-16-le"),
        "__substg1.0_37010102": content,
    }


def forwarded(name: str, inner: Storage) -> Storage:
    """An attachment that is another mail."""
    return {
        "__properties_version1.0": bytes(8) + struct.pack("<IIQ", 0x37050003, 6, 5),
        "__substg1.0_3001001F": name.encode("utf-16-le"),
        "__substg1.0_3701000D": inner,
    }


def pages_of(
    path: Path, names: tuple[str, ...] = ("text-layer", "blank"), bounds: Bounds | None = None
) -> list[Page]:
    """All pages of a file, read page by page as children do."""
    media_type = media_type_of(path)
    limits = bounds or Bounds()
    count, first, _ = read_page(path, media_type, 1, names, limits)
    return [first, *(read_page(path, media_type, number, names, limits)[1] for number in range(2, count + 1))]


def read(folder: Path, content: bytes, name: str = "made", bounds: Bounds | None = None) -> list[Page]:
    """All pages of a file of these bytes."""
    path = folder / name
    path.write_bytes(content)
    return pages_of(path, bounds=bounds)
