"""How good a model is: shares that are right, how far sureness can be trusted, how much is filed unseen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classifiers.model.features import Floats

Marks = NDArray[np.bool_]


def figures(category: Marks, kind: Marks, hard: Marks, sure: Floats, shares: Floats) -> dict[str, float]:
    """Every figure by its name, from 0.0 to 1.0; `shares` is how much each document stands for."""
    found = {
        "category_right": _mean(category, shares),
        "category_right_hard": _mean(category[hard], shares[hard]) if hard.any() else 1.0,
        "kind_right": _mean(kind, shares),
        "calibration_error": calibration_error(category, sure, shares),
    }
    for least in (0.98, 0.99, 0.995):
        covered, threshold = coverage(category, sure, shares, least)
        found[f"filed_at_{least}"] = covered
        found[f"threshold_at_{least}"] = threshold
    return {name: round(float(value), 4) for name, value in found.items()}


def coverage(right: Marks, sure: Floats, shares: Floats, least: float) -> tuple[float, float]:
    """The greatest share that can be filed with `least` of it right, and the sureness where it ends."""
    order = np.argsort(-sure, kind="stable")
    filed = np.cumsum(shares[order])
    good = np.cumsum((right * shares)[order]) / filed
    enough = np.flatnonzero(good >= least)
    if not len(enough):
        return 0.0, 1.0
    return float(filed[enough[-1]] / filed[-1]), float(sure[order][enough[-1]])


def calibration_error(right: Marks, sure: Floats, shares: Floats, bins: int = 20) -> float:
    """The expected calibration error: sureness against the share that is right, bin by bin."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = np.bincount(place, (right - sure) * shares, minlength=bins)
    return float(np.abs(gaps).sum() / shares.sum())


def _mean(marks: Marks, shares: Floats) -> float:
    return float((marks * shares).sum() / shares.sum())
