"""The settings that decide how long quarantine is, what proof of a destruction is looked for, and by whom the register's heads are stamped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings


class DisposalSettings(BaseSettings):
    """A part of `plugins.settings.Settings`."""

    quarantine_months: Annotated[
        int, Field(ge=0, le=120, description="months in quarantine before what was approved may be destroyed")
    ] = 6
    max_disposals: Annotated[
        int, Field(ge=1, description="most records that one run of disposal execute destroys")
    ] = 500
    paperless_media: Annotated[
        Path | None,
        Field(description="folder of PAPERLESS_MEDIA_ROOT, where it is mounted here; empty: it is not"),
    ] = None
    paperless_trash_dir: Annotated[
        Path | None, Field(description="folder of PAPERLESS_EMPTY_TRASH_DIR, where it is mounted here")
    ] = None
    timestamp_url: Annotated[
        str,
        Field(
            pattern="^(https?://.+)?$",
            description="RFC 3161 authority that stamps the register's heads; empty: none",
        ),
    ] = ""
    timestamp_ca: Annotated[
        Path | None, Field(description="PEM file of the certificates that its stamps are checked by")
    ] = None
