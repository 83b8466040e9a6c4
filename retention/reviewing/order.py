"""The order in which a review lists its items, told from outlines alone: of two lists of the same records it is the same."""

from __future__ import annotations

from datetime import date

from retention.outline import Outline
from retention.reviewed import category_place
from retention.schedule.rule import Rule

RulePlace = tuple[int, str, str, str]
Place = tuple[tuple[int, str], str, str, str]


def rule_place(rule: Rule) -> RulePlace:
    """Where a rule stands among others; of several versions of one, each by itself."""
    return rule.order, rule.id, rule.period_iso, rule.cutoff or ""


class Order:
    """Gives the keys that lists are sorted by; what they share is held once."""

    def __init__(self) -> None:
        self._rules: dict[int, tuple[Rule, RulePlace]] = {}
        self._categories: dict[str, tuple[int, str]] = {}

    def of_due(self, one: Outline, rule: Rule, last: date) -> tuple[object, ...]:
        """By category, rule, dossier, last day, title, id."""
        return self._category(one), self._rule(rule), one.dossier, last, one.title, one.dms_id

    def of_longest_due(self, one: Outline, rule: Rule, last: date) -> tuple[object, ...]:
        """By last day, and of one day as `of_due`."""
        return last, self._category(one), self._rule(rule), one.dossier, one.title, one.dms_id

    def of_waiting(self, one: Outline, rule: Rule) -> tuple[object, ...]:
        """By rule, then as `of_unruled`."""
        return self._rule(rule), *self.of_unruled(one)

    def of_unruled(self, one: Outline) -> Place:
        """By category, dossier, title, id."""
        return self._category(one), one.dossier, one.title, one.dms_id

    def _rule(self, rule: Rule) -> RulePlace:
        known = self._rules.get(id(rule))
        if known is None:
            # The rule is kept too: while it lives no other one has its id().
            known = self._rules[id(rule)] = (rule, rule_place(rule))
        return known[1]

    def _category(self, one: Outline) -> tuple[int, str]:
        if one.category not in self._categories:
            self._categories[one.category] = category_place(one.category)
        return self._categories[one.category]
