"""An Intaking over a pool that needs no OCR, with all that it told."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from consumers import intake
from consumers.inbox.owner import Owner
from consumers.pool import ReadingPool
from plugins.intake.intaking import Intaking
from plugins.intake.outcome import Outcome
from plugins.wiring import Archive
from tests.plugins.conftest import TextPool


class Desk:
    """An Intaking with what it told."""

    def __init__(self, archive: Archive, owner: Owner) -> None:
        self.told: list[Outcome] = []
        self.archive = archive
        self.owner = owner
        self.taking = Intaking(archive, cast(ReadingPool, TextPool()), owner, self.told.append)

    def take(self, path: Path, *, keep: bool = False) -> Outcome:
        """Take a file in; gives back what was told last."""
        self.taking.take(path, "test", keep=keep)
        self.finish()
        return self.told[-1]

    def finish(self) -> None:
        """Go on until nothing is left to do but to wait."""
        while self.taking.in_hand > self.taking.stuck:
            self.taking.work(0.1)

    def rows(self) -> list[intake.Intake]:
        """The intake table."""
        with self.archive.engine.begin() as connection:
            return intake.listing(connection)

    def states(self) -> list[str]:
        """Where each file stands."""
        return [row.state for row in self.rows()]

    def spooled(self) -> list[Path]:
        """What lies in the spool."""
        return sorted((self.archive.settings.home / "spool").glob("*"))
