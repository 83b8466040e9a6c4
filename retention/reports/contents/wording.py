"""The columns, sentences and signatures that several reports share."""

from __future__ import annotations

from collections.abc import Iterable

from retention.blocking.block import Block
from retention.periods.period import parse_period
from retention.reports.eyes import Eyes
from retention.reports.report import Column, Words
from retention.schedule.rule import Schedule

ID = Column("id", Words("编号", "Id"), "code", 15)
TITLE = Column("title", Words("题名", "Title"), width=50)
KIND = Column("kind", Words("文种", "Kind"), width=23)
DOSSIER = Column("dossier", Words("客户档案", "Dossier"), width=36)
LEVEL = Column("confidentiality", Words("密级", "Level"), width=18)
PAGES = Column("pages", Words("页数", "Pages"), "whole", 12)
NUMBER = Column("number", Words("序号", "No."), "whole", 12)
CUTOFF = Column("cutoff_on", Words("起算日", "Cutoff"), "day", 20)
LAST_DAY = Column("retain_until", Words("到期日", "Last day"), "day", 20)

UNASSIGNED = "（未归入）"

HIDING = Words(
    "本件按阅读者权限编制：高于其密级的题名、姓名和理由已略去，件数不受影响。",
    "Made for a reader's level: titles, names and reasons above it are left out; every record is still counted.",
)

EXAMPLE = Words(
    "示例保管期限表：本件依据示例编制，期限未经公司审定，不得作为处置依据。",
    "EXAMPLE SCHEDULE: no company has approved these periods; nothing may be decided on them.",
)


def cautions(eyes: Eyes, schedule: Schedule | None = None) -> tuple[Words, ...]:
    """What must be said on every page: that the schedule is an example, and that something was left out."""
    return (
        *((EXAMPLE,) if schedule is not None and schedule.example else ()),
        *(() if eyes.all_seeing else (HIDING,)),
    )


def in_words(blocks: Iterable[Block], eyes: Eyes) -> tuple[Words, ...]:
    """What stands in the way, as the reader may read it."""
    return tuple(Words(one.reason_zh, one.reason_en) for one in eyes.blocks(blocks))


def rule_in_words(name: str, period: str) -> Words:
    """A rule's name with its period, which is told in ISO's letters: P30Y is printed as 30年."""
    return Words(f"{name}（{parse_period(period).zh}）" if period != "permanent" else f"{name}（永久）")
