"""What a cover sheet decides about the document behind it, as it is filed: its dossier, its kind, its doubts."""

from __future__ import annotations

from dataclasses import replace

from classifiers.labels import Labels
from classifiers.parts.cover import Cover
from classifiers.parts.covered import covered
from plugins.archiving.standing import Standing
from plugins.batches import divisions
from plugins.wiring import Archive
from retention.households.dossier import DossierChoice, KnownDossier
from retention.households.dossiers import known_dossier
from retention.households.joining import contradiction
from retention.record import FactValue


def cover_of(archive: Archive, standing: Standing) -> Cover | None:
    """What the sheets before this part of a batch say; None where none lies there, or the file is no part."""
    if not standing.batch:
        return None
    with archive.engine.begin() as connection:
        ranges = divisions.of(connection, standing.batch)
    return next((one.cover for one in ranges if one.first == standing.first_page and one.cover), None)


def under_cover(
    archive: Archive, cover: Cover, labels: Labels, choice: DossierChoice, facts: tuple[FactValue, ...]
) -> tuple[Labels, DossierChoice]:
    """Labels and dossier of a document behind such sheets.

    A dossier that is not open is never guessed: the document is filed without one, for a person to look at.
    """
    labels = covered(labels, cover, archive.rules.taxonomy, archive.rules.ladder)
    if not cover.dossier:
        return labels, choice
    with archive.engine.begin() as connection:
        known = known_dossier(connection, cover.dossier)
    if known is None:
        doubt = f"第 {cover.page} 页封面页写的客户档案“{cover.dossier}”不存在，请核对后归入"
        unknown = replace(choice, key="", title="", unit="", project="", doubt_zh=doubt, ambiguous=False)
        return _with_doubt(labels, doubt), unknown
    against = contradiction(choice, facts, _known(known))
    if against:
        doubt = f"第 {cover.page} 页封面页指定客户档案 {known.key}，但{against}，请核对"
        labels = _with_doubt(labels, doubt)
    moved = "" if known.key == cover.dossier else f"，{cover.dossier} 已并入该档案"
    # The sheet answers which household it is; that the unit's estate is not known yet is the dossier's own question.
    return labels, replace(known, evidence=(f"封面页（第 {cover.page} 页）{moved}",), doubt_zh="")


def _with_doubt(labels: Labels, doubt: str) -> Labels:
    return replace(labels, review_reasons=(*labels.review_reasons, doubt))


def _known(choice: DossierChoice) -> KnownDossier:
    return KnownDossier(choice.key, choice.unit, choice.project, choice.customer)
