"""`dossier file`: take files in and wait until each is filed, set aside or refused."""

from __future__ import annotations

from pathlib import Path

import typer

from consumers.inbox.owner import Owner
from plugins.cli.printing import err, json_line, out, progress, table
from plugins.cli.reading_files import open_pool
from plugins.cli.starting import Json, Paths, ReaderName, all_files, load_settings
from plugins.exit_codes import ExitCode
from plugins.intake.heartbeat import Heartbeat
from plugins.intake.intaking import Intaking
from plugins.intake.outcome import Outcome
from plugins.intake.outcome_json import outcome_json, outcome_row
from plugins.wiring import open_archive, vocabulary

EXAMPLES = "例 Example: `dossier file 认购书.pdf`, `dossier file --json /mnt/scans/2024 > filed.jsonl`"

COLUMNS = ["文件", "类别", "文种", "密级", "客户档案", "保管到期", "把握或原因"]


def command(paths: Paths, reader: ReaderName = "auto", json: Json = False) -> None:
    """归档文件，原文件留在原处。Take files in; the files themselves stay where they are."""
    settings = load_settings()
    files = all_files(paths)
    ends: dict[str, Outcome] = {}
    missing: list[Path] = []

    def told(outcome: Outcome) -> None:
        if not outcome.waiting and not outcome.part_of and outcome.intake_id not in ends:
            ticker.tick()
        ends[outcome.intake_id] = outcome
        if json and not outcome.waiting:
            json_line(outcome_json(outcome, str(outcome.taken_from or outcome.name)))

    with (
        open_archive(settings) as archive,
        open_pool(settings, reader) as pool,
        Owner(settings.home / "run") as owner,
        Heartbeat(archive, owner.id),
        progress("归档 filing", len(files)) as ticker,
    ):
        archive.dms.prepare(vocabulary(archive.rules))
        intaking = Intaking(archive, pool, owner, told)
        for path in files:
            try:
                intaking.take(path, "command line", keep=True)
            except OSError as error:
                missing.append(path)
                _not_taken(path, error, json)
            while intaking.in_hand >= 8 * pool.workers:
                intaking.work(1.0)
        while intaking.in_hand > intaking.stuck:
            intaking.work(1.0)
        intaking.publish()
        stuck = intaking.stuck
        intaking.give_back()
    if not json:
        grid = table("归档结果 Filed", COLUMNS)
        for outcome in ends.values():
            grid.add_row(*outcome_row(outcome, archive.rules.taxonomy))
        out().print(grid)
    if stuck:
        err.print(
            f"{stuck} 份暂存，待文档系统恢复后由 dossier watch 继续归档。"
            f"{stuck} wait in the spool; dossier watch files them once the DMS is back.",
            style="yellow",
        )
        raise typer.Exit(ExitCode.UNAVAILABLE)
    if missing or any(outcome.refused for outcome in ends.values()):
        raise typer.Exit(ExitCode.REFUSED)


def _not_taken(path: Path, error: OSError, json: bool) -> None:
    why = error.strerror or str(error)
    if json:
        fault = {
            "code": "not-taken",
            "message": f"The file could not be taken: {why}",
            "message_zh": f"文件未能取入：{why}",
        }
        json_line({"file": str(path), "error": fault})
    else:
        err.print(f"{path}: 未能取件 could not be taken: {why}", style="red", markup=False)
