"""Custom fields: the ones that hold what is known of a document, and their ids on this server."""

from __future__ import annotations

from plugins.paperless import named
from plugins.paperless.connection import Connection
from retention.errors import DmsRefused

SHA256, CARD, LEVEL = "原件sha256", "卷宗卡片", "密级"
"""The original's checksum; the whole Card as JSON; the confidentiality level."""
UNIT, CUSTOMER, CONTRACT, CASE, DOSSIER = "房号", "客户", "合同编号", "案号", "档号"
RETENTION, RETAIN_UNTIL, CONFIDENCE = "保管期限", "到期日", "置信度"

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
    SHA256: "string",
    CARD: "longtext",
}
"""Every field that is used, with its type on the server."""

_RESOURCE = "custom_fields"
# What an adopted field may be instead.
_ALSO = {"string": ("longtext",)}


class CustomFields:
    """The ids of our fields. They are looked up once: an id never changes, and fields are not deleted
    as long as documents are worked with."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids: dict[str, int] = {}

    def missing(self) -> tuple[str, ...]:
        """The names of those that the server lacks; raises DmsRefused where a person's field of that
        name can not hold our values."""
        known = self._known()
        return tuple(name for name in TYPES if name not in known)

    def ensure(self) -> dict[str, int]:
        """The id of every field, by its name; those that are missing are made."""
        for name in self.missing():
            body = {"name": name, "data_type": TYPES[name]}
            self._ids[name] = _id_of(named.make(self._connection, _RESOURCE, body))
        return dict(self._ids)

    def id_of(self, name: str) -> int | None:
        """The id of a field, None where the server does not have it yet."""
        return self._known().get(name)

    def _known(self) -> dict[str, int]:
        if len(self._ids) < len(TYPES):
            rows = self._connection.rows(f"{_RESOURCE}/", [named.EVERYTHING])
            self._ids = {row["name"]: _id_of(row) for row in rows if row["name"] in TYPES}
        return self._ids


def _id_of(row: dict[str, str]) -> int:
    name, given = row["name"], row["data_type"]
    wanted = TYPES[name]
    if given != wanted and given not in _ALSO.get(wanted, ()):
        raise DmsRefused(
            f"paperless-ngx has a custom field {name} of the type {given}, and {wanted} is needed: rename that "
            "field in paperless-ngx, then run dossier init again"
        )
    return int(row["id"])
