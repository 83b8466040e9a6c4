"""What an office file is, told from its inside: the list of a zip, the directory of a compound file, a mail's headers.

Runs in the process that watches the inbox, so it reads a bounded part of the file and unpacks nothing.
"""

from __future__ import annotations

import re
import struct
from typing import BinaryIO

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"
EML = "message/rfc822"
MSG = "application/vnd.ms-outlook"

ZIP = "application/zip"
COMPOUND = "application/x-ole-storage"
ENCRYPTED = "application/x-encrypted-office"
CUT_OFF = "application/x-cut-off"
"""Not types of files that exist: what is locked, and what does not hold together."""

_PARTS = (
    (b"OFD.xml", OFD),
    (b"word/document", DOCX),
    (b"xl/workbook.xml", XLSX),
    (b"xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    (b"ppt/presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"META-INF/manifest.xml", "application/vnd.oasis.opendocument"),
)
"""A name that the list of the zip has, and what the zip is then."""

_STREAMS = (
    ("EncryptedPackage", ENCRYPTED),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", MSG),
)
"""A name that the directory of the compound file has, and what the file is then (MS-CFB, MS-OXMSG)."""

_MSG_CLASS = bytes.fromhex("0b0d020000000000c000000000000046")
_MOST_LIST = 4_000_000
"""Bytes of a zip's list: some 40,000 names. Larger ones are made to hurt."""
_MOST_SECTORS = 256
_TAIL = 65_557
"""The end record of a zip and the longest comment behind it."""

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_KNOWN = frozenset(
    b"apparently-to arc-authentication-results arc-message-signature arc-seal authentication-results bcc cc "
    b"content-transfer-encoding content-type date delivered-to dkim-signature domainkey-signature envelope-to "
    b"errors-to from importance in-reply-to list-id list-unsubscribe message-id mime-version organization precedence "
    b"priority received received-spf references reply-to return-path sender subject thread-index thread-topic to "
    b"user-agent".split()
)
_LONG = frozenset((b"dkim-signature", b"arc-seal", b"authentication-results", b"received"))
_SENT = frozenset((b"from", b"return-path", b"sender")) | _LONG
"""One of these tells that somebody sent it."""


def zip_type(file: BinaryIO) -> str:
    """The media type of a zip by the names in its list; `application/zip` where they say nothing, CUT_OFF where the
    file does not hold the list."""
    names = central_directory(file)
    if names is None:
        return CUT_OFF
    return next((found for name, found in _PARTS if name in names), ZIP)


def central_directory(file: BinaryIO) -> bytes | None:
    """The list of a zip's members as it stands in the file; None where the file does not hold it whole.

    None too for a list of more than 4 MB and for zip64, which no office program writes.
    """
    size = file.seek(0, 2)
    begins = max(0, size - _TAIL)
    file.seek(begins)
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22 or tail[max(0, place - 20) : place].startswith(b"PK\x06\x07"):
        return None
    length, start = struct.unpack_from("<II", tail, place + 12)
    if length > _MOST_LIST or start + length > begins + place:
        return None
    # Bytes put before the zip (a gateway's) move everything behind them: the list ends where the end record begins.
    file.seek(begins + place - length)
    return file.read(length)


def compound_type(file: BinaryIO) -> str:
    """The media type of a compound file (D0CF11E0) by the names in its directory; CUT_OFF where that is not there."""
    directory = _directory(file)
    if len(directory) < 128:
        return CUT_OFF
    if directory[80:96] == _MSG_CLASS:
        return MSG
    entries = (directory[at : at + 66] for at in range(0, len(directory), 128))
    names = {_entry_name(entry) for entry in entries}
    return next((found for name, found in _STREAMS if name in names), COMPOUND)


def _directory(file: BinaryIO) -> bytes:
    """The first sectors of the directory, followed through the allocation table."""
    try:
        file.seek(0)
        header = file.read(512)
        shift = struct.unpack_from("<H", header, 30)[0]
        if shift not in (9, 12):
            return b""
        tables = struct.unpack_from("<109I", header, 76)
        sector = struct.unpack_from("<I", header, 48)[0]
        found = b""
        for _ in range(_MOST_SECTORS):
            file.seek((sector + 1) << shift)
            part = file.read(1 << shift)
            if not found and part[:20] != "Root Entry".encode("utf-16-le"):
                return b""
            found += part
            table, entry = divmod(sector, 1 << (shift - 2))
            file.seek(((tables[table] + 1) << shift) + 4 * entry)
            sector = struct.unpack("<I", file.read(4))[0]
            if sector >= 0xFFFFFFFA:
                break
    except (struct.error, IndexError, OSError, ValueError):
        return b""
    return found


def _entry_name(entry: bytes) -> str:
    length = int.from_bytes(entry[64:66], "little")
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace") if length <= 64 else ""


def is_mail(head: bytes) -> bool:
    """Whether a file whose beginning this is (1024 bytes are enough) is a mail as programs write it.

    Every line up to the first empty one has to be a header or go on with one, the first has to be one of
    mails, at least two such have to be there, and one has to tell that it was sent. A list of `name: value` lines
    is no mail.
    """
    lines = head.removeprefix(b"\xef\xbb\xbf").splitlines()
    if lines and lines[0].startswith(b"From "):
        lines = lines[1:]
    named: list[bytes] = []
    for number, line in enumerate(lines):
        if not line.strip():
            break
        if line[:1] in b" \t" and number:
            continue
        field = _FIELD.match(line)
        if field is None:
            if len(head) >= 1024 and number == len(lines) - 1:
                # Cut in two.
                continue
            return False
        named.append(field[1].lower())
    else:
        # One long signature may fill the beginning.
        if len(head) >= 1024 and named and named[0] in _LONG and _KNOWN.issuperset(named):
            return True
    known = [name for name in named if name in _KNOWN or name.startswith(b"x-")]
    return bool(known) and named[0] == known[0] and len(known) >= 2 and bool(_SENT & set(named))
