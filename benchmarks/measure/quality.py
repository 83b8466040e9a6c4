"""Quality: what a side's texts are worth beside the truth, over all and by what befell the scans."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import mean, median, quantiles
from typing import Any

from benchmarks.measure.accuracy import bears, cer, difference, order_free
from benchmarks.measure.outcome import Reading
from benchmarks.measure.truth import NUMBERS, Case

_SHOWN = 40
"""So many of the characters that are missing or too many are listed."""


@dataclass(frozen=True)
class Verdict:
    """One scan judged."""

    case: Case
    reading: Reading
    cer: float
    order_free: float
    found: tuple[tuple[str, str, bool], ...]
    """Field, value, and whether the value stands in the text that was read."""


def judge(case: Case, reading: Reading) -> Verdict:
    """The case's truth beside what was read."""
    found = [
        (name, value, bears(reading.text, value)) for name, values in case.fields.items() for value in values
    ]
    return Verdict(
        case, reading, cer(case.text, reading.text), order_free(case.text, reading.text), tuple(found)
    )


def figures(verdicts: list[Verdict]) -> dict[str, Any]:
    """Upright scans as a whole and by look and trait, turned ones, and every field's recall."""
    upright = [verdict for verdict in verdicts if not verdict.case.turn]
    turned = [verdict for verdict in verdicts if verdict.case.turn]
    return {
        "upright": errors(upright),
        "turned": errors(turned),
        "by_look": _by(upright, lambda case: (case.look,)),
        "by_trait": _by(upright, lambda case: case.traits),
        "fields": recall(verdicts),
        "refused": {one.case.path.name: one.reading.refused for one in verdicts if one.reading.refused},
        "doubtful": sum(bool(one.reading.doubtful) for one in verdicts),
    }


def errors(verdicts: list[Verdict]) -> dict[str, Any]:
    """CER (mean, median, upper percentiles), order-free error, and the share of numbers and of all values found."""
    if not verdicts:
        return {}
    rates = sorted(verdict.cer for verdict in verdicts)
    hundredths = quantiles(rates, n=100, method="inclusive") if len(rates) > 1 else rates * 99
    every = [hit for verdict in verdicts for hit in verdict.found]
    return {
        "scans": len(verdicts),
        "cer_mean": round(mean(rates), 4),
        "cer_median": round(median(rates), 4),
        "cer_p75": round(hundredths[74], 4),
        "cer_p90": round(hundredths[89], 4),
        "cer_p95": round(hundredths[94], 4),
        "cer_max": round(rates[-1], 4),
        "order_free": round(mean(verdict.order_free for verdict in verdicts), 4),
        "numbers_found": _share(found for name, _, found in every if name in NUMBERS),
        "values_found": _share(found for _, _, found in every),
    }


def recall(verdicts: list[Verdict]) -> dict[str, dict[str, Any]]:
    """For each field: how many values there are, and the share that stands whole in the text."""
    every = [hit for verdict in verdicts for hit in verdict.found]
    names = sorted({name for name, _, _ in every})
    return {
        name: {
            "values": sum(field == name for field, _, _ in every),
            "found": _share(found for field, _, found in every if field == name),
        }
        for name in names
    }


def worst(verdicts: list[Verdict], count: int) -> list[dict[str, Any]]:
    """The scans with the greatest CER, each with what is missing in its text and what is too much."""
    found = []
    for one in sorted(verdicts, key=lambda verdict: -verdict.cer)[:count]:
        missing, added = difference(one.case.text, one.reading.text)
        found.append(
            {
                "file": one.case.path.name,
                "look": "+".join([one.case.look, *one.case.traits])
                + (f" rot{one.case.turn}" if one.case.turn else ""),
                "cer": round(one.cer, 4),
                "order_free": round(one.order_free, 4),
                "missing": missing[:_SHOWN],
                "added": added[:_SHOWN],
                "values_lost": [f"{name} {value}" for name, value, there in one.found if not there],
                "doubtful": list(one.reading.doubtful),
                "refused": one.reading.refused,
            }
        )
    return found


def _by(verdicts: list[Verdict], names: Callable[[Case], tuple[str, ...]]) -> dict[str, dict[str, Any]]:
    keys = sorted({name for verdict in verdicts for name in names(verdict.case)})
    return {key: errors([verdict for verdict in verdicts if key in names(verdict.case)]) for key in keys}


def _share(hits: Iterable[bool]) -> float | None:
    """The part that is true; None where there is nothing to look for."""
    counted = list(hits)
    return round(sum(counted) / len(counted), 4) if counted else None
