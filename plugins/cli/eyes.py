"""Whose eyes are looking: the option `--clearance` of commands that show what is kept."""

from __future__ import annotations

from typing import Annotated

import typer

from plugins.errors import BadWord
from plugins.wiring import Archive
from retention.dms import Clearance

EyesOf = Annotated[
    str,
    typer.Option("--clearance", help="以此密级的权限查看，默认 DOSSIER_CLEARANCE。Whose eyes are looking."),
]


def eyes_of(archive: Archive, said: str) -> Clearance:
    """The clearance that was said, or the setting's; raises BadWord for a level that the ladder does not have."""
    names = archive.rules.ladder.names
    if said and said not in names:
        raise BadWord(f"--clearance: 没有这个密级 there is no level {said!r}; choose from {', '.join(names)}")
    return archive.clearance(said)
