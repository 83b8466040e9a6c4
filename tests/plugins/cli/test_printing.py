"""Tables and lines: what was read off paper or typed by people is shown as it is, whatever signs are in it."""

from __future__ import annotations

import pytest

from plugins.cli.printing import checks_table, err, out, table
from plugins.lookout.check import Check

ODD = "见[/附件] [red]急[/red] :100:"
"""A closing tag that nothing opened ended `holds list` with a traceback; the others were swallowed."""


def test_brackets_and_colons_of_people_are_shown_as_they_are(capfd: pytest.CaptureFixture[str]) -> None:
    grid = table(ODD, [ODD])
    grid.add_row(ODD)
    out().print(grid)
    out().print(ODD)
    err.print(ODD)

    told = capfd.readouterr()
    assert told.out.count(ODD) == 4
    assert ODD in told.err


def test_a_check_has_its_mark_and_its_words_as_they_are(capfd: pytest.CaptureFixture[str]) -> None:
    out().print(checks_table("检查", [Check("inbox", False, ODD, ODD), Check("disk", True, "")]))

    told = capfd.readouterr().out
    assert told.count(ODD) == 2
    assert "✗" in told
    assert "✓" in told
    assert "red]✗" not in told
