"""The answer to who asks about his personal data: 个人信息处理情况告知书. It names nobody but who asks, and no paper's title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from retention.reports.contents.wording import ID, KIND, PAGES
from retention.reports.report import (
    MOST_SIGNED,
    Column,
    Fact,
    Figure,
    Frame,
    Note,
    Report,
    Section,
    Signature,
    Table,
    Words,
)
from retention.requests.request import KIND_NAMES, Request


@dataclass(frozen=True)
class AnswerRow:
    """One record as it is told to who asks. `others` counts other people on the same paper, at least."""

    dms_id: str
    category: str
    kind: str
    dated: date | None
    pages: int
    data: str
    purpose: str
    authority: str
    period: str
    until: str
    filed_on: date | None
    where: tuple[str, str]
    others: int


_BLACK_OUT = Words("载有他人信息，须先遮盖", "others are on it: to be blacked out first")
_COLUMNS = (
    ID,
    Column("category", Words("类别", "Category"), width=22),
    KIND,
    Column("dated", Words("文件日期", "Dated"), "day", 20),
    PAGES,
    Column("data", Words("信息种类", "Data"), width=34),
    Column("purpose", Words("保管目的、依据", "Purpose, authority")),
    Column("until", Words("保管期限", "Kept until"), width=34),
    Column("filed_on", Words("来源：扫描归档", "Source: scanned and filed"), "day", 22),
    Column("where", Words("状态", "Where"), width=28),
    Column("copy", Words("复制", "Copy"), width=28),
)


def request_answer(one: Request, rows: Sequence[AnswerRow], words: str, frame: Frame, level: str) -> Report:
    """The answer to request `one`: what is held of him, in these rows, and what he is told in `words`."""
    zh, en, authority = KIND_NAMES[one.kind]
    with_others = sum(bool(row.others) for row in rows)
    return Report(
        name=f"request-{one.id}",
        title=Words("个人信息处理情况告知书", "Answer to a personal-data request"),
        frame=frame,
        level=level,
        facts=(
            Fact(Words("申请", "Request"), one.id),
            Fact(Words("申请人", "Who asks"), one.name),
            Fact(Words("证件号码", "ID number"), one.masked),
            Fact(Words("申请事项", "Asks for"), Words(zh, en)),
            Fact(Words("收到日期", "Received on"), one.received_on),
            Fact(Words("答复期限", "Due on"), one.due_on),
            Fact(Words("身份核验", "Identity"), one.checked_how),
            Fact(Words("依据", "Authority"), authority),
            Fact(Words("编制日期", "Made on"), frame.made_on),
            Fact(Words("编制人", "Made by"), frame.made_by),
        ),
        figures=(
            Figure("records", Words("文件", "records"), len(rows), "strong"),
            Figure("pages", Words("页", "pages"), sum(row.pages for row in rows)),
            Figure("with_others", Words("载有他人信息", "with others"), with_others),
        ),
        sections=(
            Section(Words("一、答复", "1. Answer"), (Note(Words(words)),)),
            Section(
                Words("二、本单位处理的个人信息", "2. What is held"),
                (Table("records", _COLUMNS, tuple(map(_row, rows)), MOST_SIGNED),),
                Words("未查到可以确认属于您的个人信息。", "Nothing was found that is certainly about you."),
            ),
        ),
        closing=(
            Words(
                "对答复有异议的，可以向履行个人信息保护职责的部门投诉，或依法向人民法院提起诉讼。",
                "Who does not agree may complain to the authority for the protection of personal data, or go to court.",
            ),
        ),
        signatures=(
            Signature(Words("编制人", "Made by"), frame.made_by, frame.made_on),
            Signature(Words("单位盖章", "Seal")),
        ),
    )


def _row(row: AnswerRow) -> tuple[str | int | date | Words | None, ...]:
    return (
        row.dms_id,
        row.category,
        row.kind,
        row.dated,
        row.pages,
        row.data,
        Words(row.purpose, row.authority),
        Words(row.period, row.until),
        row.filed_on,
        Words(*row.where),
        _BLACK_OUT if row.others else "",
    )
