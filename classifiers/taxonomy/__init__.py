"""The taxonomy: the kinds of documents that there are, as data, strictly loaded."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from classifiers.errors import BadTaxonomy
from classifiers.facts import FINDERS
from classifiers.labels import PersonalData
from classifiers.taxonomy.tables import whole_table

FOLDER = Path(str(files("classifiers.taxonomy")))
"""Where the taxonomies lie that ship: each can be named without its folder."""

SHIPPED = FOLDER / "customer-files.toml"
"""The taxonomy that is used where no other is chosen."""

OTHER = "other"
"""The id of the row, and of the category, that stands for none of the known kinds."""

Trait = Literal["one-sheet", "lists-papers", "accompanies"]
"""What a kind is like in a pile of papers; each is explained at its name below."""

ONE_SHEET: Trait = "one-sheet"
"""One sheet as a rule: after it, another title is the next document's even without signatures."""

LISTS_PAPERS: Trait = "lists-papers"
"""Lists other papers by their titles: on its next page a title in usual print needs another sign."""

ACCOMPANIES: Trait = "accompanies"
"""Proves something for another paper: who somebody is, what he may do, what he paid."""

Place = Literal["title", "head", "body", "seal", "table"]
"""Where evidence has to stand: the title line, the first lines, anywhere, in a seal, in a table's header."""


@cache
def _a_pattern(text: str) -> str:
    # Remembered, since the same table is loaded again and again: by the tests a thousand times.
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
    return text


def _a_name(text: str) -> str:
    """As it stands on paper, also printed with spaces: 民 事 判 决 书."""
    name = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if len(name) < 2:
        raise ValueError(f"{text!r} is too short for the name of a paper; write it in full")
    return name


def _a_fact(name: str) -> str:
    if name not in FINDERS:
        raise ValueError(f"there is no fact {name!r}; choose from {', '.join(FINDERS)}")
    return name


Pattern = Annotated[str, AfterValidator(_a_pattern)]
Name = Annotated[str, AfterValidator(_a_name)]
FactName = Annotated[str, AfterValidator(_a_fact)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Row):
    """Patterns that weigh otherwise than the short keys do, or have to stand in a certain place."""

    place: Place
    any: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    weight: Annotated[float, Field(ge=-20, le=20)]


class Gives(_Row):
    """What a paper of the kind tells to have happened, where a line at its head is wholly one of `titles`.

    `event` is the name of an event of the disposition schedule: case_closed, loan_paid_out and so on.
    """

    event: str
    titles: Annotated[tuple[Pattern, ...], Field(min_length=1)]


class Kind(_Row):
    """One row: a kind of document, what shows it, and how a document of that kind is kept.

    `titles` are regular expressions, `aliases` plain names; `fields` are the facts that such a paper has. `retention` is
    a row of the disposition schedule, empty where only the schedule's own conditions decide.
    """

    id: str
    zh: str
    en: str
    category: str
    traits: tuple[Trait, ...] = ()
    titles: tuple[Pattern, ...] = ()
    aliases: tuple[Name, ...] = ()
    title_weight: Annotated[float, Field(gt=0, le=1)] = 1.0
    head: tuple[Pattern, ...] = ()
    strong: tuple[Pattern, ...] = ()
    words: tuple[Pattern, ...] = ()
    against: tuple[Pattern, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    fields: tuple[FactName, ...] = ()
    gives: tuple[Gives, ...] = ()
    confidentiality: str
    personal_data: PersonalData
    retention: str

    @cached_property
    def names(self) -> tuple[Pattern, ...]:
        """Everything that names such a paper in its title line, as regular expressions."""
        return (*self.titles, *map(re.escape, self.aliases))


class Category(_Row):
    """A drawer of the archive.

    Of a mixed file that stays in one piece, a category that `claims` it is the whole file's however few
    pages it has; at a tie of pages the category of more `weight` is.
    """

    id: str
    zh: str
    en: str
    weight: Annotated[int, Field(ge=0)] = 0
    claims: bool = False


class Caution(_Row):
    """What speaks for one kind and against all kinds of other categories at once: a blank form, an article.

    Each of `title`, `head` and `body` that is given must match, `body` with `least` different texts; none
    of `without` may stand anywhere. Kinds in `spares` do not suffer from it.
    """

    id: str
    zh: str
    toward: str
    weight: Annotated[float, Field(gt=0, le=30)] = 10.0
    title: tuple[Pattern, ...] = ()
    head: tuple[Pattern, ...] = ()
    body: tuple[Pattern, ...] = ()
    least: Annotated[int, Field(ge=1)] = 1
    without: tuple[Pattern, ...] = ()
    spares: tuple[str, ...] = ()


class Taxonomy(_Row):
    """All categories and kinds, in the order in which people see them.

    A title in a line that matches one of `talk` is only spoken of there.
    """

    version: str
    name: str
    category: tuple[Category, ...]
    kind: tuple[Kind, ...]
    talk: tuple[Pattern, ...] = ()
    caution: tuple[Caution, ...] = ()

    @property
    def categories(self) -> dict[str, str]:
        """The Chinese names of the categories by their ids, in their order."""
        return {category.id: category.zh for category in self.category}

    def by_name(self, zh: str) -> Kind:
        """The kind with that Chinese name; raises KeyError where there is none."""
        try:
            return next(kind for kind in self.kind if kind.zh == zh)
        except StopIteration:
            raise KeyError(zh) from None

    def traits(self, kind: str) -> frozenset[Trait]:
        """The traits of the kind with that id; none where there is no such kind."""
        return frozenset(next((row.traits for row in self.kind if row.id == kind), ()))

    @property
    def other(self) -> Kind:
        """The row that stands for none of the known kinds."""
        return next(kind for kind in self.kind if kind.id == OTHER)


def load(path: Path = SHIPPED) -> Taxonomy:
    """Read a taxonomy; raises BadTaxonomy naming the file, the row and what is wrong with it.

    A name that is no file but one of a shipped table (`developers-handbook`) stands for that table.
    """
    path = _shipped_by_name(path)
    raw = whole_table(path)
    try:
        taxonomy = Taxonomy.model_validate(raw)
    except ValidationError as error:
        raise BadTaxonomy(f"{path}: {_first_fault(error, raw)}") from error
    _check_whole(taxonomy, path)
    return taxonomy


def _shipped_by_name(path: Path) -> Path:
    shipped = FOLDER / f"{path.name.removesuffix('.toml')}.toml"
    return shipped if not path.exists() and shipped.exists() else path


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
        case (str(sort), int(number), *_):
            row = raw[sort][number]
            return f" (id {row['id']!r})" if isinstance(row, dict) and "id" in row else ""
        case _:
            return ""


def _check_whole(taxonomy: Taxonomy, path: Path) -> None:
    _check_unique(taxonomy, path)
    kinds, categories = {kind.id for kind in taxonomy.kind}, taxonomy.categories
    if OTHER not in kinds or OTHER not in categories:
        raise BadTaxonomy(
            f"{path}: there must be a category and a kind with the id 'other', for what fits nowhere"
        )
    for kind in taxonomy.kind:
        if kind.category not in categories:
            raise BadTaxonomy(
                f"{path}: the kind {kind.id!r} has the category {kind.category!r}; choose from "
                f"{', '.join(categories)}, or add a [[category]] row"
            )
        if kind.id != OTHER and not kind.names:
            raise BadTaxonomy(f"{path}: the kind {kind.id!r} has no name on paper; give it titles or aliases")
    for caution in taxonomy.caution:
        for named in {caution.toward, *caution.spares} - kinds:
            raise BadTaxonomy(f"{path}: the caution {caution.id!r} names the kind {named!r}; there is none")
        if not (caution.title or caution.head or caution.body):
            raise BadTaxonomy(f"{path}: the caution {caution.id!r} sees nothing; give it title, head or body")


def _check_unique(taxonomy: Taxonomy, path: Path) -> None:
    for sort, rows in (("kinds", taxonomy.kind), ("categories", taxonomy.category)):
        for field in ("id", "zh"):
            twice = [n for n, count in Counter(getattr(row, field) for row in rows).items() if count > 1]
            if twice:
                raise BadTaxonomy(
                    f"{path}: two {sort} have the {field} {twice[0]!r}; give one of them another"
                )
