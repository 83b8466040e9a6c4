"""The list of holds 冻结清单: what must not be destroyed, on whose order, since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retention.blocking.hold import SCOPE_NAMES, SORT_NAMES, Hold
from retention.blocking.hold_query import HeldQuery
from retention.reports.contents.wording import cautions
from retention.reports.eyes import HIDDEN, Eyes
from retention.reports.report import (
    MOST_SIGNED,
    Column,
    Fact,
    Figure,
    Frame,
    Report,
    Row,
    Rows,
    Section,
    Signature,
    Table,
    Words,
)
from retention.reports.words import category_name


def holds_report(holds: Sequence[Hold], levels: Mapping[int, str], frame: Frame, eyes: Eyes) -> Report:
    """The holds as a report, those that stand and, where they are given, those that were released. `levels` says of which
    level the thing is that each is placed on; of one that is not in it nobody knows."""
    standing = [one for one in holds if one.stands]
    released = [one for one in holds if not one.stands]
    sections = [
        _section(Words("一、现行冻结", "1. Holds that stand"), "standing", standing, levels, (frame, eyes))
    ]
    if released:
        sections.append(
            _section(Words("二、已解除", "2. Released"), "released", released, levels, (frame, eyes))
        )
    return Report(
        name="holds",
        title=Words("档案冻结清单", "Holds"),
        frame=frame,
        level=eyes.marking(levels.get(one.id, "") for one in holds),
        facts=(
            Fact(Words("编制日期", "Made on"), frame.made_on),
            Fact(Words("编制人", "Made by"), frame.made_by),
            Fact(Words("项数", "Holds"), len(holds)),
        ),
        figures=(
            *(
                Figure(sort, Words(*SORT_NAMES[sort]), sum(one.sort == sort for one in standing), "strong")
                for sort in SORT_NAMES
            ),
            Figure("released", Words("已解除", "released"), len(released)),
        ),
        cautions=cautions(eyes),
        sections=tuple(sections),
        closing=(
            Words(
                "冻结期间，任何人不得销毁所及档案；解除须写明理由，记入台账。未结诉讼另见到期鉴定审查表。",
                "Nothing that a hold reaches may be destroyed; a release needs a reason and is in the register. "
                "Open litigation is shown in the retention review.",
            ),
        ),
        signatures=(
            Signature(Words("编制人", "Made by"), frame.made_by, frame.made_on),
            Signature(Words("法务部门", "Legal")),
            Signature(Words("档案部门负责人", "Head of the archive")),
        ),
    )


_STANDING = (
    Column("id", Words("号", "No."), "whole", 12),
    Column("sort", Words("种类", "Sort"), width=30),
    Column("scope", Words("对象类型", "Placed on"), width=22),
    Column("key", Words("对象", "What"), width=56),
    Column("reason", Words("理由", "Reason")),
    Column("mandate", Words("依据", "Mandate"), width=46),
    Column("who", Words("经办人", "By"), width=22),
    Column("since", Words("自", "Since"), "day", 21),
)
_RELEASED = (
    Column("id", Words("号", "No."), "whole", 11),
    Column("sort", Words("种类", "Sort"), width=24),
    Column("scope", Words("对象类型", "Placed on"), width=18),
    Column("key", Words("对象", "What"), width=42),
    Column("reason", Words("理由", "Reason")),
    Column("mandate", Words("依据", "Mandate"), width=34),
    Column("who", Words("经办人", "By"), width=17),
    Column("since", Words("自", "Since"), "day", 20),
    Column("released", Words("解除日", "Released"), "day", 20),
    Column("released_by", Words("解除人", "By"), width=17),
    Column("release_reason", Words("解除理由", "Why"), width=32),
)


def _section(
    title: Words, key: str, holds: Sequence[Hold], levels: Mapping[int, str], whose: tuple[Frame, Eyes]
) -> Section:
    columns = _STANDING if key == "standing" else _RELEASED
    rows = Rows(
        lambda: holds, len(holds), lambda one: _row(one, levels.get(one.id, ""), *whose)[: len(columns)]
    )
    return Section(
        title, (Table(key, columns, rows, MOST_SIGNED),), Words("没有现行冻结。", "No hold stands.")
    )


def _row(one: Hold, level: str, frame: Frame, eyes: Eyes) -> Row:
    return (
        one.id,
        Words(*SORT_NAMES[one.sort]),
        Words(*SCOPE_NAMES[one.scope]),
        _what(one, eyes) if eyes.see(level) else HIDDEN,
        eyes.read(one.reason, level),
        eyes.read(one.mandate, level),
        one.who,
        frame.day(one.at),
        frame.day(one.released_at),
        one.released_by,
        eyes.read(one.release_reason, level),
    )


def _what(one: Hold, eyes: Eyes) -> str:
    if one.scope != "query":
        return eyes.mask(one.key)
    query = HeldQuery.read(one.key)
    told = (
        ("词语", query.words),
        ("类别", category_name(query.category)[0] if query.category else ""),
        ("文种", query.kind),
        ("文件日期自", query.dated_from),
        ("至", query.dated_to),
    )
    return eyes.mask("，".join(f"{name}：{said}" for name, said in told if said))
