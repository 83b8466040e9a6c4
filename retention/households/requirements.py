"""Reading the list of papers that a dossier must have from TOML, strictly: what is not understood is an error, never a guess."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from retention.errors import BadRequirements
from retention.households.requirement import RequiredPapers, Requirement
from retention.periods.event import HAPPENINGS, HappeningKind
from retention.strict_toml import Head, Id, Strict, Words, bytes_of, refuse_doubles, table_of, where_of

EXAMPLE = Path(__file__).with_name("example-required-papers.toml")
"""The example for a company that sells homes; marked as example, good for trying and for copying."""

_Some = Annotated[tuple[Words, ...], Field(min_length=1, strict=False)]
_Events = Annotated[tuple[HappeningKind, ...], Field(min_length=1, strict=False)]


class _Row(Strict):
    id: Id
    name_zh: Words
    name_en: Words
    any_of: _Some
    authority: Words
    when_kinds: _Some = ()
    when_categories: _Some = ()
    when_events: _Events = ()
    dossier_has: _Some = ()
    unless_kinds: _Some = ()
    unless_events: _Events = ()
    within_days: Annotated[int, Field(ge=1, le=36_500)] | None = None
    after_kinds: _Some = ()
    after_events: _Events = ()

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not (self.when_kinds or self.when_categories or self.when_events):
            raise ValueError(
                "says not when it is asked for: add 'when_kinds', 'when_categories' or 'when_events'"
            )
        starts = bool(self.after_kinds or self.after_events)
        if (self.within_days is not None) != starts:
            raise ValueError(
                "'within_days' and the day that it counts from ('after_kinds', 'after_events') go together"
            )
        return self


class _File(Strict):
    schema_version: Literal[1]
    papers: Head
    paper: Annotated[tuple[_Row, ...], Field(min_length=1, strict=False)]


def load(path: Path) -> RequiredPapers:
    """The list in the TOML file at `path`.

    Raises BadRequirements with one line for everything that is wrong: file, row, what to write instead.
    """
    return read(bytes_of(path, BadRequirements), path)


def read(raw: bytes, path: Path) -> RequiredPapers:
    """The list that these bytes are; `path` is only named in complaints. Raises BadRequirements."""
    table = table_of(raw, path, BadRequirements)
    try:
        file = _File.model_validate(table)
    except ValidationError as error:
        raise BadRequirements(
            "\n".join(_complaint(path, table, problem) for problem in error.errors())
        ) from error
    refuse_doubles(path, file.paper, BadRequirements)
    head = file.papers
    rows = tuple(Requirement(**dict(row)) for row in file.paper)
    return RequiredPapers(head.name_zh, head.name_en, head.version, head.dated, head.example, rows)


_REMEDIES = {
    "extra_forbidden": f"is not a known key: remove it or write one of {', '.join(_Row.model_fields)}",
    "missing": "is missing: add it",
    "string_too_short": "is empty: say it in words",
    "string_pattern_mismatch": "write small letters, digits and single hyphens, like 'title-certificate'",
    "literal_error": f"is no known event: write one of {', '.join(HAPPENINGS)}",
    "date_type": "write a TOML date without quotes, like 2026-11-22",
    "bool_type": "write true or false, without quotes",
    "int_type": "write a whole number of days, without quotes",
    "too_short": "is empty: name at least one, or leave the key out",
    "tuple_type": "write a list in brackets, like ['报修单']",
}


def _complaint(path: Path, table: dict[str, Any], problem: Any) -> str:
    """One sentence for one of pydantic's problems: where, what is wrong, what to write instead."""
    where, key = where_of(path, table, "paper", problem)
    remedy = _REMEDIES.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    if problem["type"] == "extra_forbidden" and problem["loc"][:1] != ("paper",):
        remedy = "is not a known key: remove it, or move it into the [[paper]] that it belongs to"
    elif key == "schema_version":
        remedy = "write schema_version = 1"
    elif key == "authority":
        remedy = "is missing or empty: quote the law or office rule that the row rests on"
    return f"{where}: {key}: {remedy}" if key else f"{where}: {remedy}"
