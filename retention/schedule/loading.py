"""Reading a disposition schedule from TOML, strictly: what is not understood is an error, never a guess."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, ValidationError, model_validator

from retention.errors import BadSchedule
from retention.periods.event import CUTOFF_EVENTS, CutoffEvent
from retention.periods.period import parse_period
from retention.schedule.rule import Disposition, Rule, Schedule
from retention.schedule.trait import DOSSIER_TRAITS, DossierTrait
from retention.strict_toml import Head, Id, Strict, Words, bytes_of, refuse_doubles, table_of, where_of


def _period(text: str) -> str:
    """The same text, once it is known to be a period: the row keeps what stands in the file."""
    if text not in PERMANENT:
        parse_period(text)
    return text


PERMANENT = ("permanent", "永久")
"""The two ways to write that a row keeps for ever."""


_Some = Annotated[list[Words], Field(min_length=1)]


class _Row(Strict):
    id: Id
    name_zh: Words
    name_en: Words
    period: Annotated[str, AfterValidator(_period)]
    cutoff: CutoffEvent | None = None
    roll_to_year_end: bool = False
    disposition: Disposition
    authority: Words
    note: str = ""
    kinds: _Some | None = None
    categories: _Some | None = None
    series: _Some | None = None
    dossier_is: Annotated[list[DossierTrait], Field(min_length=1)] | None = None
    dossier_has: _Some | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.period in PERMANENT:
            if self.cutoff is not None or self.roll_to_year_end:
                raise ValueError("a permanent row has no end: leave out 'cutoff' and 'roll_to_year_end'")
            if self.disposition in ("destroy", "review"):
                raise ValueError("a permanent row never falls due: write disposition = 'keep' or 'transfer'")
        elif self.cutoff is None:
            raise ValueError(f"'cutoff' is missing: write one of {', '.join(CUTOFF_EVENTS)}")
        elif self.disposition == "keep":
            raise ValueError("a period that ends needs a decision: write 'destroy', 'review' or 'transfer'")
        return self


class _File(Strict):
    schema_version: Literal[1]
    schedule: Head
    rule: Annotated[list[_Row], Field(min_length=1)]


def load(path: Path) -> Schedule:
    """The schedule in the TOML file at `path`.

    Raises BadSchedule with one line for everything that is wrong: file, row, what to write instead.
    """
    return read(bytes_of(path, BadSchedule), path)


def read(raw: bytes, path: Path) -> Schedule:
    """The schedule that these bytes are; `path` is only named in complaints. Raises BadSchedule."""
    table = table_of(raw, path, BadSchedule)
    try:
        file = _File.model_validate(table)
    except ValidationError as error:
        raise BadSchedule(
            "\n".join(_complaint(path, table, problem) for problem in error.errors())
        ) from error
    refuse_doubles(path, file.rule, BadSchedule)
    head = file.schedule
    return Schedule(
        name_zh=head.name_zh,
        name_en=head.name_en,
        version=head.version,
        dated=head.dated,
        example=head.example,
        sha256=hashlib.sha256(raw).hexdigest(),
        rules={row.id: _rule(order, row) for order, row in enumerate(file.rule)},
        text=raw.decode("utf-8"),
    )


def _rule(order: int, row: _Row) -> Rule:
    return Rule(
        id=row.id,
        order=order,
        name_zh=row.name_zh,
        name_en=row.name_en,
        period=None if row.period in PERMANENT else parse_period(row.period),
        cutoff=row.cutoff,
        roll_to_year_end=row.roll_to_year_end,
        disposition=row.disposition,
        authority=row.authority,
        note=row.note,
        kinds=tuple(row.kinds or ()),
        categories=tuple(row.categories or ()),
        series=tuple(row.series or ()),
        dossier_is=tuple(row.dossier_is or ()),
        dossier_has=tuple(row.dossier_has or ()),
    )


_KNOWN_KEYS = ", ".join(_Row.model_fields)
_REMEDIES = {
    "extra_forbidden": f"is not a known key: remove it or write one of {_KNOWN_KEYS}",
    "missing": "is missing: add it",
    "string_too_short": "is empty: say it in words",
    "string_pattern_mismatch": "write small letters, digits and single hyphens, like 'sales-30y'",
    "date_type": "write a TOML date without quotes, like 2026-11-21",
    "bool_type": "write true or false, without quotes",
    "too_short": "is empty: name at least one, or leave the key out",
    "list_type": "write a list in brackets, like ['报修单']",
}


def _complaint(path: Path, table: dict[str, Any], problem: Any) -> str:
    """One sentence for one of pydantic's problems: where, what is wrong, what to write instead."""
    where, key = where_of(path, table, "rule", problem)
    remedy = _REMEDIES.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    if key == "cutoff":
        remedy = f"{problem['input']!r} is no known event: write one of {', '.join(CUTOFF_EVENTS)}"
    elif key == "disposition" and problem["type"] == "literal_error":
        remedy = f"{problem['input']!r} is no disposition: write one of {', '.join(get_args(Disposition))}"
    elif key.startswith("dossier_is") and problem["type"] == "literal_error":
        remedy = f"{problem['input']!r} is no trait: write one of {', '.join(DOSSIER_TRAITS)}"
    elif key == "authority":
        remedy = "is missing or empty: quote the law or office rule that the row rests on"
    return f"{where}: {key}: {remedy}" if key else f"{where}: {remedy}"
