"""The settings that decide how files are taken in: leases and room for them, when one is whole, codes and passes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings


class IntakeSettings(BaseSettings):
    """A part of `plugins.settings.Settings`."""

    lease_seconds: Annotated[
        float, Field(ge=3, le=3600, description="seconds after which a worker that is silent loses its files")
    ] = 60.0
    max_deaths: Annotated[
        int, Field(ge=1, le=1000, description="workers that may die over a file before it is set aside")
    ] = 10
    max_waiting: Annotated[
        int, Field(ge=1, description="files that may wait for workers before no more are taken in")
    ] = 1_000
    min_free_mb: Annotated[
        int, Field(ge=0, description="free disk space, in MB, below which no more files are taken in")
    ] = 500
    broker_url: Annotated[
        str,
        Field(repr=False, description="Redis or RabbitMQ that carries work to other machines; empty: none"),
    ] = ""
    poll_seconds: Annotated[float, Field(gt=0, le=3600, description="seconds between two looks")] = 5.0
    settle_seconds: Annotated[
        float, Field(ge=0, le=3600, description="seconds a file must not change before it is taken")
    ] = 5.0
    patience_seconds: Annotated[
        float, Field(ge=0, le=86400, description="seconds more for a settled file that does not open")
    ] = 30.0
    asn_prefix: Annotated[
        str,
        Field(
            max_length=20,
            description="what barcodes with an archive serial number begin with; -: none are read",
        ),
    ] = "ASN"
    double_sided: Annotated[
        str,
        Field(
            max_length=60,
            description="sub-folders of the inbox of this name take two passes of one pile, fronts and backs; -: none do",
        ),
    ] = "双面"
    double_sided_minutes: Annotated[
        float, Field(gt=0, le=1440, description="minutes that a first pass waits there for the second one")
    ] = 30.0
