"""The chart of the retention review: how many records fall due in which year, by category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from retention.reports.report import Chart, Series, Words
from retention.reports.words import CATEGORY_NAMES, CategoryNames, category_name
from retention.reviewed import category_place

MOST_YEARS = 12
"""Years that have a bar of their own; what ends before the latest of them goes into the first bar."""


def chart_of(counts: Mapping[tuple[int, str], int], names: CategoryNames = CATEGORY_NAMES) -> Chart | None:
    """How many fall due, by the year of the last day and by category; None where nothing does."""
    if not counts:
        return None
    latest = max(year for year, _ in counts)
    earliest = min(year for year, _ in counts)
    first = max(earliest, latest - MOST_YEARS + 1)
    even: Counter[tuple[int, str]] = Counter()
    for (year, category), number in counts.items():
        even[max(year, first), category] += number
    years = range(first, latest + 1)
    labels = tuple(f"≤{year}" if year == first and earliest < first else str(year) for year in years)
    categories = sorted({category for _, category in even}, key=category_place)
    series = tuple(
        Series(Words(*category_name(one, names)), tuple(even[year, one] for year in years))
        for one in categories
    )
    title = Words("按到期年度与类别", "By year of the last day, and category")
    return Chart("due_by_year", title, labels, series, stacked=True)
