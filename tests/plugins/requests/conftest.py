"""An archive on each backend, and on each database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from plugins import settings as settings_module
from plugins.keeping import appraising, disposing
from plugins.paperless.backend import PaperlessDms
from plugins.paperless.upload.filing import Patience
from plugins.wiring import Archive, open_archive
from retention.disposing import witnesses
from tests.plugins.conftest import NOON
from tests.plugins.due_papers import APPROVER, PROPOSER, both_agree
from tests.plugins.paperless.fake import FakePaperless
from tests.plugins.paperless.wire import wire
from tests.plugins.ready_made import copied
from tests.servers import postgresql

WITNESSES = {"孙丽": "孙丽自己的口令一二三四五", "钱峰": "钱峰自己的口令一二三四五"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive that thinks it is noon of 2 March 2026; copied instead of made, which is faster."""
    with copied(tmp_path / "office") as opened:
        yield opened


@pytest.fixture(params=["local", "paperless"])
def on_each(request: pytest.FixtureRequest, archive: Archive) -> Iterator[Archive]:
    """An archive on the embedded DMS, and one on a paperless-ngx of a few lines."""
    if request.param == "local":
        yield archive
        return
    with wire(FakePaperless()) as server:
        dms = PaperlessDms(
            server.url,
            "0" * 40,
            categories=archive.rules.taxonomy.categories,
            levels=archive.rules.ladder.names,
            patience=Patience(reading=60.0, other=5.0),
            sleep=lambda _: None,
        )
        yield replace(archive, dms=dms)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def on_each_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    """An archive on SQLite, and one on PostgreSQL."""
    told = {"DOSSIER_HOME": str(tmp_path / "home")}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        told["DOSSIER_DATABASE_URL"] = postgresql.fresh_database(server)
    opened = open_archive(settings_module.load(told, tmp_path), lambda: NOON)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def destroyed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Archive], None]:
    """Decides, approves and destroys the one batch that is open, as people do."""
    monkeypatch.setattr(witnesses, "_COST", 16)

    def run(archive: Archive) -> None:
        appraising.decide(archive, 1, (), "destroy", by=PROPOSER, reason="个人要求删除")
        both_agree(archive, 1)
        appraising.approve(archive, 1, by=APPROVER)
        number = disposing.start(archive, 1, by=PROPOSER).disposal.id
        later = replace(archive, clock=lambda: NOON + timedelta(days=200))
        for name, passphrase in WITNESSES.items():
            disposing.enrol(archive, name, passphrase, vouched_by="王芳")
            disposing.witness(later, number, name, passphrase)
        assert disposing.execute(later, number, by="吴刚").disposal.result == "executed"

    return run
