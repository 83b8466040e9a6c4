"""The objects of `dossier learn --json`: a contract with other programs."""

from __future__ import annotations

from typing import Any

from plugins.teaching.learning import Comparison, Figures


def learn_json(found: Comparison, own: int, new: int, *, taken: bool, dry_run: bool) -> dict[str, Any]:
    """The object of `learn --json`."""
    return {
        "corrections": own,
        "new": new,
        "dry_run": dry_run,
        "better": found.taken,
        "taken": taken,
        "why": {"zh": found.zh, "en": found.en},
        "before": _figures_json(found.old),
        "after": _figures_json(found.new),
    }


def _figures_json(found: Figures) -> dict[str, Any]:
    return {
        "held_out": found.held_out,
        "errors": found.errors,
        "kinds_right": found.kinds_right,
        "sure_and_wrong": found.sure_and_wrong,
        "by_category": {
            name: {"right": found.right[name], "all": count} for name, count in found.all.items()
        },
    }


def back_json(used: str) -> dict[str, Any]:
    """The object of `learn --back --json`: the file of the model that is used now, or `shipped`."""
    return {"taken": True, "model": used}
