"""What all tests share: the samples, read once a session; and which tests this machine can run."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

import samples
from consumers import scan
from consumers.bounds import Bounds
from consumers.pool import ReadingPool
from consumers.readers import READERS
from consumers.scan import Scan
from consumers.transcript import Transcript
from tests.live import server
from tests.servers import postgresql
from tests.servers.starting import Server

if TYPE_CHECKING:
    from tests.servers.s3 import S3Server

SAMPLES = Path(samples.__file__).parent
_READER_OF_MARK = {"ocr": "rapid", "tesseract": "tesseract"}

# The same examples in every run, however slow the machine: what `./run test` refuses, it refuses for everybody. `./run soak` looks for
# examples that nobody has seen.
settings.register_profile(
    "test",
    deadline=None,
    derandomize="SOAK_CASES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("test")


def pytest_report_header() -> str:
    """Say at the start whether a real paperless-ngx is asked."""
    return f"live: {server.MISSING or f'asks the paperless-ngx at {server.url()}'}"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a reader that can not work here; `./run test` has installed all of them."""
    for mark, name in _READER_OF_MARK.items():
        if item.get_closest_marker(mark) is not None and (lack := READERS[name].missing()) is not None:
            pytest.skip(lack)  # the sentence says what to install


def scan_of(path: Path) -> Scan:
    """A Scan of a file where it lies."""
    return scan.scan_of(path, "test")


@pytest.fixture(scope="session")
def sample_rows() -> dict[str, dict[str, str]]:
    """The rows of samples/truth.csv by file (`scans/...`, `bad/...`)."""
    with (SAMPLES / "truth.csv").open(encoding="utf-8", newline="") as source:
        return {row["file"]: row for row in csv.DictReader(source)}


@pytest.fixture(scope="session")
def _read_samples(sample_rows: dict[str, dict[str, str]]) -> Iterator[dict[str, Transcript]]:
    wanted = [file for file, row in sample_rows.items() if row["expect"] in ("opens", "state-secret")]
    with ReadingPool(("text-layer", "rapid"), Bounds()) as pool:
        reading = {file: pool.read(scan_of(SAMPLES / file)) for file in wanted}
        yield {file: future.result() for file, future in reading.items()}


@pytest.fixture(scope="session")
def sample_transcripts(
    _read_samples: dict[str, Transcript], sample_rows: dict[str, dict[str, str]]
) -> dict[str, Transcript]:
    """Every good sample by its file (`scans/...`), read with RapidOCR; ask for it under the marker `ocr`."""
    return {file: found for file, found in _read_samples.items() if sample_rows[file]["expect"] == "opens"}


@pytest.fixture(scope="session")
def secret_transcript(_read_samples: dict[str, Transcript]) -> Transcript:
    """The sample that bears the mark of a state secret, read with RapidOCR."""
    return next(found for file, found in _read_samples.items() if file.startswith("bad/"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A PostgreSQL for the whole run; each test makes a database of its own on it (`fresh_database`)."""
    with postgresql.running() as server:
        yield server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """An S3 store for the whole run; each test leaves it empty (`forget`)."""
    # Imported here: it takes a second, and few tests need it.
    from tests.servers import s3

    with s3.running() as server:
        yield server
