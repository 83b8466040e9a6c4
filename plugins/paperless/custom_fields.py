"""Custom fields: the ones that hold what is known of a document, and their ids on this server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.paperless.client import named
from plugins.paperless.client.connection import Connection
from retention.errors import DmsRefused

SHA256, CARD, LEVEL = "原件sha256", "卷宗卡片", "密级"
"""The original's checksum; the whole Card as JSON; the confidentiality level."""
UNIT, CUSTOMER, CONTRACT, CASE, DOSSIER = "房号", "客户", "合同编号", "案号", "档号"
RETENTION, RETAIN_UNTIL, CONFIDENCE = "保管期限", "到期日", "置信度"
DISPOSAL = "处置状态"
"""Where a record stands on its way out; empty as long as it is simply kept."""
KEPT, DUE, HELD, EXTENDED, LEAVING, DOOMED = "在管", "待鉴定", "冻结", "延期", "待移交", "待销毁"
OPTIONS = {DISPOSAL: (KEPT, DUE, HELD, EXTENDED, LEAVING, DOOMED)}
"""What can be chosen in a field of the type select."""

TYPES = {
    UNIT: "string",
    CUSTOMER: "string",
    CONTRACT: "string",
    CASE: "string",
    DOSSIER: "string",
    LEVEL: "string",
    RETENTION: "string",
    RETAIN_UNTIL: "date",
    CONFIDENCE: "float",
    DISPOSAL: "select",
    SHA256: "string",
    CARD: "longtext",
}
"""Every field that is used, with its type on the server."""

BESIDE = "（档案）"
"""Stands behind the name of a field of ours where people have one of that name that can not hold our values."""

_RESOURCE = "custom_fields"
# What an adopted field may be instead.
_ALSO = {"string": ("longtext",)}
# By these a document is known as ours: of two that bear such a name, nobody could tell which to believe.
_NEVER_BESIDE = (SHA256, CARD)


@dataclass(frozen=True)
class _Field:
    id: int
    name: str
    options: dict[str, str]


class CustomFields:
    """The ids of our fields. They are looked up once: an id never changes, and fields are not deleted
    as long as documents are worked with."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._fields: dict[str, _Field] = {}
        self._theirs: frozenset[str] = frozenset()

    def missing(self) -> tuple[str, ...]:
        """The names of those that the server lacks; raises DmsRefused where a person's field of that name can not hold
        our values, and ours can not stand beside it."""
        known = self._known()
        return tuple(name for name in TYPES if name not in known)

    def ensure(self) -> dict[str, int]:
        """The id of every field, by its name; those that are missing are made."""
        for name in self.missing():
            body: dict[str, Any] = {"name": self.shown_as(name), "data_type": TYPES[name]}
            if name in OPTIONS:
                body["extra_data"] = {"select_options": [{"label": label} for label in OPTIONS[name]]}
            self._fields[name] = _made(name, named.make(self._connection, _RESOURCE, body))
        return {name: field.id for name, field in self._fields.items()}

    def id_of(self, name: str) -> int | None:
        """The id of a field, None where the server does not have it yet."""
        known = self._known().get(name)
        return known.id if known else None

    def shown_as(self, name: str) -> str:
        """What people see our field called: its name, with `BESIDE` where theirs has taken it."""
        known = self._known().get(name)
        return known.name if known else f"{name}{BESIDE if name in self._theirs else ''}"

    def option(self, name: str, label: str) -> str | None:
        """What the server calls an option of a field of the type select, None where it does not have it."""
        known = self._known().get(name)
        return known.options.get(label) if known else None

    def _known(self) -> dict[str, _Field]:
        if len(self._fields) < len(TYPES):
            rows = {row["name"]: row for row in self._connection.rows(f"{_RESOURCE}/", [named.EVERYTHING])}
            chosen = {name: _chosen(name, rows) for name in TYPES}
            self._fields = {name: _field(row) for name, row in chosen.items() if row is not None}
            self._theirs = frozenset(name for name, row in chosen.items() if row is None and name in rows)
        return self._fields


def _chosen(name: str, rows: Mapping[str, Any]) -> Any | None:
    """The row of our field, None where it is still to be made."""
    there = [rows[title] for title in (f"{name}{BESIDE}", name) if title in rows]
    for row in there:
        if _fits(name, row):
            return row
    # Once records are there, a field whose type does not fit may be ours, changed by a person; it holds their values.
    if there and (name in _NEVER_BESIDE or len(there) > 1 or CARD in rows or name not in rows):
        raise _refused(name, there[0])
    return None


def _fits(name: str, row: Any) -> bool:
    wanted, given = TYPES[name], row["data_type"]
    options = _field(row).options
    return (given == wanted or given in _ALSO.get(wanted, ())) and all(
        label in options for label in OPTIONS.get(name, ())
    )


def _made(name: str, row: Any) -> _Field:
    if not _fits(name, row):
        raise _refused(name, row)
    return _field(row)


def _refused(name: str, row: Any) -> DmsRefused:
    options = f" with the options {'、'.join(OPTIONS[name])}" if name in OPTIONS else ""
    return DmsRefused(
        f"paperless-ngx 中已有自定义字段“{row['name']}”，类型为 {row['data_type']}，放不下档案的内容：请在 paperless-ngx 中给它改名，再运行 "
        f"dossier init。paperless-ngx has a custom field {row['name']} of the type {row['data_type']}, and "
        f"{TYPES[name]}{options} is needed: rename that field in paperless-ngx, then run dossier init again"
    )


def _field(row: Any) -> _Field:
    options = (row.get("extra_data") or {}).get("select_options") or []
    return _Field(int(row["id"]), str(row["name"]), {one["label"]: str(one["id"]) for one in options})
