"""Bytes of a mail or web page into text, by the charset that they name and by what Chinese programs mean by it."""

from __future__ import annotations

_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
}
"""Programs write gb2312 and mean GB 18030, of which it is the oldest part."""


def decoded(content: bytes, charset: str = "") -> str:
    """The text: in the charset that is told, else in UTF-8, else in GB 18030; � stands for what none of them knows."""
    told = charset.strip().strip("\"'").lower()
    wanted = _WIDER.get(told, told)
    for name in (wanted, "utf-8-sig", "gb18030"):
        try:
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    try:
        return content.decode(wanted or "gb18030", "replace")
    except (LookupError, ValueError):
        return content.decode("gb18030", "replace")


def mended(text: str) -> str:
    """A header that was written in raw bytes, which the mail's parser keeps as half surrogates."""
    try:
        return decoded(text.encode("ascii", "surrogateescape"))
    except UnicodeEncodeError:
        return text
