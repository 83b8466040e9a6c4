"""`dossier doctor`: what works here, and what to do about what does not."""

from __future__ import annotations

from dataclasses import asdict

import typer

from plugins.cli.printing import checks_table, json_line, out
from plugins.cli.starting import Json, load_settings
from plugins.exit_codes import ExitCode
from plugins.health import examine

EXAMPLES = "例 Example: `dossier doctor`, `dossier doctor --json`"


def command(json: Json = False) -> None:
    """检查本机环境，并说明如何补救。Check what works here, and say what to do about what does not."""
    checks = examine(load_settings())
    if json:
        json_line({"checks": [asdict(check) for check in checks]})
    else:
        out().print(checks_table("环境检查 Doctor", checks))
    if not all(check.ok or check.optional for check in checks):
        raise typer.Exit(ExitCode.REFUSED)
