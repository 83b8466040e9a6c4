"""Writing a report down: the same content as HTML, PDF or XLSX, one module a format. `WRITERS` is the table of them.

The same report gives the same bytes each time. HTML and PDF print the first `Table.most` rows of a list and say how many
there are; XLSX has them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from retention.reports.report import Report

Writer = Callable[[Report], bytes]


def _html(report: Report) -> bytes:
    from retention.reports.writers.html import written

    return written(report).encode("utf-8")


def _pdf(report: Report) -> bytes:
    from retention.reports.writers.pdf import written

    return written(report)


def _xlsx(report: Report) -> bytes:
    from retention.reports.writers.xlsx import written

    return written(report)


WRITERS: Mapping[str, Writer] = MappingProxyType({"html": _html, "pdf": _pdf, "xlsx": _xlsx})
"""Each format by its name, which is also the ending of its files. What each needs is loaded when it is used: `dossier --help`
answers at once. The PDF writer raises NoPdf where the machine lacks what it needs."""
