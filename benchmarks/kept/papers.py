"""The papers of a made-up archive: who lives where, what was filed when, and what happened since; the same for the same seed.

No paper has a text and no person is a real one. A fifth of the papers is due, the others have years to go, wait for an event
or are kept for ever.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from classifiers.taxonomy import Taxonomy
from retention.record import Card, FactValue

TODAY = date(2026, 11, 21)
"""The day on which everything is measured."""
RECORDS_A_DOSSIER = 5
_FIRST, _DAYS = date(2005, 1, 1), 7900
_SHARES = {
    "sales-10y": 14,
    "dunning-10y": 6,
    "repair-10y": 10,
    "complaint-10y": 4,
    "general-none": 4,
    "sales-30y": 8,
    "voucher-30y": 8,
    "title-30y": 6,
    "contract-permanent": 10,
    "title-permanent": 5,
    "identity-with-dossier": 10,
    "income-10y": 4,
    "mortgage-30y": 3,
    "contract-30y": 4,
    "litigation-30y": 4,
}
"""How many papers of a hundred are under which row of the example schedule."""
_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = ("晓云", "静", "建国", "丽", "志强", "芳", "伟", "秀英", "敏", "磊")


@dataclass(frozen=True)
class Home:
    """A dossier: its key, its unit, whose it is."""

    key: str
    unit: str
    project: str
    customer: str


def home(number: int) -> Home:
    """The dossier with that number, from 0; about ten share a customer's name."""
    project = f"江州雅苑{number // 2000 + 1}期"
    unit = (
        f"{number // 200 % 10 + 1}栋{number // 100 % 2 + 1}单元{number % 100 // 4 + 1:02d}0{number % 4 + 1}"
    )
    drawn = number * 2_654_435_761 % 2**32 >> 8
    given = "".join(_GIVEN[drawn // part % 10] for part in (20, 200, 2000))
    customer = _NAMES[drawn % 20] + given
    return Home(f"{project}/{unit}", unit, project, customer)


def cards(records: int, taxonomy: Taxonomy, seed: int) -> Iterator[Card]:
    """The papers, in the order in which they were filed; every two hundredth is a batch, the next two its parts."""
    luck = random.Random(seed)  # noqa: S311 - made-up papers, the same for the same seed
    kinds = {rule: [one for one in taxonomy.kind if one.retention == rule] for rule in _SHARES}
    drawn = luck.choices(list(_SHARES), list(_SHARES.values()), k=records)
    batch = ""
    for number, rule in enumerate(drawn):
        sha256 = hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()
        kind = kinds[rule][luck.randrange(len(kinds[rule]))]
        where = home(number // RECORDS_A_DOSSIER)
        dated = _FIRST + timedelta(days=luck.randrange(_DAYS))
        filed = min(dated + timedelta(days=luck.randrange(60)), TODAY)
        place = number % 200
        batch = sha256 if place == 0 else batch
        yield Card(
            sha256=sha256,
            name=f"SCAN_{number:07d}.pdf",
            media_type="application/pdf",
            title=f"{kind.zh} {where.customer} {where.unit}",
            pages=1 + number % 7,
            category=kind.category,
            kind=kind.zh,
            confidence=0.97,
            review_reasons=("日期与金额不符",) if number % 101 == 0 else (),
            confidentiality=kind.confidentiality,
            personal_data="personal",
            retention_rule=rule,
            dossier=where.key,
            customer=where.customer,
            unit=where.unit,
            document_date=dated if number % 97 else None,
            filed_on=filed,
            retain_until=None,
            facts=_facts(where, number, dated, litigated=kind.category == "litigation"),
            dossier_doubt="未见项目名称" if number % 103 == 0 else "",
            dossier_evidence=(f"房号 {where.unit}（第1页）",),
            batch=place == 0,
            part_of=batch if place in (1, 2) else "",
            first_page=place if place in (1, 2) else 0,
            last_page=place if place in (1, 2) else 0,
        )


def case_of(dossier: int) -> str:
    """The case number that litigation papers of that dossier bear."""
    return f"（{2006 + dossier % 20}）粤0106民初{dossier}号"


def _facts(where: Home, number: int, dated: date, *, litigated: bool) -> tuple[FactValue, ...]:
    found = [
        FactValue("person_name", where.customer, 1, f"买受人：{where.customer}", "buyer"),
        FactValue("unit", where.unit, 1, f"房号：{where.unit}", "property"),
        FactValue(
            "document_date", dated.isoformat(), 1, f"签订日期：{dated.year}年{dated.month}月{dated.day}日"
        ),
        FactValue("contract_no", f"JZ-{number:08d}", 1, f"合同编号：JZ-{number:08d}"),
        FactValue("amount", f"{500 + number % 3000}0000.00", 2, f"总价款人民币{500 + number % 3000}万元整"),
    ]
    if litigated:
        case = case_of(number // RECORDS_A_DOSSIER)
        found.append(FactValue("case_no", case.replace("（", "(").replace("）", ")"), 1, case))
    return tuple(found)
