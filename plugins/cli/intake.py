"""`dossier intake`: what happened to every file."""

from __future__ import annotations

from typing import Annotated

import typer

from consumers import intake
from plugins.cli.printing import json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.masking import mask_id_numbers
from plugins.wiring import open_archive

app = typer.Typer(
    help="收件台账：每份文件的去向。What happened to every file that was taken in.", no_args_is_help=True
)

_STATES = {
    "claimed": "已取件",
    "read": "已识别",
    "labelled": "已分类",
    "sent": "正在归档",
    "confirmed": "已归档",
    "review": "已归档待核",
    "quarantined": "已搁置",
    "retry": "待重试",
}


@app.command("list", epilog="例 Example: `dossier intake list --state quarantined --json`")
def list_command(
    json: Json = False,
    state: Annotated[str, typer.Option(help=f"只看此状态：{'、'.join(_STATES)}。Only this state.")] = "",
) -> None:
    """列出收到的每一份文件。List every file ever taken in, oldest first."""
    if state and state not in _STATES:
        raise BadWord(f"--state: there is no state {state!r}; choose from {', '.join(_STATES)}")
    with open_archive(load_settings()) as archive, archive.engine.begin() as connection:
        rows = [row for row in intake.listing(connection) if not state or row.state == state]
    if json:
        for row in rows:
            json_line(
                {
                    "id": row.id,
                    "name": row.name,
                    "sha256": row.sha256,
                    "state": row.state,
                    "attempts": row.attempts,
                    "reason": row.reason,
                    "dms_id": row.dms_id or None,
                    "since": row.since,
                    **_place(row),
                }
            )
        return
    grid = table("收件台账 Intake", ["文件", "状态", "系统编号", "自", "原因"])
    for row in rows:
        name = ("└ " if row.part_of else "") + mask_id_numbers(row.name)
        grid.add_row(name, _STATES[row.state], row.dms_id or "—", row.since[:19], mask_id_numbers(row.reason))
    out().print(grid)


def _place(row: intake.Intake) -> dict[str, object]:
    """What a part was cut out of; nothing for a file that came in by itself."""
    if not row.part_of:
        return {}
    return {"part_of": row.part_of, "first_page": row.first_page, "last_page": row.last_page}
