"""What is told of scans that came through the inbox: its arithmetic here, itself where there is a server."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.watched import same, scanned

ROOT = Path(__file__).parents[2]


def test_a_scan_is_written_as_it_is(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(bytes(range(256)) * 7)
    (tmp_path / "inbox").mkdir()
    assert scanned(scan, tmp_path / "inbox") == hashlib.sha256(scan.read_bytes()).hexdigest()
    assert (tmp_path / "inbox" / "scan.pdf").read_bytes() == scan.read_bytes()


@pytest.mark.parametrize(
    ("found", "true", "are"),
    [
        ("2020-03-07", "2020年3月7日", True),
        ("2020-03-07", "2020.03.07", True),
        ("2020-03-07", "2020年3月31日", False),
        ("26-1-1103", "26幢1单元1103室", True),
        ("26-1-1103", "26幢1单元1104室", False),
        ("贺宇", "贺宇", True),
        ("贺宇", "石颖琪", False),
    ],
)
def test_a_value_is_the_truths_however_it_is_written(found: str, true: str, are: bool) -> None:
    assert same(found, true) is are


@pytest.mark.skipif(
    not (os.environ.get("PAPERLESS_URL") and os.environ.get("PAPERLESS_TOKEN")),
    reason="no paperless-ngx to ask: set PAPERLESS_URL and PAPERLESS_TOKEN; see tests/live/README.md",
)
@pytest.mark.process
@pytest.mark.ocr
def test_every_scan_is_filed_once_as_it_was_written(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    call = [sys.executable, "-m", "benchmarks.watched", "--quick", "--json", str(figures)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(figures.read_text("utf-8"))
    held = ("documents", "once", "bytes_as_written", "labels_as_on_the_card", "dates_as_on_the_card")
    assert [found[name] for name in held] == [found["scans"]] * len(held)
    assert found["wrong_rights"] == 0
