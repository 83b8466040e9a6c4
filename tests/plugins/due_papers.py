"""Papers in an archive whose period is over, and a batch of them that was appraised."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from plugins.keeping import appraising
from plugins.keeping.retaining import retain
from plugins.wiring import Archive
from retention.appraising.appraisal import Appraisal
from retention.households.dossier import DossierChoice
from retention.households.dossiers import open_dossier
from retention.households.settling import enter
from tests.contract.deposits import deposit

DOSSIER = "锦绣花园/3-2-1501"
PROPOSER, APPROVER = "李静", "赵敏"
DUE: dict[str, Any] = {
    "title": "认购书 锦绣花园3-2-1501 测试甲",
    "category": "sales",
    "kind": "认购书",
    "confidentiality": "内部",
    "retention_rule": "sales-10y",
    "dossier": DOSSIER,
    "document_date": date(2012, 5, 6),
    "filed_on": date(2020, 3, 1),
    "facts": (),
}
"""A subscription paper of 2012, kept for 10 years."""


def file_due(archive: Archive, folder: Path, content: bytes, **card: Any) -> str:
    """Files a paper that is due, as filing does; gives back its number."""
    folder.mkdir(exist_ok=True)
    number = archive.dms.file(deposit(folder, content, ("认购书 第一页",), **{**DUE, **card}))
    with archive.engine.begin() as connection:
        choice = DossierChoice(DOSSIER, "锦绣花园3-2-1501", "3-2-1501", "锦绣花园", "测试甲", (), "")
        open_dossier(connection, choice, date(2020, 1, 1))
        enter(connection, archive.dms.record(number), archive.rules.ladder.higher)
    retain(archive, archive.dms.record(number))
    return number


def propose(archive: Archive) -> Appraisal:
    """A batch of all that is due."""
    batch = appraising.propose(archive, PROPOSER)
    assert batch is not None
    return batch


def both_agree(archive: Archive, number: int) -> None:
    """Both sides agree to the decisions as they are."""
    appraising.opine(archive, number, "archive", "agree", by="王芳", department="", words="")
    appraising.opine(archive, number, "department", "agree", by="周伟", department="销售部", words="")


def approved(archive: Archive) -> Appraisal:
    """A batch of all that is due, every item of it to be destroyed."""
    batch = propose(archive)
    appraising.decide(archive, batch.id, (), "destroy", by=PROPOSER, reason="期满")
    both_agree(archive, batch.id)
    return appraising.approve(archive, batch.id, by=APPROVER)
