"""Reading many files for a command: answers come in the order in which the files were named."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

from consumers.errors import Refused
from consumers.pool import ReadingPool
from consumers.scan import Scan, scan_of
from consumers.transcript import Transcript
from plugins.rereading.readers_asked_for import bounds_of, readers_of
from plugins.settings import Settings

_AHEAD = 8
"""So many files a worker are in the making ahead of the one that is waited for."""


def open_pool(settings: Settings, reader: str = "") -> ReadingPool:
    """The reading pool that the settings ask for; raises BadSetting."""
    name = "" if reader == "auto" else reader
    return ReadingPool(readers_of(settings, name), bounds_of(settings), settings.workers or None)


def transcripts(
    paths: list[Path], pool: ReadingPool
) -> Iterator[tuple[Path, Scan | None, Transcript | Refused]]:
    """Each file with its Scan and Transcript, or with what is wrong with it."""
    waiting: deque[tuple[Path, Scan | None, Future[Transcript] | Refused]] = deque()
    for path in paths:
        waiting.append(_begin(path, pool))
        if len(waiting) > _AHEAD * pool.workers:
            yield _end(waiting.popleft())
    while waiting:
        yield _end(waiting.popleft())


def _begin(path: Path, pool: ReadingPool) -> tuple[Path, Scan | None, Future[Transcript] | Refused]:
    if not path.is_file():
        absent = Refused(
            "not-a-file",
            "没有这个文件，或不是普通文件，请检查路径。",
            "There is no such file, or it is no regular file; check the path.",
        )
        return path, None, absent
    try:
        scan = scan_of(path, "command line")
        pool.bounds.check_bytes(scan.size)
    except Refused as refusal:
        return path, None, refusal
    except OSError as error:
        why = error.strerror or str(error)
        return path, None, Refused("unreadable", f"文件无法打开：{why}", f"The file can not be opened: {why}")
    return path, scan, pool.read(scan)


def _end(
    begun: tuple[Path, Scan | None, Future[Transcript] | Refused],
) -> tuple[Path, Scan | None, Transcript | Refused]:
    path, scan, answer = begun
    if isinstance(answer, Refused):
        return path, scan, answer
    try:
        return path, scan, answer.result()
    except Refused as refusal:
        return path, scan, refusal
    except Exception as error:  # noqa: BLE001 - the door of one file: the others still want their answer
        what = f"{type(error).__name__}: {error}"
        return path, scan, Refused("internal-error", f"识别时发生意外错误：{what}", f"Reading failed: {what}")


def error_json(path: Path, refusal: Refused) -> dict[str, object]:
    """The answer for a file that could not be read."""
    return {
        "file": str(path),
        "error": {"code": refusal.code, "message": refusal.en, "message_zh": refusal.zh},
    }
