"""Items put by on the disk while they are gathered: a batch may be larger than memory, and is written down all at once."""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from retention.appraising.appraisal import Item
from retention.appraising.item_rows import Row, row_of


class PutBy:
    """A list of items in a file of no name, which is gone with it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.count = 0

    def put(self, some: Iterable[Item]) -> None:
        """Add these."""
        rows = [row_of(one) for one in some]
        # Of what Python itself can write, marshal takes a third of the time of pickle for texts and numbers.
        marshal.dump(rows, self._file)
        self.count += len(rows)

    def rows(self) -> Iterator[Row]:
        """All of them as the rows that they will be, in the order in which they were put."""
        self._file.seek(0)
        left = self.count
        while left:
            # Nobody else can have written here: the file has no name.
            some = marshal.load(self._file)  # noqa: S302 - see above
            left -= len(some)
            yield from some


@contextmanager
def put_by(folder: Path) -> Iterator[PutBy]:
    """An empty one; its file lies in `folder`, for what is in it is not for everybody's eyes."""
    with tempfile.TemporaryFile(dir=folder) as file:
        yield PutBy(file)
