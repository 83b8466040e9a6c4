"""Files that people drop in and that can not be read here: what each is, and what to do about it."""

from __future__ import annotations

from consumers.errors import Refused
from consumers.office_types import COMPOUND, CUT_OFF, ENCRYPTED, ZIP

NAMES_ZH = "PDF、PNG、JPEG、TIFF、WebP、BMP、docx、xlsx、OFD、eml、msg"
NAMES_EN = "PDF, PNG, JPEG, TIFF, WebP, BMP, docx, xlsx, OFD, eml or msg"

_OLD = {
    "application/msword": ("旧版 Word 文件（doc、wps）", "an old Word file (doc, wps)", "docx"),
    "application/vnd.ms-excel": ("旧版 Excel 文件（xls、et）", "an old Excel file (xls, et)", "xlsx"),
    "application/vnd.ms-powerpoint": (
        "旧版 PowerPoint 文件（ppt、dps）",
        "an old PowerPoint file (ppt, dps)",
        "PDF",
    ),
    "application/rtf": (" RTF 文件", "an RTF file", "docx"),
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": (
        "二进制 Excel 文件（xlsb）",
        "an xlsb file",
        "xlsx",
    ),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
        " PowerPoint 演示文稿（pptx）",
        "a PowerPoint presentation (pptx)",
        "PDF",
    ),
    "application/vnd.oasis.opendocument": (
        " OpenDocument 文件（odt、ods）",
        "an OpenDocument file (odt, ods)",
        "docx、xlsx",
    ),
    "text/html": (
        "网页文件（html，有的系统导出时扩展名写成 doc 或 xls）",
        "a web page, whatever its ending",
        "PDF",
    ),
    COMPOUND: ("旧版 Office 或其他软件的文件", "a file of an old Office or another program", "PDF"),
}
"""What another program has to save anew: its name in Chinese and English, and in which format."""
_ARCHIVES = {ZIP: "zip", "application/vnd.rar": "rar", "application/x-7z-compressed": "7z"}
_PICTURES = {"image/gif": "GIF", "image/heic": "HEIC", "image/x-emf": "EMF", "image/x-wmf": "WMF"}

_HEADS = (
    (0, b"{\\rtf", "application/rtf"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"GIF8", "image/gif"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (40, b" EMF", "image/x-emf"),
    (0, b"\xd7\xcd\xc6\x9a", "image/x-wmf"),
)
"""Where in the file these bytes stand, and what it is then."""


def recognised(head: bytes) -> str:
    """The media type of a file that can not be read, by its first bytes; empty where it is unknown too."""
    for place, mark, found in _HEADS:
        if head[place : place + len(mark)] == mark:
            return found
    start = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "text/html" if start.startswith((b"<html", b"<!doctype html", b"<meta", b"<table")) else ""


def refusal_of(media_type: str, ending: str) -> Refused:
    """The refusal of a file of that media type; `ending` is that of its name, for where nothing is known."""
    if media_type == ENCRYPTED:
        return Refused(
            "encrypted",
            "Office 文件设有打开密码（或受权限保护），无法读取。请去掉密码后重新放入。",
            "The Office file is protected by a password or by rights management; remove that and drop it in again.",
        )
    if media_type == CUT_OFF:
        return Refused(
            "damaged",
            "文件不完整或已损坏，无法打开，请重新复制或下载一份再放入。",
            "The file is cut off or damaged and can not be opened; copy or download it anew and drop it in again.",
        )
    if media_type in _OLD:
        zh, en, new = _OLD[media_type]
        other = new if new == "PDF" else f"{new} 或 PDF"
        other_en = new if new == "PDF" else f"{new.replace('、', ', ')} or PDF"
        return Refused(
            "old-format",
            f"这是{zh}，无法直接读取，请用 Office 或 WPS 打开，另存为 {other} 后重新放入。",
            f"It is {en}; open it in Office or WPS, save it as {other_en} and drop that in.",
        )
    if media_type in _ARCHIVES:
        return Refused(
            "wrong-type",
            f"这是压缩包（{_ARCHIVES[media_type]}），请解压后把里面的文件逐个放入。",
            f"It is an archive ({_ARCHIVES[media_type]}); unpack it and drop in the files that are in it.",
        )
    if media_type in _PICTURES:
        return Refused(
            "wrong-type",
            f"这是 {_PICTURES[media_type]} 图片，无法读取，请另存为 PNG、JPEG 或 PDF 后重新放入。",
            f"It is a {_PICTURES[media_type]} picture; save it as PNG, JPEG or PDF and drop that in.",
        )
    return Refused(
        "wrong-type",
        f"文件内容不是可以识别的类型（扩展名 {ending}），请另存为 {NAMES_ZH} 后重新放入。",
        f"The content is of no type that can be read (its ending is {ending}); "
        f"save it as {NAMES_EN} and drop it in again.",
    )
