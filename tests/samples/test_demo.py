"""The demo, as `./run demo` starts it: it checks itself against the truth of the samples."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.process
@pytest.mark.ocr
def test_every_sample_comes_out_as_its_row_of_the_truth_says(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "samples.demo"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all 54 files came out as expected" in done.stdout
    assert done.stdout.count("条 hits") == 4
    assert (ROOT / "build" / "demo" / "retention-report.html").exists()
    assert list(tmp_path.glob("dossier-demo-*")) == []
