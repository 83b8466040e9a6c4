"""The appraisal report 档案鉴定报告: what was proposed, decided and said of it, to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retention.appraising.appraisal import (
    AGREEMENT_NAMES,
    DECISION_NAMES,
    SIDE_NAMES,
    SIDES,
    Appraisal,
    Item,
    Side,
    counts,
)
from retention.periods.event import HAPPENINGS
from retention.record import by_number
from retention.reports.contents.wording import (
    CUTOFF,
    ID,
    LAST_DAY,
    PAGES,
    UNASSIGNED,
    cautions,
    in_words,
    rule_in_words,
)
from retention.reports.eyes import HIDDEN, Eyes
from retention.reports.report import (
    MOST_SIGNED,
    Cell,
    Column,
    Fact,
    Figure,
    Frame,
    Reason,
    Report,
    Row,
    Rows,
    Section,
    Signature,
    Table,
    Words,
)
from retention.reports.words import CATEGORY_NAMES, CategoryNames, category_name
from retention.reviewed import category_place
from retention.schedule.rule import Schedule

_ORDER = (*DECISION_NAMES, None)


def _place(one: Item) -> tuple[object, ...]:
    """Where an item stands in the list: by decision, category, dossier and number."""
    return _ORDER.index(one.decision), category_place(one.category), one.dossier, by_number(one.dms_id)


_UNDECIDED = ("未作决定", "not decided")


def appraisal_report(
    batch: Appraisal,
    frame: Frame,
    eyes: Eyes,
    names: CategoryNames = CATEGORY_NAMES,
    schedule: Schedule | None = None,
) -> Report:
    """The batch as a report; with the schedule that is in use it is told where that is an example."""
    items = sorted(batch.items, key=_place)
    tally = counts(batch.items)
    return Report(
        name=f"appraisal-{batch.id}",
        title=Words("档案鉴定报告", f"Appraisal report no. {batch.id}"),
        frame=frame,
        level=eyes.marking(one.confidentiality for one in items),
        facts=(
            Fact(Words("批次", "Batch"), batch.id),
            Fact(Words("基准日", "As of"), batch.as_of),
            Fact(Words("编制日期", "Made on"), frame.made_on),
            Fact(Words("提出人", "Proposed by"), frame.act(batch.proposed_by, batch.proposed_at)),
            Fact(Words("批准人", "Approved by"), frame.act(batch.approved_by, batch.approved_at)),
            Fact(Words("保管期限表", "Schedule"), batch.schedule[:16]),
            Fact(Words("件数", "Items"), len(items)),
            Fact(Words("页数", "Pages"), sum(one.pages for one in items)),
            Fact(Words("批示", "Note"), _freely(batch.note, items, eyes)),
        ),
        figures=(
            *(
                Figure(key, Words(*DECISION_NAMES[key]), tally[key], "alarm" if key == "destroy" else "")
                for key in DECISION_NAMES
            ),
            Figure("undecided", Words(*_UNDECIDED), tally["undecided"]),
        ),
        cautions=(*_standing(batch), *cautions(eyes, schedule)),
        sections=(
            Section(
                Words("一、逐件决定", "1. Item by item"),
                (
                    Table(
                        "items",
                        _ITEMS,
                        Rows(lambda: items, len(items), lambda one: _row(one, frame, eyes, names)),
                        MOST_SIGNED,
                    ),
                ),
                Words("本批没有文件。", "There is nothing in this batch."),
            ),
            Section(
                Words("二、会签意见", "2. Opinions"),
                (Table("opinions", _OPINIONS, tuple(_opinion(batch, side, frame, eyes) for side in SIDES)),),
            ),
        ),
        closing=(
            Words(
                "批准之后方可隔离；销毁另须隔离期满、两人监销、逐件复核暂缓事项。",
                "Only what is approved may be quarantined; destruction asks for the end of the quarantine, two witnesses "
                "and a last look at each item.",
            ),
        ),
        signatures=(
            *(Signature(Words(*SIDE_NAMES[side]), *_spoken(batch, side)) for side in SIDES),
            Signature(Words("批准人", "Approved by"), batch.approved_by, frame.day(batch.approved_at)),
        ),
    )


_ITEMS = (
    Column("decision", Words("决定", "Decision"), band=1),
    Column("category", Words("类别", "Category"), band=1),
    replace(ID, width=13),
    Column("title", Words("题名", "Title"), width=38),
    Column("kind", Words("文种", "Kind"), width=17),
    Column("dossier", Words("客户档案", "Dossier"), width=27),
    replace(PAGES, width=10),
    Column("rule", Words("规则", "Rule"), width=26),
    replace(CUTOFF, width=19),
    replace(LAST_DAY, width=19),
    Column("why", Words("理由与暂缓事项", "Why, and what stands in the way")),
    Column("kept_until", Words("保管至", "Kept until"), "day", 19),
    Column("decided", Words("决定人与理由", "Decided by, and why"), width=31),
)
_OPINIONS = (
    Column("side", Words("部门", "Side"), width=56),
    Column("opinion", Words("意见", "Opinion"), width=30),
    Column("who", Words("签署人", "Who"), width=34),
    Column("on", Words("日期", "On"), "day", 24),
    Column("words", Words("内容", "In words")),
)


def _row(one: Item, frame: Frame, eyes: Eyes, names: CategoryNames) -> Row:
    level = one.confidentiality
    decided = (
        f"{one.decided_by} {frame.day(one.decided_at)}：{eyes.read(one.reason, level)}"
        if one.decision
        else ""
    )
    return (
        Words(*(DECISION_NAMES[one.decision] if one.decision else _UNDECIDED)),
        Words(*category_name(one.category, names)),
        one.dms_id,
        eyes.read(one.title, level),
        eyes.read(one.kind, level),
        eyes.read(one.dossier, level) or UNASSIGNED,
        one.pages,
        rule_in_words(one.rule_name, one.period),
        one.cutoff_on,
        one.retain_until,
        _why(one, eyes),
        one.kept_until,
        decided,
    )


def _why(one: Item, eyes: Eyes) -> Reason:
    told = (one.why_zh, one.why_en)
    if not eyes.all_seeing and (one.cutoff_event in HAPPENINGS or not eyes.see(one.confidentiality)):
        told = (f"保管期限至 {one.retain_until}", f"kept until {one.retain_until}")
    return Reason(eyes.mask(told[0]), eyes.mask(told[1]), in_words(one.blocks, eyes))


def _freely(text: str, items: Sequence[Item], eyes: Eyes) -> str:
    """What a person wrote about the whole batch may speak of any item in it."""
    seen = all(eyes.see(one.confidentiality) for one in items)
    return eyes.mask(text) if seen or not text else HIDDEN


def _opinion(batch: Appraisal, side: Side, frame: Frame, eyes: Eyes) -> Row:
    said, (zh, en) = batch.opinion_of(side), SIDE_NAMES[side]
    if said is None:
        return Words(zh, en), Words("尚未会签", "has not spoken yet"), "", None, ""
    whose = Words(f"{zh}（{said.department}）" if said.department else zh, en)
    opinion: Cell = Words(*AGREEMENT_NAMES[said.opinion])
    return whose, opinion, said.who, frame.day(said.at), _freely(said.words, batch.items, eyes)


def _spoken(batch: Appraisal, side: Side) -> tuple[str]:
    said = batch.opinion_of(side)
    return (said.who if said else "",)


def _standing(batch: Appraisal) -> tuple[Words, ...]:
    if batch.approved_at:
        return ()
    if batch.withdrawn_at:
        return (Words("已撤回：本报告所列决定不生效。", "WITHDRAWN: the decisions below bind nobody."),)
    return (Words("未经批准：本报告所列决定不生效。", "NOT APPROVED: the decisions below bind nobody."),)
