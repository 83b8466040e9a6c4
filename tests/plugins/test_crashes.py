"""Killed at any step and started again: every file is in the DMS once, or set aside once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from consumers import intake
from consumers.scan import sha256_of
from plugins import settings
from retention import register
from tests.classifiers.parts.papers import CONTRACT_1, CONTRACT_2, RECEIPT, SEPARATOR
from tests.plugins.conftest import RULES_OF_THE_OFFICE, SUBSCRIPTION, text_scan
from tests.plugins.running import account, reopened, start_watch, stop, wait
from tests.servers import postgresql

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.process


def _lay_out(inbox: Path) -> dict[str, str]:
    """Two good files and a bad one in an inbox; gives back the checksums by name."""
    text_scan(inbox, "a.pdf", SUBSCRIPTION)
    (inbox / "b.pdf").write_bytes(b"PK\x03\x04 no scan")
    text_scan(inbox, "c.pdf", RULES_OF_THE_OFFICE)
    return {path.name: sha256_of(path) for path in inbox.iterdir()}


def _steps_of(folder: Path, *settings: str, stride: int = 1) -> list[str]:
    """Take `folder`/template in again and again, killed at every `stride`th step once; gives back the steps."""
    walked = subprocess.run(
        [sys.executable, "-m", "tests.plugins.dying", str(folder), str(stride), *settings],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert walked.returncode == 0, walked.stderr
    told = json.loads(walked.stdout)
    for step, ends in told["ends"].items():
        expected = [0] if step == "0" else [-signal.SIGKILL, 0]
        assert ends == expected, f"step {step}: {walked.stderr[-2000:]}"
    return list(told["ends"])


def test_a_kill_at_every_single_step_loses_nothing_and_files_nothing_twice(tmp_path: Path) -> None:
    sums = _lay_out(tmp_path / "template")
    _lay_out(tmp_path / "0" / "inbox")
    steps = _steps_of(tmp_path)
    assert len(steps) > 40
    for step in steps:
        account(tmp_path / step / "home", tmp_path / step / "inbox", sums, {"b.pdf"})


@pytest.mark.servers
def test_a_kill_loses_nothing_on_postgresql_either(tmp_path: Path) -> None:
    sums = _lay_out(tmp_path / "template")
    _lay_out(tmp_path / "0" / "inbox")
    with postgresql.running() as server:
        url = server.url.rpartition("/")[0] + "/{place}"
        steps = _steps_of(tmp_path, f"DOSSIER_DATABASE_URL={url}", stride=2)
        assert len(steps) > 20
        for step in steps:
            place = tmp_path / step
            here = url.format(place=step)
            account(place / "home", place / "inbox", sums, {"b.pdf"}, DOSSIER_DATABASE_URL=here)


def _lay_out_a_batch(inbox: Path) -> str:
    """A contract and, behind a separator sheet, the same receipt twice; gives back the checksum."""
    sheets = [CONTRACT_1, CONTRACT_2, SEPARATOR, RECEIPT, SEPARATOR, RECEIPT]
    return sha256_of(text_scan(inbox, "batch.pdf", "\f".join(sheet.strip() for sheet in sheets)))


def test_a_kill_at_every_single_step_leaves_the_batch_and_each_of_its_parts_exactly_once(
    tmp_path: Path,
) -> None:
    sha256 = _lay_out_a_batch(tmp_path / "template")
    _lay_out_a_batch(tmp_path / "0" / "inbox")
    steps = _steps_of(tmp_path, "DOSSIER_SPLIT=split")
    assert len(steps) > 60
    for step in steps:
        _account_for_a_batch(tmp_path / step / "home", sha256)


def _account_for_a_batch(home: Path, sha256: str) -> None:
    """The batch once with its bytes, each part once with its own and its place, the twin told, nothing else.

    Which of the two receipts is the first, a kill may change.
    """
    archive = reopened(settings.load({"DOSSIER_HOME": str(home)}, home.parent))
    filed = {record.card.first_page: record for record in archive.dms.records()}
    assert sorted(filed) in ([0, 1, 4], [0, 1, 6])
    assert len(list(archive.dms.records())) == len(filed)
    receipt = filed[max(filed)].dms_id
    for record in filed.values():
        assert archive.dms.checksum(record.dms_id) == record.card.sha256
        assert record.card.batch == (record.card.sha256 == sha256)
        assert record.card.part_of == ("" if record.card.batch else sha256)
    assert not list(archive.settings.set_aside_folder.glob("*"))
    assert list((home / "spool").glob("*/content")) == []
    with archive.engine.begin() as connection:
        rows = intake.listing(connection)
        entries = list(register.entries(connection))
        register.verify(connection)
    assert all(row.state in intake.FINAL for row in rows)
    assert sorted((row.first_page, row.dms_id) for row in rows) == [
        (0, filed[0].dms_id),
        (1, filed[1].dms_id),
        (4, receipt),
        (6, receipt),
    ]
    ends = sorted(entry.action for entry in entries if entry.action in ("filed", "recognised"))
    assert ends == ["filed", "filed", "filed", "recognised"]
    archive.engine.dispose()


def test_the_watcher_killed_again_and_again_files_every_file_exactly_once(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    sums = {}
    for number in range(60):
        path = inbox / f"scan{number:02}.png"
        Image.new("L", (40 + number, 60), 255).save(path)
        sums[path.name] = sha256_of(path)
    (inbox / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    sums["broken.png"] = sha256_of(inbox / "broken.png")
    log = tmp_path / "watch.log"
    for life in range(1, 6):
        watcher = start_watch(home, inbox, log)
        wait(lambda: log.read_text().count('"event": "watching"') >= life, 60)  # noqa: B023 - waits here
        time.sleep(0.25 * life)
        watcher.kill()
        watcher.wait()
    watcher = start_watch(home, inbox, log)
    wait(lambda: not list(inbox.iterdir()) and not list((home / "spool").glob("*/content")), 90)
    stop(watcher, log, 6)
    account(home, inbox, sums, {"broken.png"})


def test_a_scanner_that_writes_in_bursts_is_waited_for(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    picture = tmp_path / "whole.png"
    Image.effect_noise((300, 400), 60).save(picture)
    content = picture.read_bytes()
    log = tmp_path / "watch.log"
    watcher = start_watch(home, inbox, log, DOSSIER_PATIENCE_SECONDS="600")
    target = inbox / "burst.png"
    wait(lambda: "watching" in log.read_text(), 60)
    third = len(content) // 3
    # However long a busy machine keeps the scanner waiting: half a file is never taken for a whole one.
    with target.open("wb") as file:
        for start in (0, third, 2 * third):
            end = start + third if start < 2 * third else len(content)
            file.write(content[start:end])
            file.flush()
            # Longer than the settle time.
            time.sleep(0.45)
    wait(lambda: not target.exists() and not list((home / "spool").glob("*/content")), 60)
    stop(watcher, log, 1)
    account(home, inbox, {"burst.png": sha256_of(picture)}, set())


def test_hidden_and_temporary_files_and_links_stay_in_the_inbox(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    Image.new("L", (50, 60), 255).save(tmp_path / "outside.png")
    (inbox / "link.png").symlink_to(tmp_path / "outside.png")
    (inbox / ".hidden.png").write_bytes(b"x")
    (inbox / "half.pdf.part").write_bytes(b"x")
    Image.new("L", (51, 60), 255).save(inbox / "real.png")
    sums = {"real.png": sha256_of(inbox / "real.png")}
    log = tmp_path / "watch.log"
    watcher = start_watch(home, inbox, log)
    wait(lambda: not (inbox / "real.png").exists() and not list((home / "spool").glob("*/content")), 60)
    stop(watcher, log, 1)
    assert sorted(path.name for path in inbox.iterdir()) == [".hidden.png", "half.pdf.part", "link.png"]
    for path in inbox.iterdir():
        path.unlink()
    account(home, inbox, sums, set())
    assert "no regular file" in log.read_text()


def test_a_second_watcher_on_the_same_folder_files_nothing_twice(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    log = tmp_path / "watch.log"
    watchers = [start_watch(home, inbox, log) for _ in range(2)]
    sums = {}
    for number in range(20):
        path = inbox / f"scan{number:02}.png"
        Image.new("L", (40 + number, 60), 255).save(tmp_path / "drawn.png")
        (tmp_path / "drawn.png").rename(path)
        sums[path.name] = sha256_of(path) if path.exists() else ""
        time.sleep(0.05)
    wait(lambda: not list(inbox.iterdir()) and not list((home / "spool").glob("*/content")), 90)
    for watcher in watchers:
        stop(watcher, log, 2)
    account(home, inbox, sums, set())


def test_two_hundred_files_copied_at_once_and_a_kill_at_file_ninety_are_filed_once_each(
    tmp_path: Path,
) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    sums = {}
    for number in range(200):
        path = tmp_path / "drawn.png"
        Image.new("L", (40 + number, 60), 255).save(path)
        sums[f"scan{number:03}.png"] = sha256_of(path)
        path.rename(inbox / f"scan{number:03}.png")
    log = tmp_path / "watch.log"
    watcher = start_watch(home, inbox, log, DOSSIER_WORKERS="2")
    wait(lambda: log.read_text().count('"event": "filed"') >= 90, 120)
    watcher.kill()
    watcher.wait()
    watcher = start_watch(home, inbox, log, DOSSIER_WORKERS="2")
    wait(lambda: not list(inbox.iterdir()) and not list((home / "spool").glob("*/content")), 120)
    stop(watcher, log, 2)
    account(home, inbox, sums, set())


def test_a_file_that_gets_its_name_when_it_is_whole_and_one_that_is_opened_again_are_taken_whole(
    tmp_path: Path,
) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    pages = [Image.new("L", (60, 80), shade) for shade in (255, 254, 253)]
    pages[0].save(tmp_path / "whole.tif", save_all=True, append_images=pages[1:])
    pages[0].save(tmp_path / "first.tif")
    pages[0].save(tmp_path / "renamed.pdf")
    log = tmp_path / "watch.log"
    watcher = start_watch(home, inbox, log, DOSSIER_SETTLE_SECONDS="5")
    wait(lambda: "watching" in log.read_text(), 60)
    renamed = (tmp_path / "renamed.pdf").read_bytes()
    (inbox / "renamed.tmp").write_bytes(renamed[: len(renamed) // 2])
    # A printer that opens its file anew for each page: whole after the first one, and longer a moment later.
    (inbox / "pages.tif").write_bytes((tmp_path / "first.tif").read_bytes())
    time.sleep(0.8)
    (inbox / "pages.tif").write_bytes((tmp_path / "whole.tif").read_bytes())
    (inbox / "renamed.tmp").write_bytes(renamed)
    (inbox / "renamed.tmp").rename(inbox / "renamed.pdf")
    wait(lambda: not list(inbox.iterdir()) and not list((home / "spool").glob("*/content")), 60)
    stop(watcher, log, 1)
    sums = {
        "pages.tif": sha256_of(tmp_path / "whole.tif"),
        "renamed.pdf": sha256_of(tmp_path / "renamed.pdf"),
    }
    account(home, inbox, sums, set())
