"""An archive on a fake paperless-ngx that is in use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from consumers.transcript import Transcript
from plugins import settings as settings_module
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.existing.existing import Existing
from plugins.paperless.existing.seen import Seen
from plugins.sweeping import run
from plugins.sweeping.outcome import Swept
from plugins.sweeping.pace import Pace
from plugins.sweeping.run import Scope
from plugins.sweeping.sweep import Sweep
from plugins.teaching import noticing
from plugins.wiring import Archive, open_archive
from tests.plugins.conftest import NOON, transcript_of
from tests.plugins.paperless.lying import FakeInUse
from tests.plugins.paperless.wire import wire

Sweeping = Callable[..., list[Swept]]


@pytest.fixture
def fake() -> FakeInUse:
    """The server's memory."""
    return FakeInUse()


@pytest.fixture
def archive(fake: FakeInUse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An archive on that server, at noon of 2 March 2026; nobody waits for anything."""
    monkeypatch.setattr(noticing, "_SETTLED_SECONDS", 0.0)
    with wire(fake) as server:
        values = {
            "DOSSIER_HOME": str(tmp_path / "home"),
            "DOSSIER_DMS": "paperless",
            "PAPERLESS_URL": server.url,
            "PAPERLESS_TOKEN": "0" * 40,
        }
        with open_archive(settings_module.load(values, tmp_path), lambda: NOON) as opened:
            existing_of(opened)._fields.ensure()
            existing_of(opened).prepare()
            fake.writes.clear()
            yield opened


def existing_of(archive: Archive) -> Existing:
    """The documents that lie there."""
    assert isinstance(archive.dms, PaperlessDms)
    return archive.dms.existing


def sweep_of(archive: Archive, **told: Any) -> Sweep:
    """A sweep whose reader takes the file's bytes for its text."""

    def read(seen: Seen, content: bytes) -> Transcript:
        return transcript_of(content.decode(), seen.sha256)

    values: dict[str, Any] = {"owner": "one", "mode": "only-empty", "read": read} | told
    return Sweep(archive, existing_of(archive), **values)


@pytest.fixture
def sweep(archive: Archive) -> Sweeping:
    """Sweeps once."""

    def go(**told: Any) -> list[Swept]:
        pace = Pace(0, lambda: 0.0, lambda _: None)
        return list(run.once(sweep_of(archive, **told), Scope(), pace, threading.Event()))

    return go
