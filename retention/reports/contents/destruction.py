"""The destruction register 档案销毁清册: every record of a disposal with what became of it, compared and signed by witnesses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retention.appraising.appraisal import Appraisal, Item
from retention.disposing.disposal import (
    STATE_NAMES,
    WITNESSES,
    Disposal,
    DisposalItem,
    checksum_of,
    counts,
    manifest_of,
    witnesses_of,
)
from retention.record import by_number
from retention.reports.contents.wording import (
    ID,
    KIND,
    LAST_DAY,
    NUMBER,
    PAGES,
    TITLE,
    UNASSIGNED,
    cautions,
    rule_in_words,
)
from retention.reports.eyes import Eyes
from retention.reports.report import (
    MOST_SIGNED,
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

RESULT_NAMES: dict[str, tuple[str, str]] = {
    "preparing": ("隔离未完", "quarantine is not complete"),
    "quarantine": ("隔离中，尚未销毁", "in quarantine, not destroyed"),
    "executing": ("销毁未完", "destruction is not complete"),
    "executed": ("已全部销毁", "all destroyed"),
    "partly-executed": ("部分销毁", "partly destroyed"),
    "not-executed": ("未销毁", "nothing was destroyed"),
}
"""Chinese and English name of each result of a disposal."""


def destruction_report(one: Disposal, batch: Appraisal, frame: Frame, eyes: Eyes) -> Report:
    """The register of one disposal: before destruction the list that witnesses compare, afterwards what became of it."""
    items = {item.dms_id: item for item in batch.items}
    ordered = sorted(one.items, key=lambda each: by_number(each.dms_id))
    listed = [(number, each, items[each.dms_id]) for number, each in enumerate(ordered, start=1)]
    sha256 = one.manifest_sha256 or checksum_of(manifest_of(one, batch))
    tally = counts(one.items)
    return Report(
        name=f"destruction-{one.id}",
        title=Words("档案销毁清册", f"Destruction register no. {one.id}"),
        frame=frame,
        level=eyes.marking(item.confidentiality for _, _, item in listed),
        facts=(
            Fact(Words("处置号", "Disposal"), one.id),
            Fact(Words("鉴定批次", "Appraisal"), batch.id),
            Fact(Words("结果", "Result"), Words(*RESULT_NAMES[one.result])),
            Fact(Words("提出人", "Proposed by"), frame.act(batch.proposed_by, batch.proposed_at)),
            Fact(Words("批准人", "Approved by"), frame.act(batch.approved_by, batch.approved_at)),
            Fact(Words("隔离至", "Quarantine until"), one.quarantine_until),
            Fact(Words("执行人", "Executed by"), frame.act(one.begun_by, one.begun_at)),
            Fact(Words("执行完毕", "Done"), frame.minute(one.done_at)),
            Fact(Words("编制日期", "Made on"), frame.made_on),
            Fact(Words("清册校验", "SHA-256 of the list"), sha256),
        ),
        figures=(
            Figure("items", Words("件数", "items"), len(listed), "strong"),
            Figure("pages", Words("页数", "pages"), sum(item.pages for _, _, item in listed)),
            *(
                Figure(state, Words(*STATE_NAMES[state]), number, "alarm" if state == "destroyed" else "")
                for state, number in tally.items()
            ),
        ),
        cautions=(*_standing(one), *cautions(eyes)),
        sections=(
            Section(
                Words("一、清册", "1. The list"),
                (
                    Table(
                        "items",
                        _ITEMS,
                        Rows(lambda: listed, len(listed), lambda row: _row(row, frame, eyes)),
                        MOST_SIGNED,
                    ),
                ),
            ),
            Section(
                Words("二、监销确认", "2. Witnesses"),
                (Table("witnesses", _WITNESSES, tuple(_confirmed(one, batch, sha256, frame))),),
                Words("尚无监销人确认。", "No witness has confirmed the list yet."),
            ),
        ),
        closing=(
            Words(
                "监销人应于销毁前按本清册逐件核对，于销毁后确认并签名；未销毁者在清册中注明原因。本清册永久保管。",
                "Witnesses compare item by item before the act and sign after it; what was not destroyed says why. "
                "This register is kept for ever.",
            ),
        ),
        signatures=(*_witness_places(one, batch, sha256), *_others(one, batch, frame)),
    )


_ITEMS = (
    NUMBER,
    ID,
    TITLE,
    KIND,
    Column("dossier", Words("客户档案", "Dossier"), width=30),
    PAGES,
    Column("rule", Words("规则", "Rule"), width=28),
    LAST_DAY,
    Column("sha256", Words("原件校验", "SHA-256"), "code", 28),
    Column("outcome", Words("处置结果", "Outcome")),
    Column("on", Words("日期", "On"), "day", 20),
)
_WITNESSES = (
    Column("name", Words("监销人", "Witness"), width=50),
    Column("at", Words("确认时间", "Confirmed"), width=50),
    Column("list", Words("所确认的清册", "The list that was confirmed"), "code"),
    Column("counts", Words("是否现清册", "Is it this list"), width=36),
)


def _row(row: tuple[int, DisposalItem, Item], frame: Frame, eyes: Eyes) -> Row:
    number, each, item = row
    level = item.confidentiality
    zh, en = STATE_NAMES[each.state]
    # What stood in the way may name other papers.
    told = each.detail if eyes.all_seeing else ""
    return (
        number,
        item.dms_id,
        eyes.read(item.title, level),
        eyes.read(item.kind, level),
        eyes.read(item.dossier, level) or UNASSIGNED,
        item.pages,
        rule_in_words(item.rule_name, item.period),
        item.retain_until,
        item.sha256,
        Reason(zh, en, (Words(eyes.mask(told)),) if told else ()),
        frame.day(each.at),
    )


def _confirmed(one: Disposal, batch: Appraisal, sha256: str, frame: Frame) -> Iterator[Row]:
    fit = witnesses_of(one, batch, sha256)
    for each in one.confirmations:
        counts_here = each.manifest_sha256 == sha256 and each.name in fit
        counted = Words("是", "yes") if counts_here else Words("否，清册已变", "no, the list has changed")
        yield each.name, frame.minute(each.at), each.manifest_sha256, counted


def _standing(one: Disposal) -> tuple[Words, ...]:
    if one.done_at:
        return ()
    if one.begun_at:
        return (
            Words("销毁未完：重做 disposal execute 后另行编制。", "NOT COMPLETE: destruction was cut off."),
        )
    return (Words("待销毁清册：所列档案尚未销毁。", "TO BE DESTROYED: nothing below is destroyed yet."),)


def _witness_places(one: Disposal, batch: Appraisal, sha256: str) -> Iterator[Signature]:
    names: Sequence[str] = witnesses_of(one, batch, sha256)
    for place in range(max(WITNESSES, len(names))):
        name = names[place] if place < len(names) else ""
        yield Signature(Words(f"监销人 {place + 1}", f"Witness {place + 1}"), name)


def _others(one: Disposal, batch: Appraisal, frame: Frame) -> Iterator[Signature]:
    yield Signature(Words("执行人", "Executed by"), one.begun_by)
    yield Signature(Words("批准人", "Approved by"), batch.approved_by, frame.day(batch.approved_at))
