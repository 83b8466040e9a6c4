"""A verdict as a plain object: the shape of `dossier classify --json`, a contract with other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from classifiers.labels import Labels
from consumers.scan import Scan
from consumers.transcript import Transcript
from plugins.filing import Verdict
from retention.schedule import Schedule


def verdict_json(
    path: Path, scan: Scan, transcript: Transcript, verdict: Verdict, schedule: Schedule, seconds: float
) -> dict[str, Any]:
    """The object for one file. Quotes and values of facts are whole: this is the reader's own paper."""
    labels = verdict.labels
    doubts = list(labels.review_reasons)
    if verdict.choice.doubt_zh and labels.category != "other":
        doubts.append(verdict.choice.doubt_zh)
    return {
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
        "reasons": [
            {"rule": r.rule, "quote": r.quote, "page": r.page, "weight": r.weight} for r in labels.reasons
        ],
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
        "seconds": round(seconds, 3),
    }


def retention_json(labels: Labels, schedule: Schedule) -> dict[str, Any]:
    """The row of the disposition schedule that the labels point to."""
    rule = schedule.rules[labels.retention_rule]
    return {
        "rule": rule.id,
        "period": rule.period_iso,
        "cutoff_event": rule.cutoff,
        "disposition": rule.disposition,
    }
