"""The files of deploy/, as their own programs would read them."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # it ships no types

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")
"""A variable of a Compose file, with the default that stands there."""


WITH_SERVER, BESIDE = DEPLOY / "compose.yaml", DEPLOY / "compose.beside.yaml"
WORKERS, CELERY = DEPLOY / "compose.workers.yaml", DEPLOY / "compose.celery.yaml"
"""Laid over one of the two above."""


def compose(file: Path) -> dict[str, Any]:
    """What a Compose file says."""
    told: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return told


def services(file: Path) -> dict[str, dict[str, Any]]:
    """Its services by name, with what they take over from the other file."""
    return {name: _whole(service) for name, service in compose(file)["services"].items()}


def _whole(service: dict[str, Any]) -> dict[str, Any]:
    if "extends" not in service:
        return service
    model = compose(DEPLOY / service["extends"]["file"])["services"][service["extends"]["service"]]
    environment = {**model["environment"], **service.get("environment", {})}
    return {**model, **service, "environment": environment}


def defaults() -> set[tuple[str, str]]:
    """Every variable of the Compose files with its default."""
    files = (WITH_SERVER, BESIDE, WORKERS, CELERY)
    return {row for file in files for row in VARIABLE.findall(file.read_text("utf-8"))}


def examples() -> list[tuple[str, str]]:
    """The variables of .env.example with the values that stand there, commented out or not, in their order."""
    lines = (DEPLOY / ".env.example").read_text("utf-8").splitlines()
    return [(found[1], found[2]) for line in lines if (found := re.fullmatch(r"#?([A-Z_]+)=(.*)", line))]


def steps() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with what follows them, continued lines joined, comments left out."""
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    whole = "\n".join(line for line in lines if not line.lstrip().startswith("#")).replace("\\\n", " ")
    words = [line.split(None, 1) for line in whole.splitlines() if line.strip()]
    return [(name, " ".join(shlex.split(rest, posix=False))) for name, rest in words]


def final_stage() -> list[tuple[str, str]]:
    """The instructions of the stage that becomes the image."""
    found = steps()
    last = max(number for number, (name, _) in enumerate(found) if name == "FROM")
    return found[last:]


def locked(lock: Path) -> dict[str, tuple[str, ...]]:
    """Each row of a lock, as `name==version ; marker`, with its hashes."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock.read_text("utf-8"), flags=re.MULTILINE)
    return {
        re.split(r"\s*(?:\\|#)?\n", block, maxsplit=1)[0]: tuple(
            sorted(re.findall(r"--hash=(sha256:\w+)", block))
        )
        for block in blocks
        if "==" in block
    }
