"""Which other dossiers a dossier refers to: one home opened twice, one customer with several homes.

Nothing is put together here: a person looks, and merges or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from retention.households.dossier import DossierChoice, KnownDossier
from retention.households.joining import same_home, shared_names

MOST = 12
"""A name that more dossiers bear than this tells nothing."""


def refer(choice: DossierChoice, known: Iterable[KnownDossier]) -> DossierChoice:
    """The choice with the keys of the open dossiers that it is related to, one Chinese sentence of evidence each."""
    if not choice.key:
        return choice
    kin = tuple(islice(_kin(choice, known), MOST))
    related = tuple(dict.fromkeys((*choice.related, *(key for key, _ in kin))))
    return replace(choice, related=related, evidence=(*choice.evidence, *(why for _, why in kin)))


def _kin(choice: DossierChoice, known: Iterable[KnownDossier]) -> Iterator[tuple[str, str]]:
    for one in known:
        shared = shared_names(choice.customer, one.customer)
        if one.key == choice.key:
            continue
        if one.unit == choice.unit and choice.unit and bool(one.project) != bool(choice.project):
            told = f"且客户 {shared} 相同" if shared else "而客户不同或未知"
            yield one.key, f"参见档案 {one.key}：房号相同，其一未注明项目，{told}，可能为同一户，请核对后合并"
        elif one.project == choice.project and choice.unit and same_home(one.unit, choice.unit):
            yield one.key, f"参见档案 {one.key}：同一项目，房号仅差单元，可能为同一户，请核对"
        elif shared:
            yield one.key, f"参见档案 {one.key}：客户 {shared} 同名"
