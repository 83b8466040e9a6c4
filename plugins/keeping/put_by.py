"""Items put by on the disk while they are gathered: a batch may be larger than memory, and is written down all at once."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from retention.appraising.appraisal import Item


class PutBy:
    """A list of items in a file of no name, which is gone with it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.count = 0

    def put(self, some: Iterable[Item]) -> None:
        """Add these."""
        those = [tuple(vars(one).values()) for one in some]
        pickle.dump(those, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self.count += len(those)

    def items(self) -> Iterator[Item]:
        """All of them, as they were put."""
        self._file.seek(0)
        left = self.count
        while left:
            # Nobody else can have written here: the file has no name.
            some = pickle.load(self._file)  # noqa: S301 - see above
            left -= len(some)
            yield from (Item(*one) for one in some)


@contextmanager
def put_by(folder: Path) -> Iterator[PutBy]:
    """An empty one; its file lies in `folder`, for what is in it is not for everybody's eyes."""
    with tempfile.TemporaryFile(dir=folder) as file:
        yield PutBy(file)
