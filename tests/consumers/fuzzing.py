"""What must hold for any bytes whatever: they are read or refused, and nothing else comes out.

`./run soak` has it hold for as long as it is told to: files are spoilt as hypothesis draws it, and read in a child
process, because what is looked for may be the death of it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Self

import hypothesis
import numpy as np
from pebble import ProcessExpired, ProcessPool

from consumers import reading_process
from consumers.bounds import Bounds
from consumers.errors import Refused
from consumers.media import media_type_of
from consumers.pages import count_pages, open_scan
from consumers.readers.text_layer import TextLayerReader
from tests.consumers.spoiling import spoilt

BOUNDS = Bounds(pages=20, pixels=4_000_000)
_ROUND = 400
_MEMORY_MB = 2_048
_LONGEST = 30
"""Seconds for one file; what takes longer is killed, as the reading pool does it: that is no fault of ours."""


def outcome(path: Path) -> str:
    """How reading the file ends: `read`, or the code of the refusal; raises whatever else is raised."""
    try:
        media_type = media_type_of(path)
        count_pages(path, media_type, BOUNDS)
        with open_scan(path, media_type, BOUNDS) as scan:
            for number in range(1, min(scan.count, 4) + 1):
                source = scan.page(number)
                picture = source.picture()
                assert picture.ndim == 3
                assert picture.shape[2] == 3
                assert picture.dtype == np.uint8
                page = TextLayerReader().read(source)
                if page is not None:
                    page.text.encode("utf-8")
    except Refused as refusal:
        return refusal.code
    return "read"


class ReadingChild:
    """One child process that reads spoilt files, replaced where it dies of one. Use as a context manager."""

    def __init__(self) -> None:
        self._pool = ProcessPool(1, initializer=_begin, context=multiprocessing.get_context("spawn"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble types all but these
        self._pool.join()

    def end_of(self, path: Path) -> str:
        """As `outcome`; or `FAULT` with an error's name and places; or `killed`, with why."""
        try:
            return str(self._pool.schedule(_outcome_or_fault, args=[path], timeout=_LONGEST).result())
        except TimeoutError:
            return "killed: took too long"
        except ProcessExpired as error:
            return f"killed: died ({error.exitcode})"


def main() -> None:
    """Spoil files and read them in a child process for so many minutes; exit code 1 where a fault was found."""
    parser = argparse.ArgumentParser(prog="./run soak", description=main.__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where chance begins")
    parser.add_argument("--keep", type=Path, help="folder for the files that brought something to light")
    told = parser.parse_args()
    keep = told.keep or Path(tempfile.mkdtemp(prefix="soak-"))
    keep.mkdir(parents=True, exist_ok=True)
    counts = soak(told.minutes * 60, told.seed, keep)
    for what, count in counts.most_common():
        print(f"{count:8} {what}")
    print(f"{counts.total():8} files, seed {told.seed}, kept in {keep}")
    if any(what.startswith("FAULT") for what in counts):
        raise SystemExit(1)


def soak(seconds: float, seed: int, keep: Path) -> Counter[str]:
    """How many files ended how; the first of each fault, and all that had to be killed, are kept in a folder."""
    counts: Counter[str] = Counter()
    deadline = time.monotonic() + seconds
    path = keep / "spoilt"
    with ReadingChild() as child:

        def once(content: bytes) -> None:
            if time.monotonic() > deadline:
                return
            path.write_bytes(content)
            what = child.end_of(path)
            counts[what] += 1
            if what.startswith("killed") or (what.startswith("FAULT") and counts[what] == 1):
                number = len(list(keep.iterdir()))
                (keep / f"{number}.bin").write_bytes(content)
                print(f"{number}.bin: {what}", flush=True)

        while time.monotonic() < deadline:
            _draw(once, seed)
            seed += 1
    return counts


def _begin() -> None:
    """The limits of a reading process; and what libraries say of bad files is not worth a line each."""
    reading_process.begin(_MEMORY_MB)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _outcome_or_fault(path: Path) -> str:
    """As `outcome`; a fault is told by its name and the places that it came from, ours and the library's."""
    try:
        return outcome(path)
    except Exception as error:  # noqa: BLE001 - finding those is what this is for
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "/consumers/" in frame.filename]
        places = (f"{Path(frame.filename).name}:{frame.lineno}" for frame in (ours[-1], frames[-1]))
        return f"FAULT {type(error).__name__} {' '.join(places)}"


def _draw(once: Callable[[bytes], None], seed: int) -> None:
    """Call it with a round of spoilt files."""
    settings = hypothesis.settings(
        max_examples=_ROUND,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.seed(seed)(settings(hypothesis.given(spoilt())(once)))()


if __name__ == "__main__":
    main()
