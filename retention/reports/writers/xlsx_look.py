"""How a workbook looks: fonts, borders, widths; and the mark that keeps a text a text."""

from __future__ import annotations

from typing import Any

from retention.reports.report import Column

BODY, HEADING = "宋体", "黑体"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MILLIMETRES_A_SIGN = 1.9
_WIDTH_OF_SORT = {"text": 34.0, "code": 20.0, "day": 12.5, "whole": 10.0}


class Look:
    """The styles of one workbook."""

    def __init__(self, book: Any) -> None:
        lined = {"border": 1, "valign": "top", "font_name": BODY, "font_size": 10}
        self._book = book
        self._quoted: dict[int, Any] = {}
        self._made: dict[int, dict[str, Any]] = {}
        self.title = self._add({"font_name": HEADING, "font_size": 14, "bold": True})
        self.caution = self._add({"font_name": HEADING, "font_size": 11, "font_color": "#b3261e"})
        self.text = self._add({"font_name": BODY, "font_size": 10})
        self.name = self._add({"font_name": HEADING, "font_size": 10, "valign": "top"})
        self.plain = self._add(lined)
        self.wrapped = self._add({**lined, "text_wrap": True})
        self.strong = self._add({**lined, "bold": True, "bg_color": "#f0f1f3"})
        self.number = self._add({**lined, "num_format": "0"})
        self.day = self._add({**lined, "num_format": "yyyy-mm-dd", "align": "center"})
        centred = {"text_wrap": True, "align": "center", "valign": "vcenter"}
        self.head = self._add({**lined, **centred, "font_name": HEADING, "bg_color": "#e2e5ea"})

    def safe(self, text: str, style: Any) -> Any:
        """The style for this text: one that looks like a formula is marked as text for whoever edits it."""
        if not text.startswith(_STARTS_A_FORMULA):
            return style
        if id(style) not in self._quoted:
            self._quoted[id(style)] = self._book.add_format({**self._made[id(style)], "quote_prefix": True})
        return self._quoted[id(style)]

    def _add(self, row: dict[str, Any]) -> Any:
        style = self._book.add_format(row)
        self._made[id(style)] = row
        return style


def width_of(column: Column) -> float:
    """A column's width in signs, from its width on paper or else by what stands in it."""
    return max(column.width / _MILLIMETRES_A_SIGN, 8.0) if column.width else _WIDTH_OF_SORT[column.sort]
