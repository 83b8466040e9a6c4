"""Calibration: whether of a hundred documents at a confidence of 0.9 ninety are right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

BINS = 10

Marks = Sequence[tuple[float, bool]]
"""How sure a side was of each document, and whether it was right."""


def reliability(marks: Marks, bins: int = BINS) -> list[dict[str, Any]]:
    """The reliability table: for each tenth of confidence that has documents, their mean and the share right."""
    parts: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in marks:
        parts.setdefault(min(int(sure * bins), bins - 1), []).append((sure, right))
    return [
        {
            "from": number / bins,
            "to": (number + 1) / bins,
            "documents": len(part),
            "confidence": sum(sure for sure, _ in part) / len(part),
            "right": sum(right for _, right in part) / len(part),
        }
        for number, part in sorted(parts.items())
    ]


def expected_error(marks: Marks, bins: int = BINS) -> float:
    """The expected calibration error: confidence against the share right, bin by bin, weighed by documents."""
    gaps = (row["documents"] * abs(row["confidence"] - row["right"]) for row in reliability(marks, bins))
    return float(sum(gaps)) / max(1, len(marks))
