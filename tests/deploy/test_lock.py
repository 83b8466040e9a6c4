"""deploy/requirements.lock: the rows of the project's own lock that the image needs, and no other."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.deploy.pages import DEPLOY, PROJECT, ROOT, locked

IMAGE = locked(DEPLOY / "requirements.lock")
WHOLE = locked(ROOT / "requirements.lock")
NAMES = {canonicalize_name(re.split("==", row)[0]) for row in IMAGE}
NOT_SHIPPED = {"openvino-telemetry": "it tells its maker of every start; openvino does without"}
HOW = "CONTRIBUTING.md says how deploy/requirements.lock is made anew"


def test_every_row_is_that_of_the_projects_lock() -> None:
    built_with = {row: hashes for row, hashes in IMAGE.items() if row.startswith("setuptools==")}
    assert len(built_with) == 1
    assert {row for row in IMAGE.keys() - built_with.keys() if IMAGE[row] != WHOLE.get(row)} == set(), HOW


def test_every_row_has_its_hashes() -> None:
    assert [row for row, hashes in IMAGE.items() if not hashes] == []


@pytest.mark.parametrize("name", NOT_SHIPPED)
def test_what_is_left_out_on_purpose_is_not_there(name: str) -> None:
    assert name not in NAMES


def test_nothing_that_the_program_needs_is_missing() -> None:
    project = PROJECT["project"]
    roots = [
        *project["dependencies"],
        *(row for rows in project["optional-dependencies"].values() for row in rows),
    ]
    assert needed([Requirement(row) for row in roots]) - NAMES == NOT_SHIPPED.keys(), HOW


def test_nothing_is_there_for_tests_alone() -> None:
    project = PROJECT["project"]
    roots = [
        *project["dependencies"],
        *(row for rows in project["optional-dependencies"].values() for row in rows),
    ]
    here = needed([Requirement(row) for row in roots])
    for_tests = {canonicalize_name(Requirement(row).name) for row in PROJECT["dependency-groups"]["dev"]}
    assert NAMES & (for_tests - here) <= {"setuptools"}, HOW


def needed(requirements: list[Requirement]) -> set[str]:
    """The distributions that these need on this machine, themselves included."""
    found: set[str] = set()
    waiting = list(requirements)
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        try:
            waiting += [Requirement(row) for row in requires(name) or ()]
        except PackageNotFoundError:
            found.discard(name)
    return found


def test_everything_that_the_program_imports_is_there() -> None:
    ours = {"consumers", "classifiers", "retention", "plugins"}
    # The server into which plugins.paperless_native is installed brings its own.
    servers = {"django", "documents", "paperless"}
    modules = imported(ours) - ours - servers - sys.stdlib_module_names
    brought = {
        module: {canonicalize_name(one) for one in packages_distributions()[module]} for module in modules
    }
    assert {module: names for module, names in brought.items() if not names & NAMES} == {}, HOW


def imported(packages: set[str]) -> set[str]:
    """The top-level names that the modules of these packages import, wherever in them."""
    found: set[str] = set()
    for package in packages:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found.add(node.module.partition(".")[0])
    return found
