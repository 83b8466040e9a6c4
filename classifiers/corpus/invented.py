"""Slots and what fills them: everything in one text fits together, and nothing in it is real."""

from __future__ import annotations

import re
from random import Random

from classifiers.corpus import numbers, people, places

_PEOPLE = (
    "buyer buyer2 seller owner agent plaintiff defendant lawyer judge clerk staff staff2 person person2 minor"
)
_REST = (
    "id id2 id3 phone phone2 city district street project unit building room address contract_no filing_no "
    "certificate_no old_certificate_no case_no doc_no account uscc amount amount2 amount3 amount_words price "
    "percent area inner_area floor date date2 date3 date_words year month time days number number2 number3"
)
SLOTS = frozenset((*_PEOPLE.split(), *_REST.split(), *people.ORGANISATIONS))
"""The names that may stand in braces in a text."""


def fill(lines: tuple[str, ...], rng: Random) -> tuple[str, ...]:
    """The lines with every slot filled in, the same value wherever a slot stands again."""
    values = _values(rng)
    return tuple(re.sub(r"\{(\w+)\}", lambda slot: values[slot[1]], line) for line in lines)


def _values(rng: Random) -> dict[str, str]:
    where = places.home(rng)
    values = {name: people.person(rng) for name in _PEOPLE.split()}
    for slot in sorted(people.ORGANISATIONS):
        values[slot] = people.organisation(rng, slot, where.city, where.district)
    values |= {slot: numbers.identity(rng, where.region) for slot in ("id", "id2", "id3")}
    values |= {slot: numbers.phone(rng) for slot in ("phone", "phone2")}
    values |= {
        "city": where.city,
        "district": where.district,
        "street": where.street,
        "project": where.estate,
        "unit": places.unit(where, rng),
        "building": places.building(where, rng),
        "room": places.room(where, rng),
        "address": places.address(where, rng),
        "floor": str(where.storey),
        "case_no": numbers.case_number(rng, where),
        "certificate_no": numbers.certificate(rng, where),
        "old_certificate_no": numbers.old_certificate(rng, where),
        "account": f"{rng.randint(10**15, 10**19)}",
        "uscc": numbers.credit_code(rng, where.region),
    }
    values |= {
        slot: numbers.paper_number(rng, slot, where) for slot in ("contract_no", "filing_no", "doc_no")
    }
    return values | _measures(rng) | _days(rng)


def _measures(rng: Random) -> dict[str, str]:
    sums = {slot: numbers.amount(rng) for slot in ("amount", "amount2", "amount3")}
    area = rng.uniform(38, 210)
    values = {slot: numbers.in_digits(value, rng) for slot, value in sums.items()}
    return values | {
        "amount_words": numbers.in_capitals(sums["amount"]),
        "price": f"{rng.randint(3200, 68000):{rng.choice(('', ','))}}",
        "percent": rng.choice(
            (f"{rng.randint(1, 99)}%", f"{rng.randint(1, 30) / 10}%", "百分之三十", "98折", "5‰")[:4]
        ),
        "area": f"{area:.2f}",
        "inner_area": f"{area * 0.8:.2f}",
        "days": str(rng.choice((3, 5, 7, 10, 15, 20, 30, 45, 60, 90))),
        "number": str(rng.randint(1, 10 ** rng.randint(2, 8))),
        "number2": f"{rng.randint(1, 999999):06d}",
        "number3": str(rng.randint(1, 10 ** rng.randint(1, 4))),
    }


def _days(rng: Random) -> dict[str, str]:
    style = rng.randrange(6)
    first = numbers.day(rng)
    days = {slot: numbers.written(numbers.day(rng), rng, style) for slot in ("date2", "date3")}
    minute = rng.choice((0, 0, 15, 30))
    hour = rng.randint(8, 17)
    return days | {
        "date": numbers.written(first, rng, style),
        "date_words": numbers.in_words(first),
        "year": str(first.year),
        "month": str(first.month),
        "time": rng.choice((f"{hour}:{minute:02d}", f"{hour}时{minute:02d}分", f"上午{min(hour, 11)}时")),
    }
