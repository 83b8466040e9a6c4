"""The taxonomy: the kinds of documents that there are, as data, strictly loaded."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from classifiers.errors import BadTaxonomy
from classifiers.labels import CATEGORIES, PersonalData

SHIPPED = Path(str(files("classifiers.taxonomy"))) / "customer-files.toml"
"""The taxonomy that is used where no other is chosen."""

OTHER = "other"
"""The id of the row, and of the category, that stands for none of the known kinds."""


def _a_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
    return text


Pattern = Annotated[str, AfterValidator(_a_pattern)]


class Kind(BaseModel):
    """One row: a kind of document, what shows it, and how a document of that kind is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    zh: str
    en: str
    category: Literal["sales", "contract", "title", "repair", "litigation", "other"]
    titles: tuple[Pattern, ...]
    head: tuple[Pattern, ...] = ()
    strong: tuple[Pattern, ...] = ()
    words: tuple[Pattern, ...] = ()
    against: tuple[Pattern, ...] = ()
    confidentiality: str
    personal_data: PersonalData
    retention: str


class Taxonomy(BaseModel):
    """All kinds, and the Chinese names of the categories by their ids."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    name: str
    categories: dict[str, str]
    kind: tuple[Kind, ...]

    def by_name(self, zh: str) -> Kind:
        """The kind with that Chinese name; raises KeyError where there is none."""
        return next(kind for kind in self.kind if kind.zh == zh)

    @property
    def other(self) -> Kind:
        """The row that stands for none of the known kinds."""
        return next(kind for kind in self.kind if kind.id == OTHER)


def load(path: Path = SHIPPED) -> Taxonomy:
    """Read a taxonomy; raises BadTaxonomy naming the file, the row and what is wrong with it."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        taxonomy = Taxonomy.model_validate(raw)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadTaxonomy(f"{path}: can not be read: {error}") from error
    except ValidationError as error:
        raise BadTaxonomy(f"{path}: {_first_fault(error, raw)}") from error
    _check_whole(taxonomy, path)
    return taxonomy


_REMEDIES = {
    "extra_forbidden": "there is no such key: mend its spelling or remove it",
    "missing": "add this key",
    "value_error": "mend the expression; a bracket or dot that is meant as such has a backslash before it",
}


def _first_fault(error: ValidationError, raw: dict[str, Any]) -> str:
    # A misspelt key is the cause, the field that is then missing only what follows from it.
    fault = next((one for one in error.errors() if one["type"] == "extra_forbidden"), error.errors()[0])
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in fault["loc"])
    remedy = _REMEDIES.get(fault["type"])
    return (
        f"{where}{_row_name(fault['loc'], raw)}: {fault['msg']} (found: {str(fault['input'])[:60]!r})"
        f"{f'; {remedy}' if remedy else ''}"
    )


def _row_name(place: tuple[int | str, ...], raw: dict[str, Any]) -> str:
    """The id of the row that the fault lies in, in brackets; empty where it lies in none that has one."""
    match place:
        case ("kind", int(number), *_):
            row = raw["kind"][number]
            return f" (id {row['id']!r})" if isinstance(row, dict) and "id" in row else ""
        case _:
            return ""


def _check_whole(taxonomy: Taxonomy, path: Path) -> None:
    for field in ("id", "zh"):
        twice = [n for n, count in Counter(getattr(k, field) for k in taxonomy.kind).items() if count > 1]
        if twice:
            raise BadTaxonomy(f"{path}: two kinds have the {field} {twice[0]!r}; give one of them another")
    if set(taxonomy.categories) != set(CATEGORIES):
        raise BadTaxonomy(f"{path}: [categories] must name exactly {', '.join(CATEGORIES)}")
    if OTHER not in {kind.id for kind in taxonomy.kind}:
        raise BadTaxonomy(f"{path}: there must be a kind with the id 'other', for what fits nowhere")
