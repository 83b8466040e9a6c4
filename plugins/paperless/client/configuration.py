"""What can be configured at run time, as far as it touches the archive's documents."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.paperless.client.connection import Connection


@dataclass(frozen=True)
class Configuration:
    """Empty or False: not set here, so the environment of the server decides, which its API does not tell."""

    mode: str
    output_type: str
    archive_file_generation: str
    barcodes: bool
    barcode_numbers: bool


def configuration(connection: Connection) -> Configuration:
    """The configuration of the server, for whoever may see it."""
    row = connection.get("config/")[0]
    return Configuration(
        row["mode"] or "",
        row["output_type"] or "",
        row["archive_file_generation"] or "",
        bool(row["barcodes_enabled"]),
        bool(row["barcode_enable_asn"]),
    )
