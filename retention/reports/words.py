"""The words that the reports print for ids and states: Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from retention.reviewed import DueState

CategoryNames = Mapping[str, tuple[str, str]]
"""Chinese and English name of each category by its id."""

CATEGORY_NAMES: dict[str, tuple[str, str]] = {
    "sales": ("销售资料", "Sales"),
    "contract": ("签约资料", "Contract"),
    "title": ("办证资料", "Title"),
    "repair": ("修理资料", "Repair"),
    "litigation": ("诉讼资料", "Litigation"),
    "other": ("其他", "Other"),
}

STATE_NAMES: dict[DueState, tuple[str, str]] = {
    "overdue": ("逾期未审", "overdue"),
    "due": ("已到期", "due"),
    "upcoming": ("将到期", "upcoming"),
}


def category_name(category: str, names: CategoryNames = CATEGORY_NAMES) -> tuple[str, str]:
    """The category's Chinese and English name, as the taxonomy in use has them; of one that it does not have, what is
    usual, else its id twice."""
    return names.get(category) or CATEGORY_NAMES.get(category, (category, category))
