"""A report as plain dicts, for programs: what `report holds --json` and its neighbours print."""

from __future__ import annotations

from datetime import date
from typing import Any

from retention.reports.report import Cell, Reason, Report, Table, Words


def report_json(report: Report) -> dict[str, Any]:
    """The whole report: only dicts, lists, text, numbers and None; days as YYYY-MM-DD. Rows are objects by the columns'
    names; what is told in two languages is an object with `zh` and `en`."""
    head = report.frame.register_head
    return {
        "report": report.name,
        "title": {"zh": report.title.zh, "en": report.title.en},
        "level": report.level,
        "made": {"on": report.frame.made_on.isoformat(), "by": report.frame.made_by},
        "cautions": [_words(one) for one in report.cautions],
        "figures": {one.key: one.value for one in report.figures},
        "tables": {table.key: _table(table) for _, table in report.tables()},
        "register_head": {"seq": head.seq, "at": head.at, "hash": head.hash},
    }


def _table(table: Table) -> list[dict[str, Any]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(_plain, row), strict=True)) for row in table.rows]


def _plain(cell: Cell) -> Any:
    match cell:
        case Words():
            return _words(cell)
        case Reason():
            return {"zh": cell.zh, "en": cell.en, "blocks": [_words(one) for one in cell.alarms]}
        case date():
            return cell.isoformat()
        case _:
            return cell


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
