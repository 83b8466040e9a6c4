"""Reading a list of events (CSV): all rows make sense, or none is taken."""

from __future__ import annotations

import csv
import io
from datetime import date

from retention.errors import BadEvent
from retention.periods.event import EVENT_NAMES, HAPPENINGS, Event, HappeningKind, Scope

COLUMNS = ("kind", "on", "dossier", "record", "evidence")
"""The columns; of `dossier` and `record` exactly one is filled in. The kind may be written in Chinese."""

_BY_NAME: dict[str, HappeningKind] = {EVENT_NAMES[kind][0]: kind for kind in HAPPENINGS} | {
    kind: kind for kind in HAPPENINGS
}


def read_events(content: bytes) -> tuple[Event, ...]:
    """The events in the rows of a CSV file, in UTF-8 (with or without a mark) or GB 18030, as spreadsheets write it.

    Raises BadEvent with one line for every row that is wrong.
    """
    rows = csv.DictReader(io.StringIO(_text(content)), strict=True)
    try:
        columns = [name.strip() for name in rows.fieldnames or ()]
        if set(columns) != set(COLUMNS):
            raise BadEvent(
                f"第1行应为 {','.join(COLUMNS)}。The first line must name the columns {', '.join(COLUMNS)}; "
                f"it names {', '.join(columns) or 'none'}"
            )
        rows.fieldnames = columns
        events, wrong = [], []
        for row in rows:
            try:
                events.append(_event(row))
            except BadEvent as error:
                wrong.append(f"第{rows.line_num}行 line {rows.line_num}: {error}")
    except csv.Error as error:
        raise BadEvent(f"line {rows.line_num}: this is no CSV: {error}") from error
    if wrong:
        raise BadEvent("\n".join(wrong))
    if not events:
        raise BadEvent("没有任何事件。The list is empty: there is no row below the columns' names")
    return tuple(events)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadEvent("文件编码不明：请存为 UTF-8。The file is neither UTF-8 nor GB 18030: save it as UTF-8")


def _event(row: dict[str, str | None]) -> Event:
    if None in row or None in row.values():
        raise BadEvent("列数不符。It has not as many columns as the first line")
    told = {name: (value or "").strip() for name, value in row.items()}
    kind = _BY_NAME.get(told["kind"])
    if kind is None:
        raise BadEvent(f"没有事件“{told['kind']}”。No such event; choose from {', '.join(HAPPENINGS)}")
    try:
        on = date.fromisoformat(told["on"].replace("/", "-"))
    except ValueError as error:
        raise BadEvent(f"日期“{told['on']}”应写作 2026-03-01。Write the day as YYYY-MM-DD") from error
    if bool(told["dossier"]) == bool(told["record"]):
        raise BadEvent("dossier 与 record 两列须恰填一列。Fill in exactly one of dossier and record")
    if not told["evidence"]:
        raise BadEvent("未写明依据。Say in the column evidence how one knows")
    scope = Scope("dossier", told["dossier"]) if told["dossier"] else Scope("record", told["record"])
    return Event(kind, on, scope, told["evidence"])
