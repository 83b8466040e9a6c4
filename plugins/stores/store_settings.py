"""The settings that say by what store files travel."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings

SECRETS = ("store_secret",)
_STORE = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w./-]*)?")


class StoreSettings(BaseSettings):
    """A part of `plugins.settings.Settings`."""

    store: Annotated[
        str,
        Field(description="s3://BUCKET/PREFIX by which files travel to other machines; empty: DOSSIER_HOME"),
    ] = ""
    store_endpoint: Annotated[
        str, Field(pattern="^(https?://.+)?$", description="where that store answers; empty: Amazon's own")
    ] = ""
    store_region: Annotated[str, Field(description="its region, where it has any")] = "us-east-1"
    store_key: Annotated[str, Field(repr=False, description="the id of the access key")] = ""
    store_secret: Annotated[str, Field(repr=False, description="the secret of the access key")] = ""


def fault_in(settings: StoreSettings, database: str, dms: str) -> str:
    """What does not fit together, as `VARIABLE|what to write`; empty where all does."""
    if not settings.store:
        return ""
    if not _STORE.fullmatch(settings.store):
        return "DOSSIER_STORE|write s3://BUCKET or s3://BUCKET/PREFIX, or nothing for a shared DOSSIER_HOME"
    if not (settings.store_key and settings.store_secret):
        return (
            "DOSSIER_STORE_KEY|with DOSSIER_STORE, write the id of an access key here and its secret in "
            "DOSSIER_STORE_SECRET, or the file that holds it in DOSSIER_STORE_SECRET_FILE"
        )
    if not database.startswith("postgresql"):
        return (
            "DOSSIER_DATABASE_URL|with DOSSIER_STORE, machines share no folder: write the PostgreSQL that they share, as "
            "postgresql+psycopg://user:password@host/name"
        )
    if dms == "local":
        return "DOSSIER_DMS|with DOSSIER_STORE, machines share no folder, and the local DMS lies in one: write paperless"
    return ""
