"""A TOML file of rows that people write, read strictly: a head that says what it is and of when, and rows with an id each.

What is not understood is an error, never a guess. Schedules and lists of required papers are such files; each raises its own error.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Protocol

from pydantic import BaseModel, ConfigDict, StringConstraints

from retention.errors import RetentionError

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Fault = Callable[[str], RetentionError]
"""Makes the error of a file of that sort from the complaint."""


class Strict(BaseModel):
    """A table of which every key is known and every value has its type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Head(Strict):
    """What every such file says of itself."""

    name_zh: Words
    name_en: Words
    version: Words
    dated: date
    example: bool
    notice: Words


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


def bytes_of(path: Path, fault: Fault) -> bytes:
    """The file's bytes; raises `fault` where it can not be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise fault(f"{path}: can not be read ({error.strerror}): give the path of a TOML file") from error


def table_of(raw: bytes, path: Path, fault: Fault) -> dict[str, Any]:
    """The table that these bytes are; `path` is only named in complaints. Raises `fault`."""
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise fault(f"{path}: is not UTF-8 at byte {error.start}: save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise fault(f"{path}: is not TOML: {error}") from error


def refuse_doubles(path: Path, rows: Sequence[_WithId], fault: Fault) -> None:
    """Raises `fault` where two rows have the same id."""
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if row.id in seen:
            where = f"{path}: row {number} ({row.id})"
            raise fault(f"{where}: the id is taken by row {seen[row.id]}: give this row another id")
        seen[row.id] = number


def where_of(path: Path, table: dict[str, Any], rows: str, problem: Any) -> tuple[str, str]:
    """Where one of pydantic's problems lies: file and row (`rows` is the key under which they stand), and the key in it."""
    place, where = list(problem["loc"]), f"{path}"
    if place[:1] == [rows] and len(place) > 1:
        row = table[rows][place[1]]
        name = row.get("id", "no id") if isinstance(row, dict) else "not a table"
        where = f"{path}: row {place[1] + 1} ({name})"
        place = place[2:]
    return where, ".".join(str(step) for step in place)
