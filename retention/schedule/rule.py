"""A Rule is one row of the disposition schedule; a Schedule is the whole dated, versioned table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from retention.periods.event import CutoffEvent
from retention.periods.period import Period
from retention.schedule.trait import DossierTrait

Disposition = Literal["destroy", "review", "transfer", "keep"]
"""What the schedule proposes once the period is over. It is a proposal: people decide."""

DISPOSITION_NAMES: dict[Disposition, tuple[str, str]] = {
    "destroy": ("拟销毁", "propose to destroy"),
    "review": ("复审鉴定", "review"),
    "transfer": ("拟移交", "propose to transfer"),
    "keep": ("继续保管", "keep"),
}
"""Chinese and English name of each disposition."""


@dataclass(frozen=True)
class Rule:
    """How long and from when something is kept, and on whose authority.

    `order` is the row's place in the table, from 0. `period` and `cutoff` are both None where the
    rule keeps for ever, and both set where it does not.

    `kinds` and `series` are Chinese names, `categories` ids: a record that is any of these is meant, and any at all
    where the three are empty and a condition on the dossier is given. Of the dossier all `dossier_is` must hold, and a
    paper of each kind in `dossier_has` must lie in it. A row without any condition is for the kinds whose row in the
    taxonomy names it.
    """

    id: str
    order: int
    name_zh: str
    name_en: str
    period: Period | None
    cutoff: CutoffEvent | None
    roll_to_year_end: bool
    disposition: Disposition
    authority: str
    note: str = ""
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    dossier_is: tuple[DossierTrait, ...] = ()
    dossier_has: tuple[str, ...] = ()

    def __hash__(self) -> int:
        # Not of all fields: what is counted and kept by rule asks for it a million times.
        return hash((self.order, self.id))

    @property
    def conditional(self) -> bool:
        """Whether the row itself says what it is for."""
        return bool(self.kinds or self.categories or self.series or self.dossier_is or self.dossier_has)

    @property
    def permanent(self) -> bool:
        """Whether the rule keeps for ever: then nothing under it is ever due."""
        return self.period is None

    @property
    def period_zh(self) -> str:
        """The period as a Chinese office writes it: 永久, 30年."""
        return self.period.zh if self.period else "永久"

    @property
    def period_en(self) -> str:
        """The period in English: permanent, 30 years."""
        return self.period.en if self.period else "permanent"

    @property
    def period_iso(self) -> str:
        """The period as the schedule writes it: permanent, P30Y."""
        return self.period.iso if self.period else "permanent"


@dataclass(frozen=True)
class Schedule:
    """The table with its identity: name, version, day, and the SHA-256 of the file that it came from.

    `example` is True while no company has made the table its own. `rules` goes by rule id, in the
    order of the rows. `text` is the whole file.
    """

    name_zh: str
    name_en: str
    version: str
    dated: date
    example: bool
    sha256: str
    rules: Mapping[str, Rule]
    text: str = ""
