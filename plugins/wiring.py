"""Putting the pieces together: the one place where settings become working parts."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from classifiers import confidentiality, taxonomy
from classifiers.errors import BadModel, BadTaxonomy
from consumers.bounds import Bounds
from consumers.errors import ReaderUnavailable
from consumers.reading import check_readers, default_readers
from plugins import database
from plugins.backends import BACKENDS, Place
from plugins.errors import BadSetting, BadWord
from plugins.model_in_use import ModelInUse, open_model
from plugins.settings import Settings, variable_of
from retention import schedule
from retention.dms import Clearance, Dms, Term
from retention.errors import BadSchedule

if TYPE_CHECKING:
    import sqlalchemy as sa

STATES = ("待核", "已归档")
"""The state tags that people see in the DMS: to be checked; filed."""


@dataclass(frozen=True)
class Rules:
    """What labelling and keeping rest on: three tables of data that fit each other, and the model that judges."""

    taxonomy: taxonomy.Taxonomy
    ladder: confidentiality.Ladder
    schedule: schedule.Schedule
    model: ModelInUse


@dataclass(frozen=True)
class Archive:
    """An archive that is open: settings, rules, our database, the DMS, and a clock."""

    settings: Settings
    rules: Rules
    engine: sa.Engine
    dms: Dms
    clock: Callable[[], datetime]
    pepper: bytes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.dispose()

    def clearance(self, level: str = "") -> Clearance:
        """The eyes of somebody who may see up to that level; empty: up to the setting's.

        Raises KeyError for a level that the ladder does not have.
        """
        highest = level or self.settings.clearance or self.rules.ladder.names[-1]
        return Clearance(self.rules.ladder.up_to(highest))


def now() -> datetime:
    """The time, with its zone: the only clock of the program."""
    return datetime.now(UTC)


def open_rules(settings: Settings) -> Rules:
    """Load taxonomy, ladder and schedule and see that they fit each other; raises BadSetting."""
    try:
        kinds = taxonomy.load(settings.taxonomy or taxonomy.SHIPPED)
        ladder = confidentiality.load(settings.ladder or confidentiality.SHIPPED)
    except BadTaxonomy as error:
        raise BadSetting(f"{variable_of('taxonomy')} / {variable_of('ladder')}: {error}") from error
    try:
        rules = schedule.load(settings.schedule or schedule.EXAMPLE_HOME_SELLER)
    except BadSchedule as error:
        raise BadSetting(f"{variable_of('schedule')}: {error}") from error
    if settings.clearance and settings.clearance not in ladder.names:
        raise BadSetting(
            f"{variable_of('clearance')}: the ladder has no level {settings.clearance!r}; "
            f"choose from {', '.join(ladder.names)}"
        )
    for kind in kinds.kind:
        if kind.confidentiality not in ladder.names:
            raise BadSetting(
                f"{variable_of('taxonomy')}: the kind {kind.zh} has the level {kind.confidentiality!r}, "
                f"which the ladder does not have; choose from {', '.join(ladder.names)}"
            )
        if kind.retention not in rules.rules:
            raise BadSetting(
                f"{variable_of('taxonomy')}: the kind {kind.zh} names the rule {kind.retention!r}, which the "
                "disposition schedule does not have; add the row or name another"
            )
    try:
        model = open_model(settings.home, kinds)
    except BadModel as error:
        raise BadSetting(f"{variable_of('home')}: {error}") from error
    return Rules(kinds, ladder, rules, model)


def open_archive(settings: Settings, clock: Callable[[], datetime] = now) -> Archive:
    """Open the archive that the settings speak of, making what is missing of its folders.

    Raises BadSetting, or DmsUnavailable where the DMS does not answer.
    """
    rules = open_rules(settings)
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(
            f"{variable_of('home')}: the folder {settings.home} can not be made: {error.strerror}; "
            "name one that you may write to"
        ) from error
    place = Place(
        root=settings.home / "dms",
        url=settings.paperless_url,
        token=settings.paperless_token,
        categories=rules.taxonomy.categories,
    )
    dms = BACKENDS[settings.dms](place)
    pepper = pepper_of(settings.home, make=True)
    return Archive(settings, rules, database.connect(settings.database), dms, clock, pepper)


def pepper_of(home: Path, *, make: bool = False) -> bytes:
    """The archive's secret that goes into the keys of dossiers that stand for a person.

    Without it, an ID number could be found from its digest by trying all that there are. Made once;
    whoever loses it gets other keys for the same people, so it belongs into every backup.
    """
    place = home / "dossier-pepper"
    try:
        return place.read_bytes()
    except FileNotFoundError:
        if not make:
            return b""
    unfinished = home / f"dossier-pepper.{os.getpid()}.part"
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(secrets.token_bytes(32))
    with contextlib.suppress(FileExistsError):
        # A link fails where another process was quicker; a rename would replace its secret.
        os.link(unfinished, place)
    unfinished.unlink()
    return place.read_bytes()


def readers_of(settings: Settings, name: str = "") -> tuple[str, ...]:
    """The readers to use, in order; raises BadSetting, or BadWord for a `name` that is told.

    The setting chooses the OCR and leaves text layers to their own reader; a `name` told on the
    command line is the one reader that reads, whatever the page brings along.
    """
    wanted = name or settings.reader
    try:
        if wanted == "auto":
            return default_readers()
        check_readers((wanted,))
    except ReaderUnavailable as error:
        if name:
            raise BadWord(f"--reader: {error}") from error
        raise BadSetting(f"{variable_of('reader')}: {error}") from error
    return ("text-layer", wanted) if wanted in ("rapid", "tesseract") and not name else (wanted,)


def bounds_of(settings: Settings) -> Bounds:
    """The limits for files, from the settings."""
    return Bounds(
        bytes=settings.max_bytes,
        pages=settings.max_pages,
        pixels=settings.max_pixels,
        seconds=settings.max_seconds,
        file_seconds=settings.max_file_seconds,
        memory_mb=settings.max_memory_mb,
        characters=settings.max_characters,
    )


def vocabulary(rules: Rules) -> tuple[Term, ...]:
    """Every word that the DMS has to know: categories, kinds under them, levels, states."""
    names = rules.taxonomy.categories
    return (
        *(Term("category", name) for name in names.values()),
        *(Term("kind", kind.zh, names[kind.category]) for kind in rules.taxonomy.kind),
        *(Term("level", name) for name in rules.ladder.names),
        *(Term("state", name) for name in STATES),
    )
