"""The columns and rows of the retention review."""

from __future__ import annotations

from retention.periods.event import EVENT_NAMES, HAPPENINGS
from retention.record import Record
from retention.reports.contents.wording import (
    CUTOFF,
    DOSSIER,
    ID,
    KIND,
    LAST_DAY,
    LEVEL,
    TITLE,
    UNASSIGNED,
    in_words,
)
from retention.reports.eyes import Eyes
from retention.reports.report import Cell, Column, Reason, Row, Words
from retention.reports.words import STATE_NAMES, CategoryNames, category_name
from retention.reviewed import DueItem, Tally, UnruledItem, WaitingItem
from retention.schedule.rule import DISPOSITION_NAMES, Rule

DUE = (
    Column("category", Words("类别", "Category"), band=1),
    Column("rule", Words("规则", "Rule"), band=1),
    Column("disposition", Words("拟处置", "Proposed"), band=1),
    Column("dossier", Words("客户档案", "Dossier"), band=2),
    ID,
    TITLE,
    KIND,
    LEVEL,
    Column("period", Words("期限", "Period"), width=16),
    CUTOFF,
    LAST_DAY,
    Column("state", Words("状态", "State"), width=20),
    Column("why", Words("理由与暂缓事项", "Why, and what stands in the way")),
)
BLOCKED = (ID, TITLE, DOSSIER, LAST_DAY, Column("why", Words("暂缓原因", "What stands in the way")))
WAITING = (
    ID,
    TITLE,
    KIND,
    DOSSIER,
    Column("event", Words("缺何事件", "Missing event"), width=32),
    Column("why", Words("缺什么", "What is missing")),
)
UNRULED = (ID, TITLE, KIND, DOSSIER, Column("why", Words("说明", "Note")))
PERMANENT = (
    Column("category", Words("类别", "Category"), width=40),
    Column("rule", Words("规则", "Rule")),
    Column("count", Words("件数", "Records"), "whole", 24),
)
RULES = (
    Column("id", Words("编号", "Rule"), "code", 42),
    Column("name", Words("名称", "Name"), width=62),
    Column("period", Words("期限", "Period"), width=26),
    Column("authority", Words("依据", "Authority")),
)


def due_row(item: DueItem, eyes: Eyes, names: CategoryNames) -> Row:
    """One due item."""
    card, rule = eyes.card(item.record.card), item.rule
    return (
        Words(*category_name(card.category, names)),
        Words(f"{rule.name_zh}（{rule.id}）", rule.name_en),
        Words(*DISPOSITION_NAMES[rule.disposition]),
        card.dossier or UNASSIGNED,
        item.record.dms_id,
        card.title,
        card.kind,
        card.confidentiality,
        Words(rule.period_zh, rule.period_en),
        item.cutoff.on,
        item.retain_until,
        Words(*STATE_NAMES[item.state]),
        Reason(*why_of(item, eyes), in_words(item.blocks, eyes)),
    )


def why_of(item: DueItem, eyes: Eyes) -> tuple[str, str]:
    """Why it is due. What an event rests on may quote another paper: only who sees everything reads that."""
    quotes = item.cutoff.event in HAPPENINGS
    zh, en = item.why_zh, item.why_en
    if not eyes.all_seeing and (quotes or not eyes.see(item.record.card.confidentiality)):
        zh = f"保管{item.rule.period_zh}，至 {item.retain_until}"
        en = f"kept {item.rule.period_en}, until {item.retain_until}"
    return eyes.mask(zh), eyes.mask(en)


def blocked_row(item: DueItem, eyes: Eyes) -> Row:
    """A due item, and what stands in its way."""
    card = eyes.card(item.record.card)
    return (
        item.record.dms_id,
        card.title,
        card.dossier or UNASSIGNED,
        item.retain_until,
        Reason("", "", in_words(item.blocks, eyes)),
    )


def waiting_row(item: WaitingItem, eyes: Eyes) -> Row:
    """A record whose period has not begun."""
    event = item.missing.event
    zh, en = item.missing.why_zh, item.missing.why_en
    seen = eyes.see(item.record.card.confidentiality)
    return (
        *_of(item.record, eyes),
        Words(*EVENT_NAMES[event]) if event else "",
        Reason(eyes.mask(zh), eyes.mask(en))
        if seen
        else Reason("须登记所缺事件", "the event must be recorded"),
    )


def unruled_row(item: UnruledItem, eyes: Eyes) -> Row:
    """A record that no rule fits."""
    if not eyes.see(item.record.card.confidentiality):
        return (*_of(item.record, eyes), Reason("没有适用规则", "no rule fits"))
    return (*_of(item.record, eyes), Reason(eyes.mask(item.why_zh), eyes.mask(item.why_en)))


def _of(record: Record, eyes: Eyes) -> tuple[Cell, ...]:
    card = eyes.card(record.card)
    return record.dms_id, card.title, card.kind, card.dossier or UNASSIGNED


def tally_row(item: Tally, names: CategoryNames) -> Row:
    """How many of a category a rule keeps for ever."""
    return (
        Words(*category_name(item.category, names)),
        f"{item.rule.name_zh}（{item.rule.id}）",
        item.count,
    )


def rule_row(rule: Rule) -> Row:
    """A rule and its authority."""
    return (
        rule.id,
        Words(rule.name_zh, rule.name_en),
        Words(rule.period_zh, rule.period_en),
        Reason(rule.authority, f"注：{rule.note}" if rule.note else ""),
    )
