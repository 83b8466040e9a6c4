"""`dossier intake health`: what `/healthz` answers, asked once from the command line."""

from __future__ import annotations

from dataclasses import asdict

import typer

from plugins import database
from plugins.cli.printing import checks_table, json_line, out
from plugins.cli.starting import Json, load_settings
from plugins.exit_codes import ExitCode
from plugins.lookout.outside import Look
from plugins.lookout.queue_state import look_safely
from plugins.lookout.wellness import examine_now, is_well
from plugins.wiring import now, open_rules


def command(json: Json = False) -> None:
    """收件是否正常：守候、识别、文档系统、磁盘、等待。Do files get on: watcher, workers, DMS, disk, the oldest file."""
    settings = load_settings()
    rules = open_rules(settings)
    engine = database.connect(settings.database)
    outside = Look(settings, rules)
    outside.now()
    checks = examine_now(settings, look_safely(engine, now()), outside)
    engine.dispose()
    well = is_well(checks)
    if json:
        json_line({"ok": well, "checks": [asdict(check) for check in checks]})
    else:
        out().print(checks_table("收件情况 Intake", checks))
    if not well:
        raise typer.Exit(ExitCode.REFUSED)
