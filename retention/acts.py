"""An act as a row keeps it: who did it, and when; both empty until somebody has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, String, Text


def act(name: str) -> tuple[Column[Any], Column[Any]]:
    """`<name>_by`, a person's name as it was typed, and `<name>_at`."""
    return Column(f"{name}_by", Text, nullable=False), moment(f"{name}_at")


def moment(name: str) -> Column[Any]:
    """A time: UTC, ISO 8601; empty where there is none yet."""
    return Column(name, String(32), nullable=False)


def stamp(at: datetime) -> str:
    """A time as such a column keeps it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
