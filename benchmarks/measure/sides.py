"""Sides: the product, one of its readers, or the bare engine, each in a process of its own that reads files when asked."""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import cv2
from pebble import ProcessPool

from benchmarks.measure import processes
from benchmarks.measure.outcome import Cost, Reading
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.media import media_type_of
from consumers.pages import open_scan
from consumers.pool import ReadingPool
from consumers.reading import default_readers
from consumers.scan import scan_of

_engine: Any = None


Read = Callable[[list[Path]], list[Reading]]


class Side:
    """A side with its workers. Use as a context manager; `memory` looks at the workers while it is open."""

    def __init__(self, name: str, workers: int) -> None:
        self.name, self.workers = name, workers
        context = multiprocessing.get_context("spawn")
        self._ours, self._theirs = context.Pipe()
        # No daemon: it has children of its own, the workers.
        self._process = context.Process(target=_serve, args=(name, workers, self._theirs))

    def __enter__(self) -> Self:
        self._process.start()
        # Held by the child alone, the pipe ends with it.
        self._theirs.close()
        pid = self._process.pid
        assert pid is not None, "a process that has been started has a number"
        self._pid = pid
        self.memory = processes.Memory(pid).__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.memory.__exit__(kind, error, trace)
        with contextlib.suppress(OSError):
            self._ours.send(None)
        self._process.join()

    def warm_up(self, path: Path) -> None:
        """Have every worker load its engine, so that starting is not counted as reading."""
        self.read([path] * self.workers * 2)

    def read(self, paths: list[Path]) -> tuple[list[Reading], Cost]:
        """What each file says, in the order of the paths, and what reading them cost."""
        spent, began = processes.cpu_seconds(self._pid), time.perf_counter()
        self._ours.send(paths)
        try:
            read: list[Reading] = self._ours.recv()
        except EOFError:
            raise RuntimeError(f"the side {self.name!r} came to an end; its error stands above") from None
        wall = time.perf_counter() - began
        self.memory.look()
        pages = sum(max(1, len(one.rotations)) for one in read)
        return read, Cost(pages, wall, processes.cpu_seconds(self._pid) - spent)


def _serve(name: str, workers: int, asked: Connection) -> None:
    """The side's process: reads what it is asked to until it is asked for nothing."""
    if name == "bare":
        with ProcessPool(max_workers=workers, context=multiprocessing.get_context("spawn")) as children:
            _answer(
                asked,
                lambda paths: [one.result() for one in [children.schedule(_bare, args=[p]) for p in paths]],
            )
        return
    readers = default_readers() if name == "product" else ("text-layer", name)
    with ReadingPool(readers, Bounds(), workers) as pool:
        _answer(asked, lambda paths: _product(pool, paths))


def _answer(asked: Connection, read: Read) -> None:
    while (paths := asked.recv()) is not None:
        asked.send(read(paths))


def _product(pool: ReadingPool, paths: list[Path]) -> list[Reading]:
    """As `dossier read` reads them."""
    futures = [pool.read(scan_of(path, "benchmark")) for path in paths]
    found = []
    for future in futures:
        try:
            transcript = future.result()
        except Refused as refusal:
            found.append(Reading("", refused=refusal.code))
            continue
        except Exception as error:  # noqa: BLE001 - whatever a file does to the product is a finding, told by its name
            found.append(Reading("", refused=f"{type(error).__name__}: {error}"))
            continue
        rotations = tuple(page.rotation for page in transcript.pages)
        found.append(Reading(transcript.text, rotations, transcript.doubtful))
    return found


def _bare(path: Path) -> Reading:
    """As the engine reads it when nobody prepares anything: its own preparation, its own order of lines, no turning."""
    global _engine  # noqa: PLW0603 - one engine a process
    if _engine is None:
        from rapidocr import EngineType, RapidOCR

        cv2.setNumThreads(1)
        # As it comes, but for what the product has too: OpenVINO, and one thread.
        _engine = RapidOCR(
            params={f"{part}.engine_type": EngineType.OPENVINO for part in ("Det", "Cls", "Rec")}
            | {"EngineConfig.openvino.inference_num_threads": 1, "Global.log_level": "error"}
        )
    with open_scan(path, media_type_of(path), Bounds()) as scan:
        found = [_engine(scan.page(number).picture()) for number in range(1, scan.count + 1)]
    return Reading("\f".join("\n".join(page.txts or ()) for page in found), (0,) * len(found))
