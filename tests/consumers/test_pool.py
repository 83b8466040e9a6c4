from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from PIL import Image

from consumers import reading_process
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.media import PDF
from consumers.pool import ReadingPool, cores
from consumers.scan import Scan
from consumers.transcript import Transcript
from tests.conftest import SAMPLES, scan_of
from tests.consumers import stand_ins
from tests.consumers.made import pdf_of_pages

pytestmark = pytest.mark.process

PATIENCE = 300
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


def test_a_searchable_pdf_is_written_in_a_child(pool: ReadingPool, tmp_path: Path) -> None:
    scan = scan_of(SAMPLES / THREE_PAGES)
    transcript = pool.read(scan).result(PATIENCE)
    done = pool.searchable(scan, transcript, tmp_path / "a.pdf").result(PATIENCE)
    assert (done.pages, (tmp_path / "a.pdf").read_bytes()[:5]) == (3, b"%PDF-")


def test_a_file_of_which_no_searchable_pdf_can_be_made_is_refused(pool: ReadingPool, tmp_path: Path) -> None:
    scan = scan_of(SAMPLES / "bad/合同扫描件(加密).pdf")
    written = pool.searchable(scan, Transcript(scan.sha256, ()), tmp_path / "a.pdf")
    error = written.exception(PATIENCE)
    assert isinstance(error, Refused)
    assert error.code == "encrypted"


def test_a_file_that_vanished_does_not_stop_the_pool(pool: ReadingPool, tmp_path: Path) -> None:
    path = tmp_path / "gone.pdf"
    path.write_bytes(pdf_of_pages(1))
    scan = scan_of(path)
    path.unlink()
    assert isinstance(pool.read(scan).exception(PATIENCE), FileNotFoundError)
    assert len(_read(pool, BORN).result(PATIENCE).pages) == 2


@pytest.mark.ocr
def test_a_page_that_takes_too_long_is_refused_and_the_next_file_is_read() -> None:
    with ReadingPool(("text-layer", "rapid"), Bounds(seconds=1), workers=1) as pool:
        slow = _read(pool, SLOW)
        refusal = _refusal(slow)
    assert refusal.code == "too-slow"
    assert "第 1 页" in refusal.zh
    assert "page 1" in refusal.en


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """Lets the children do something else instead of reading."""
    return lambda stand_in: monkeypatch.setattr(reading_process, "read", stand_in)


def _made(folder: Path, name: str) -> Scan:
    path = folder / f"{name}.pdf"
    path.write_bytes(pdf_of_pages(1))
    return scan_of(path)


def _notes(folder: Path) -> list[str]:
    return (folder / stand_ins.NOTE).read_text("ascii").splitlines()


def _kill_the_child_at_work(pool: ReadingPool, folder: Path, times: int) -> None:
    """Kill the pool's only child while it reads, for the so many-th time."""
    _until(lambda: (folder / stand_ins.NOTE).exists() and len(_notes(folder)) == times)
    # It has begun; whoever watches over it may not have heard of that yet, and could not tell what it died of.
    _until(lambda: any(answer.running() for answer in list(pool._given_out)))
    os.kill(int(_notes(folder)[-1].split()[1]), signal.SIGKILL)


def test_a_page_whose_child_was_killed_is_read_by_another(
    reading: Callable[[object], None], tmp_path: Path
) -> None:
    reading(stand_ins.waiting_for_its_end)
    with ReadingPool((), Bounds(), workers=1) as pool:
        future = pool.read(_made(tmp_path, "killed"))
        _kill_the_child_at_work(pool, tmp_path, 1)
        (tmp_path / "marked").touch()
        assert len(future.result(PATIENCE).pages) == 1
    assert len(set(_notes(tmp_path))) == 2


def test_a_file_that_costs_three_children_is_refused_and_costs_no_other_file(
    reading: Callable[[object], None], tmp_path: Path
) -> None:
    reading(stand_ins.waiting_for_its_end)
    with ReadingPool((), Bounds(), workers=1) as pool:
        dying = pool.read(_made(tmp_path, "dying"))
        for times in (1, 2, 3):
            _kill_the_child_at_work(pool, tmp_path, times)
        following = pool.read(_made(tmp_path, "good"))
        assert (_refusal(dying).code, len(following.result(PATIENCE).pages)) == ("reader-died", 1)


def test_a_file_whose_pages_take_too_long_together_is_refused(
    reading: Callable[[object], None], tmp_path: Path
) -> None:
    reading(stand_ins.dear)
    with ReadingPool((), Bounds(file_seconds=10), workers=1) as pool:
        refusal = _refusal(pool.read(_made(tmp_path, "dear")))
    assert refusal.code == "file-too-slow"
    assert "DOSSIER_MAX_FILE_SECONDS" in refusal.zh
    assert "DOSSIER_MAX_FILE_SECONDS" in refusal.en


def test_of_a_file_that_was_refused_no_more_pages_are_read(
    reading: Callable[[object], None], tmp_path: Path
) -> None:
    reading(stand_ins.dear)
    with ReadingPool((), Bounds(file_seconds=10), workers=1) as pool:
        _refusal(pool.read(_made(tmp_path, "dear")))
        pool.read(_made(tmp_path, "good")).result(PATIENCE)
    # Three pages took the time, another two may have been given out before that was known.
    assert _notes(tmp_path)[:3] == ["dear 1", "dear 2", "dear 3"]
    assert len(_notes(tmp_path)) <= 6


def test_a_page_may_take_only_what_is_left_of_its_files_time(
    reading: Callable[[object], None], tmp_path: Path
) -> None:
    reading(stand_ins.endless)
    with ReadingPool((), Bounds(seconds=300, file_seconds=1), workers=1) as pool:
        assert _refusal(pool.read(_made(tmp_path, "endless"))).code == "file-too-slow"


def test_what_a_file_waits_for_others_does_not_count(
    reading: Callable[[object], None], tmp_path: Path
) -> None:
    reading(stand_ins.endless)
    with ReadingPool((), Bounds(seconds=3, file_seconds=5), workers=1) as pool:
        slow = [pool.read(_made(tmp_path, f"endless-{number}")) for number in range(2)]
        good = pool.read(_made(tmp_path, "good"))
        assert len(good.result(PATIENCE).pages) == 1
        assert {_refusal(future).code for future in slow} == {"too-slow"}


def test_a_child_that_does_not_listen_is_stopped_all_the_same(
    reading: Callable[[object], None], tmp_path: Path
) -> None:
    reading(stand_ins.deaf)
    with ReadingPool((), Bounds(seconds=3), workers=1) as pool:
        assert _refusal(pool.read(_made(tmp_path, "deaf"))).code == "too-slow"
        assert len(pool.read(_made(tmp_path, "good")).result(PATIENCE).pages) == 1


def test_a_program_that_a_page_started_ends_with_it(
    reading: Callable[[object], None], tmp_path: Path
) -> None:
    reading(stand_ins.with_a_program)
    with ReadingPool((), Bounds(seconds=3), workers=1) as pool:
        _refusal(pool.read(_made(tmp_path, "slow")))
    program = int(_notes(tmp_path)[0])
    _until(lambda: not _is_alive(program))


def _is_alive(number: int) -> bool:
    try:
        return Path("/proc", str(number), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_file_that_crashes_its_children_is_refused_and_the_next_one_is_read(
    reading: Callable[[object], None], tmp_path: Path
) -> None:
    reading(stand_ins.crashing)
    with ReadingPool((), Bounds(), workers=2) as pool:
        crashing, good = pool.read(_made(tmp_path, "crashing")), pool.read(_made(tmp_path, "good"))
        assert len(good.result(PATIENCE).pages) == 1
        assert _refusal(crashing).code == "reader-died"
    assert _notes(tmp_path).count("crashing") == 3


def test_files_take_turns(reading: Callable[[object], None], tmp_path: Path) -> None:
    reading(stand_ins.dear)
    scans = [_made(tmp_path, name) for name in ("one", "other", "good")]
    with ReadingPool((), Bounds(), workers=1) as pool:
        futures = [pool.read(scan) for scan in scans]
        wait(futures, PATIENCE)
    # The page that is read and the one that waits for the child are the other files'.
    assert _notes(tmp_path).index("good 1") <= 3


def test_children_that_die_while_they_have_nothing_to_do_are_replaced() -> None:
    known = _children()
    with ReadingPool(("text-layer", "blank"), Bounds(), workers=2) as pool:
        _read(pool, BORN).result(PATIENCE)
        for _ in range(2):
            idle = _children() - known
            for child in idle:
                os.kill(child, signal.SIGKILL)
            assert len(_read(pool, BORN).result(PATIENCE).pages) == 2


def test_a_pool_that_only_writes_gets_other_children_too(tmp_path: Path) -> None:
    with ReadingPool(("blank",), Bounds(), 1) as pool:
        scan = scan_of(SAMPLES / THREE_PAGES)
        transcript = pool.read(scan).result(PATIENCE)
        pool._pool.stop()  # type: ignore[no-untyped-call]  # as a pool that has broken: it takes nothing more
        pool._pool.join()
        with pytest.raises(BrokenProcessPool):
            pool.searchable(scan, transcript, tmp_path / "a.pdf").result(PATIENCE)
        assert pool.searchable(scan, transcript, tmp_path / "a.pdf").result(PATIENCE).pages == 3


def test_children_that_can_not_even_start_cost_the_files_and_nobody_waits_for_ever() -> None:
    with ReadingPool(("blank",), Bounds(memory_mb=1), workers=1) as pool:
        assert _refusal(_read(pool, BORN)).code == "reader-died"


@pytest.mark.parametrize(("most", "code"), [(8, None), (7, "too-much-text")])
def test_the_text_of_all_pages_together_is_bounded(
    reading: Callable[[object], None], tmp_path: Path, most: int, code: str | None
) -> None:
    reading(stand_ins.dear)
    with ReadingPool((), Bounds(characters=most), workers=1) as pool:
        error = pool.read(_made(tmp_path, "eight-pages-of-one-character")).exception(PATIENCE)
    assert getattr(error, "code", None) == code


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


def test_two_passes_are_put_together_by_a_child_and_its_refusal_comes_back(tmp_path: Path) -> None:
    for name, count in (("fronts", 2), ("backs", 2), ("short", 1)):
        pages = [Image.new("L", (60, 80), 200) for _ in range(count)]
        pages[0].save(tmp_path / f"{name}.tif", save_all=True, append_images=pages[1:])
    with ReadingPool(("blank",), Bounds(), 1) as pool:
        whole = pool.collate(tmp_path / "fronts.tif", tmp_path / "backs.tif", tmp_path / "whole.pdf")
        assert whole.result() == 4
        with pytest.raises(Refused) as refused:
            pool.collate(tmp_path / "fronts.tif", tmp_path / "short.tif", tmp_path / "none.pdf").result()
    assert refused.value.code == "passes-differ"
    assert not (tmp_path / "none.pdf").exists()
