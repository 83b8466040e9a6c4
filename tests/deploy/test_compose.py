"""The Compose files: what they must promise, and that Compose itself takes them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from plugins.settings import SECRETS, described, load, variable_of
from tests.deploy.pages import (
    BESIDE,
    DEPLOY,
    PROJECT,
    ROOT,
    VARIABLE,
    WITH_SERVER,
    compose,
    final_stage,
    services,
)

FILES = (WITH_SERVER, BESIDE)
EVERY = [(file, name) for file in FILES for name in services(file)]
OURS = services(WITH_SERVER)["dossier"]

of_every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
of_every_service = pytest.mark.parametrize(
    ("file", "name"), EVERY, ids=lambda what: what if isinstance(what, str) else what.name
)


def environment(service: dict[str, Any]) -> dict[str, str]:
    """What a service is told, with every variable at its default."""
    return {name: at_default(str(value)) for name, value in service.get("environment", {}).items()}


def at_default(text: str) -> str:
    return VARIABLE.sub(r"\2", text)


def resolved(file: Path, folder: Path) -> dict[str, Any]:
    """What `docker compose config` makes of the file, in a copy of the folder."""
    if shutil.which("docker") is None:
        pytest.skip("docker is not installed here")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    asked = subprocess.run(
        ["docker", "compose", "version"], capture_output=True, check=False, env=environment
    )
    if asked.returncode != 0:
        pytest.skip("docker has no compose plugin here")
    (folder / "deploy").mkdir(exist_ok=True)
    for one in FILES:
        shutil.copy(one, folder / "deploy")
    call = ["docker", "compose", "--file", str(folder / "deploy" / file.name), "config", "--format=json"]
    done = subprocess.run(call, capture_output=True, text=True, check=False, env=environment, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@of_every_file
def test_compose_takes_the_file_without_a_word(file: Path, tmp_path: Path) -> None:
    assert sorted(resolved(file, tmp_path)["services"]) == sorted(services(file))


@of_every_file
def test_compose_takes_it_with_the_example_of_the_environment_too(file: Path, tmp_path: Path) -> None:
    bare = resolved(file, tmp_path)
    shutil.copy(DEPLOY / ".env.example", tmp_path / "deploy" / ".env")
    assert resolved(file, tmp_path) == bare


def test_a_changed_variable_arrives(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / ".env").write_text("WEB_PORT=8123\nDOSSIER_WORKERS=2\n", encoding="utf-8")
    found = resolved(WITH_SERVER, tmp_path)["services"]
    assert found["paperless"]["ports"][0]["published"] == "8123"
    assert found["dossier"]["environment"]["DOSSIER_WORKERS"] == "2"


def test_our_service_is_the_same_in_both_but_for_its_server(tmp_path: Path) -> None:
    with_server, beside = (resolved(file, tmp_path)["services"]["dossier"] for file in FILES)
    assert with_server.pop("depends_on") == {"paperless": {"condition": "service_healthy", "required": True}}
    assert with_server["environment"].pop("PAPERLESS_URL") != beside["environment"].pop("PAPERLESS_URL")
    assert with_server == beside


@of_every_file
def test_nothing_is_open_but_the_server_on_this_machine(file: Path) -> None:
    ports = {name: service["ports"] for name, service in services(file).items() if "ports" in service}
    assert ports.keys() <= {"paperless"}
    assert [at_default(port) for row in ports.values() for port in row] == ["127.0.0.1:8000:8000"] * len(
        ports
    )


def test_only_the_server_is_where_a_port_leads_out() -> None:
    networks = compose(WITH_SERVER)["networks"]
    outside = {name for name, network in networks.items() if not (network or {}).get("internal")}
    assert {
        name for name, service in services(WITH_SERVER).items() if outside & set(service["networks"])
    } == {"paperless"}


def test_our_watcher_reaches_neither_database_nor_queue() -> None:
    others = services(WITH_SERVER)
    assert all(not set(OURS["networks"]) & set(others[name]["networks"]) for name in ("database", "redis"))


@of_every_service
def test_every_service_has_a_health_check(file: Path, name: str) -> None:
    service = services(file)[name]
    if "build" in service:
        assert "HEALTHCHECK" in [step for step, _ in final_stage()]
    else:
        assert service["healthcheck"]["test"][0] == "CMD"


@of_every_service
def test_a_service_waits_until_what_it_needs_is_well(file: Path, name: str) -> None:
    needs = services(file)[name].get("depends_on", {})
    assert [need for need, how in needs.items() if how != {"condition": "service_healthy"}] == []


@of_every_service
def test_an_image_is_named_without_a_host_and_with_its_version(file: Path, name: str) -> None:
    image, _, version = services(file)[name]["image"].partition(":")
    assert "." not in image.split("/")[0]
    assert re.match(r"\d", version)


def test_our_image_bears_the_version_of_the_project() -> None:
    version = PROJECT["project"]["version"]
    assert OURS["image"] == f"paperless-dossier:{version}"
    labels = " ".join(rest for step, rest in final_stage() if step == "LABEL")
    assert f'org.opencontainers.image.version="{version}"' in labels


def test_our_image_is_built_from_the_projects_folder() -> None:
    assert (DEPLOY / OURS["build"]["context"]).resolve() == ROOT
    assert (ROOT / OURS["build"]["dockerfile"]).is_file()


@of_every_service
def test_no_secret_stands_in_an_environment(file: Path, name: str) -> None:
    hidden = re.compile("TOKEN|PASS|SECRET|KEY")
    told = environment(services(file)[name])
    assert [one for one in told if hidden.search(one) and not one.endswith("_FILE")] == []


@of_every_service
def test_every_secret_that_a_service_reads_is_given_to_it(file: Path, name: str) -> None:
    service = services(file)[name]
    read = {Path(value).name for one, value in environment(service).items() if one.endswith("_FILE")}
    assert read == set(service.get("secrets", []))


@of_every_file
def test_every_secret_has_its_file_and_is_used(file: Path) -> None:
    files = {name: Path(at_default(row["file"])) for name, row in compose(file)["secrets"].items()}
    assert {name: path.name for name, path in files.items()} == {name: name for name in files}
    assert set(files) == {one for service in services(file).values() for one in service.get("secrets", [])}


@of_every_file
def test_every_volume_and_network_is_used(file: Path) -> None:
    found = services(file).values()
    mounts = [mount for service in found for mount in service.get("volumes", [])]
    mounted = {mount.split(":")[0] for mount in mounts if isinstance(mount, str)}
    assert set(compose(file).get("volumes", {})) <= mounted
    assert set(compose(file)["networks"]) == {one for row in found for one in row["networks"]}


def test_what_our_service_is_told_are_settings_that_there_are() -> None:
    known = {variable for variable, _ in described()} | {f"{variable_of(name)}_FILE" for name in SECRETS}
    assert set(environment(OURS)) - known == {"TZ"}


def test_the_settings_of_our_service_are_whole(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("0" * 40, encoding="utf-8")
    settings = load({**environment(OURS), "PAPERLESS_TOKEN_FILE": str(secret)}, tmp_path)
    host = re.fullmatch(r"http://(\w+):8000", settings.paperless_url)
    assert host is not None
    assert host[1] in services(WITH_SERVER)
    (mount,) = OURS["volumes"]
    assert settings.home.is_relative_to(mount["target"])
    assert settings.inbox_folder.is_relative_to(mount["target"])


def test_our_service_may_do_nothing_but_its_work() -> None:
    assert OURS["read_only"] is True
    assert OURS["cap_drop"] == ["ALL"]
    assert OURS["security_opt"] == ["no-new-privileges:true"]
    assert at_default(OURS["user"]) == "1000:1000"
    assert "privileged" not in OURS
