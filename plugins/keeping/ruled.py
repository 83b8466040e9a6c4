"""What the schedule and the taxonomy have for each other: names by which rows are matched, and what does not fit."""

from __future__ import annotations

from collections.abc import Callable

from plugins.wiring import Rules
from retention.record import Card
from retention.schedule.matching import Subject, match


def named_by(rules: Rules) -> Callable[[Card], tuple[str, str]]:
    """Of a card: the Chinese name of its category, and the rule that the taxonomy's own row names for its kind."""
    names = rules.taxonomy.categories
    return lambda card: (names.get(card.category, ""), rules.named.get(card.kind, ""))


def faults(rules: Rules) -> tuple[tuple[str, str], ...]:
    """What a person should look at in a schedule that loads: each fault in Chinese and in English."""
    found: list[tuple[str, str]] = []
    kinds = {kind.zh for kind in rules.taxonomy.kind}
    names = rules.taxonomy.categories
    used: set[str] = set()
    for kind in rules.taxonomy.kind:
        plain = Subject(kind.zh, kind.category, names[kind.category], rules.named.get(kind.zh, ""))
        result = match(rules.schedule, plain)
        used |= {result.rule.id} if result.rule else set()
        if result.rule is None:
            found.append(
                (
                    f"文种“{kind.zh}”无规则：只列出，不销毁",
                    f"the kind {kind.zh} has no rule: listed, never destroyed",
                )
            )
    for rule in rules.schedule.rules.values():
        row = f"第{rule.order + 1}条 {rule.id}", f"row {rule.order + 1}, {rule.id}"
        for name in (*rule.kinds, *rule.dossier_has):
            if name not in kinds:
                found.append((f"{row[0]}：文种表没有“{name}”", f"{row[1]}: the taxonomy has no kind {name}"))
        for name in rule.categories:
            if name not in names:
                found.append(
                    (f"{row[0]}：文种表没有类别 {name}", f"{row[1]}: the taxonomy has no category {name}")
                )
        for name in rule.series:
            if name not in names.values():
                found.append(
                    (f"{row[0]}：文种表没有系列“{name}”", f"{row[1]}: the taxonomy has no series {name}")
                )
        if rule.id not in used and not (rule.dossier_is or rule.dossier_has):
            found.append((f"{row[0]}：没有一个文种归它", f"{row[1]}: no kind of paper comes under it"))
    return tuple(found)
