"""What is known of a file between its claim and its end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from consumers.cutting import Cut
from consumers.errors import Refused
from consumers.inbox.spool import Claim
from consumers.scan import Scan
from consumers.transcript import Transcript
from plugins.archiving.standing import BY_ITSELF, Standing
from plugins.intake.outcome import Outcome
from retention.record import Record


@dataclass
class InHand:
    """One file: what was read of it, how it stands to others, and how often it was tried.

    `looked_at` is true once it is decided whether it is filed in parts, `cuts` are those parts as files; `filed` is
    true once the file itself is in the DMS, as `record` where this process filed it. `refused` is why it is to be set
    aside, `place` where it then lies. `unwritten` counts the processes that died over its archive version. `due` is a moment of the monotonic clock, `tried` the one at which it was last put off; `out_of_reach` is true where that was
    because DMS, database or disk did not answer.
    """

    claim: Claim
    scan: Scan
    taken_from: Path | None = None
    transcript: Transcript | None = None
    searchable: Path | None = None
    looked_at: bool = False
    standing: Standing = BY_ITSELF
    cuts: tuple[Cut, ...] = ()
    filed: bool = False
    record: Record | None = None
    refused: Refused | None = None
    place: Path | None = None
    tries: int = 0
    failures: int = 0
    unwritten: int = 0
    due: float = 0.0
    tried: float = 0.0
    out_of_reach: bool = False

    def outcome(
        self,
        *,
        record: Record | None = None,
        refused: Refused | None = None,
        place: Path | None = None,
        waiting: str = "",
    ) -> Outcome:
        """How its way ended, or that it waits."""
        claim = self.claim
        return Outcome(
            intake_id=claim.id,
            name=claim.name,
            record=record,
            refused=refused,
            place=place,
            waiting=waiting,
            taken_from=self.taken_from,
            part_of=claim.part_of,
            first_page=claim.first_page,
            last_page=claim.last_page,
        )
