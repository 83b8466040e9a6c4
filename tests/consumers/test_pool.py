from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from pathlib import Path

import pytest

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.media import PDF
from consumers.pool import ReadingPool, cores
from consumers.transcript import Transcript
from tests.conftest import SAMPLES, scan_of
from tests.consumers.made import pdf_of_pages

pytestmark = pytest.mark.process

PATIENCE = 60
BORN = "scans/锦绣3-2-1201.pdf"
THREE_PAGES = "scans/SCAN_20190404_0012.tif"
SLOW = "scans/认购书-王建国.jpg"
REFUSED = [
    ("bad/IMG_5512.jpg", "damaged"),
    ("bad/合同扫描件(加密).pdf", "encrypted"),
]


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    with ReadingPool(("text-layer", "blank"), Bounds(), workers=2) as pool:
        yield pool


def _read(pool: ReadingPool, file: str) -> Future[Transcript]:
    return pool.read(scan_of(SAMPLES / file))


def _refusal(future: Future[Transcript]) -> Refused:
    error = future.exception(PATIENCE)
    assert isinstance(error, Refused)
    return error


def _children() -> set[int]:
    """The reading processes of this process (not the one that tracks its shared memory)."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        for number in (task / "children").read_text().split():
            try:
                command = Path("/proc", number, "cmdline").read_bytes()
            except OSError:
                continue
            if b"spawn_main" in command:
                found.add(int(number))
    return found


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_there_is_at_least_one_processor() -> None:
    assert cores() >= 1


def test_the_pages_come_in_their_order(pool: ReadingPool) -> None:
    transcript = _read(pool, THREE_PAGES).result(PATIENCE)
    assert [page.number for page in transcript.pages] == [1, 2, 3]


def test_a_transcript_bears_the_checksum_of_its_scan(pool: ReadingPool) -> None:
    scan = scan_of(SAMPLES / BORN)
    assert pool.read(scan).result(PATIENCE).sha256 == scan.sha256


def test_files_are_read_side_by_side(pool: ReadingPool) -> None:
    futures = [_read(pool, BORN) for _ in range(8)]
    texts = {future.result(PATIENCE).text[:12] for future in futures}
    assert texts == {"锦绣花园前期物业服务协议"}


def test_a_long_document_is_complete(pool: ReadingPool, tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_of_pages(60))
    assert [page.number for page in pool.read(scan_of(path)).result(PATIENCE).pages] == [*range(1, 61)]


@pytest.mark.parametrize(("file", "code"), REFUSED)
def test_a_refusal_crosses_the_process_border_with_its_code(pool: ReadingPool, file: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        pool.count(SAMPLES / file, scan_of(SAMPLES / file).media_type).result(PATIENCE)
    assert refusal.value.code == code


def test_a_refusal_crosses_the_process_border_with_both_sentences(pool: ReadingPool) -> None:
    refusal = _refusal(_read(pool, "bad/合同扫描件(加密).pdf"))
    assert "请去掉密码" in refusal.zh
    assert "protected by a password" in refusal.en


def test_a_file_that_is_refused_costs_no_other_file(pool: ReadingPool) -> None:
    bad, good = _read(pool, "bad/合同扫描件(加密).pdf"), _read(pool, BORN)
    assert (_refusal(bad).code, len(good.result(PATIENCE).pages)) == ("encrypted", 2)


def test_pages_are_counted_in_a_child_too(pool: ReadingPool) -> None:
    assert pool.count(SAMPLES / THREE_PAGES, "image/tiff").result(PATIENCE) == 3


def test_a_file_that_vanished_does_not_stop_the_pool(pool: ReadingPool, tmp_path: Path) -> None:
    path = tmp_path / "gone.pdf"
    path.write_bytes(pdf_of_pages(1))
    scan = scan_of(path)
    path.unlink()
    assert isinstance(pool.read(scan).exception(PATIENCE), FileNotFoundError)
    assert len(_read(pool, BORN).result(PATIENCE).pages) == 2


def _kill_the_child_at_work(known: set[int]) -> int:
    """Kill the pool's only child while it reads; gives back which it was."""
    _until(lambda: bool(_children() - known))
    (child,) = _children() - known
    # Loading the engine and reading a page take seconds: the child is in the midst of it.
    time.sleep(1.0)
    os.kill(child, signal.SIGKILL)
    return child


@pytest.mark.ocr
def test_a_page_whose_child_was_killed_is_read_by_another() -> None:
    known = _children()
    with ReadingPool(("text-layer", "rapid"), Bounds(), workers=1) as pool:
        reading = _read(pool, SLOW)
        _kill_the_child_at_work(known)
        assert len(reading.result(PATIENCE).pages) == 1


@pytest.mark.ocr
def test_a_file_that_costs_three_children_is_refused_and_costs_no_other_file() -> None:
    known = _children()
    with ReadingPool(("text-layer", "rapid"), Bounds(), workers=1) as pool:
        dying = _read(pool, SLOW)
        for _ in range(3):
            known.add(_kill_the_child_at_work(known))
        following = _read(pool, BORN)
        assert (_refusal(dying).code, len(following.result(PATIENCE).pages)) == ("reader-died", 2)


@pytest.mark.ocr
def test_a_page_that_takes_too_long_is_refused_and_the_next_file_is_read() -> None:
    with ReadingPool(("text-layer", "rapid"), Bounds(seconds=1), workers=1) as pool:
        slow = _read(pool, SLOW)
        refusal = _refusal(slow)
    assert refusal.code == "too-slow"
    assert "第 1 页" in refusal.zh
    assert "page 1" in refusal.en


def test_leaving_the_pool_stops_the_children() -> None:
    before = _children()
    with ReadingPool(("blank",), Bounds(), workers=2) as pool:
        _read(pool, BORN).result(PATIENCE)
        assert _children() - before
    _until(lambda: not _children() - before)


def test_leaving_the_pool_leaves_nobody_waiting(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_of_pages(300))
    with ReadingPool(("blank",), Bounds(), workers=1) as pool:
        futures = [pool.read(scan_of(path)) for _ in range(3)]
        pool.count(path, PDF).result(PATIENCE)
    assert wait(futures, PATIENCE).not_done == set()
