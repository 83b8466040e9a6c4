"""Finding the one rule for a record: the first row of the schedule that is meant for it, and why.

Where no row is, there is no rule: the record is listed, and never destroyed.
"""

from __future__ import annotations

from dataclasses import dataclass

from retention.schedule.rule import Rule, Schedule
from retention.schedule.trait import TRAIT_NAMES, DossierTrait


@dataclass(frozen=True)
class Subject:
    """What a row may ask of a record. `kind` and `series` are Chinese names, `category` is an id; `named` is the rule
    that the taxonomy's row of the kind names, empty where it names none. `dossier_has` are the kinds of the papers in
    its dossier.

    `labelled` is the rule that the record's labels bear: found for its kind by itself, or, of a file that holds several
    documents, the longest of theirs. Where it is given, only rows that ask for a dossier can stand before it.
    """

    kind: str
    category: str
    series: str = ""
    named: str = ""
    labelled: str = ""
    dossier_is: frozenset[DossierTrait] = frozenset()
    dossier_has: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """The rule that wins, or None; why; and the ids of the later rows that would have fitted as well."""

    rule: Rule | None
    why_zh: str
    why_en: str
    passed_over: tuple[str, ...] = ()


def match(schedule: Schedule, subject: Subject) -> Match:
    """The first row, in the order of the file, that is meant for the subject."""
    fitting = [(rule, why) for rule in schedule.rules.values() if (why := _fits(rule, subject)) is not None]
    if not fitting:
        zh = f"保管期限表 {schedule.version} 版无一条适用于{subject.kind}"
        return Match(None, zh, f"no row of version {schedule.version} of the schedule is meant for it")
    rule, (zh, en) = fitting[0]
    others = tuple(other.id for other, _ in fitting[1:])
    place = rule.order + 1
    why_zh, why_en = f"第{place}条 {rule.id}：{zh}", f"row {place}, {rule.id}: {en}"
    if others:
        why_zh += f"；先于同样适用的 {'、'.join(others)}"
        why_en += f"; stands before {', '.join(others)}, which fit as well"
    return Match(rule, why_zh, why_en, others)


def _fits(rule: Rule, subject: Subject) -> tuple[str, str] | None:
    """Why the row is meant for the subject, or None."""
    if subject.labelled and not (rule.dossier_is or rule.dossier_has):
        told = f"文种“{subject.kind}”", f"kind {subject.kind}"
        return told if rule.id == subject.labelled else None
    if not rule.conditional:
        if not subject.named or rule.id != subject.named:
            return None
        return f"文种“{subject.kind}”指定此条", f"the kind {subject.kind} names it"
    zh, en = [], []
    if rule.kinds or rule.categories or rule.series:
        if subject.kind in rule.kinds:
            zh.append(f"文种“{subject.kind}”")
            en.append(f"kind {subject.kind}")
        elif subject.category in rule.categories:
            zh.append(f"类别 {subject.series or subject.category}")
            en.append(f"category {subject.category}")
        elif subject.series and subject.series in rule.series:
            zh.append(f"系列“{subject.series}”")
            en.append(f"series {subject.series}")
        else:
            return None
    if not set(rule.dossier_is) <= subject.dossier_is or not set(rule.dossier_has) <= subject.dossier_has:
        return None
    zh += [f"客户档案{TRAIT_NAMES[one][0]}" for one in rule.dossier_is]
    en += [f"dossier {TRAIT_NAMES[one][1]}" for one in rule.dossier_is]
    zh += [f"客户档案内有“{one}”" for one in rule.dossier_has]
    en += [f"dossier with {one}" for one in rule.dossier_has]
    return "，".join(zh), ", ".join(en)
