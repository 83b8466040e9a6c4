"""The clock of requests and loans, as `dossier doctor` shows it: what should have been answered or returned by today."""

from __future__ import annotations

from plugins.keeping.appraising import today_of
from plugins.lookout.check import Check
from plugins.wiring import Archive
from retention.custody import loans
from retention.requests import requests, restrictions


def clock_checks(archive: Archive) -> list[Check]:
    """Requests that are late or soon will be, restrictions that the DMS does not show yet, and papers that are overdue."""
    today = today_of(archive)
    with archive.engine.begin() as connection:
        waiting = requests.every(connection)
        late = requests.overdue(connection, today)
        unsettled = restrictions.cut_off(connection)
        overdue = loans.overdue(connection, today)
    soon = sum(one.warns(today) for one in waiting) - len(late)
    told = f"{len(waiting)} not closed, {len(late)} overdue, {soon} due soon, {len(unsettled)} not shown in the DMS yet"
    return [
        Check(
            "requests",
            not (late or unsettled),
            told,
            "dossier requests list: answer or extend them; dossier requests show finishes what was cut off"
            if late or unsettled
            else "",
            optional=True,
        ),
        Check(
            "loans",
            not overdue,
            f"{len(overdue)} overdue",
            "dossier loans overdue: call them back" if overdue else "",
            optional=True,
        ),
    ]
