"""Guards over the house itself: what no single test of a module would notice."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PACKAGES = ("consumers", "classifiers", "retention", "plugins")
FOLDERS = (*PACKAGES, "samples", "benchmarks")
OURS = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

MECHANISMS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "tools"}
MOST_LINES = 300

NOT_A_MODULES_TEST = {
    "tests/test_house.py": "guards over the whole house",
    "tests/contract": "one contract, asked of every backend",
    "tests/deploy": "files of deploy/, which are no modules",
    "tests/docs": "what the documents promise",
    "tests/live": "against a real paperless-ngx, where a machine has one",
    "tests/classifiers/taxonomy/test_developers_handbook.py": "a table, not a module",
    "tests/plugins/intake/test_commits.py": "how often a file's whole way makes the disk be waited for",
    "tests/plugins/households/test_litigants.py": "papers of a court, from their text to the dossier",
    "tests/plugins/keeping/test_any_order.py": "disposal, holds and events in any order",
    "tests/plugins/keeping/test_cut_off.py": "disposal, cut off at each of its steps",
    "tests/plugins/keeping/test_cut_off_on_paperless.py": "the same, at each request to paperless-ngx",
    "tests/plugins/keeping/test_no_way_around.py": "what a stranger tries against disposal",
    "tests/plugins/keeping/test_hold_meanwhile.py": "disposal, and a hold at each of its steps",
    "tests/plugins/keeping/test_item_costs.py": "what a record costs in a long batch, counted",
    "tests/plugins/keeping/test_on_its_way.py": "a litigation paper whose filing is cut off, and disposal beside it",
    "tests/retention/test_append_only.py": "the triggers of all tables that are written for good",
    "tests/plugins/test_own_taxonomy.py": "a company's own table, from its label to the report",
    "tests/soak": "long runs, and that they can find fault",
    "tests/samples": "the files that all tests and the demo rest on",
}
"""Tests that belong to no one module, each with its reason."""
ABOUT_A_PACKAGE = re.compile(r"test_(bombs|fuzz|crash|crashes|faults|commands|demo|run|end_to_end)$")
"""Beside a package's own tests: stories that go through several of its modules."""

_SLASH = "/"
_MACHINES = [
    _SLASH + "work" + _SLASH,
    _SLASH + "root" + _SLASH,
    "pypi" + ".org",
    "python" + "hosted",
    "mirrors" + ".",
    "--index" + "-url",
    "trusted" + "-host",
    "artifact" + "ory",
]
"""What names a machine or a registry, and must not stand in a file of the project."""


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _mirrors(test: Path) -> bool:
    """Whether a module, or a package of that name, stands where the test says."""
    place = test.relative_to(ROOT / "tests").with_name(test.stem.removeprefix("test_"))
    if (ROOT / place).is_dir() or (ROOT / place).with_suffix(".py").is_file():
        return True
    # tests/retention/test_retention.py speaks of the package itself.
    return place.name == place.parent.name and (ROOT / place.parent).is_dir()


def _tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode != 0:
        pytest.skip("not in a git work tree")  # an unpacked archive has no list of tracked files
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def _required() -> list[Requirement]:
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    optional = [row for rows in project["optional-dependencies"].values() for row in rows]
    return [Requirement(row) for row in (*project["dependencies"], *optional, *groups["dev"])]


def _locked(name: str) -> dict[str, str]:
    rows = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in rows}


@pytest.mark.parametrize("package", PACKAGES)
def test_an_import_name_of_ours_belongs_to_our_distribution_alone(package: str) -> None:
    assert set(packages_distributions()[package]) == {PROJECT["project"]["name"]}


@pytest.mark.parametrize("path", OURS, ids=_name)
def test_a_module_opens_with_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("path", OURS, ids=_name)
def test_a_module_is_named_by_the_trade_and_not_by_the_mechanism(path: Path) -> None:
    assert not MECHANISMS & set(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", OURS, ids=_name)
def test_a_module_stays_short_enough_to_be_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_the_tests_mirror_the_tree(path: Path) -> None:
    excused = any(_name(path).startswith(place) for place in NOT_A_MODULES_TEST)
    assert excused or ABOUT_A_PACKAGE.match(path.stem) or _mirrors(path)


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [_name(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("requirement", _required(), ids=lambda requirement: requirement.name)
def test_the_lock_holds_a_version_that_the_project_accepts(requirement: Requirement) -> None:
    version = _locked("requirements.lock").get(canonicalize_name(requirement.name))
    assert version is not None
    assert requirement.specifier.contains(version)


def test_the_lock_without_rapid_ocr_agrees_with_the_full_one_and_lacks_nothing_else() -> None:
    full, small = _locked("requirements.lock"), _locked("requirements-tesseract.lock")
    optional = {
        canonicalize_name(Requirement(row).name) for row in PROJECT["project"]["optional-dependencies"]["ocr"]
    }
    needed = {canonicalize_name(requirement.name) for requirement in _required()} - optional
    assert small.items() <= full.items()
    assert needed <= small.keys()
    assert optional & small.keys() == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-tesseract.lock"])
def test_every_locked_version_has_its_hashes(lock: str) -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9])", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
    assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    words = re.compile("|".join(map(re.escape, _MACHINES)).encode(), re.IGNORECASE)
    found = [name for name in _tracked() if words.search((ROOT / name).read_bytes())]
    assert found == []


def test_no_test_is_left_out_for_want_of_a_marker() -> None:
    declared = {row.split(":")[0] for row in PROJECT["tool"]["pytest"]["ini_options"]["markers"]}
    used = {
        mark
        for path in TESTS
        for mark in re.findall(r"pytest\.mark\.([a-z]+)", path.read_text("utf-8"))
        if mark not in ("parametrize", "skipif", "usefixtures", "xfail", "filterwarnings")
    }
    assert used <= declared
