"""A Reviewing: one review of an archive of any size. The first look is kept as light keys, in the order of the lists; items
are made when they are asked for, some hundred at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from retention.blocking.block import BlockCode, KeptParts, Obstruction
from retention.blocking.blocks import OBSTRUCTIONS
from retention.reviewed import (
    DueItem,
    Figures,
    Review,
    Tally,
    Totals,
    UnruledItem,
    WaitingItem,
    category_place,
)
from retention.reviewing.judging import Listed
from retention.reviewing.looking import look
from retention.reviewing.order import Order, rule_place
from retention.reviewing.seldom import collecting_seldom
from retention.reviewing.sifting import Begin, Sifted, sift
from retention.reviewing.source import Source
from retention.reviewing.span import Span
from retention.schedule.rule import Rule, Schedule

_Keys = list[tuple[object, ...]]


class Reviewing:
    """The first look at all records of `source`; the span's days are both inclusive.

    Each is judged by the rule that it is kept under, of whichever version of the schedule; one that nobody has noted
    yet by the rule on its card in `schedule`. A record is listed where its last day lies in the span, and where it
    lies before the span and before today (overdue). What is in `first` comes first among what is due.
    Raises BadSpan where the span ends before it begins.
    """

    def __init__(
        self,
        begin: Begin,
        source: Source,
        schedule: Schedule,
        span_start: date,
        span_end: date,
        today: date,
        obstructions: Sequence[Obstruction] = OBSTRUCTIONS,
        first: Collection[str] = (),
    ) -> None:
        self._span = Span(span_start, span_end, today)
        self._begin, self._source, self._schedule = begin, source, schedule
        self._obstructions, self._first, self._order = obstructions, frozenset(first), Order()
        self._due: _Keys = []
        self._waiting: _Keys = []
        self._unruled: _Keys = []
        self._permanent: Counter[tuple[str, int]] = Counter()
        self._events: Counter[str] = Counter()
        self._rules: dict[int, Rule] = {}
        self._parts = KeptParts()
        self._records = 0
        with collecting_seldom():
            for one in sift(begin, source.outlines(), schedule, self._span):
                self._put(one)
            for keys in (self._due, self._waiting, self._unruled):
                keys.sort()

    def due(self) -> Iterator[DueItem]:
        """Everything that is overdue, due and upcoming, by category, rule, dossier, last day, title."""
        return (one for one in self._look(self._due) if isinstance(one, DueItem))

    def no_cutoff(self) -> Iterator[WaitingItem]:
        """Everything whose period has not begun, by rule, category, dossier, title."""
        return (one for one in self._look(self._waiting) if isinstance(one, WaitingItem))

    def no_rule(self) -> Iterator[UnruledItem]:
        """Everything that no rule fits, by category, dossier, title."""
        return (one for one in self._look(self._unruled) if isinstance(one, UnruledItem))

    def review(self, most: int | None = None) -> Review:
        """The review, whose lists hold no more than the first `most` items each (None: all); what is counted, counts all."""
        states: Counter[str] = Counter()
        years: Counter[tuple[int, str]] = Counter()
        rules: Counter[tuple[str, Rule]] = Counter()
        codes: Counter[BlockCode] = Counter()
        due: list[DueItem] = []
        blocked = 0
        with collecting_seldom():
            for item in self.due():
                category = item.record.card.category
                states[item.state] += 1
                years[item.retain_until.year, category] += 1
                rules[category, item.rule] += 1
                codes.update({block.code for block in item.blocks})
                blocked += bool(item.blocks)
                if most is None or len(due) < most:
                    due.append(item)
        permanent = self._tallies()
        kept = sum(one.count for one in permanent)
        listed = states.total() + len(self._waiting) + len(self._unruled) + kept
        totals = Totals(
            records=self._records,
            overdue=states["overdue"],
            due=states["due"],
            upcoming=states["upcoming"],
            blocked=blocked,
            no_cutoff=len(self._waiting),
            permanent=kept,
            no_rule=len(self._unruled),
            later=self._records - listed,
        )
        return Review(
            schedule=self._schedule,
            span_start=self._span.start,
            span_end=self._span.end,
            today=self._span.today,
            due=tuple(due),
            no_cutoff=tuple(islice(self.no_cutoff(), most)),
            permanent=permanent,
            no_rule=tuple(islice(self.no_rule(), most)),
            totals=totals,
            figures=Figures(years, rules, self._events, codes, self._spoken_of()),
        )

    def _put(self, one: Sifted) -> None:
        """Into the one list that it belongs to, or into none: then it ends later."""
        outline, rule = one.outline, one.rule
        self._records += 1
        self._parts.look_at(outline.dms_id, outline.part_of)
        if rule is None:
            self._unruled.append(self._order.of_unruled(outline))
        elif one.place == "permanent":
            self._permanent[outline.category, id(rule)] += 1
        elif one.last is None:
            self._waiting.append(self._order.of_waiting(outline, rule))
            self._events[rule.cutoff or ""] += 1
        elif one.place != "later":
            behind = outline.dms_id not in self._first
            self._due.append((behind, *self._order.of_due(outline, rule, one.last)))
        if rule is not None and one.place != "later":
            self._rules.setdefault(id(rule), rule)

    def _look(self, keys: _Keys) -> Iterator[Listed]:
        ids = (str(key[-1]) for key in keys)
        pages = look(
            self._begin, self._source, ids, self._schedule, self._span, self._parts, self._obstructions
        )
        return (item for page in pages for item in page)

    def _tallies(self) -> tuple[Tally, ...]:
        # Rules of two versions that say the same are the same.
        found: Counter[tuple[str, Rule]] = Counter()
        for (category, number), count in self._permanent.items():
            found[category, self._rules[number]] += count
        tallies = (Tally(category, rule, count) for (category, rule), count in found.items())
        return tuple(sorted(tallies, key=lambda one: (category_place(one.category), *rule_place(one.rule))))

    def _spoken_of(self) -> tuple[Rule, ...]:
        return _in_order(set(self._rules.values()))


def _in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=rule_place))
