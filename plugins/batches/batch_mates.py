"""What the documents of one batch tell of each other: an ID copy bound in with the contract belongs to the contract's home.

Nothing is guessed: only a document that bears an ID number of the customer in question speaks for another, and only if all
that do name one and the same unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from classifiers import facts as finders
from classifiers.parts import pages_of
from plugins.archiving.card import fact_values
from plugins.archiving.standing import Standing
from plugins.batches import divisions
from plugins.batches.parting import documents
from plugins.rereading.kept_text import transcript_of
from plugins.wiring import Archive
from retention.households.dossier import CUSTOMER_ROLES, DossierChoice, choose_dossier, property_values
from retention.record import FactValue

_UNIT, _ESTATE = "房号 ", "项目 "


def choice_with_mates(
    archive: Archive, standing: Standing, choice: DossierChoice, own: tuple[FactValue, ...]
) -> DossierChoice:
    """The dossier of a part that names no home, by what the others in its batch say; else the choice as it is.

    They are read in the text that the DMS keeps of the batch, so that it ends the same after a crash.
    """
    if property_values(own, "unit") or not _customers_numbers(own):
        return choice
    batch = archive.dms.find(standing.part_of)
    if batch is None:
        return choice
    pages = transcript_of(standing.part_of, archive.dms.text(batch))
    with archive.engine.begin() as connection:
        ranges = documents(divisions.of(connection, standing.batch))
    others = [
        fact_values(finders.find(pages_of(pages, one))) for one in ranges if one.first != standing.first_page
    ]
    lent = lent_by(own, others)
    if not lent:
        return choice
    told = choose_dossier((*own, *lent), pepper=archive.pepper)
    said = [one for one in told.evidence if not one.startswith((_UNIT, _ESTATE))]
    why = f"房号 {told.unit} 取自同批第 {lent[0].page} 页，客户身份证号码一致"
    return replace(told, evidence=(why, *said))


def lent_by(own: tuple[FactValue, ...], others: Iterable[tuple[FactValue, ...]]) -> tuple[FactValue, ...]:
    """The unit, and the estate where it is named, that those of the others give which share a customer's ID number with
    the paper; empty where none does, or they do not agree."""
    numbers = _customers_numbers(own)
    mates = [facts for facts in others if numbers & _customers_numbers(facts)]
    units = {one.value: one for facts in mates for one in property_values(facts, "unit")}
    estates = {one.value: one for facts in mates for one in property_values(facts, "project")}
    if len(units) != 1 or len(estates) > 1:
        return ()
    return (*units.values(), *estates.values())


def _customers_numbers(facts: tuple[FactValue, ...]) -> set[str]:
    """The ID numbers that are a customer's, or may be: not the seller's, an agent's, a judge's."""
    ours = (*CUSTOMER_ROLES, "")
    return {one.value for one in facts if one.name == "id_number" and one.role in ours}
