"""Celery workers on a real broker and PostgreSQL: what the broker loses, doubles or delays has one effect."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy as sa
from PIL import Image

from consumers import intake
from consumers.scan import sha256_of
from plugins import settings as settings_module
from plugins.intake.broker import FILING, READING, make_app
from plugins.lookout.broker_health import broker_checks
from tests.plugins.running import account, start, stop, wait
from tests.servers import postgresql, rabbitmq, redis
from tests.servers.starting import Server

pytestmark = [pytest.mark.process, pytest.mark.servers]


@pytest.fixture(scope="module", params=[redis, rabbitmq], ids=["redis", "rabbitmq"])
def broker(request: pytest.FixtureRequest) -> Iterator[Server]:
    kind: ModuleType = request.param
    with kind.running() as server:
        yield server


class Office:
    """A watcher and Celery workers on one archive."""

    def __init__(self, folder: Path, broker: Server, database_url: str) -> None:
        self.home, self.inbox, self.log = folder / "home", folder / "inbox", folder / "log"
        self.inbox.mkdir()
        self.sums: dict[str, str] = {}
        self.running: list[subprocess.Popen[bytes]] = []
        self.settings = {
            "DOSSIER_BROKER_URL": broker.url,
            "DOSSIER_DATABASE_URL": database_url,
            "DOSSIER_LEASE_SECONDS": "3",
        }
        self.app = make_app(settings_module.load({"DOSSIER_HOME": str(self.home)} | self.settings, folder))

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        process = start(self.home, self.inbox, self.log, *words, **self.settings)
        self.running.append(process)
        return process

    def lay_out(self, count: int) -> None:
        for number in range(len(self.sums), len(self.sums) + count):
            path = self.inbox / f"scan{number:02}.png"
            drawn = self.inbox.parent / "drawn.png"
            Image.new("L", (40 + number, 60), 255).save(drawn)
            self.sums[path.name] = sha256_of(drawn)
            drawn.rename(path)

    def ids(self) -> list[str]:
        engine = sa.create_engine(self.settings["DOSSIER_DATABASE_URL"])
        with engine.begin() as connection:
            found = [row.id for row in intake.listing(connection)]
        engine.dispose()
        return found

    def is_done(self) -> bool:
        return not list(self.inbox.glob("*.png")) and not list((self.home / "spool").glob("*/content"))

    def says(self, words: str, times: int = 1) -> bool:
        return self.log.read_text().count(words) >= times

    def account(self, *bad: str) -> None:
        account(self.home, self.inbox, self.sums, set(bad), **self.settings)


@pytest.fixture
def office(tmp_path: Path, broker: Server, postgresql_server: Server) -> Iterator[Office]:
    made = Office(tmp_path, broker, postgresql.fresh_database(postgresql_server))
    yield made
    made.app.close()
    for process in made.running:
        process.kill()
        process.wait()


def test_files_go_by_watcher_broker_and_workers_into_the_dms(office: Office) -> None:
    office.lay_out(12)
    (office.inbox / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    office.sums["broken.png"] = sha256_of(office.inbox / "broken.png")
    watcher = office.start("watch")
    workers = office.start("worker", "--celery", "--count", "2")
    wait(office.is_done, 90)
    # Whatever is delivered again finds nothing to do.
    for intake_id in office.ids():
        for queue in (READING, FILING):
            office.app.send_task(f"{queue}.one", (intake_id,), queue=queue)
    wait(lambda: office.says("nothing to do", 2 * len(office.sums)), 60)
    workers.terminate()
    assert workers.wait(180) == 0, office.log.read_text()[-3000:]
    stop(watcher, office.log, 1)
    office.account("broken.png")


def test_the_doctor_knows_this_broker_and_a_queue_that_is_none_of_ours(
    broker: Server, tmp_path: Path
) -> None:
    told = {"DOSSIER_BROKER_URL": broker.url, "DOSSIER_DATABASE_URL": "postgresql+psycopg://localhost/d"}
    settings = settings_module.load(told, tmp_path)
    found = {check.name: check for check in broker_checks(settings)}
    assert found["broker"].ok
    assert [check for check in found.values() if not check.ok and not check.optional] == []
    if not broker.url.startswith("amqp"):
        return
    with make_app(settings).connection_for_write() as connection:
        channel = connection.channel()
        channel.queue_delete(FILING)
        channel.queue_declare(FILING, durable=True)
        (wrong,) = [check for check in broker_checks(settings) if not check.ok and not check.optional]
        connection.channel().queue_delete(FILING)
    assert wrong.name == "broker queue filing"
    assert "rabbitmqctl delete_queue dossier.filing" in wrong.remedy


def test_a_killed_worker_and_a_broker_that_goes_away_lose_nothing(office: Office, broker: Server) -> None:
    watcher = office.start("watch")
    workers = office.start("worker", "--celery", "--count", "2")
    office.lay_out(10)
    wait(lambda: office.says('"event": "filed"'), 90)
    broker.stop(signal.SIGKILL)
    office.lay_out(5)
    wait(lambda: not list(office.inbox.glob("*.png")), 30)
    broker.start(120)
    office.lay_out(5)
    wait(office.is_done, 90)
    assert office.is_done()
    office.lay_out(20)
    wait(lambda: office.says('"event": "filed"', 21), 60)
    for child in _celery_of(workers.pid):
        os.kill(child, signal.SIGKILL)
    wait(office.is_done, 90)
    workers.terminate()
    workers.wait(180)
    stop(watcher, office.log, 1)
    office.account()


def _celery_of(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
