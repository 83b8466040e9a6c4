"""Running `dossier` inside the test's own process, as a person would type it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from plugins import cli

SCANS = Path(__file__).parents[3] / "samples" / "scans"
TEXT_PDFS = [SCANS / name for name in ("YL20200530-0063.pdf", "锦绣3-2-1201.pdf", "档案冻结解除-附件.pdf")]
"""Three samples with a text layer: they need no OCR."""


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON Lines on stdout: there must be nothing else."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The archive's folder, set in the environment; one worker."""
    monkeypatch.setenv("DOSSIER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DOSSIER_WORKERS", "1")
    return tmp_path / "home"


@pytest.fixture
def dossier(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    """Runs `dossier WORDS...`."""

    def run(*words: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["dossier", *map(str, words)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capfd.readouterr()
        assert isinstance(end.value.code, int)
        return Answer(end.value.code, out, err)

    return run
