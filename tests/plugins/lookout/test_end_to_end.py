"""Files on their whole way: what it cost is counted once, and the log names nobody."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from consumers.inbox.owner import Owner
from plugins import logs
from plugins.lookout.queue_state import look
from plugins.wiring import Archive, now
from tests.plugins.conftest import SUBSCRIPTION, text_scan
from tests.plugins.taking import Desk

NAMES = ("周文海 420198198803054519.pdf", "Zhou Wenhai lease.pdf", "Wang Wu.pdf")
SECRETS = ("周文海", "Zhou Wenhai", "Wang Wu", "420198198803054519", "13900001111", "锦绣花园", "982,000")


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    handlers = list(logging.getLogger().handlers)
    logs.set_up("json")
    with Owner(archive.settings.home / "run") as owner:
        yield Desk(archive, owner)
    structlog.reset_defaults()
    logging.getLogger().handlers = handlers


def _take_all(desk: Desk, folder: Path) -> None:
    desk.take(text_scan(folder, NAMES[0], SUBSCRIPTION + "\f第二页"))
    desk.take(text_scan(folder, NAMES[1], SUBSCRIPTION + "\f第二页"))  # the same bytes
    empty = text_scan(folder, NAMES[2], "")
    empty.write_bytes(b"")
    desk.take(empty)


def test_no_line_of_the_log_names_a_file_a_person_or_what_a_paper_says(
    desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _take_all(desk, tmp_path / "scanned")
    text = capfd.readouterr().err
    events = [json.loads(line) for line in text.splitlines()]
    assert {"taken in", "stages", "filed", "set aside"} <= {one["event"] for one in events}
    assert {one["code"] for one in events if one["event"] == "set aside"} == {"duplicate", "empty"}
    assert [secret for secret in SECRETS if secret in text] == []


def test_an_error_in_the_middle_of_a_paper_says_where_and_nothing_of_the_paper(
    desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_words: object) -> None:
        raise KeyError(SUBSCRIPTION)

    monkeypatch.setattr("plugins.archiving.filing.make_card", lambda **_words: breaks())
    desk.taking.take(text_scan(tmp_path / "scanned", NAMES[0], SUBSCRIPTION), "test", keep=False)
    desk.finish()
    text = capfd.readouterr().err
    failed = next(one for one in map(json.loads, text.splitlines()) if one["event"] == "failed")
    assert failed["error"]["type"] == "KeyError"
    assert any(place.startswith("plugins/archiving/filing.py:") for place in failed["error"]["at"])
    assert [secret for secret in SECRETS if secret in text] == []


def test_what_filing_has_cost_is_counted_once(desk: Desk, tmp_path: Path) -> None:
    _take_all(desk, tmp_path / "scanned")
    found = {one.stage: one for one in look(desk.archive.engine, now()).stages}
    assert {stage: one.files for stage, one in found.items()} == dict.fromkeys(found, 1)
    assert found["read"].pages == 2
    assert found["read"].seconds == pytest.approx(0.1)
