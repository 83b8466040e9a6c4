"""Mails as Outlook keeps them (msg): head and body are one page, attachments follow (MS-OXMSG, MS-OXPROPS).

Read with olefile, which opens the compound file; what is in it are streams named by the number of a property. extract-msg
was looked at and left: it brings sixteen packages, macro tools and a windowing kit among them.
"""

from __future__ import annotations

import datetime as dt
import re
import struct
from functools import partial
from io import BytesIO
from typing import Any

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.office.charset import decoded
from consumers.office.letter import attachments_of, body_of, head_of, moment_of, written_moment
from consumers.office.markup import broken
from consumers.office.part import Enclosed, Lost, Part, Sheet, too_deep, written

_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_SENDER, _SENDER_ADDRESS, _TO, _CC = "0C1A", ("5D01", "0C1F"), "0E04", "0E03"
_HEADERS = "007D"
_SENT, _RECEIVED, _CODEPAGE = 0x0039, 0x0E06, 0x3FFD
_NAMES = ("3707", "3704", "3001")
_DATA = "3701"
_HIDDEN = 0x7FFE
_MOST_DEEP = 3
_MOST_ATTACHMENTS = 1_000
_FAULTS = (
    OSError,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    EOFError,
)
"""What olefile was seen to raise on mangled files."""
_DATE = re.compile(r"^Date:(.*)$", re.IGNORECASE | re.MULTILINE)
_CHINA = dt.timezone(dt.timedelta(hours=8))
_WINDOWS_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)


def open_outlook(content: bytes, bounds: Bounds) -> tuple[Part, ...]:
    """One Sheet for the mail, then its attachments. Raises Refused (`damaged`)."""
    del bounds  # nothing in it is larger than the file
    import olefile

    try:
        file = olefile.OleFileIO(BytesIO(content))
        return tuple(_Message(file, ()).parts(0))
    except _FAULTS as error:
        raise broken("Outlook mail") from error


class _Message:
    """A mail in a storage of the file: the root, or one that is enclosed."""

    def __init__(self, file: Any, place: tuple[str, ...]) -> None:
        self._file = file
        self._place = place
        # Eight reserved bytes, and the counts of recipients and attachments, stand before the fixed values.
        self._fixed = _fixed(self._bytes("__properties_version1.0"), 24 if place else 32)
        self._codepage = f"cp{_number(self._fixed.get(_CODEPAGE, b''))}"

    def parts(self, deep: int) -> list[Part]:
        """The mail's own page, then what is attached, enclosed mails with theirs."""
        address = next((said for number in _SENDER_ADDRESS if (said := self._text(number))), "")
        sender = self._text(_SENDER)
        if address and address not in sender and "@" in address:
            sender = f"{sender} <{address}>" if sender else address
        attached = [
            one
            for storage in self._storages("__attach_version1.0_")
            for one in self._attachment(storage, deep)
        ]
        head = head_of(
            (
                ("主题", self._text(_SUBJECT)),
                ("发件人", sender),
                ("收件人", self._text(_TO)),
                ("抄送", self._text(_CC)),
                ("日期", self._sent()),
                attachments_of(attached),
            )
        )
        html = self._bytes(f"__substg1.0_{_HTML}0102") or self._text(_HTML)
        body = body_of(self._text(_BODY), html)
        found: list[Part] = [Sheet(partial(written, [*head, *body]))]
        if not body and self._bytes(f"__substg1.0_{_RTF}0102"):
            found.append(Lost("RTF", _only_rtf()))
        return [*found, *attached]

    def _attachment(self, storage: str, deep: int) -> list[Part]:
        attachment = _Message(self._file, (*self._place, storage))
        attachment._fixed = _fixed(attachment._bytes("__properties_version1.0"), 8)
        attachment._codepage = self._codepage
        name = next((said for number in _NAMES if (said := attachment._text(number))), storage)
        inner = (*attachment._place, f"__substg1.0_{_DATA}000D")
        if self._file.exists([*inner, "__properties_version1.0"]):
            if deep >= _MOST_DEEP:
                return [Lost(name, too_deep())]
            return _Message(self._file, inner).parts(deep + 1)
        if self._file.exists(list(inner)):
            return [Lost(name, _embedded())]
        return [Enclosed(name, partial(attachment._bytes, f"__substg1.0_{_DATA}0102"))]

    def _storages(self, start: str) -> list[str]:
        here = len(self._place)
        found = {
            path[here]
            for path in self._file.listdir(streams=True, storages=True)
            if tuple(path[:here]) == self._place and len(path) > here and path[here].startswith(start)
        }
        if len(found) > _MOST_ATTACHMENTS:
            raise broken("Outlook mail")
        return sorted(found)

    def _text(self, number: str) -> str:
        wide = self._bytes(f"__substg1.0_{number}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return decoded(self._bytes(f"__substg1.0_{number}001E"), self._codepage).rstrip("\0")

    def _bytes(self, stream: str) -> bytes:
        path = [*self._place, stream]
        if self._file.get_type(path) != 2:
            return b""
        try:
            content: bytes = self._file.openstream(path).read()
        except _FAULTS as error:
            raise broken("Outlook mail") from error
        return content

    def _sent(self) -> str:
        """When it was sent, by the clock of whoever sent it where the head that came with it is kept, else by China's."""
        told = _DATE.search(self._text(_HEADERS))
        if told is not None:
            return moment_of(told[1])
        value = self._fixed.get(_SENT) or self._fixed.get(_RECEIVED)
        if value is None:
            return ""
        try:
            moment = _WINDOWS_EPOCH + dt.timedelta(microseconds=int.from_bytes(value, "little") // 10)
            return written_moment(moment.astimezone(_CHINA))
        except OverflowError:
            return ""


def _fixed(content: bytes, header: int) -> dict[int, bytes]:
    """The properties of fixed length: number -> eight bytes."""
    rows = content[header : header + (len(content) - header) // 16 * 16] if len(content) > header else b""
    return {tag >> 16: value for tag, _, value in struct.iter_unpack("<II8s", rows)}


def _number(value: bytes) -> int:
    return int.from_bytes(value[:4], "little")


def _embedded() -> Refused:
    return Refused(
        "wrong-type",
        "这是嵌入的对象，无法读取，请在 Outlook 中打开，另存为 PDF 后单独放入。",
        "It is an embedded object; open it in Outlook, save it as PDF and drop that in too.",
    )


def _only_rtf() -> Refused:
    return Refused(
        "wrong-type",
        "邮件正文只有 RTF 格式，未读出，请在 Outlook 中另存为 PDF 后单独放入。",
        "The body of the mail is RTF only; save the mail as PDF in Outlook and drop that in too.",
    )
