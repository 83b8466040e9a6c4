"""deploy/Dockerfile and .dockerignore: what a reviewer of images would ask."""

from __future__ import annotations

import json
import re
import shlex

import pytest

from plugins.settings import load
from tests.deploy.pages import DEPLOY, PROJECT, ROOT, final_stage, steps
from tests.docs.product import commands

RUNS = [rest for step, rest in steps() if step == "RUN"]
ENV = dict(pair.split("=", 1) for step, rest in final_stage() if step == "ENV" for pair in shlex.split(rest))


def the(step: str) -> str:
    """What the last instruction of that name in the final stage says."""
    return [rest for name, rest in final_stage() if name == step][-1]


def test_every_base_has_its_version() -> None:
    arguments = dict(rest.split("=", 1) for step, rest in steps() if step == "ARG")
    bases = [
        re.sub(r"\$\{(\w+)\}", lambda found: arguments[found[1]], rest.split()[0])
        for step, rest in steps()
        if step == "FROM"
    ]
    assert len(bases) > 1
    assert [base for base in bases if not re.fullmatch(r"\w+:\d+\.\d+-[\w-]+", base)] == []


def test_the_image_runs_as_a_number_that_is_not_root() -> None:
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", the("USER"))


def test_nothing_is_done_as_root_after_the_user_is_set() -> None:
    names = [name for name, _ in final_stage()]
    assert names.count("USER") == 1
    assert "COPY" not in names[names.index("USER") :]


def test_packages_come_by_hash_and_as_wheels() -> None:
    (install,) = [run for run in RUNS if "-r requirements.lock" in run]
    assert {"--require-hashes", "--no-deps", "--only-binary :all:"} <= set(
        re.findall(r"--only-binary \S+|--[\w-]+", install)
    )


def test_the_program_itself_brings_no_package_along() -> None:
    (install,) = [run for run in RUNS if run.split(" && ")[0].endswith(" .")]
    assert {"--no-deps", "--no-build-isolation"} <= set(install.split())


def test_system_packages_leave_no_lists_and_bring_no_recommendations() -> None:
    installs = [run for run in RUNS if "apt-get install" in run]
    assert installs
    for run in installs:
        assert "--no-install-recommends" in run
        assert run.startswith("apt-get update ")
        assert run.endswith("rm -rf /var/lib/apt/lists/*")


def test_the_readers_are_tried_without_a_network_before_the_image_is_done() -> None:
    (tried,) = [rest for step, rest in final_stage() if step == "RUN" and "--network=none" in rest]
    assert "Paddle()" in tried
    assert "chi_sim" in tried


def test_the_health_check_and_the_start_are_commands_that_there_are() -> None:
    assert json.loads(the("ENTRYPOINT")) == list(PROJECT["project"]["scripts"])
    assert json.loads(the("CMD"))[0] in commands()
    check = json.loads(the("HEALTHCHECK").partition("CMD ")[2])
    assert check[0] == "dossier"
    assert check[1] in commands()


def test_what_the_image_sets_are_settings_that_there_are() -> None:
    ours = {name: value for name, value in ENV.items() if name.startswith("DOSSIER_")}
    settings = load(ours, DEPLOY)
    made = " ".join(RUNS)
    assert ours
    assert f" {settings.home} " in f"{made} "
    assert f" {settings.inbox_folder} " in f"{made} "


def test_every_source_that_is_copied_is_there_and_let_in() -> None:
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"
    }
    copied = [
        word
        for step, rest in steps()
        if step == "COPY" and not rest.startswith("--from")
        for word in rest.split()[:-1]
    ]
    assert set(copied) == let_in
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_every_package_of_the_program_is_copied() -> None:
    wanted = {pattern.rstrip("*") for pattern in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]}
    copied = {word for step, rest in steps() if step == "COPY" for word in rest.split()}
    assert wanted <= copied


def test_what_pyproject_names_is_copied() -> None:
    copied = {word for step, rest in steps() if step == "COPY" for word in rest.split()}
    assert {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"], "pyproject.toml"} <= copied


def test_everything_else_stays_out_of_the_build() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] not in "#"]
    assert lines[0] == "*"


@pytest.mark.parametrize("step", ["ADD", "VOLUME", "ONBUILD", "MAINTAINER"])
def test_an_instruction_that_surprises_is_not_used(step: str) -> None:
    assert step not in [name for name, _ in steps()]
