"""The settings that decide what is shown of the archive's health, and who is told of trouble."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import BaseSettings

SECRETS = ("alarm_secret", "alarm_smtp_password")
_LEAST_SECRET = 16


class LookoutSettings(BaseSettings):
    """A part of `plugins.settings.Settings`."""

    metrics: Annotated[
        str, Field(description="where `watch` and `worker` serve /metrics and /healthz; empty: nowhere")
    ] = ""
    log_format: Annotated[
        Literal["auto", "json", "console"], Field(description="the log: JSON, or lines for people")
    ] = "auto"
    alarm_url: Annotated[
        str,
        Field(pattern="^(https?://.+)?$", description="where troubles are posted as JSON; empty: nowhere"),
    ] = ""
    alarm_secret: Annotated[
        str, Field(repr=False, description="what those posts are signed with, by HMAC-SHA256")
    ] = ""
    alarm_mail_to: Annotated[str, Field(description="who gets a mail of troubles, by comma")] = ""
    alarm_mail_from: Annotated[str, Field(description="who those mails are from")] = ""
    alarm_smtp: Annotated[
        str, Field(pattern=r"^([^\s:]+(:\d{1,5})?)?$", description="the mail server, HOST:PORT")
    ] = ""
    alarm_smtp_tls: Annotated[
        Literal["starttls", "tls", "off"], Field(description="how the way to the mail server is closed")
    ] = "starttls"
    alarm_smtp_user: Annotated[str, Field(description="the account there; empty: none")] = ""
    alarm_smtp_password: Annotated[str, Field(repr=False, description="its password")] = ""
    alarm_waiting_minutes: Annotated[
        float, Field(gt=0, description="minutes that the oldest file may wait before there is an alarm")
    ] = 60.0
    alarm_away_minutes: Annotated[
        float, Field(ge=0, description="minutes that DMS, disk, folder or workers may be away before")
    ] = 10.0
    alarm_again_minutes: Annotated[
        float, Field(gt=0, description="minutes after which a trouble that goes on is told again")
    ] = 240.0


def fault_in(settings: LookoutSettings) -> str:
    """What does not fit together, as `VARIABLE|what to write`; empty where all does."""
    if settings.alarm_url and len(settings.alarm_secret) < _LEAST_SECRET:
        return (
            f"DOSSIER_ALARM_SECRET|with DOSSIER_ALARM_URL, write {_LEAST_SECRET} characters or more, as "
            "`openssl rand -hex 24` makes them, here and where the posts arrive"
        )
    if settings.alarm_mail_to and not (settings.alarm_smtp and settings.alarm_mail_from):
        return (
            "DOSSIER_ALARM_SMTP|with DOSSIER_ALARM_MAIL_TO, write the mail server as HOST:PORT, and who the mails "
            "are from as DOSSIER_ALARM_MAIL_FROM"
        )
    return ""
