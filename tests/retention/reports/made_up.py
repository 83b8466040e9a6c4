"""Every report of a made-up archive, with as many rows as a test wants; nobody in it is real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from plugins.masking import mask_id_numbers
from retention.appraising.appraisal import DECISIONS, Appraisal, Item, Opinion
from retention.blocking.block import Block
from retention.blocking.hold import Hold
from retention.custody.figures import HandOverFigures, LoanFigures
from retention.custody.hand_over import HandOver, HandOverItem
from retention.custody.loan import Loan
from retention.disposing.disposal import (
    Confirmation,
    Disposal,
    DisposalItem,
    ItemState,
    checksum_of,
    manifest_of,
)
from retention.disposing.tombstones import Tombstone
from retention.periods.cutoff import Cutoff, NoCutoff
from retention.register import Head
from retention.reports.contents.appraisal import appraisal_report
from retention.reports.contents.certificate import certificate_report
from retention.reports.contents.destruction import destruction_report
from retention.reports.contents.handover import handover_report, handovers_report
from retention.reports.contents.holds import holds_report
from retention.reports.contents.loans import loans_report
from retention.reports.contents.review import review_report
from retention.reports.contents.statistics import statistics_report
from retention.reports.eyes import Eyes
from retention.reports.report import Frame, Report
from retention.reports.yearly import HoldFigures, YearFigures
from retention.requests.figures import RequestFigures
from retention.reviewed import DueItem, Review, Tally, Totals, UnruledItem, WaitingItem, category_place
from tests.retention.a_record import TODAY, a_record, example

LADDER = ("公开", "内部", "普通商密", "核心商密")
CATEGORIES = ("sales", "contract", "title", "repair", "litigation", "other")
NUMBER = "130104196001104707"
SECRET = "绝不外传"
"""Stands in whatever only the highest level may read."""
OPEN = "人人可读"
FRAME = Frame(
    "江州置业有限公司", date(2026, 11, 21), "李敏", Head(412, "2026-11-21T08:00:00.000000Z", "3f9c1a2b" * 8)
)


def eyes(highest: str = LADDER[-1]) -> Eyes:
    """The eyes of somebody who may see up to that level."""
    return Eyes(LADDER, frozenset(LADDER[: LADDER.index(highest) + 1]), "内部", mask_id_numbers)


def level_of(place: int) -> str:
    """Every second thing is of the highest level."""
    return LADDER[-1] if place % 2 else LADDER[0]


def told(words: str, place: int) -> str:
    """The words, with what gives away that somebody reads above his level."""
    return f"{words} {SECRET if place % 2 else OPEN}{place} {NUMBER}"


def due(count: int) -> tuple[DueItem, ...]:
    """So many due items, the blocked ones among them quoting other papers."""
    rules = [rule for rule in example().rules.values() if not rule.permanent]
    made = []
    for place in range(count):
        card = {
            "category": CATEGORIES[place % 6],
            "title": told("商品房买卖合同", place),
            "kind": "商品房买卖合同" if not place % 2 else f"{SECRET}文种",
            "dossier": told("滨江雅苑/3栋1单元2001", place // 3 * 2 + place % 2),
            "confidentiality": level_of(place),
        }
        quoted = Block("open-litigation", f"暂缓：诉讼未结（{SECRET}起诉状）", f"blocked: {SECRET}")
        made.append(
            DueItem(
                a_record(str(1000 + place), **card),
                rules[place % 8],
                Cutoff("document_date", date(2012, 5, 6), "自文件日期起算", "counted from the paper"),
                date(2010 + place % 16, 12, 31),
                ("overdue", "due", "upcoming")[place % 3],
                told("自文件日期 2012-05-06 起算，保管10年", place),
                "counted from the date on the paper",
                (quoted,) if place % 7 == 0 else (),
            )
        )
    made.sort(
        key=lambda one: (category_place(one.record.card.category), one.rule.order, one.record.card.dossier)
    )
    return tuple(made)


def a_review(count: int) -> Review:
    """A review with as many due, some that wait, some without rule."""
    schedule, items = example(), due(count)
    closing = next(rule for rule in schedule.rules.values() if rule.cutoff == "case_closed")
    missing = NoCutoff("case_closed", f"尚未登记事件“结案”（{NUMBER}）", "the event is not known")
    waiting = tuple(
        WaitingItem(a_record(f"w{place}", title=told("起诉状", 0)), closing, missing)
        for place in range(count // 4)
    )
    unruled = tuple(
        UnruledItem(
            a_record(f"u{place}", title=told("无规则的文件", 0)), "尚无保管期限规则", "no retention rule yet"
        )
        for place in range(count // 8)
    )
    kept = tuple(Tally("title", rule, 7) for rule in schedule.rules.values() if rule.permanent and count)
    totals = Totals(
        records=10 * count,
        overdue=sum(one.state == "overdue" for one in items),
        due=sum(one.state == "due" for one in items),
        upcoming=sum(one.state == "upcoming" for one in items),
        blocked=sum(bool(one.blocks) for one in items),
        no_cutoff=len(waiting),
        permanent=sum(one.count for one in kept),
        no_rule=len(unruled),
    )
    span = date(2020, 1, 1), date(2027, 12, 31)
    return Review(schedule, *span, TODAY, items, waiting, kept, unruled, totals)


def a_batch(count: int) -> Appraisal:
    """An approved batch in which every decision occurs."""
    items = tuple(
        Item(
            dms_id=one.record.dms_id,
            sha256=f"{place:064x}",
            title=one.record.card.title,
            category=one.record.card.category,
            kind=one.record.card.kind,
            dossier=one.record.card.dossier,
            confidentiality=one.record.card.confidentiality,
            pages=3,
            rule=one.rule.id,
            rule_name=one.rule.name_zh,
            authority=one.rule.authority,
            schedule="5" * 64,
            period=one.rule.period_iso,
            disposition=one.rule.disposition,
            cutoff_event=one.cutoff.event,
            cutoff_on=one.cutoff.on,
            retain_until=one.retain_until,
            why_zh=one.why_zh,
            why_en=one.why_en,
            blocks=one.blocks,
            decision=DECISIONS[place % 5],
            kept_until=date(2030, 12, 31) if place % 5 == 1 else None,
            decided_by="李静",
            decided_at="2026-11-20T08:00:00+00:00",
            reason=f"期满，{one.record.card.title}",
        )
        for place, one in enumerate(due(count))
    )
    said = "d" * 64, "2026-11-20T20:00:00+00:00"
    opinions = (
        Opinion("archive", "", "王芳", "agree", SECRET, *said),
        Opinion("department", "销售部", "周伟", "agree", "", *said),
    )
    made = ("李静", "2026-11-19T08:00:00+00:00", "赵敏", "2026-11-21T08:00:00+00:00", "", "", SECRET)
    return Appraisal(7, TODAY, "5" * 64, *made, items, opinions)


def a_disposal(batch: Appraisal, *, done: bool = True) -> Disposal:
    """What the batch became: destroyed for the most part; or still in quarantine."""

    def state(place: int) -> ItemState:
        if not done:
            return "quarantined"
        return "kept" if place % 9 == 4 else "missing" if place % 9 == 8 else "destroyed"

    items = tuple(
        DisposalItem(
            item.dms_id,
            item.sha256,
            state(place),
            f"冻结 {SECRET}" if state(place) == "kept" else "",
            "2027-06-01T20:03:04+00:00",
        )
        for place, item in enumerate(batch.items)
    )
    one = Disposal(
        3, batch.id, "李静", "2026-11-22T08:00:00+00:00", date(2027, 5, 21), "", "", "", "", "", items
    )
    if not done:
        return one
    sha256 = checksum_of(manifest_of(one, batch))
    confirmed = tuple(Confirmation(name, sha256, "2027-06-01T01:00:00+00:00") for name in ("孙丽", "钱峰"))
    begun = {
        "manifest": "{}",
        "manifest_sha256": sha256,
        "begun_by": "吴刚",
        "begun_at": "2027-06-01T02:00:00+00:00",
    }
    return replace(one, **begun, done_at="2027-06-01T20:05:00+00:00", confirmations=confirmed)  # type: ignore[arg-type]  # texts


def tombstones_of(one: Disposal, batch: Appraisal) -> tuple[Tombstone, ...]:
    """What is left of what went."""
    named = {item.dms_id: item for item in batch.items}
    return tuple(
        Tombstone(
            dms_id=each.dms_id,
            sha256=each.sha256,
            title=named[each.dms_id].title,
            dossier=named[each.dms_id].dossier,
            category=named[each.dms_id].category,
            kind=named[each.dms_id].kind,
            pages=named[each.dms_id].pages,
            rule=named[each.dms_id].rule,
            cutoff_on=named[each.dms_id].cutoff_on,
            retain_until=named[each.dms_id].retain_until,
            appraisal_id=batch.id,
            disposal_id=one.id,
            proposed_by=batch.proposed_by,
            approved_by=batch.approved_by,
            witnesses="孙丽、钱峰",
            executed_by=one.begun_by,
            outcome=each.state,
            at=each.at,
        )
        for each in one.in_state("destroyed", "missing")
    )


def some_holds(count: int) -> tuple[Hold, ...]:
    """Holds of every sort and scope; each sixth was released."""
    keys = (
        "1001",
        "滨江雅苑/3栋1单元2001",
        "(2026)粤0305民初1234号",
        "测试甲",
        '{"category":"repair","words":"渗漏"}',
    )
    scopes = ("record", "dossier", "case", "customer", "query")
    sorts = ("hold", "debt", "restriction")
    made = []
    for place in range(count):
        released = (
            ("2026-11-01T08:00:00+00:00", "王晓云", told("稽查已结束", place))
            if place % 6 == 5
            else ("", "", "")
        )
        key = keys[place % 5] if place % 5 == 4 else told(keys[place % 5], place)
        words = (
            key,
            told("群诉", place),
            told("税稽通〔2026〕12号", place),
            "李静",
            "2026-03-11T20:00:00+00:00",
            "x",
        )
        made.append(Hold(place + 1, sorts[place % 3], scopes[place % 5], *words, *released))  # type: ignore[arg-type]  # of these
    return tuple(made)


def some_loans(count: int) -> tuple[Loan, ...]:
    """Loans of which each third came back."""
    return tuple(
        Loan(
            id=place + 1,
            scope="record" if place % 4 else "dossier",
            key=str(1000 + place) if place % 4 else "滨江雅苑/3栋1单元2001",
            sha256="a" * 64 if place % 4 else "",
            title=told("商品房买卖合同", place),
            category="contract" if place % 4 else "",
            level=level_of(place),
            borrower="周伟",
            department="销售部",
            purpose=told("核对面积", place),
            approved_by="赵敏",
            lent_by="王芳",
            lent_at="2026-10-01T08:00:00+00:00",
            lent_on=date(2026, 10, 1),
            due_on=date(2026, 11, 1 + place % 28),
            renewals=place % 3,
            returned_on=date(2026, 11, 3) if place % 3 == 2 else None,
            returned_at="",
            returned_by="",
            condition="",
        )
        for place in range(count)
    )


def a_hand_over(count: int) -> HandOver:
    """A department's papers that both sides have confirmed."""
    items = tuple(
        HandOverItem(
            one.record.dms_id,
            "b" * 64,
            one.record.card.title,
            one.record.card.category,
            one.record.card.kind,
            one.record.card.dossier,
            one.record.card.confidentiality,
            4,
        )
        for one in due(count)
    )
    at = "2026-11-21T02:00:00+00:00"
    return HandOver(
        3,
        "department",
        "销售部",
        "档案室",
        "7" * 64,
        "周伟",
        at,
        "周伟",
        at,
        "王芳",
        at,
        at,
        date(2026, 11, 21),
        "",
        "",
        SECRET,
        items,
    )


def figures(year: int, times: int) -> YearFigures:
    """A year in which everything happened, `times` as often."""
    by = {category: (place + 1) * times for place, category in enumerate(CATEGORIES)}
    return YearFigures(
        year,
        received=by,
        destroyed={"sales": 2 * times},
        in_stock=dict.fromkeys(CATEGORIES, 100 * times),
        appraised={("destroy", "sales"): 3 * times, ("extend", "contract"): times},
        holds=(HoldFigures("hold", 4 * times, 2, 5 * times),),
        loans=(
            LoanFigures(year, "销售部", "contract", 6 * times, 1, 5, 2, 1),
            LoanFigures(year, "法务部", "", times, 0, 0, 1, 0),
        ),
        handed_over=(
            HandOverFigures(year, "department", "工程部", "repair", 1, 8 * times, 20),
            HandOverFigures(year, "transfer", "档案室", "title", 1, 9 * times, 20),
        ),
        requests=(RequestFigures(year, "access", 4, 3, 1, 3, 1, 0),),
    )


def every_report(count: int, reader: Eyes, *, held: bool = True) -> Iterator[Report]:
    """All of them."""
    batch = a_batch(count)
    one = a_disposal(batch)
    yield review_report(a_review(count), FRAME, reader)
    yield appraisal_report(batch, FRAME, reader, schedule=example())
    yield destruction_report(one, batch, FRAME, reader)
    yield certificate_report(one, tombstones_of(one, batch), FRAME, reader)
    yield holds_report(
        some_holds(count), {place + 1: level_of(place) for place in range(count)}, FRAME, reader
    )
    yield loans_report(some_loans(count), TODAY, FRAME, reader)
    yield handover_report(a_hand_over(count), FRAME, reader)
    yield handovers_report([a_hand_over(1)] * count, FRAME, reader)
    yield statistics_report(figures(2025, 3), figures(2024, 2), {"sales": 3} if held else {}, FRAME, reader)
