"""deploy/systemd: the units, and the drop-ins that open them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from plugins.exit_codes import ExitCode
from plugins.settings import described, variable_of
from tests.deploy.pages import DEPLOY
from tests.docs.product import commands

FOLDER = DEPLOY / "systemd"
UNITS = sorted(path for path in FOLDER.iterdir() if path.is_file())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
DROP_INS = sorted(FOLDER.glob("*.service.d/*"))
LASTING = [path for path in SERVICES if path.stem != "dossier-doctor"]
WATCH = FOLDER / "dossier-watch.service"
SECRET = f"{variable_of('paperless_token')}_FILE"


def name_of(path: Path) -> str:
    return path.name


def lines_of(path: Path) -> set[str]:
    return set(path.read_text("utf-8").splitlines())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
@pytest.mark.parametrize("opened", [(), DROP_INS], ids=["as they are", "with every drop-in"])
def test_systemd_finds_nothing_wrong_with_the_units(opened: list[Path], tmp_path: Path) -> None:
    for path in (*opened, *UNITS):
        # The program is not installed where the unit expects it, nor are its pages.
        told = re.sub(r"^ExecStart=/.*", "ExecStart=/bin/true", path.read_text("utf-8"), flags=re.MULTILINE)
        place = tmp_path / path.relative_to(FOLDER)
        place.parent.mkdir(exist_ok=True)
        place.write_text(re.sub(r"^Documentation=.*\n", "", told, flags=re.MULTILINE), "utf-8")
    call = ["systemd-analyze", "verify", *(str(tmp_path / path.name) for path in UNITS)]
    done = subprocess.run(
        call, capture_output=True, text=True, check=False, env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:"}
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", SERVICES, ids=name_of)
def test_a_unit_starts_a_command_that_there_is(path: Path) -> None:
    started = re.search(r"^ExecStart=\S+/\.venv/bin/dossier (\w+)", path.read_text("utf-8"), re.MULTILINE)
    assert started is not None
    assert started[1] in commands()


def test_a_timer_has_its_service() -> None:
    timers = {path.stem for path in UNITS if path.suffix == ".timer"}
    assert timers <= {path.stem for path in SERVICES}


@pytest.mark.parametrize("path", LASTING, ids=name_of)
def test_nothing_is_started_again_that_can_not_mend_itself(path: Path) -> None:
    assert f"RestartPreventExitStatus={ExitCode.USAGE.value} {ExitCode.SETTINGS.value}" in lines_of(path)


@pytest.mark.parametrize("path", LASTING, ids=name_of)
def test_stopping_reaches_the_main_process_alone(path: Path) -> None:
    assert "KillMode=mixed" in lines_of(path)


@pytest.mark.parametrize("path", SERVICES, ids=name_of)
def test_every_unit_stands_behind_the_same_walls(path: Path) -> None:
    text = WATCH.read_text("utf-8")
    walls = text[text.index("UMask=") : text.index("[Install]")].splitlines()
    wanted = {line for line in walls if "=" in line and not line.startswith(("#", "RemoveIPC"))}
    assert wanted <= lines_of(path)


@pytest.mark.parametrize("path", [path for path in SERVICES if path != WATCH], ids=name_of)
def test_the_end_of_another_unit_takes_nothing_away_from_the_watcher(path: Path) -> None:
    assert "RemoveIPC=yes" not in lines_of(path)


@pytest.mark.parametrize("path", DROP_INS, ids=name_of)
def test_a_drop_in_says_where_it_is_put(path: Path) -> None:
    assert f"/etc/systemd/system/{path.parent.name}/{path.name}" in path.read_text("utf-8")


def test_a_drop_in_that_says_what_is_started_takes_back_what_was_said_before() -> None:
    told = (FOLDER / "dossier-watch.service.d" / "line-up.conf").read_text("utf-8").splitlines()
    assert [line for line in told if line.startswith("ExecStart=")] == [
        "ExecStart=",
        "ExecStart=/opt/paperless-dossier/.venv/bin/dossier watch --line-up",
    ]


def test_the_token_is_handed_over_under_the_name_of_its_setting() -> None:
    told = (FOLDER / "dossier-.service.d" / "paperless-token.conf").read_text("utf-8")
    credential = re.search(r"^LoadCredential=([\w-]+):", told, re.MULTILINE)
    assert credential is not None
    assert f"Environment={SECRET}=%d/{credential[1]}" in told
    assert SECRET.removesuffix("_FILE") in [variable for variable, _ in described()]
