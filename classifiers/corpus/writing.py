"""The texts of the corpus: rows of texts/*.toml, strictly loaded."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from classifiers.corpus.invented import SLOTS
from classifiers.errors import BadCorpus
from classifiers.taxonomy import Taxonomy

SHIPPED = Path(str(files("classifiers.corpus"))) / "texts"
"""The folder of the texts that the shipped model learns from."""

SLOT = re.compile(r"\{([^{}]*)\}")
"""A place that is filled in: a name of SLOTS in braces."""


def _with_known_slots(lines: str) -> str:
    unknown = sorted(set(SLOT.findall(lines)) - SLOTS)
    if unknown:
        raise ValueError(f"there is no slot {{{unknown[0]}}}; those that there are stand in SLOTS")
    if not lines.strip():
        raise ValueError("the text is empty; write its lines or remove the row")
    return lines


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Annotated[str, StringConstraints(min_length=1)]
    maker: Annotated[str, StringConstraints(min_length=1)]
    hard: bool
    lines: Annotated[str, AfterValidator(_with_known_slots)]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    text: tuple[_Row, ...]


@dataclass(frozen=True)
class Text:
    """One text: the id of its kind, its maker within that kind, its lines with slots.

    `hard` is true where it is easily taken for another category; `source` is the file and the row (from 1).
    """

    kind: str
    maker: str
    hard: bool
    lines: tuple[str, ...]
    source: str


def load(folder: Path = SHIPPED) -> tuple[Text, ...]:
    """All texts of a folder, files in the order of their names; raises BadCorpus naming file and row."""
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise BadCorpus(f"{folder}: there is no .toml file in it; name a folder of texts")
    return tuple(text for path in paths for text in read(path))


def read(path: Path) -> tuple[Text, ...]:
    """The texts of one file; raises BadCorpus naming the row and what is wrong with it."""
    try:
        rows = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).text
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadCorpus(f"{path}: can not be read: {error}") from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(step + 1) if isinstance(step, int) else step for step in fault["loc"])
        raise BadCorpus(f"{path}: {where}: {fault['msg']}; mend that row") from error
    return tuple(
        Text(row.kind, row.maker, row.hard, tuple(row.lines.strip("\n").split("\n")), f"{path.stem}:{number}")
        for number, row in enumerate(rows, 1)
    )


def check_kinds(texts: tuple[Text, ...], taxonomy: Taxonomy) -> None:
    """Raises BadCorpus for a text of a kind that the taxonomy does not have."""
    known = {kind.id for kind in taxonomy.kind}
    for text in texts:
        if text.kind not in known:
            raise BadCorpus(
                f"{text.source}: the taxonomy has no kind {text.kind!r}; mend the row or add the kind"
            )


def fingerprint(texts: tuple[Text, ...]) -> str:
    """SHA-256 over all that a model learns from the texts, in hexadecimal."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update("\x1f".join((text.kind, text.maker, *text.lines, "\x1e")).encode())
    return digest.hexdigest()
