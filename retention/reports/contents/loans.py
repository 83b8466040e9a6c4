"""The list of loans 借阅清单: what is out, with whom, until when; and, where they are asked for, what came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from retention.custody.loan import SCOPE_NAMES, Loan
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
from retention.reports.words import CATEGORY_NAMES, CategoryNames, category_name


def loans_report(
    loans: Sequence[Loan], today: date, frame: Frame, eyes: Eyes, names: CategoryNames = CATEGORY_NAMES
) -> Report:
    """The loans as a report, the longest overdue first; `today` decides what is overdue."""
    out = sorted((one for one in loans if one.out), key=lambda one: (one.due_on, one.id))
    back = [one for one in loans if not one.out]
    late = [one for one in out if one.days_late(today)]
    sections = [_section(Words("一、借出未还", "1. Out"), "out", out, today, eyes, names)]
    if back:
        sections.append(_section(Words("二、已归还", "2. Returned"), "returned", back, today, eyes, names))
    return Report(
        name="loans",
        title=Words("档案借阅清单", "Loans"),
        frame=frame,
        level=eyes.marking(one.level for one in loans),
        facts=(
            Fact(Words("基准日", "As of"), today),
            Fact(Words("编制日期", "Made on"), frame.made_on),
            Fact(Words("编制人", "Made by"), frame.made_by),
        ),
        figures=(
            Figure("out", Words("借出未还", "out"), len(out), "strong"),
            Figure("overdue", Words("其中逾期", "overdue"), len(late), "alarm"),
            Figure("returned", Words("已归还", "returned"), len(back)),
            Figure("borrowers", Words("借阅人数", "borrowers"), len({one.borrower for one in out})),
        ),
        cautions=cautions(eyes),
        sections=tuple(sections),
        closing=(
            Words(
                "借阅人应按期归还；逾期者由档案部门催还。借出期间，所及档案不得销毁。",
                "Papers come back in time; the archive reminds who is late. What is out can't be destroyed.",
            ),
        ),
        signatures=(
            Signature(Words("编制人", "Made by"), frame.made_by, frame.made_on),
            Signature(Words("档案部门负责人", "Head of the archive")),
        ),
    )


_OUT = (
    Column("id", Words("号", "No."), "whole", 11),
    Column("scope", Words("对象", "What"), width=16),
    Column("key", Words("编号", "Id"), "code", 22),
    Column("title", Words("题名", "Title")),
    Column("category", Words("类别", "Category"), width=18),
    Column("confidentiality", Words("密级", "Level"), width=17),
    Column("borrower", Words("借阅人", "Borrower"), width=16),
    Column("department", Words("部门", "Department"), width=19),
    Column("purpose", Words("用途", "Purpose"), width=24),
    Column("approved_by", Words("批准人", "Approved"), width=16),
    Column("lent_on", Words("借出日", "Lent on"), "day", 20),
    Column("due_on", Words("应还日", "Due back"), "day", 20),
)
_RENEWED = Column("renewals", Words("续借"), "whole", 11)
_LATE = Column("days_late", Words("逾期天数", "Late"), "whole", 13)
_COLUMNS = {
    "out": (*_OUT, _RENEWED, _LATE),
    "returned": (*_OUT, Column("returned_on", Words("归还日", "Returned"), "day", 20), _LATE),
}


def _section(
    title: Words, key: str, loans: Sequence[Loan], today: date, eyes: Eyes, names: CategoryNames
) -> Section:
    rows = Rows(lambda: loans, len(loans), lambda one: _row(one, today, eyes, names))
    return Section(
        title,
        (Table(key, _COLUMNS[key], rows, MOST_SIGNED),),
        Words("没有借出未还的档案。", "Nothing is out."),
    )


def _row(one: Loan, today: date, eyes: Eyes, names: CategoryNames) -> Row:
    return (
        one.id,
        Words(*SCOPE_NAMES[one.scope]),
        one.key if one.scope == "record" else (eyes.mask(one.key) if eyes.see(one.level) else HIDDEN),
        eyes.read(one.title, one.level),
        Words(*category_name(one.category, names)) if one.category else "",
        one.level,
        one.borrower,
        one.department,
        eyes.read(one.purpose, one.level),
        one.approved_by,
        one.lent_on,
        one.due_on,
        one.renewals if one.out else one.returned_on,
        one.days_late(today),
    )
