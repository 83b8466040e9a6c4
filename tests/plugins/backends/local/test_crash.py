"""What is left when a process is killed at any step of filing."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import plugins
from plugins.backends.local import LocalDms
from retention.dms import Clearance, Query
from retention.errors import AlreadyFiled
from tests.contract.deposits import deposit

HOME = Path(plugins.__file__).parent.parent
PROCESS = [sys.executable, "-m", "tests.plugins.backends.local.killed_while_filing"]
ROUND = 8
ALL = Clearance(frozenset({"internal"}))


def _file_and_die(folder: Path, step: int) -> bool:
    """Whether the process was killed; what it left is checked."""
    inbox = folder / str(step)
    inbox.mkdir()
    paper = deposit(inbox, b"the scanner's bytes", ("认购书",))
    root = inbox / "archive"
    done = subprocess.run(
        [*PROCESS, str(root), str(paper.original), str(step)],
        cwd=HOME,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    dms = LocalDms(root)
    held = dms.find(paper.card.sha256)
    assert held is not None or done.returncode != 0
    try:
        assert held is None
        dms_id = dms.file(paper)
    except (AssertionError, AlreadyFiled):
        assert held is not None
        dms_id = held
    assert dms.checksum(dms_id) == paper.card.sha256, f"step {step}"
    assert dms.record(dms_id).card == paper.card
    assert dms.text(dms_id) == paper.pages
    assert [hit.record.dms_id for hit in dms.search(Query("认购书"), ALL)] == [dms_id]
    assert len(list(dms.records())) == 1
    assert len([path for path in (root / "originals").rglob("*") if path.is_file()]) == 1
    return done.returncode != 0


def test_a_document_is_there_whole_or_not_at_all_wherever_filing_is_killed(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        first = 1
        while all(pool.map(lambda step: _file_and_die(tmp_path, step), range(first, first + ROUND))):
            first += ROUND
    assert first > 40
