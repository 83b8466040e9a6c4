"""What commands print: JSON Lines and tables on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from plugins.logs import log
from plugins.lookout.check import Check

# What is read off paper, or typed by people, is shown as it is: brackets are no colours, and :100: is no picture.
err = Console(stderr=True, markup=False, emoji=False)


def out() -> Console:
    """The console on stdout; where nobody watches, lines are wide enough never to be broken."""
    watched = sys.stdout.isatty()
    return Console(width=None if watched else 200, soft_wrap=not watched, markup=False, emoji=False)


def json_line(value: dict[str, Any]) -> None:
    """Print one object as one line."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def here(stamp: str) -> str:
    """A moment that is kept in UTC, as the office's clock shows it: day, hour and minute; empty where there is none."""
    if not stamp:
        return ""
    at = datetime.fromisoformat(stamp)
    return f"{(at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone():%Y-%m-%d %H:%M}"


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
        sign, colour = ("✓", "green") if check.ok else ("–", "yellow") if check.optional else ("✗", "red")
        grid.add_row(Text(sign, style=colour), check.name, check.detail, check.remedy)
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
