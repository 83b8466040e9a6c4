"""Making the card of a document: labels, facts and dossier brought together for the DMS."""

from __future__ import annotations

from datetime import date

from classifiers.fact import Fact
from classifiers.facts.document_date_terms import UNTIL
from classifiers.labels import Labels
from classifiers.taxonomy import OTHER
from consumers.scan import Scan
from plugins.masking import mask_id_numbers
from retention.households.dossier import DossierChoice
from retention.periods.cutoff import Cutoff, cutoff, retain_until
from retention.record import Card, FactValue
from retention.schedule import Schedule

_NUMBERS = {
    "sales": ("contract_no",),
    "contract": ("contract_no", "filing_no"),
    "title": ("certificate_no",),
    "repair": (),
    "litigation": ("case_no",),
    "other": (),
}
"""The number by which people call a document of each category, best first."""
_ANY_NUMBER = ("contract_no", "case_no", "certificate_no")
"""The same for a category that a company added."""
_SEARCHED = (
    "contract_no",
    "case_no",
    "certificate_no",
    "filing_no",
    "uscc",
    "unit",
    "project",
    "person_name",
    "company_name",
    "property_unit_no",
    "phone",
    "id_number",
)
_NO_BRACKETS = str.maketrans("", "", "（）()〔〕[]")
_MOST_TITLE = 120
_MOST_OWN_TITLE = 40


def fact_values(facts: tuple[Fact, ...]) -> tuple[FactValue, ...]:
    """The facts as they are kept with a record."""
    return tuple(FactValue(fact.name, fact.value, fact.page, fact.quote, fact.role) for fact in facts)


def make_card(
    *,
    scan: Scan,
    pages: int,
    labels: Labels,
    facts: tuple[Fact, ...],
    choice: DossierChoice,
    schedule: Schedule,
    today: date,
) -> Card:
    """The card. `today` is the day of filing; `retain_until` is None where no period runs yet."""
    dated = document_date(facts, today)
    values = fact_values(facts)
    card = Card(
        sha256=scan.sha256,
        name=scan.name,
        media_type=scan.media_type,
        title=title(labels, facts, choice, dated),
        pages=pages,
        category=labels.category,
        kind=labels.kind,
        confidence=labels.confidence,
        review_reasons=review_reasons(labels, choice),
        confidentiality=labels.confidentiality,
        personal_data=labels.personal_data,
        retention_rule=labels.retention_rule,
        dossier=choice.key,
        customer=choice.customer,
        unit=choice.unit,
        document_date=dated,
        filed_on=today,
        retain_until=None,
        facts=values,
        dossier_doubt=dossier_doubt(labels, choice),
        dossier_evidence=choice.evidence,
    )
    return _with_end(card, schedule)


def dossier_doubt(labels: Labels, choice: DossierChoice) -> str:
    """Why a person must still say to which household a document belongs, in Chinese; empty: nobody must.

    Papers that are none of the customer's belong to no household; others must have one.
    """
    return "" if labels.category == OTHER else choice.doubt_zh


def review_reasons(labels: Labels, choice: DossierChoice) -> tuple[str, ...]:
    """What a person must look at before anyone relies on the labels.

    That a paper names no household speaks not against its labels: it is filed, and assigned later. Where it
    names several, somebody must look at it to choose.
    """
    doubt = dossier_doubt(labels, choice) if choice.ambiguous else ""
    return (*labels.review_reasons, doubt) if doubt else labels.review_reasons


def _with_end(card: Card, schedule: Schedule) -> Card:
    rule = schedule.rules.get(card.retention_rule)
    if rule is None:
        return card
    start = cutoff(rule, card, ())
    if not isinstance(start, Cutoff):
        return card
    return Card(**{**vars(card), "retain_until": retain_until(rule, start.on)})


def document_date(facts: tuple[Fact, ...], today: date) -> date | None:
    """The day the paper bears: the last date that closes it, else the last one that stands on it and is no term.

    A day after today is a term that somebody has agreed on, never the day of the paper.
    """
    dates = [fact for fact in facts if fact.name == "document_date" and fact.role != UNTIL]
    for wanted in ("signed", ""):
        days = [date.fromisoformat(fact.value) for fact in dates if fact.role == wanted or not wanted]
        past = [day for day in days if day <= today]
        if past:
            return past[-1] if wanted else max(past)
    return None


def title(labels: Labels, facts: tuple[Fact, ...], choice: DossierChoice, dated: date | None) -> str:
    """What people read in a list: kind, unit, customer, first number, day; ID numbers masked."""
    called_by = _NUMBERS.get(labels.category, _ANY_NUMBER)
    numbers = [fact.value for name in called_by for fact in facts if fact.name == name]
    parts = [
        _own_title(labels) if labels.category == "other" else labels.kind,
        choice.project + choice.unit,
        choice.customer,
        numbers[0] if numbers else "",
        dated.isoformat() if dated else "",
    ]
    return mask_id_numbers(" ".join(part for part in parts if part))[:_MOST_TITLE]


def _own_title(labels: Labels) -> str:
    """The title line of a paper that belongs to no household: its kind alone would not tell it apart."""
    lines = [reason.quote for reason in labels.reasons if reason.rule.startswith("title:")]
    own = "".join(lines[0].split()) if lines else ""
    return own[:_MOST_OWN_TITLE] or labels.kind


def search_keys(facts: tuple[Fact, ...], choice: DossierChoice) -> tuple[str, ...]:
    """The strings by which people look for a document beside its text: names and numbers in plain
    form, also without the brackets in them, and the unit in every way in which people type it."""
    values = [fact.value for fact in facts if fact.name in _SEARCHED and fact.name != "unit"]
    keys = [*values, *(value.translate(_NO_BRACKETS) for value in values)]
    units = [fact.value for fact in facts if fact.name == "unit"]
    if choice.unit:
        units.append(choice.unit)
    keys += [spelling for unit in units for spelling in unit_spellings(unit)]
    return tuple(dict.fromkeys(key for key in keys if key))


def unit_spellings(unit: str) -> tuple[str, ...]:
    """The ways to write a unit given as `building-unit-room` or `building-room`."""
    parts = unit.split("-")
    if len(parts) == 3:
        building, entrance, room = parts
        return (
            unit,
            f"{building}栋{entrance}单元{room}室",
            f"{building}号楼{entrance}单元{room}室",
            f"{building}幢{entrance}单元{room}室",
        )
    if len(parts) == 2:
        building, room = parts
        return (unit, f"{building}栋{room}室", f"{building}号楼{room}室", f"{building}幢{room}室")
    return (unit,)
