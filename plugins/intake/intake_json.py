"""What happened to a file, as an object for programs; and where it lies now."""

from __future__ import annotations

from typing import Any

from consumers import intake
from plugins.intake import aside, travelling
from plugins.wiring import Archive

STATE_NAMES: dict[str, str] = {
    "claimed": "已取件",
    "read": "已识别",
    "labelled": "已分类",
    "sent": "正在归档",
    "confirmed": "已归档",
    "review": "已归档待核",
    "quarantined": "已搁置",
    "retry": "待重试",
    "discarded": "已废弃",
}
PLACE_NAMES = {
    "spool": "暂存区",
    "store": "文件存储",
    "set-aside": "搁置文件夹",
    "dms": "文档系统",
    "discarded": "已废弃，只留登记",
    "elsewhere": "不在本机",
}
"""How people call them."""


def row_json(row: intake.Intake) -> dict[str, Any]:
    """One file, as `intake list` tells it."""
    told: dict[str, Any] = {
        "id": row.id,
        "name": row.name,
        "sha256": row.sha256,
        "state": row.state,
        "attempts": row.attempts,
        "reason": row.reason,
        "dms_id": row.dms_id or None,
        "since": row.since,
    }
    if row.part_of:
        # What it was cut out of; nothing for a file that came in by itself.
        told |= {"part_of": row.part_of, "first_page": row.first_page, "last_page": row.last_page}
    return told


def story_json(archive: Archive, row: intake.Intake) -> dict[str, Any]:
    """One file with all that happened to it, as `intake show` tells it."""
    with archive.engine.begin() as connection:
        events = intake.events_of(connection, row.id)
        parts = [one.id for one in intake.parts_of(connection, row.id)]
    where, place = where_now(archive, row)
    return row_json(row) | {
        "source": row.source,
        "where": where,
        "place": place,
        "deaths": row.deaths,
        "parts": parts,
        "events": [
            {"at": one.at, "actor": one.actor, "was": one.before, "state": one.state, "reason": one.detail}
            for one in events
        ],
    }


def where_now(archive: Archive, row: intake.Intake) -> tuple[str, str]:
    """Where the file lies now, and its place there: `spool`, `set-aside`, `dms`, `store`, `discarded`, or `elsewhere`."""
    spooled = archive.settings.home / "spool" / row.id / "content"
    if row.state == "discarded":
        return "discarded", str(archive.settings.set_aside_folder / aside.DISCARDED)
    if row.dms_id and row.state in intake.FINAL:
        return "dms", row.dms_id
    if row.state == "quarantined":
        found = aside.lying(archive, row.id)
        if found is not None and found.place.exists():
            return "set-aside", str(found.place)
    elif spooled.exists():
        return "spool", str(spooled)
    if travelling.is_there(archive, row):
        return "store", archive.settings.store
    return "elsewhere", ""
