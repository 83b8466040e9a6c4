"""The hand-over list 档案移交清册, item by item, to be signed by both sides; and the list of all hand-overs."""

from __future__ import annotations

from collections.abc import Sequence

from retention.custody.hand_over import SORT_NAMES, HandOver, HandOverItem
from retention.record import by_number
from retention.reports.contents.wording import (
    DOSSIER,
    ID,
    KIND,
    LEVEL,
    NUMBER,
    PAGES,
    UNASSIGNED,
    cautions,
)
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
from retention.reports.words import CATEGORY_NAMES, CategoryNames, category_name
from retention.reviewed import category_place

STATE_NAMES: dict[str, tuple[str, str]] = {
    "open": ("待双方确认", "waits for both sides"),
    "done": ("已移交", "handed over"),
    "withdrawn": ("已撤回", "withdrawn"),
}


def handover_report(one: HandOver, frame: Frame, eyes: Eyes, names: CategoryNames = CATEGORY_NAMES) -> Report:
    """One hand-over with all its items, in the order of category, dossier and id."""
    items = sorted(
        one.items, key=lambda item: (category_place(item.category), item.dossier, by_number(item.dms_id))
    )
    listed = list(enumerate(items, start=1))
    tally = one.by_category
    hidden = not all(eyes.see(item.level) for item in items)
    return Report(
        name=f"handover-{one.id}",
        title=Words("档案移交清册", f"Hand-over list no. {one.id}"),
        frame=frame,
        level=eyes.marking(item.level for item in items),
        facts=(
            Fact(Words("移交号", "Hand-over"), one.id),
            Fact(Words("种类", "Sort"), Words(*SORT_NAMES[one.sort])),
            Fact(Words("状态", "State"), Words(*STATE_NAMES[one.state])),
            Fact(Words("移交单位", "From"), one.department),
            Fact(Words("接收单位", "To"), one.receiver),
            Fact(Words("移交日期", "Handed over on"), one.done_on or ""),
            Fact(Words("造册人", "Listed by"), frame.act(one.proposed_by, one.proposed_at)),
            Fact(Words("编制日期", "Made on"), frame.made_on),
            Fact(Words("备注", "Note"), HIDDEN if hidden and one.note else eyes.mask(one.note)),
            Fact(Words("清册校验", "SHA-256 of the list"), one.digest),
        ),
        figures=(
            Figure("items", Words("件数", "items"), len(items), "strong"),
            Figure("pages", Words("页数", "pages"), sum(item.pages for item in items), "strong"),
            *(
                Figure(category, Words(*category_name(category, names)), tally[category][0])
                for category in sorted(tally, key=category_place)
            ),
        ),
        cautions=(*_standing(one), *cautions(eyes)),
        sections=(
            Section(
                Words("清册", "The list"),
                (
                    Table(
                        "items",
                        _ITEMS,
                        Rows(lambda: listed, len(listed), lambda row: _row(row, eyes, names)),
                        MOST_SIGNED,
                        totals=_total(items),
                    ),
                ),
                Words("清册内没有文件。", "There is nothing on the list."),
            ),
        ),
        closing=(
            Words(
                "移交方与接收方已按清册逐件清点，实体与电子文件数量、内容相符。本清册一式两份，双方各执一份。",
                "Both sides have counted item by item; papers and electronic files agree with this list. Made twice, one for "
                "each side.",
            ),
        ),
        signatures=(
            Signature(Words("移交人", "Given by"), one.given_by, frame.day(one.given_at)),
            Signature(Words("监交人", "Looked on")),
            Signature(Words("接收人", "Received by"), one.received_by, frame.day(one.received_at)),
            Signature(Words("移交单位（盖章）", "Giving side (seal)")),
            Signature(Words("接收单位（盖章）", "Receiving side (seal)")),
        ),
    )


def handovers_report(all_of: Sequence[HandOver], frame: Frame, eyes: Eyes) -> Report:
    """The hand-overs there are, one a row; their items are in the list of each."""
    done = [one for one in all_of if one.state == "done"]
    return Report(
        name="handovers",
        title=Words("档案移交目录", "Hand-overs"),
        frame=frame,
        level=eyes.marking(()),
        facts=(
            Fact(Words("编制日期", "Made on"), frame.made_on),
            Fact(Words("编制人", "Made by"), frame.made_by),
            Fact(Words("次数", "Hand-overs"), len(all_of)),
        ),
        figures=tuple(
            Figure(state, Words(*STATE_NAMES[state]), sum(one.state == state for one in all_of))
            for state in STATE_NAMES
        ),
        cautions=cautions(eyes),
        sections=(
            Section(
                Words("移交目录", "Hand-overs"),
                (
                    Table(
                        "handovers",
                        _HANDOVERS,
                        Rows(lambda: all_of, len(all_of), lambda one: _handover_row(one, frame)),
                    ),
                ),
                Words("尚无移交。", "Nothing was handed over yet."),
            ),
        ),
        closing=(
            Words(
                f"以上移交完成 {len(done)} 次；逐件见各号《档案移交清册》。",
                f"{len(done)} of these are done; the items are in the list of each number.",
            ),
        ),
        signatures=(
            Signature(Words("编制人", "Made by"), frame.made_by, frame.made_on),
            Signature(Words("档案部门负责人", "Head of the archive")),
        ),
    )


_ITEMS = (
    NUMBER,
    ID,
    Column("title", Words("题名", "Title")),
    KIND,
    Column("category", Words("类别", "Category"), width=24),
    DOSSIER,
    LEVEL,
    PAGES,
    Column("sha256", Words("原件校验", "SHA-256"), "code", 34),
    Column("note", Words("备注", "Note"), width=22),
)
_HANDOVERS = (
    Column("id", Words("号", "No."), "whole", 14),
    Column("sort", Words("种类", "Sort"), width=44),
    Column("department", Words("移交单位", "From"), width=44),
    Column("receiver", Words("接收单位", "To"), width=44),
    Column("state", Words("状态", "State"), width=30),
    Column("proposed", Words("造册", "Listed"), width=40),
    Column("done_on", Words("移交日期", "On"), "day", 24),
    Column("digest", Words("清册校验", "SHA-256 of the list"), "code"),
)


def _row(row: tuple[int, HandOverItem], eyes: Eyes, names: CategoryNames) -> Row:
    number, item = row
    return (
        number,
        item.dms_id,
        eyes.read(item.title, item.level),
        eyes.read(item.kind, item.level),
        Words(*category_name(item.category, names)),
        eyes.read(item.dossier, item.level) or UNASSIGNED,
        item.level,
        item.pages,
        item.sha256,
        "",
    )


def _total(items: Sequence[HandOverItem]) -> Row:
    pages = sum(item.pages for item in items)
    return None, "", Words(f"合计 {len(items)} 件", "Total"), "", "", "", "", pages, "", ""


def _handover_row(one: HandOver, frame: Frame) -> Row:
    return (
        one.id,
        Words(*SORT_NAMES[one.sort]),
        one.department,
        one.receiver,
        Words(*STATE_NAMES[one.state]),
        f"{one.proposed_by} {frame.day(one.proposed_at)}",
        one.done_on,
        one.digest,
    )


def _standing(one: HandOver) -> tuple[Words, ...]:
    if one.state == "withdrawn":
        return (Words("已撤回：本清册无效。", "WITHDRAWN: this list is void."),)
    if one.state == "open":
        return (Words("双方尚未确认，档案尚未移交。", "NOT CONFIRMED: nothing has changed hands yet."),)
    return ()
