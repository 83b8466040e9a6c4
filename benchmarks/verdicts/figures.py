"""The figures of one side over one set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks.verdicts.calibration import expected_error, reliability
from benchmarks.verdicts.case import Answer, Case, Judged, kind_right, right
from benchmarks.verdicts.coverage import best, curve

Key = Callable[[Case], str]


def figures(judged: Judged) -> dict[str, Any]:
    """Accuracy in all and by group, the operating point, calibration, and what was wrong."""
    known = [(case, answer) for case, answer in judged if case.kinds]
    marks = [(answer.confidence, right(case, answer)) for case, answer in judged]
    points = curve(marks)
    unseen = [(case, answer) for case, answer in judged if not (answer.review or answer.asks)]
    widest = best(points)
    return {
        "documents": len(judged),
        "right": _share(judged, right),
        "right_hard": _share([pair for pair in judged if pair[0].hard], right),
        "errors": sum(not right(*pair) for pair in judged),
        "kinds_known": len(known),
        "kind_right": _share(known, kind_right) if any(answer.kind for _, answer in judged) else None,
        "by_category": _groups(judged, lambda case: case.category),
        "by_hardness": _groups(judged, lambda case: "hard" if case.hard else "plain"),
        "by_look": _groups(judged, lambda case: case.look),
        "by_kind": _groups(known, lambda case: " / ".join(sorted(case.kinds))),
        "operating": {
            "labels_sure": _point([pair for pair in judged if not pair[1].review], len(judged)),
            "without_review": _point(unseen, len(judged)),
            "dossier_sure_too": _point([pair for pair in unseen if not pair[1].unassigned], len(judged)),
            "could_be": {
                "coverage": widest.coverage,
                "precision": widest.precision,
                "above": widest.confidence,
            },
        },
        "calibration": {"expected_error": expected_error(marks), "table": reliability(marks)},
        "curve": [[point.confidence, point.coverage, point.precision] for point in points],
        "taken_for": _confusions(judged),
        "wrong": [
            {"name": case.name, "is": case.category, "said": answer.category, "confidence": answer.confidence}
            for case, answer in judged
            if not right(case, answer)
        ],
    }


def error_ratio(ours: dict[str, Any], theirs: dict[str, Any]) -> float | None:
    """Our category errors for each of theirs, on the same documents; None where they have none."""
    return round(ours["errors"] / theirs["errors"], 3) if theirs["errors"] else None


def _share(pairs: Judged, holds: Callable[[Case, Answer], bool]) -> float | None:
    return sum(holds(*pair) for pair in pairs) / len(pairs) if pairs else None


def _groups(judged: Judged, key: Key) -> dict[str, dict[str, int]]:
    """Documents, categories right and kinds right of each group."""
    found: dict[str, dict[str, int]] = {}
    for case, answer in sorted(judged, key=lambda pair: key(pair[0])):
        row = found.setdefault(key(case), {"documents": 0, "right": 0, "kinds_known": 0, "kinds_right": 0})
        row["documents"] += 1
        row["right"] += right(case, answer)
        row["kinds_known"] += bool(case.kinds)
        row["kinds_right"] += kind_right(case, answer)
    return found


def _point(filed: Judged, documents: int) -> dict[str, float | None]:
    """What is filed without a person looking: its share, what of it is right, what of its kinds."""
    known = [pair for pair in filed if pair[0].kinds]
    return {
        "coverage": len(filed) / max(1, documents),
        "precision": _share(filed, right),
        "kind_right": _share(known, kind_right),
    }


def _confusions(judged: Judged) -> dict[str, int]:
    pairs = Counter(
        f"{case.category} taken for {answer.category}" for case, answer in judged if not right(case, answer)
    )
    return dict(pairs.most_common())
