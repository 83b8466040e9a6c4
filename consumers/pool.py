"""Reading many files at once: child processes of one thread each, page by page."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future, InvalidStateError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from consumers import reading_process
from consumers.bounds import Bounds, reader_died
from consumers.errors import Refused
from consumers.scan import Scan
from consumers.transcript import Page, Transcript

if TYPE_CHECKING:
    from consumers.cutting import Cut
    from consumers.searchable import Searchable

_MOST_DEATHS = 3
"""A file that has cost this many children is refused: it is the file."""
_MOST_BREAKS = 3
"""So often in a row, without a page read, the children are started anew before the files pay for it."""
_MOST_PAGES = 500
"""So many pages a child reads before a fresh one takes its place: libraries leak. A fresh child costs 2.4 s of CPU."""
_AHEAD = 2
"""Pages given out for each child: the one that it reads and the one that it finds when it is done."""

_T = TypeVar("_T")
_Answer = Future[tuple[int, Page, float]]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class _Job:
    """One Scan: its pages that wait to be given out, and those that have come back."""

    scan: Scan
    done: Future[Transcript] = field(default_factory=Future)
    waiting: deque[int] = field(default_factory=lambda: deque([1]))
    pages: dict[int, Page] = field(default_factory=dict)
    seconds: float = 0.0
    characters: int = 0
    deaths: int = 0


class ReadingPool:
    """Child processes that read pages. A child that dies or takes too long costs its file, no more.

    Files take turns, page by page, so that none waits for a long one before it. Children are started fresh
    (spawn), so that no lock or file of this process is held twice. Use as a context manager; leaving
    it waits for the pages that are being read, and gives up all others.
    """

    def __init__(self, readers: tuple[str, ...], bounds: Bounds, workers: int | None = None) -> None:
        self.readers = readers
        self.bounds = bounds
        self.workers = workers or cores()
        # OpenVINO and OpenCV ask this before they start threads of their own.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._lock = threading.RLock()
        self._jobs: deque[_Job] = deque()
        self._open: set[Future[Transcript]] = set()
        self._given_out: dict[_Answer, ProcessPool] = {}
        self._breaks = 0
        self._left = False
        self._pool = self._children()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._left = True
            self._jobs.clear()
        if error is None:
            # Children that are still starting would complain if they were stopped halfway.
            self._pool.close()  # type: ignore[no-untyped-call]  # pebble types all but these
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]  # the same
        self._pool.join()
        for left in list(self._open):
            _fail(left, CancelledError("the reading was stopped"))

    def read(self, scan: Scan) -> Future[Transcript]:
        """The Scan's Transcript, later. The future's exception is a Refused where it can not be read."""
        job = _Job(scan)
        with self._lock:
            self._open.add(job.done)
            self._jobs.append(job)
        job.done.add_done_callback(self._open.discard)
        self._give_out()
        return job.done

    def count(self, path: Path, media_type: str) -> Future[int]:
        """How many pages a file has once opened to its last one, later; Refused where it does not."""
        counted: Future[int] = self._pool.schedule(
            reading_process.count, args=[path, media_type, self.bounds], timeout=self.bounds.seconds
        )
        return counted

    def searchable(
        self, scan: Scan, transcript: Transcript, target: Path, *, archival: bool = False
    ) -> Future[Searchable]:
        """Write the Scan as a searchable PDF to `target`, later; the exception is a Refused where it can not be
        made. What stands at `target` then, or after a crash, is no whole file."""
        return self._write(reading_process.make_searchable, [scan, transcript, target, self.bounds, archival])

    def cut(self, scan: Scan, ranges: tuple[tuple[int, int], ...], folder: Path) -> Future[tuple[Cut, ...]]:
        """Cut ranges of pages out of the Scan into `folder`, later; the exception is an Uncuttable or a Refused where
        it can not be done. What stands in the folder then, or after a crash, is no whole file."""
        return self._write(reading_process.cut, [scan, ranges, folder, self.bounds])

    def collate(self, fronts: Path, backs: Path, target: Path) -> Future[int]:
        """Put two passes together as one PDF, later, and count its pages; the exception is a Refused where they are none
        of one pile. What stands at `target` before is no whole file."""
        return self._write(reading_process.collate, [fronts, backs, target, self.bounds])

    def _write(self, write: Callable[..., _T], told: list[object]) -> Future[_T]:
        """Have a child write files, and take its word when it is done."""
        written: Future[_T] = Future()
        pool = self._pool
        try:
            answer: Future[_T] = pool.schedule(write, args=told, timeout=self.bounds.file_seconds)
        except RuntimeError as error:  # the pool was left, or has broken
            self._start_anew(pool)
            written.set_exception(BrokenProcessPool(str(error)))
        else:
            answer.add_done_callback(functools.partial(self._written, written, pool))
        return written

    def _written(self, written: Future[_T], pool: ProcessPool, answer: Future[_T]) -> None:
        try:
            written.set_result(answer.result())
        except BrokenProcessPool as error:
            self._start_anew(pool)
            written.set_exception(error)
        except ProcessExpired:
            written.set_exception(reader_died(1))
        except TimeoutError:
            written.set_exception(self.bounds.too_slow_a_file())
        except BaseException as error:  # noqa: BLE001 - whatever happened in the child belongs to this file
            written.set_exception(error)

    def _children(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self.workers,
            max_tasks=_MOST_PAGES,
            initializer=reading_process.begin,
            initargs=[self.bounds.memory_mb],
            context=multiprocessing.get_context("spawn"),
        )

    def _give_out(self) -> None:
        """Give out pages, one file after the other, as long as the children have use for them."""
        while (given := self._next()) is not None:
            job, number = given
            try:
                seconds = self.bounds.time_for_page(job.seconds)
            except Refused as refusal:
                _fail(job.done, refusal)
                continue
            self._schedule(job, number, seconds)

    def _next(self) -> tuple[_Job, int] | None:
        with self._lock:
            while self._jobs and len(self._given_out) < _AHEAD * self.workers:
                job = self._jobs.popleft()
                if job.done.done():
                    continue
                number = job.waiting.popleft()
                if job.waiting:
                    self._jobs.append(job)
                return job, number
            return None

    def _schedule(self, job: _Job, number: int, seconds: float) -> None:
        scan, pool = job.scan, self._pool
        try:
            answer: _Answer = pool.schedule(
                reading_process.read,
                args=[scan.path, scan.media_type, number, self.readers, self.bounds],
                timeout=seconds,
            )
        except RuntimeError as error:
            self._broken(job, number, pool, error)
            return
        with self._lock:
            self._given_out[answer] = pool
        answer.add_done_callback(functools.partial(self._page_done, job, number, seconds))

    def _page_done(self, job: _Job, number: int, seconds: float, answer: _Answer) -> None:
        with self._lock:
            pool = self._given_out.pop(answer)
        try:
            self._keep(job, number, *answer.result())
        except ProcessExpired:
            self._child_died(job, number)
        except (BrokenProcessPool, CancelledError) as error:
            self._broken(job, number, pool, error)
        except TimeoutError:
            whole = seconds < self.bounds.seconds
            _fail(job.done, self.bounds.too_slow_a_file() if whole else self.bounds.too_slow_a_page(number))
        except BaseException as error:  # noqa: BLE001 - whatever happened in the child belongs to this file
            _fail(job.done, error)
        self._give_out()

    def _keep(self, job: _Job, number: int, count: int, page: Page, seconds: float) -> None:
        """Put a page to its file; the first one tells how many others there are."""
        with self._lock:
            self._breaks = 0
            if not job.pages:
                self._offer(job, range(2, count + 1))
            job.pages[number] = page
            job.seconds += seconds
            job.characters += sum(len(line.text) for line in page.lines)
            complete = len(job.pages) == count
        self.bounds.check_characters(job.characters)
        if complete:
            ordered = tuple(job.pages[n] for n in sorted(job.pages))
            with contextlib.suppress(InvalidStateError):
                job.done.set_result(Transcript(job.scan.sha256, ordered, round(job.seconds, 3)))

    def _offer(self, job: _Job, numbers: Iterable[int]) -> None:
        with self._lock:
            new = not job.waiting
            job.waiting.extend(numbers)
            if new and job.waiting:
                self._jobs.append(job)

    def _child_died(self, job: _Job, number: int) -> None:
        """Try a page again whose child died: memory ran out, or somebody stopped the whole group."""
        with self._lock:
            job.deaths += 1
            hopeless = job.deaths >= _MOST_DEATHS
        if hopeless:
            _fail(job.done, reader_died(number))
        else:
            self._offer(job, [number])

    def _broken(self, job: _Job, number: int, pool: ProcessPool, error: BaseException) -> None:
        """Children died that were reading nothing: that is no file's fault, and others are started."""
        with self._lock:
            self._breaks += self._start_anew(pool)
            hopeless = self._breaks > _MOST_BREAKS
        if self._left:
            _fail(job.done, error)
        elif hopeless:
            _fail(job.done, reader_died(number))
        else:
            self._offer(job, [number])

    def _start_anew(self, pool: ProcessPool) -> bool:
        """Start other children, if nobody has done so since this pool of them broke; whether that was done."""
        with self._lock:
            if self._pool is not pool or self._left:
                return False
            self._pool = self._children()
            threading.Thread(target=self._bury, args=[pool]).start()
            return True

    def _bury(self, pool: ProcessPool) -> None:
        """End what is left of a broken pool, and take back the pages that it never looked at."""
        pool.stop()  # type: ignore[no-untyped-call]  # pebble types all but these
        pool.join()
        with self._lock:
            lost = [answer for answer, where in self._given_out.items() if where is pool]
        for answer in lost:
            answer.cancel()


def _fail(done: Future[Transcript], error: BaseException) -> None:
    """End the future with that error, unless it has come to an end already."""
    with contextlib.suppress(InvalidStateError):
        done.set_exception(error)
