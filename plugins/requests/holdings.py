"""What is held of a person who asks: of each record its category, why and how long it is kept, where it came from, and whether
others are on the same paper. It holds no title, no name and no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from plugins.keeping.appraising import today_of
from plugins.requests.sight import record_of
from plugins.wiring import Archive
from retention.custody import lent
from retention.disposing import disposals, tombstones
from retention.households.dossier import CUSTOMER_PREFIX, digest_of
from retention.periods.event import EVENT_NAMES
from retention.record import Record
from retention.requests import restrictions
from retention.requests.ending import last_days
from retention.requests.request import Asker, How, ItemState, Request, RequestItem
from retention.schedule.kept_rules import kept, rule_of, versions
from retention.schedule.rule import Rule

_SORTS = {
    "person_name": "姓名",
    "id_number": "身份证号码",
    "phone": "电话",
    "address": "地址",
    "unit": "房号",
    "property_unit_no": "不动产单元号",
    "contract_no": "合同编号",
    "filing_no": "备案号",
    "certificate_no": "产权证号",
    "case_no": "案号",
    "amount": "金额",
    "area": "面积",
    "document_date": "日期",
}
"""The sorts of data by the names of the facts that were found."""


@dataclass(frozen=True)
class Holding:
    """One record of the person. `where` is `kept`, `restricted`, `quarantined`, `handed-over`, `destroyed` or `gone`;
    `until` is None where no day is known, which `until_zh` explains. `others` counts other people on it, at least."""

    dms_id: str
    how: How
    state: ItemState
    others: int
    category: str
    kind: str
    dated: date | None
    filed_on: date | None
    pages: int
    level: str
    dossier: str
    sorts: tuple[str, ...]
    rule: str
    authority: str
    period: str
    until: date | None
    until_zh: str
    where: str
    lent: bool
    appraisal: int | None

    @property
    def copied(self) -> bool:
        """Whether a copy may be given without looking: in sight, confirmed, and of nobody else."""
        return self.where in ("kept", "handed-over") and self.state == "confirmed" and not self.others


WHERE_NAMES: dict[str, tuple[str, str]] = {
    "kept": ("在库", "kept"),
    "restricted": ("限制处理，仅存储和保护", "restricted: stored and protected only"),
    "quarantined": ("已批准销毁，隔离中", "approved to be destroyed, in quarantine"),
    "handed-over": ("已移交，存有副本", "handed over, a copy is left"),
    "destroyed": ("已销毁", "destroyed"),
    "gone": ("已不在文档系统", "not in the DMS any more"),
}
"""Chinese and English name of each place."""


def holdings(archive: Archive, one: Request) -> tuple[Holding, ...]:
    """What is held of the person of that request, in the order of its items."""
    found = []
    for item in one.items:
        record = record_of(archive, item.dms_id)
        if record is not None and record.card.sha256 != item.sha256:
            record = None
        with archive.engine.begin() as connection:
            found.append(_holding(archive, connection, one.asker, item, record))
    return tuple(found)


def shown_dossier(key: str, asker: Asker) -> str:
    """A dossier as it may be told to who asks: the key of one that stands for another person would name him."""
    if not key.startswith(f"{CUSTOMER_PREFIX}/"):
        return key
    own = digest_of(key) in {digest[:10] for digest in asker.digests}
    return f"{CUSTOMER_PREFIX}（本人）" if own else f"{CUSTOMER_PREFIX}（他人）"


def _holding(
    archive: Archive, connection: sa.Connection, asker: Asker, item: RequestItem, record: Record | None
) -> Holding:
    if record is None:
        stones = [one for one in tombstones.of(connection, (item.dms_id,)) if one.sha256 == item.sha256]
        stone = stones[0] if stones else None
        return Holding(
            *(item.dms_id, item.how, item.state, item.others),
            category=stone.category if stone else "",
            kind=stone.kind if stone else "",
            dated=None,
            filed_on=None,
            pages=stone.pages if stone else 0,
            level="",
            dossier="",
            sorts=(),
            rule="",
            authority="",
            period="",
            until=None,
            until_zh=f"{stone.at[:10]} 销毁（第{stone.disposal_id}号处置）" if stone else "",
            where="destroyed" if stone else "gone",
            lent=False,
            appraisal=item.appraisal_id,
        )
    card = record.card
    rule, until, until_zh = _kept(archive, connection, record)
    names = dict.fromkeys(one.name for one in card.facts if one.name in _SORTS)
    return Holding(
        *(item.dms_id, item.how, item.state, item.others),
        category=card.category,
        kind=card.kind,
        dated=card.document_date,
        filed_on=card.filed_on,
        pages=card.pages,
        level=card.confidentiality,
        dossier=shown_dossier(card.dossier, asker),
        sorts=tuple(_SORTS[name] for name in names),
        rule=rule.name_zh if rule else "",
        authority=rule.authority if rule else "",
        period=rule.period_zh if rule else "",
        until=until,
        until_zh=until_zh,
        where=_where(connection, record),
        lent=bool(lent.obstructs(connection, (record,), today_of(archive))),
        appraisal=item.appraisal_id,
    )


def _kept(
    archive: Archive, connection: sa.Connection, record: Record
) -> tuple[Rule | None, date | None, str]:
    known = kept(connection, (record.dms_id,)).get(record.dms_id)
    _, rule = rule_of(known, record, versions(connection), archive.rules.schedule)
    if rule is None:
        return None, None, "尚无保管期限规则"
    if rule.permanent:
        return rule, None, "永久"
    end = last_days(connection, (record,)).get(record.dms_id)
    if end is None:
        event = EVENT_NAMES[rule.cutoff][0] if rule.cutoff else ""
        return rule, None, f"自{event}起{rule.period_zh}，尚未起算"
    return rule, end, f"至 {end}"


def _where(connection: sa.Connection, record: Record) -> str:
    if restrictions.of_record(connection, record.dms_id):
        return "restricted"
    if disposals.hidden(connection, (record.dms_id,)):
        return "quarantined"
    return "handed-over" if record.card.handed_over else "kept"


def in_dossiers(found: Sequence[Holding]) -> tuple[str, ...]:
    """The dossiers in which the person surely is."""
    sure = (one.dossier for one in found if one.state == "confirmed" and one.dossier)
    return tuple(dict.fromkeys(sure))
