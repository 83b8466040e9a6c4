"""The retention review 保管期限到期鉴定审查表: what falls due in a span, why, and what stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from retention.reports.contents import review_rows
from retention.reports.contents.review_chart import chart_of
from retention.reports.contents.wording import cautions
from retention.reports.eyes import Eyes
from retention.reports.report import Fact, Figure, Frame, Report, Rows, Section, Signature, Table, Words
from retention.reports.words import CATEGORY_NAMES, CategoryNames
from retention.reviewed import DueItem, Review, UnruledItem, WaitingItem
from retention.schedule.rule import Rule


@dataclass(frozen=True)
class Lists:
    """The lists in full, from their first item at each call, where the review itself holds but the first of each."""

    due: Callable[[], Iterable[DueItem]]
    no_cutoff: Callable[[], Iterable[WaitingItem]]
    no_rule: Callable[[], Iterable[UnruledItem]]


def review_report(
    review: Review,
    frame: Frame,
    eyes: Eyes,
    names: CategoryNames = CATEGORY_NAMES,
    lists: Lists | None = None,
) -> Report:
    """The review as a report; `names` are the categories' as the taxonomy in use has them."""
    schedule, totals = review.schedule, review.totals
    lists = lists or Lists(lambda: review.due, lambda: review.no_cutoff, lambda: review.no_rule)
    return Report(
        name=f"retention-{review.span_start}-{review.span_end}",
        title=Words("保管期限到期鉴定审查表", "Retention review"),
        frame=frame,
        level=eyes.marking(_levels(review, eyes)),
        facts=(
            Fact(Words("审查区间", "Span"), f"{review.span_start} 至 {review.span_end}（含首尾日）"),
            Fact(Words("基准日", "As of"), review.today),
            Fact(Words("编制日期", "Made on"), frame.made_on),
            Fact(Words("保管期限表", "Schedule"), Words(schedule.name_zh, schedule.name_en)),
            Fact(Words("版本", "Version"), f"{schedule.version}（{schedule.dated}）"),
            Fact(Words("校验", "SHA-256"), schedule.sha256[:16]),
        ),
        figures=(
            Figure("records", Words("在库文件", "records"), totals.records),
            Figure("overdue", Words("逾期未审", "overdue"), totals.overdue, "alarm"),
            Figure("due", Words("区间内已到期", "due"), totals.due, "strong"),
            Figure("upcoming", Words("区间内将到期", "upcoming"), totals.upcoming),
            Figure("blocked", Words("其中暂缓", "blocked"), totals.blocked, "alarm"),
            Figure("no_cutoff", Words("尚未起算", "no cutoff"), totals.no_cutoff),
            Figure("permanent", Words("永久", "permanent"), totals.permanent),
            Figure("no_rule", Words("无规则", "no rule"), totals.no_rule),
            Figure("later", Words("未到期", "later"), totals.later),
        ),
        cautions=cautions(eyes, schedule),
        sections=_sections(review, lists, eyes, names),
        closing=(
            Words(
                "本表只列示，不处置：任何文件不因本表而销毁。销毁须经鉴定、他人批准、两人监销，并逐件复核暂缓事项。",
                "This sheet lists and disposes of nothing. Destruction needs an appraisal, approval by somebody else, two "
                "witnesses, and a last look, item by item, at what stands in the way.",
            ),
        ),
        signatures=(
            Signature(Words("编制人", "Made by"), frame.made_by, frame.made_on),
            Signature(Words("审核人", "Reviewed by")),
            Signature(Words("档案部门负责人", "Head of the archive")),
        ),
    )


def _sections(review: Review, lists: Lists, eyes: Eyes, names: CategoryNames) -> tuple[Section, ...]:
    totals, chart = review.totals, chart_of(years_of(review), names)
    listed = totals.overdue + totals.due + totals.upcoming

    def blocked() -> Iterable[DueItem]:
        # Once the last is found nobody needs to look at the others.
        return islice((item for item in lists.due() if item.blocks), totals.blocked)

    tables = (
        Table(
            "due",
            review_rows.DUE,
            Rows(lists.due, listed, lambda item: review_rows.due_row(item, eyes, names)),
        ),
        Table(
            "blocked",
            review_rows.BLOCKED,
            Rows(blocked, totals.blocked, lambda item: review_rows.blocked_row(item, eyes)),
        ),
        Table(
            "no_cutoff",
            review_rows.WAITING,
            Rows(lists.no_cutoff, totals.no_cutoff, lambda item: review_rows.waiting_row(item, eyes)),
        ),
        Table(
            "no_rule",
            review_rows.UNRULED,
            Rows(lists.no_rule, totals.no_rule, lambda item: review_rows.unruled_row(item, eyes)),
        ),
        Table(
            "permanent",
            review_rows.PERMANENT,
            Rows(
                lambda: review.permanent,
                len(review.permanent),
                lambda item: review_rows.tally_row(item, names),
            ),
        ),
    )
    rules = review.figures.rules or rules_in(review)
    return (
        Section(
            Words("一、到期清单", "1. Falling due"),
            (*([chart] if chart else []), tables[0]),
            Words("本区间内没有到期文件。", "Nothing falls due in this span."),
        ),
        Section(
            Words("二、暂缓处置", "2. Blocked: due, yet something stands in the way"),
            (tables[1],),
            Words("没有暂缓处置的文件。", "Nothing is blocked."),
        ),
        Section(
            Words("三、尚未起算", "3. No cutoff yet: a person must record the event"),
            (tables[2],),
            Words("全部文件均已起算。", "Every period has begun."),
        ),
        Section(
            Words("四、无适用规则", "4. No rule: never disposed of"),
            (tables[3],),
            Words("每份文件均有适用规则。", "A rule fits every record."),
        ),
        Section(
            Words("五、永久保管", "5. Kept for ever"),
            (tables[4],),
            Words("没有永久保管的文件。", "Nothing is kept for ever."),
        ),
        Section(
            Words("六、所用规则及依据", "6. The rules used, and their authority"),
            (Table("rules", review_rows.RULES, Rows(lambda: rules, len(rules), review_rows.rule_row)),),
        ),
    )


def rules_in(review: Review) -> tuple[Rule, ...]:
    """The rules that the report speaks of, in the schedule's order."""
    used = {item.rule for item in review.due}
    used |= {item.rule for item in review.no_cutoff}
    used |= {item.rule for item in review.permanent}
    return tuple(sorted(used, key=lambda rule: (rule.order, rule.id, rule.period_iso)))


def years_of(review: Review) -> Mapping[tuple[int, str], int]:
    """How many are due, by the year of the last day and category."""
    return review.figures.due_by_year or Counter(
        (item.retain_until.year, item.record.card.category) for item in review.due
    )


def _levels(review: Review, eyes: Eyes) -> set[str]:
    """The levels of what is listed; of a list that is not all there, whatever the reader may see."""
    records = [item.record for one in (review.due, review.no_cutoff, review.no_rule) for item in one]
    found = {record.card.confidentiality for record in records}
    return found if review.whole else found | set(eyes.levels)
