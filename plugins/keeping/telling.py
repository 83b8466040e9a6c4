"""Entering and withdrawing events, and showing in the DMS what follows from them for the last day of each record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.errors import BadWord
from plugins.keeping.retaining import catch_up, retain
from plugins.wiring import Archive
from retention.dms import Query
from retention.errors import DmsError, NoSuchRecord
from retention.households.dossiers import dossier_of
from retention.periods import events
from retention.periods.event import Event, Scope
from retention.periods.events import Source, Told
from retention.record import Record

_ALL = 1 << 31
"""More hits than there can be records."""


@dataclass(frozen=True)
class Entered:
    """The events as they stand now, and the records whose last day could not be shown anew, each with the reason."""

    events: tuple[Told, ...]
    not_shown: tuple[tuple[str, str], ...]


def tell(archive: Archive, those: Sequence[Event], by: str, source: Source = "person") -> Entered:
    """Enter all of them or none. Raises BadEvent, and BadWord for a dossier or a record that there is not."""
    catch_up(archive)
    for scope in dict.fromkeys(event.scope for event in those):
        _refuse_unknown(archive, scope)
    with archive.engine.begin() as connection:
        at = archive.clock()
        entered = tuple(events.tell(connection, one, who=by, at=at, source=source) for one in those)
    return Entered(entered, _show(archive, (event.scope for event in those)))


def withdraw(archive: Archive, number: int, by: str, reason: str) -> Entered:
    """Let an event count no more, by a second one. Raises BadEvent."""
    with archive.engine.begin() as connection:
        told = events.withdraw(connection, number, who=by, at=archive.clock(), reason=reason)
    return Entered((told,), _show(archive, (told.event.scope,)))


def _refuse_unknown(archive: Archive, scope: Scope) -> None:
    if scope.sort == "record":
        try:
            archive.dms.record(scope.key)
        except NoSuchRecord as error:
            raise BadWord(f"没有文件 {scope.key}。There is no record {scope.key}") from error
        return
    with archive.engine.begin() as connection:
        known = dossier_of(connection, scope.key)
    if known is None:
        raise BadWord(
            f"没有客户档案 {scope.key}：见 dossier dossiers list。No dossier {scope.key}; see the list"
        )
    if known.merged_into:
        raise BadWord(
            f"{scope.key} 已并入 {known.merged_into}：请改用后者。It was merged into {known.merged_into}; name that one"
        )


def _show(archive: Archive, scopes: Iterable[Scope]) -> tuple[tuple[str, str], ...]:
    failed = []
    for scope in dict.fromkeys(scopes):
        for record in _of(archive, scope):
            try:
                retain(archive, record)
            except DmsError as error:
                failed.append((record.dms_id, str(error)))
    return tuple(failed)


def _of(archive: Archive, scope: Scope) -> list[Record]:
    if scope.sort == "record":
        return [archive.dms.record(scope.key)]
    highest = archive.clearance(archive.rules.ladder.names[-1])
    return [hit.record for hit in archive.dms.search(Query(dossier=scope.key, limit=_ALL), highest)]
