"""Mails as files (eml): head and body are one page, attachments follow in their order (RFC 5322, MIME)."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from functools import partial
from typing import TypeAlias

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.office.charset import decoded, mended
from consumers.office.hypertext import lines_of_html
from consumers.office.letter import HEADS, attachments_of, body_of, head_of, moment_of
from consumers.office.markup import broken
from consumers.office.part import Enclosed, Lost, Part, Sheet, Written, written

_MOST_PARTS = 1_000
_SIGNATURES = ("pkcs7-signature", "x-pkcs7-signature", "pgp-signature")
_SEALED = ("pkcs7-mime", "x-pkcs7-mime", "pgp-encrypted")
_TEXTS = ("plain", "html", "csv", "calendar", "markdown")

Mail: TypeAlias = "Message[str, str]"  # subscripted by type checkers only


def open_mail(content: bytes, bounds: Bounds) -> tuple[Part, ...]:
    """One Sheet for the mail, then its attachments; a mail in it is an attachment. Raises Refused (`damaged`)."""
    del bounds  # nothing in it is larger than the file
    # The old policy: the newer one parses headers by a grammar, which long ones make slow.
    message: Mail = message_from_bytes(content, policy=policy.compat32)
    parts: list[Part] = []
    texts = _body(message, parts, [0])
    head = head_of([*((zh, _head(message, name)) for zh, name in HEADS), attachments_of(parts)])
    return (Sheet(partial(written, [*head, *texts])), *parts)


def _body(part: Mail, parts: list[Part], seen: list[int]) -> list[str]:
    """The lines of what is shown as the mail; everything else is put into `parts`."""
    seen[0] += 1
    if seen[0] > _MOST_PARTS:
        raise _too_many()
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        if part.get_content_subtype() == "alternative":
            return _alternative(_inner(part), parts, seen)
        return [line for one in _inner(part) for line in _body(one, parts, seen)]
    name = _name(part)
    sort, _, subtype = part.get_content_type().partition("/")
    if part.get_content_disposition() != "attachment" and not name and sort == "text" and subtype in _TEXTS:
        return _lines(part)
    _put_aside(part, name, parts)
    return []


def _alternative(versions: list[Mail], parts: list[Part], seen: list[int]) -> list[str]:
    """One of the versions; the pictures of the one in HTML, and what is neither, are put aside."""
    plain, html = "", ""
    others: list[Mail] = []
    for version in versions:
        if version.get_content_type() == "text/plain" and not plain:
            plain = _text(version)
            continue
        related = version.get_content_type() == "multipart/related"
        root, *rest = (_inner(version) if related else []) or [version]
        if root.get_content_type() == "text/html" and not html:
            html = _text(root)
            others.extend(rest)
        else:
            others.append(version)
    lines = body_of(plain, html)
    return [*lines, *(line for other in others for line in _body(other, parts, seen))]


def _inner(part: Mail) -> list[Mail]:
    """What a part of several parts, or one that holds a mail, is made of; the part itself where nothing is in it."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else [part]


def _put_aside(part: Mail, name: str, parts: list[Part]) -> None:
    sort, _, subtype = part.get_content_type().partition("/")
    if subtype in _SIGNATURES:
        return
    if subtype in _SEALED:
        parts.append(Lost(name or subtype, _sealed()))
    elif sort == "message" and part.is_multipart():
        (inner, *_) = _inner(part)
        title = _head(inner, "subject") or name or "mail"
        parts.append(Enclosed(f"{title}.eml", partial(_bytes_of, inner)))
    elif sort == "text" and subtype in _TEXTS:
        parts.append(Sheet(partial(_text_sheet, part, name)))
    else:
        parts.append(Enclosed(name or subtype, partial(_content, part)))


def _text_sheet(part: Mail, name: str) -> Written:
    return written([*([f"附件：{name}"] if name else []), *_lines(part)])


def _lines(part: Mail) -> list[str]:
    text = _text(part)
    return lines_of_html(text) if part.get_content_subtype() == "html" else text.splitlines()


def _text(part: Mail) -> str:
    charset = part.get_param("charset", "")
    return decoded(_content(part), charset if isinstance(charset, str) else "")


def _content(part: Mail) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _bytes_of(message: Mail) -> bytes:
    try:
        return message.as_bytes(policy=policy.compat32)
    except (UnicodeError, LookupError, ValueError, TypeError) as error:
        raise broken("mail") from error


def _name(part: Mail) -> str:
    """The file name, in whichever of the ways of telling it; empty where there is none."""
    for field in ("content-disposition", "content-type"):
        raw = _raw(part, field)
        if raw and mended(raw) != raw:
            part.replace_header(field, mended(raw))
    try:
        return _words(part.get_filename("") or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _head(message: Mail, name: str) -> str:
    raw = " ".join(_raw(message, name).split())
    said = _words(mended(raw))
    return moment_of(said) if name == "date" else said


def _raw(message: Mail, name: str) -> str:
    return next((str(value) for key, value in message.raw_items() if key.lower() == name), "")


def _words(text: str) -> str:
    """Encoded words decoded (RFC 2047), those that mail programs put between quotes too."""
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text.replace('"', ""))
    except (ValueError, HeaderParseError):
        return text
    return "".join(_piece(piece, charset) for piece, charset in pieces)


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    # What stood between encoded words comes back escaped.
    return decoded(piece, charset) if charset else piece.decode("raw-unicode-escape", "replace")


def _too_many() -> Refused:
    return Refused(
        "too-many-pages",
        f"邮件有 {_MOST_PARTS:,} 个以上的部分，请在邮件软件中打开，把需要的附件另存后放入。",
        f"The mail has more than {_MOST_PARTS:,} parts; open it in a mail program and save what is wanted of it.",
    )


def _sealed() -> Refused:
    return Refused(
        "encrypted",
        "邮件经过加密或整封签名，无法读取。请在邮件软件中打开，另存正文和附件后放入。",
        "The mail is encrypted or signed as a whole; open it in a mail program and save its text and attachments.",
    )
