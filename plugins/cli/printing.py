"""What commands print: JSON Lines and tables on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from plugins.logs import log
from plugins.lookout.check import Check

err = Console(stderr=True)


def out() -> Console:
    """The console on stdout; where nobody watches, lines are wide enough never to be broken."""
    return Console(width=None if sys.stdout.isatty() else 200, soft_wrap=not sys.stdout.isatty())


def json_line(value: dict[str, Any]) -> None:
    """Print one object as one line."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def table(title: str, columns: list[str]) -> Table:
    """An empty table in the house's style."""
    grid = Table(title=title, title_justify="left", header_style="bold", show_lines=False)
    for column in columns:
        grid.add_column(column, overflow="fold")
    return grid


def checks_table(title: str, checks: Iterable[Check]) -> Table:
    """Checks, each with its sentence and its remedy."""
    grid = table(title, ["", "项目", "情况", "如何补救"])
    for check in checks:
        mark = "[green]✓[/green]" if check.ok else "[yellow]–[/yellow]" if check.optional else "[red]✗[/red]"
        grid.add_row(mark, check.name, check.detail, check.remedy)
    return grid


class Ticker:
    """Progress over a known number of files: a bar on a terminal, a line now and then in a log."""

    def __init__(self, what: str, total: int, bar: Progress | None) -> None:
        self._what, self._total, self._done, self._bar = what, total, 0, bar
        self._task = bar.add_task(what, total=total) if bar else None

    def tick(self) -> None:
        """One more is done."""
        self._done += 1
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task)
        elif self._done == self._total or self._done % max(1, self._total // 10) == 0:
            log().info("progress", what=self._what, done=self._done, total=self._total)


@contextmanager
def progress(what: str, total: int) -> Iterator[Ticker]:
    """A Ticker for the time of the context."""
    if total < 2 or not sys.stderr.isatty():
        yield Ticker(what, total, None)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        yield Ticker(what, total, bar)
