"""What a paper tells to have happened: a 结案 report that a case is closed; a judgment closes nothing.

Which kind tells what is data: `gives` in the taxonomy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from classifiers.taxonomy import Kind

_HEAD_LINES = 12


def told_events(kind: Kind, first_page: str) -> Iterator[tuple[str, str]]:
    """Each event that such a paper tells, once, with the line at its head that says so.

    The line must be wholly one of the titles, white space and width evened out: what only speaks of the closing of a
    case, as an index of papers or an application does, tells nothing.
    """
    lines = [even for line in first_page.splitlines() if (even := _even(line))][:_HEAD_LINES]
    for gives in kind.gives:
        seen = next(
            (line for line in lines if any(re.fullmatch(title, line) for title in gives.titles)), None
        )
        if seen is not None:
            yield gives.event, seen


def _even(line: str) -> str:
    return "".join(unicodedata.normalize("NFKC", line).split()).strip("《》")
