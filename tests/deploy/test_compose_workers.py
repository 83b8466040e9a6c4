"""The Compose files that are laid over another one: more services, each behind the walls of the first."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from plugins.settings import SECRETS, described, variable_of
from tests.deploy.pages import BESIDE, CELERY, WITH_SERVER, WORKERS, compose
from tests.docs.product import commands

WALLS = ("user", "read_only", "cap_drop", "security_opt", "init", "volumes", "stop_grace_period")
laid_over = pytest.mark.parametrize("over", [WORKERS, CELERY], ids=lambda file: file.name)


def _resolved(folder: Path, *files: Path) -> dict[str, Any]:
    if shutil.which("docker") is None:
        pytest.skip("docker is not installed here")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    for file in (WITH_SERVER, BESIDE, WORKERS, CELERY):
        shutil.copy(file, folder)
    named = [word for file in files for word in ("--file", str(folder / file.name))]
    call = ["docker", "compose", *named, "config", "--format=json"]
    done = subprocess.run(call, capture_output=True, text=True, check=False, env=environment, cwd=folder)
    if "unknown" in done.stderr and "compose" in done.stderr:
        pytest.skip("docker has no compose plugin here")
    assert (done.returncode, done.stderr) == (0, "")
    services: dict[str, Any] = json.loads(done.stdout)["services"]
    return services


@laid_over
@pytest.mark.parametrize("below", [BESIDE, WITH_SERVER], ids=lambda file: file.name)
def test_every_service_of_ours_stands_behind_the_walls_of_the_watcher(
    below: Path, over: Path, tmp_path: Path
) -> None:
    services = _resolved(tmp_path, below, over)
    ours = [one for one in services.values() if one["image"].startswith("paperless-dossier:")]
    assert len(ours) == len({*compose(over)["services"], "dossier"})
    for one in ours:
        assert {wall: one.get(wall) for wall in WALLS} == {
            wall: services["dossier"].get(wall) for wall in WALLS
        }


@laid_over
def test_every_service_starts_a_command_that_there_is(over: Path) -> None:
    started = [one["command"][0] for one in compose(over)["services"].values() if "command" in one]
    assert started
    assert set(started) <= set(commands())


@laid_over
def test_every_secret_is_given_to_who_reads_it_and_is_a_setting(over: Path) -> None:
    known = {f"{variable_of(name)}_FILE" for name in SECRETS}
    for name, service in compose(over)["services"].items():
        told = service.get("environment", {})
        assert set(told) <= known, name
        assert {Path(value).name for value in told.values()} == set(service.get("secrets", []))
    used = {secret for service in compose(over)["services"].values() for secret in service.get("secrets", [])}
    assert used == set(compose(over)["secrets"])


def test_only_the_figures_have_a_port_and_on_this_machine_alone(tmp_path: Path) -> None:
    services = _resolved(tmp_path, BESIDE, WORKERS)
    ports = {name: one["ports"] for name, one in services.items() if one.get("ports")}
    assert list(ports) == ["metrics"]
    assert [port["host_ip"] for port in ports["metrics"]] == ["127.0.0.1"]


def test_the_health_check_of_the_watcher_asks_where_it_answers() -> None:
    ours = compose(BESIDE)["services"]["dossier"]
    assert "DOSSIER_METRICS" in [variable for variable, _ in described()]
    assert f"http://{ours['environment']['DOSSIER_METRICS']}/healthz" in ours["healthcheck"]["test"][-1]
