"""Reading many files at once: child processes of one thread each, page by page."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import Future
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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble types all but this one
        self._pool.join()

    def read(self, scan: Scan) -> Future[Transcript]:
        """The Scan's Transcript, later. The future's exception is a Refused where it can not be read."""
        job = _Job(scan)
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
        except BaseException as error:  # noqa: BLE001 - whatever happened in the child belongs to this file
            with job.lock:
                if not job.done.done():
                    job.done.set_exception(_as_refusal(error, number))
            return
        with job.lock:
            first = not job.pages
            job.pages[number] = page
            job.count = count
            job.seconds += seconds
            complete = len(job.pages) == count
        if first:
            for other in range(2, count + 1):
                self._schedule(job, other)
        if complete and not job.done.done():
            ordered = tuple(job.pages[n] for n in sorted(job.pages))
            job.done.set_result(Transcript(job.scan.sha256, ordered, round(job.seconds, 3)))


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
