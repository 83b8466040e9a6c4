"""What there is to be documented, told by the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from plugins.cli import app
from tests.docs.pages import ROOT

PACKAGES = ("consumers", "classifiers", "retention", "plugins")
SHAPES = (
    "plugins/archiving/verdict_json.py",
    "plugins/intake/outcome_json.py",
    "plugins/intake/intake_json.py",
    "plugins/teaching/explained_json.py",
    "plugins/teaching/correction_json.py",
    "plugins/households/dossiers_json.py",
    "plugins/teaching/learning_json.py",
    "plugins/sweeping/sweep_json.py",
    "plugins/cli/read.py",
    "plugins/cli/search.py",
    "plugins/cli/intake.py",
    "plugins/cli/init.py",
    "plugins/cli/audit.py",
    "retention/review_json.py",
    "plugins/keeping/keeping_json.py",
    "plugins/keeping/disposal_json.py",
    "plugins/cli/disposal.py",
    "plugins/cli/register.py",
    "plugins/cli/request_ends.py",
    "plugins/requests/request_json.py",
    "plugins/custody/custody_json.py",
    "retention/appraising/appraisal_json.py",
    "retention/reports/report_json.py",
)
"""The modules in which the objects of `--json` are put together."""


def commands() -> dict[str, Any]:
    """Every command by its whole name, as `report retention`."""
    return dict(_leaves(get_command(app), ()))


def codes() -> set[str]:
    """Every code with which a file is refused anywhere in the code."""
    found = set()
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused" and node.args:
                found.add(_constant(node.args[0]))
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                found |= {_constant(value) for key, value in pairs if _constant(key) == "code"}
    return found - {""}


def fields() -> set[str]:
    """Every name that stands in an object of `--json`."""
    found = set()
    for module in SHAPES:
        tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
        # A dict that stands outside of every function is a table of words.
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        for node in (inner for function in functions for inner in ast.walk(function)):
            if isinstance(node, ast.Dict):
                found |= {_constant(key) for key in node.keys}
    return {name for name in found if name.isidentifier() and name.isascii()}


def leaves() -> list[Any]:
    """A fresh copy of the command line, and its commands: what is done to them nobody else sees."""
    root = get_command(app)
    return [root, *dict(_leaves(root, ())).values()]


def _leaves(command: Any, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield " ".join(names), command
        return
    for name, child in inner.items():
        yield from _leaves(child, (*names, name))


def _trees() -> Iterator[ast.Module]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))


def _constant(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
