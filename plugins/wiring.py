"""Putting the pieces together: the one place where settings become working parts."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from classifiers import confidentiality, taxonomy
from classifiers.errors import BadModel, BadTaxonomy
from plugins import database
from plugins.backends import BACKENDS, Place
from plugins.errors import BadSetting
from plugins.settings import Settings, variable_of
from plugins.stores import Store, open_store
from plugins.teaching.model_in_use import ModelInUse, open_model
from retention import schedule
from retention.dms import Clearance, Dms, Term
from retention.errors import BadSchedule
from retention.periods.event import HAPPENINGS
from retention.schedule.matching import Subject, match

if TYPE_CHECKING:
    import sqlalchemy as sa

STATES = ("待核", "已归档", "待归户", "已移交")
"""The state tags that people see in the DMS: labels to be checked; filed; beside either, no household assigned yet; and what was
transferred out of the archive, of which a copy is left."""


@dataclass(frozen=True)
class Rules:
    """What labelling and keeping rest on: three tables of data that fit each other, and the model that judges.

    The taxonomy's kinds bear the rule that the schedule has for them (empty: no rule); `named` is what their own rows
    say, by the kinds' Chinese names. `asn_prefix` is what codes with an archive serial number begin with.
    """

    taxonomy: taxonomy.Taxonomy
    ladder: confidentiality.Ladder
    schedule: schedule.Schedule
    model: ModelInUse
    named: Mapping[str, str] = field(default_factory=dict)
    asn_prefix: str = "ASN"


@dataclass(frozen=True)
class Archive:
    """An archive that is open: settings, rules, our database, the DMS, and a clock."""

    settings: Settings
    rules: Rules
    engine: sa.Engine
    dms: Dms
    clock: Callable[[], datetime]
    pepper: bytes
    store: Store | None = None

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
    try:
        model = open_model(settings.home, kinds)
    except BadModel as error:
        raise BadSetting(f"{variable_of('home')}: {error}") from error
    for kind in kinds.kind:
        for gives in kind.gives:
            if gives.event not in HAPPENINGS:
                raise BadSetting(
                    f"{variable_of('taxonomy')}: the kind {kind.zh} gives the event {gives.event!r}, which there is not; "
                    f"choose from {', '.join(HAPPENINGS)}"
                )
    named = {kind.zh: kind.retention for kind in kinds.kind}
    return Rules(_under(kinds, rules), ladder, rules, model, named, settings.asn_prefix.strip("-"))


def _under(kinds: taxonomy.Taxonomy, rules: schedule.Schedule) -> taxonomy.Taxonomy:
    """The taxonomy whose kinds bear the rule that the schedule has for each; one that names no rule may have none."""
    rows = []
    for kind in kinds.kind:
        series = kinds.categories[kind.category]
        found = match(rules, Subject(kind.zh, kind.category, series, kind.retention)).rule
        if found is None and kind.retention:
            raise BadSetting(
                f"{variable_of('taxonomy')}: the kind {kind.zh} names the rule {kind.retention!r}, which the "
                f"disposition schedule does not have, and none of its rows is meant for kind, category {kind.category!r} "
                f"or series {series!r}; add a row or name another"
            )
        rows.append(kind.model_copy(update={"retention": found.id if found else ""}))
    return kinds.model_copy(update={"kind": tuple(rows)})


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
    dms = BACKENDS[settings.dms](place_of(settings, rules))
    pepper = pepper_of(settings.home, make=True)
    store = open_store(settings)
    if store is not None:
        _agree(store, pepper)
    return Archive(settings, rules, database.connect(settings.database), dms, clock, pepper, store)


def _agree(store: Store, pepper: bytes) -> None:
    """Refuse to work with another secret than the other machines: one person would have two dossiers."""
    own = hashlib.sha256(b"pepper:" + pepper).hexdigest()
    if store.agree("dossier-pepper.sha256", own) != own:
        raise BadSetting(
            f"{variable_of('home')}: dossier-pepper differs from that of the machine which used this store first; copy that "
            "file from its DOSSIER_HOME into this one, and start again"
        )


def place_of(settings: Settings, rules: Rules) -> Place:
    """Where the DMS is, and what its backend has to know of the rules."""
    return Place(
        root=settings.home / "dms",
        url=settings.paperless_url,
        token=settings.paperless_token,
        user=settings.paperless_username,
        password=settings.paperless_password,
        token_kept=settings.home / "paperless-token",
        categories=rules.taxonomy.categories,
        levels=rules.ladder.names,
        media=settings.paperless_media,
        trash=settings.paperless_trash_dir,
    )


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


def vocabulary(rules: Rules) -> tuple[Term, ...]:
    """Every word that the DMS has to know: categories, kinds under them, levels, states."""
    names = rules.taxonomy.categories
    return (
        *(Term("category", name) for name in names.values()),
        *(Term("kind", kind.zh, names[kind.category]) for kind in rules.taxonomy.kind),
        *(Term("level", name) for name in rules.ladder.names),
        *(Term("state", name) for name in STATES),
    )
