"""Sheets that are no document but part others: separator sheets, contents of a volume, its cover, patch codes."""

from __future__ import annotations

import re

_SHEET = re.compile(
    r"^[-—=*·.]*(?:扫描|批次|文件|档案|资料|件与件)?(?:分隔|间隔|分件|隔离|分割)(?:页|纸|符|标识页|条码页)|^[-—=*·.]*隔页纸?[-—=*·.]*$|"
    r"^(?:patch|separator|batch)(?:code|sheet|page|separator)?[-:]?[0-9ivt]{0,4}$|(?:document|batch)separator|patchcode",
    re.IGNORECASE,
)
_ITEM_NO = re.compile(r"^(?:件号|分件号|批次号?|条码号?|文件序号)[:：]?[0-9a-z\-]{0,20}$", re.IGNORECASE)
_CODE = re.compile(r"^[*|]?[0-9a-z\-]{6,40}[*|]?$", re.IGNORECASE)
_VOLUME = re.compile(
    r"^(?:案卷|卷内|档案|资料|业主档案|客户档案)?(?:文件|资料|材料)?(?:卷内目录|卷内文件目录|备考表|案卷封面|档案封面|卷宗封面|归档文件目录)$"
)
_SHEET_LINES, _ITEM_LINES = 12, 5


def separator(lines: tuple[str, ...]) -> str:
    """The line that makes a page of squeezed lines such a sheet; empty where it is none."""
    if len(lines) <= _SHEET_LINES:
        for line in lines:
            if _SHEET.search(line):
                return line
    if 0 < len(lines) <= _ITEM_LINES and all(_ITEM_NO.match(line) or _CODE.match(line) for line in lines):
        return lines[0]
    return ""


def volume_list(lines: tuple[str, ...]) -> str:
    """The line at the head of a list of what a volume holds, or of its cover; empty where it is neither."""
    return next((line for line in lines[:4] if _VOLUME.match(line)), "")
