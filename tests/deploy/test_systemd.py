from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from plugins.exit_codes import ExitCode
from tests.docs.pages import ROOT

UNIT = ROOT / "deploy" / "systemd" / "dossier-watch.service"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    # The program is not installed where the unit expects it, nor are its pages.
    told = re.sub(
        r"^ExecStart=.*", "ExecStart=/bin/true", UNIT.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    unit.write_text(re.sub(r"^Documentation=.*\n", "", told, flags=re.MULTILINE), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_starts_a_command_that_there_is() -> None:
    assert re.search(
        r"^ExecStart=\S+/\.venv/bin/dossier watch$", UNIT.read_text(encoding="utf-8"), re.MULTILINE
    )


def test_the_unit_does_not_start_again_what_can_not_mend_itself() -> None:
    told = f"RestartPreventExitStatus={ExitCode.USAGE.value} {ExitCode.SETTINGS.value}\n"
    assert told in UNIT.read_text(encoding="utf-8")


def test_the_unit_stops_the_main_process_alone() -> None:
    assert "KillMode=mixed\n" in UNIT.read_text(encoding="utf-8")
