"""A verdict as a plain object: the shape of `dossier classify --json`, a contract with other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from classifiers.labels import Labels, Reason
from classifiers.parts import Part
from consumers.scan import Scan
from consumers.transcript import Transcript
from plugins.archiving.card import dossier_doubt, review_reasons
from plugins.archiving.filing import Verdict
from retention.schedule import Schedule


def verdict_json(
    path: Path, scan: Scan, transcript: Transcript, verdict: Verdict, schedule: Schedule, seconds: float
) -> dict[str, Any]:
    """The object for one file; `parts` only where it holds two documents or more. Quotes and values of facts are whole: this is the reader's own paper."""
    labels = verdict.labels
    doubts = list(review_reasons(labels, verdict.choice))
    told = {
        "file": str(path),
        "sha256": scan.sha256,
        "pages": len(transcript.pages),
        "source": transcript.source,
        "reader": transcript.reader,
        "category": labels.category,
        "kind": labels.kind,
        "confidence": labels.confidence,
        "needs_review": bool(doubts),
        "review_reasons": doubts,
        "reasons": [_reason_json(reason) for reason in labels.reasons],
        "confidentiality": labels.confidentiality,
        "personal_data": labels.personal_data,
        "retention": retention_json(labels, schedule),
        "facts": [
            {
                "name": fact.name,
                "value": fact.value,
                "role": fact.role,
                "page": fact.page,
                "quote": fact.quote,
                "confidence": fact.confidence,
            }
            for fact in verdict.facts
        ],
        "dossier": verdict.choice.key,
        "dossier_doubt": dossier_doubt(labels, verdict.choice),
        "seconds": round(seconds, 3),
    }
    if verdict.parts:
        told["parts"] = [part_json(part) for part in verdict.parts]
        told["apart"] = verdict.apart
    return told


def part_json(part: Part) -> dict[str, Any]:
    """One document of a file that holds several: its pages, its labels, and why it begins where it does."""
    return {
        "first": part.range.first,
        "last": part.range.last,
        "separator": part.range.separator,
        "category": part.labels.category,
        "kind": part.labels.kind,
        "confidence": part.labels.confidence,
        "confidentiality": part.labels.confidentiality,
        "personal_data": part.labels.personal_data,
        "reasons": [_reason_json(reason) for reason in (*part.range.reasons, *part.labels.reasons)],
    }


def _reason_json(reason: Reason) -> dict[str, Any]:
    return {"rule": reason.rule, "quote": reason.quote, "page": reason.page, "weight": reason.weight}


def retention_json(labels: Labels, schedule: Schedule) -> dict[str, Any] | None:
    """The row of the disposition schedule that the labels point to; None: no rule."""
    rule = schedule.rules.get(labels.retention_rule)
    if rule is None:
        return None
    return {
        "rule": rule.id,
        "period": rule.period_iso,
        "cutoff_event": rule.cutoff,
        "disposition": rule.disposition,
    }
