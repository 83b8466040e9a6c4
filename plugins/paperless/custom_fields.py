"""Custom fields: the ones that hold what is known of a document, and their ids on this server."""

from __future__ import annotations

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

_RESOURCE = "custom_fields"
# What an adopted field may be instead.
_ALSO = {"string": ("longtext",)}


@dataclass(frozen=True)
class _Field:
    id: int
    options: dict[str, str]


class CustomFields:
    """The ids of our fields. They are looked up once: an id never changes, and fields are not deleted
    as long as documents are worked with."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._fields: dict[str, _Field] = {}

    def missing(self) -> tuple[str, ...]:
        """The names of those that the server lacks; raises DmsRefused where a person's field of that
        name can not hold our values."""
        known = self._known()
        return tuple(name for name in TYPES if name not in known)

    def ensure(self) -> dict[str, int]:
        """The id of every field, by its name; those that are missing are made."""
        for name in self.missing():
            body: dict[str, Any] = {"name": name, "data_type": TYPES[name]}
            if name in OPTIONS:
                body["extra_data"] = {"select_options": [{"label": label} for label in OPTIONS[name]]}
            self._fields[name] = _field(named.make(self._connection, _RESOURCE, body))
        return {name: field.id for name, field in self._fields.items()}

    def id_of(self, name: str) -> int | None:
        """The id of a field, None where the server does not have it yet."""
        known = self._known().get(name)
        return known.id if known else None

    def option(self, name: str, label: str) -> str | None:
        """What the server calls an option of a field of the type select, None where it does not have it."""
        known = self._known().get(name)
        return known.options.get(label) if known else None

    def _known(self) -> dict[str, _Field]:
        if len(self._fields) < len(TYPES):
            rows = self._connection.rows(f"{_RESOURCE}/", [named.EVERYTHING])
            self._fields = {row["name"]: _field(row) for row in rows if row["name"] in TYPES}
        return self._fields


def _field(row: Any) -> _Field:
    name, given = row["name"], row["data_type"]
    wanted = TYPES[name]
    if given != wanted and given not in _ALSO.get(wanted, ()):
        raise DmsRefused(
            f"paperless-ngx has a custom field {name} of the type {given}, and {wanted} is needed: rename that "
            "field in paperless-ngx, then run dossier init again"
        )
    options = (row.get("extra_data") or {}).get("select_options") or []
    return _Field(int(row["id"]), {option["label"]: str(option["id"]) for option in options})
