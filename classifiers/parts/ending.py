"""How a document ends: signatures, seals and the day, in the last lines of a page."""

from __future__ import annotations

import re

_LAST_LINES, _COVER_LINES = 7, 8
_DAY = re.compile(
    r"(?:\d{4}|[二〇○零一三四五六七八九oO]{4}|\d{2}|_*)年[\d一二三四五六七八九十_]{0,3}月[\d一二三四五六七八九十_]{0,3}日?"
)
_DASHED_DAY = re.compile(r"(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}")
_SIGNED = re.compile(
    r"(?:签字|签名|签章|盖章|公章|签署|落款|法定代表人|经办人?|审批人?|领取人|签收人|收款人|开票人|具状人|起诉人|申请人|承诺人|声明人|委托人|受托人|"
    r"审判长|审判员|书记员|制表|出纳|会计|业主|甲方|乙方|客户|登记机构|发证机关|登记机关|填发|出具单位)"
)


def ending(lines: tuple[str, ...]) -> str:
    """The line in which a page of squeezed lines closes its document; empty where nothing does.

    A day in a short line of its own counts, or one beside a signature; a day in running text does not.
    """
    last = lines[-_LAST_LINES:]
    signed = any(_SIGNED.search(line) and len(line) <= 40 for line in last)
    if len(lines) <= _COVER_LINES and not signed:
        # The day on a cover closes nothing.
        return ""
    for line in reversed(last):
        day = _DAY.search(line) or _DASHED_DAY.search(line)
        if day and (len(line) <= len(day[0]) + 8 or (signed and len(line) <= 40)):
            return line
    # Two signatures without a day.
    marks = [
        line for line in last[-4:] if _SIGNED.search(line) and len(line) <= 24 and line[-1] not in "。，,；;"
    ]
    return marks[-1] if len(marks) >= 2 else ""
