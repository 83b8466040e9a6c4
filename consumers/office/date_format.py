"""A date or a time as a spreadsheet shows it, by its number format (ECMA-376 part 1, 18.8.31), Chinese parts included."""

from __future__ import annotations

import datetime as dt
import re

CHINESE_DATES = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that Chinese Excel knows by number alone (18.8.30, zh-cn); openpyxl takes their dates for numbers."""

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[(h+|m+|s+)\]|\[[^\]]*\]|_.|\*.|(AM/PM|A/P|上午/下午)'
    r"|(y+|m+|d+|h+|s+|a{3,4}|e+)|(.)",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAYS = "一二三四五六日"
_AMERICAN = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}
"""The two formats that every Excel shows in the manner of its country, and a Chinese one so."""


def shown_date(value: dt.datetime | dt.date | dt.time, code: str) -> str:
    """What stands in the cell for that moment; in the manner of ISO 8601 where the format has no dates."""
    if code in ("General", "@", ""):
        return _iso(value)
    tokens = list(_TOKEN.finditer(_AMERICAN.get(code, code)))
    named = [(found[6] or found[4] or "").lower() for found in tokens]
    if not any(named):
        return _iso(value)
    half = any(found[5] for found in tokens)
    parts = []
    for at, found in enumerate(tokens):
        name = named[at]
        if found[5]:
            parts.append(_half_of(value, found[5]))
        elif name.startswith("m") and _is_minutes(named, at):
            parts.append(f"{getattr(value, 'minute', 0):0{min(len(name), 2)}}")
        elif name:
            parts.append(_part(value, name, half))
        else:
            parts.append(found[1] or found[2] or found[3] or found[7] or "")
    return "".join(parts).strip()


def _is_minutes(named: list[str], at: int) -> bool:
    """An `m` that follows hours or goes before seconds stands for minutes."""
    before = next((name for name in reversed(named[:at]) if name), "")
    behind = next((name for name in named[at + 1 :] if name), "")
    return before.startswith("h") or behind.startswith("s")


def _part(value: dt.datetime | dt.date | dt.time, name: str, half: bool) -> str:
    year, month, day = (getattr(value, part, 0) for part in ("year", "month", "day"))
    width = 2 if len(name) == 2 else 1
    if name[0] in "ye":
        return f"{year % 100:02}" if name == "yy" else str(year)
    if name[0] == "m":
        return f"{month:0{width}}"
    if name[0] == "a" or (name[0] == "d" and len(name) > 2):
        if not isinstance(value, dt.date):
            return ""
        weekday = _WEEKDAYS[value.weekday()]
        return weekday if name == "aaa" else f"星期{weekday}"
    if name[0] == "d":
        return f"{day:0{width}}"
    if name[0] == "h":
        hour = getattr(value, "hour", 0)
        return f"{(hour - 1) % 12 + 1 if half else hour:0{width}}"
    return f"{getattr(value, 'second', 0):0{width}}"


def _half_of(value: dt.datetime | dt.date | dt.time, marks: str) -> str:
    morning, afternoon = marks.split("/")
    return afternoon if getattr(value, "hour", 0) >= 12 else morning


def _iso(value: dt.datetime | dt.date | dt.time) -> str:
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(" ", "seconds") if isinstance(value, dt.datetime) else value.isoformat()
