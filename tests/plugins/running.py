"""Real processes of the program on an archive in a scratch folder, and the account of where every file is in the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from consumers import intake
from consumers.scan import sha256_of
from plugins import database, settings
from plugins.backends import BACKENDS
from plugins.wiring import Archive, Rules, now, open_rules, pepper_of, place_of
from retention import register

ROOT = Path(__file__).parents[2]
_PATIENCE = 180.0
"""Seconds. They pass only where something is wrong."""


_RULES: list[Rules] = []


def reopened(chosen: settings.Settings) -> Archive:
    """An archive on the local DMS with the rules that ship, which are loaded once for all that are looked at."""
    if not _RULES:
        _RULES.append(open_rules(chosen))
    dms = BACKENDS["local"](place_of(chosen, _RULES[0]))
    return Archive(chosen, _RULES[0], database.connect(chosen.database), dms, now, pepper_of(chosen.home))


def account(home: Path, inbox: Path, sums: dict[str, str], bad: set[str], **more: str) -> None:
    """Every good file once in the DMS with its bytes, every bad one once set aside, nothing else."""
    archive = reopened(settings.load({"DOSSIER_HOME": str(home)} | more, home.parent))
    filed = {record.card.name: record for record in archive.dms.records()}
    assert sorted(filed) == sorted(set(sums) - bad)
    for name, record in filed.items():
        assert archive.dms.checksum(record.dms_id) == sums[name]
    notes = [json.loads(p.read_text("utf-8")) for p in archive.settings.set_aside_folder.glob("*.json")]
    assert sorted(note["name"] for note in notes) == sorted(bad)
    kept = {sha256_of(p) for p in archive.settings.set_aside_folder.glob("*") if p.suffix != ".json"}
    assert kept == {sums[name] for name in bad}
    assert list(inbox.iterdir()) == []
    # A folder made right before the kill may wait a minute for the next look; it holds no file.
    assert list((home / "spool").glob("*/content")) == []
    with archive.engine.begin() as connection:
        rows = intake.listing(connection)
        subjects = [entry.subject for entry in register.entries(connection)]
        register.verify(connection)
    assert sorted(row.name for row in rows) == sorted(sums)
    assert all(row.state in intake.FINAL for row in rows)
    assert sorted(subjects) == sorted(f"record/{record.dms_id}" for record in filed.values())
    archive.engine.dispose()


def start(home: Path, inbox: Path, log: Path, *words: str, **settings: str) -> subprocess.Popen[bytes]:
    """Start `dossier` with these words on an archive whose files need no OCR; its log goes to a file."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOSSIER_")}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "DOSSIER_HOME": str(home),
        "DOSSIER_INBOX": str(inbox),
        "DOSSIER_READER": "blank",
        "DOSSIER_WORKERS": "1",
        "DOSSIER_SETTLE_SECONDS": "0.2",
        "DOSSIER_PATIENCE_SECONDS": "0.5",
        "DOSSIER_POLL_SECONDS": "0.2",
    } | settings
    with log.open("ab") as stderr:
        return subprocess.Popen(
            [sys.executable, "-m", "plugins", *words], cwd=home.parent, env=environment, stderr=stderr
        )


def start_watch(home: Path, inbox: Path, log: Path, *words: str, **settings: str) -> subprocess.Popen[bytes]:
    """The same with `dossier watch`."""
    return start(home, inbox, log, "watch", *words, **settings)


def stop(watcher: subprocess.Popen[bytes], log: Path, starts: int) -> None:
    """Tell a watcher to stop once it has begun to watch (the log's `starts`th start), and see it end well."""
    wait(lambda: log.read_text().count('"event": "watching"') >= starts, 60)
    watcher.terminate()
    assert watcher.wait(_PATIENCE) == 0, log.read_text()


def wait(done: object, seconds: float = _PATIENCE) -> None:
    """Until it is done, or the seconds are over: never fewer than a machine may need on which others are busy."""
    deadline = time.monotonic() + max(seconds, _PATIENCE)
    while not done() and time.monotonic() < deadline:  # type: ignore[operator]  # a function
        time.sleep(0.1)
