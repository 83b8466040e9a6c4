"""Reading many files at once: child processes of one thread each, page by page."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from concurrent.futures import CancelledError, Future, InvalidStateError
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.pages import count_pages
from consumers.reading import read_page
from consumers.scan import Scan
from consumers.transcript import Page, Transcript

_MOST_DEATHS = 3
"""A file that has cost this many children is refused: it is the file."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class _Job:
    """The pages of one Scan that have come back so far."""

    scan: Scan
    done: Future[Transcript] = field(default_factory=Future)
    pages: dict[int, Page] = field(default_factory=dict)
    seconds: float = 0.0
    count: int = 0
    deaths: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class ReadingPool:
    """Child processes that read pages. A child that dies or takes too long costs its file, no more.

    Children are started fresh (spawn), so that no lock or file of this process is held twice.
    Use as a context manager; leaving it stops the children at once.
    """

    def __init__(self, readers: tuple[str, ...], bounds: Bounds, workers: int | None = None) -> None:
        self.readers = readers
        self.bounds = bounds
        self.workers = workers or cores()
        # OpenVINO and OpenCV ask this before they start threads of their own.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._pool = ProcessPool(max_workers=self.workers, context=multiprocessing.get_context("spawn"))
        self._open: set[Future[Transcript]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
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
        self._open.add(job.done)
        job.done.add_done_callback(self._open.discard)
        self._schedule(job, 1)
        return job.done

    def count(self, path: Path, media_type: str) -> Future[int]:
        """How many pages a file has once opened to its last one, later; Refused where it does not."""
        counted: Future[int] = self._pool.schedule(
            count_pages, args=[path, media_type, self.bounds], timeout=self.bounds.seconds
        )
        return counted

    def _schedule(self, job: _Job, number: int) -> None:
        scan = job.scan
        future = self._pool.schedule(
            read_page,
            args=[scan.path, scan.media_type, number, self.readers, self.bounds],
            timeout=self.bounds.seconds,
        )
        future.add_done_callback(lambda done: self._page_done(job, number, done))

    def _page_done(self, job: _Job, number: int, future: Future[tuple[int, Page, float]]) -> None:
        try:
            count, page, seconds = future.result()
        except ProcessExpired as error:
            self._child_died(job, number, error)
            return
        except BaseException as error:  # noqa: BLE001 - whatever happened in the child belongs to this file
            _fail(job.done, _as_refusal(error, number))
            return
        with job.lock:
            first = not job.pages
            job.pages[number] = page
            job.count = count
            job.seconds += seconds
            complete = len(job.pages) == count
        if complete:
            ordered = tuple(job.pages[n] for n in sorted(job.pages))
            with contextlib.suppress(InvalidStateError):
                job.done.set_result(Transcript(job.scan.sha256, ordered, round(job.seconds, 3)))
        elif first:
            try:
                for other in range(2, count + 1):
                    self._schedule(job, other)
            except RuntimeError as error:
                # The pool was stopped meanwhile: nobody may wait for the other pages for ever.
                _fail(job.done, error)

    def _child_died(self, job: _Job, number: int, error: ProcessExpired) -> None:
        """Try a page again whose child died: memory ran out, or somebody stopped the whole group."""
        with job.lock:
            job.deaths += 1
            hopeless = job.deaths >= _MOST_DEATHS
        try:
            if hopeless:
                raise error
            self._schedule(job, number)
        except (ProcessExpired, RuntimeError) as end:
            # Hopeless, or the pool was stopped meanwhile.
            _fail(job.done, _as_refusal(end, number))


def _fail(done: Future[Transcript], error: BaseException) -> None:
    """End the future with that error, unless it has come to an end already."""
    with contextlib.suppress(InvalidStateError):
        done.set_exception(error)


def _as_refusal(error: BaseException, number: int) -> BaseException:
    if isinstance(error, TimeoutError):
        return Refused(
            "too-slow",
            f"第 {number} 页读取超时，请重新扫描或调大 DOSSIER_MAX_SECONDS。",
            f"Reading page {number} took too long; scan it again or raise DOSSIER_MAX_SECONDS.",
        )
    if isinstance(error, ProcessExpired):
        return Refused(
            "reader-died",
            f"第 {number} 页使识别程序异常退出，请重新扫描；若仍如此请交信息部门。",
            f"Page {number} made the reading process die; scan it again, and if it stays so tell IT.",
        )
    return error
