"""How a mail stands on a page, whichever program kept it: its head, and the text of its body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from email.utils import parsedate_to_datetime

from consumers.office.hypertext import lines_of_html
from consumers.office.part import Part, Sheet

HEADS = (("主题", "subject"), ("发件人", "from"), ("收件人", "to"), ("抄送", "cc"), ("日期", "date"))
"""What the head of the page says, and under which name a mail keeps it."""


def head_of(fields: Iterable[tuple[str, str]]) -> list[str]:
    """The lines of the head; `fields` are Chinese name and value, those without a value are left out."""
    return [f"{name}：{' '.join(value.split())}" for name, value in fields if value.strip()]


def attachments_of(parts: Iterable[Part]) -> tuple[str, str]:
    """The line of the head that names what is attached."""
    return ("附件", "；".join(part.name for part in parts if not isinstance(part, Sheet)))


def moment_of(told: str) -> str:
    """The date of a mail (RFC 5322) as it stands on the page; as it was told where it is no such date."""
    try:
        return written_moment(parsedate_to_datetime(told))
    except (ValueError, TypeError, IndexError, OverflowError):
        return told


def written_moment(moment: dt.datetime) -> str:
    """Date, time and zone, the way that dates are found by."""
    return f"{moment:%Y-%m-%d %H:%M %z}".strip()


def body_of(plain: str, html: str | bytes) -> list[str]:
    """The lines of the body, of which a mail may bring two versions.

    The plain one has lost its tables; it is taken where the other one is missing or says much less.
    """
    written = plain.splitlines()
    if not html.strip():
        return written
    seen = lines_of_html(html)
    return seen if 2 * _length(seen) >= _length(written) else written


def _length(lines: list[str]) -> int:
    return sum(len("".join(line.split())) for line in lines)
