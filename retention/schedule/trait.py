"""A trait of a dossier by which a row of the schedule may be meant for its records."""

from __future__ import annotations

from typing import Literal, get_args

DossierTrait = Literal["home", "customer", "company", "litigated", "unassigned"]

DOSSIER_TRAITS: tuple[DossierTrait, ...] = get_args(DossierTrait)

TRAIT_NAMES: dict[DossierTrait, tuple[str, str]] = {
    "home": ("一户（有房号）", "of a home"),
    "customer": ("客户（无房号）", "of a customer without a home"),
    "company": ("单位客户", "of a company"),
    "litigated": ("有诉讼文件", "with litigation papers"),
    "unassigned": ("未归户", "none, or not certain"),
}
"""Chinese and English name of each trait, as people read it."""
