"""A reading process' own rules: it keeps within its memory, and lets no error out that could not travel."""

from __future__ import annotations

import contextlib
import errno
import os
import pickle
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from consumers import pages, reading
from consumers.bounds import Bounds, too_much_memory
from consumers.errors import ConsumerError, ReaderFailed
from consumers.scan import Scan
from consumers.transcript import Page, Transcript

if TYPE_CHECKING:
    from consumers.cutting import Cut
    from consumers.searchable import Searchable

try:
    import resource
except ImportError:  # a platform without such limits
    resource = None  # type: ignore[assignment]  # asked for None before it is used

_FIRST_TO_GO = "500"
"""Out of memory, Linux kills the process that scores highest (proc(5), oom_score_adj: -1000 to 1000)."""


def begin(memory_mb: int) -> None:
    """Put this process under its limits; called once, before anything is read.

    `memory_mb` bounds the memory that it has for itself and may write to (RLIMIT_DATA: Linux counts
    heap and private mappings, other systems less), 0 sets no bound. Where the whole machine runs out of
    memory, the system kills this process before others. Nothing is left on the disk of one that
    crashes: a core file would hold a customer's papers. Programs that it started end with it.
    """
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
    if resource is not None:
        _lower(resource.RLIMIT_CORE, 0)
        if memory_mb:
            _lower(resource.RLIMIT_DATA, memory_mb << 20)
    if hasattr(os, "killpg"):
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, _end_with_all)


def read(
    path: Path, media_type: str, number: int, names: tuple[str, ...], bounds: Bounds
) -> tuple[int, Page, float]:
    """As `consumers.reading.read_page`; every error is one that can be pickled, and no TimeoutError."""
    with fit_to_travel():
        answer = reading.read_page(path, media_type, number, names, bounds)
        # Asked here, so that a text that is too long for the file never gets into the process that keeps the archive.
        bounds.check_characters(sum(len(line.text) for line in answer[1].lines))
        return answer


def count(path: Path, media_type: str, bounds: Bounds) -> int:
    """As `consumers.pages.count_pages`; errors as those of `read`."""
    with fit_to_travel():
        return pages.count_pages(path, media_type, bounds)


def make_searchable(
    scan: Scan, transcript: Transcript, target: Path, bounds: Bounds, archival: bool
) -> Searchable:
    """As `consumers.searchable.write_searchable`; errors as those of `read`."""
    from consumers.searchable import write_searchable

    with fit_to_travel():
        return write_searchable(scan, transcript, target, archival=archival, bounds=bounds)


def cut(scan: Scan, ranges: tuple[tuple[int, int], ...], folder: Path, bounds: Bounds) -> tuple[Cut, ...]:
    """As `consumers.cutting.cut`; errors as those of `read`."""
    from consumers import cutting

    with fit_to_travel():
        return cutting.cut(scan, ranges, folder, bounds)


def collate(fronts: Path, backs: Path, target: Path, bounds: Bounds) -> int:
    """As `consumers.collating.collate`; errors as those of `read`."""
    from consumers import collating

    with fit_to_travel():
        return collating.collate(fronts, backs, target, bounds)


@contextlib.contextmanager
def fit_to_travel() -> Iterator[None]:
    """An exception that can not be unpickled on the other side would break the pool for all files."""
    try:
        yield
    except ConsumerError:
        raise
    except Exception as error:
        if is_want_of_memory(error):
            raise too_much_memory() from error
        if isinstance(error, TimeoutError) or not _travels(error):
            raise ReaderFailed(f"{type(error).__name__}: {error}") from error
        raise


def is_want_of_memory(error: BaseException) -> bool:
    """Whether memory ran out, in the words of Python, the system, OpenCV or OpenVINO."""
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        return True
    said = str(error)
    return "bad alloc" in said or "bad_alloc" in said or "Insufficient memory" in said


def _travels(error: BaseException) -> bool:
    try:
        return type(pickle.loads(pickle.dumps(error))) is type(error)  # noqa: S301 - made on this very line
    except Exception:  # noqa: BLE001 - a constructor of somebody else's: it may raise anything
        return False


def _lower(limit: int, wanted: int) -> None:
    """Set a limit, unless the one that holds already is lower."""
    _, hard = resource.getrlimit(limit)
    least = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(limit, (least, least))


def _end_with_all(number: int, frame: FrameType | None) -> None:
    """End, and with this process all that it started: tesseract would go on with a page that was given up."""
    del frame
    signal.signal(number, signal.SIG_IGN)
    os.killpg(0, signal.SIGKILL)
