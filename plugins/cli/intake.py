"""`dossier intake`: what happened to every file; and what people do with those that were set aside."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated

import typer

from consumers import whereabouts
from consumers.intake import Intake
from plugins.cli.printing import err, here, json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.exit_codes import ExitCode
from plugins.intake.discarding import discard
from plugins.intake.intake_json import PLACE_NAMES, STATE_NAMES, row_json, story_json
from plugins.intake.putting_back import put_back
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive, open_archive

app = typer.Typer(
    help="收件台账：每份文件的去向；搁置文件的重试与废弃。What happened to every file; retry or discard what was set aside.",
    no_args_is_help=True,
)

Which = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID|SHA256|NAME]...",
        help="编号、校验码（可只写开头）或文件名。Id, checksum or name.",
        show_default=False,
    ),
]
Code = Annotated[
    str, typer.Option("--reason", help="只取此搁置原因码，如 encrypted。Only this refusal code.")
]


@app.command("list", epilog="例 Example: `dossier intake list --state quarantined --json`")
def list_command(
    json: Json = False,
    state: Annotated[str, typer.Option(help=f"只看此状态：{'、'.join(STATE_NAMES)}。Only this state.")] = "",
    name: Annotated[str, typer.Option(help="文件名含此。The name has this in it.")] = "",
    sha256: Annotated[str, typer.Option(help="校验码，可只写开头。The checksum, or its beginning.")] = "",
    begin: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=["%Y-%m-%d"], help="这天起有动静的。From this day.", show_default=False
        ),
    ] = None,
    end: Annotated[
        datetime | None,
        typer.Option(
            "--to",
            formats=["%Y-%m-%d"],
            help="到这天（含）为止。To this day, which counts.",
            show_default=False,
        ),
    ] = None,
    reason: Code = "",
) -> None:
    """列出收到的文件：全部，或按名、校验码、日期、状态。List the files that were taken in, oldest first."""
    if state and state not in STATE_NAMES:
        raise BadWord(
            f"--state: 没有这种状态 there is no state {state!r}; choose from {', '.join(STATE_NAMES)}"
        )
    if begin is not None and end is not None and end < begin:
        raise BadWord("--from, --to: 止日早于起日。The last day lies before the first")
    asked = whereabouts.Asked(
        name=name,
        sha256=sha256,
        since=begin.astimezone() if begin else None,
        until=(end + timedelta(days=1)).astimezone() if end else None,
        states=(state,) if state else (),
        code=reason,
    )
    with open_archive(load_settings()) as archive, archive.engine.begin() as connection:
        rows = whereabouts.find(connection, asked)
    if json:
        for row in rows:
            json_line(row_json(row))
        return
    grid = table("收件台账 Intake", ["编号", "文件", "状态", "系统编号", "自", "原因"])
    for row in rows:
        shown = ("└ " if row.part_of else "") + mask_id_numbers(row.name)
        told = (STATE_NAMES[row.state], row.dms_id or "—", here(row.since), mask_id_numbers(row.reason))
        grid.add_row(row.id[:8], shown, *told)
    out().print(grid)


@app.command("show", epilog="例 Example: `dossier intake show 客户资料.pdf`")
def show_command(which: Which = None, json: Json = False) -> None:
    """一份文件的全部经过，及现在何处。All that happened to a file, and where it lies now."""
    with open_archive(load_settings()) as archive:
        for row in _meant(archive, which):
            story = story_json(archive, row)
            if json:
                json_line(story)
                continue
            title = f"{row.id}  {mask_id_numbers(row.name)}  sha256 {row.sha256}"
            grid = table(title, ["时间", "经手", "由", "到", "说明"])
            for one in story["events"]:
                was = STATE_NAMES.get(one["was"], one["was"])
                told = (
                    was or "—",
                    STATE_NAMES.get(one["state"], one["state"]),
                    mask_id_numbers(one["reason"]),
                )
                grid.add_row(here(one["at"]), one["actor"] or "—", *told)
            out().print(grid)
            out().print(f"现在：{PLACE_NAMES[story['where']]} {story['place']}", style="bold", markup=False)


@app.command("retry", epilog="例 Example: `dossier intake retry --reason encrypted`")
def retry_command(
    which: Which = None,
    reason: Code = "",
    by: Annotated[str, typer.Option("--by", help="经办人，默认本机用户。Who does it.")] = "",
    json: Json = False,
) -> None:
    """把搁置的文件放回，重新走一遍。Put files back that were set aside; a watcher or worker takes them from there."""
    if not which and not reason:
        raise BadWord("写明编号、文件名，或 --reason 原因码。Say which: an id, a name, or --reason CODE")
    with open_archive(load_settings()) as archive:
        rows = _meant_aside(archive, which, reason)
        left = _each(
            archive, rows, json=json, act=lambda row: put_back(archive, row, by or getpass.getuser())
        )
    if left:
        raise typer.Exit(ExitCode.REFUSED)


@app.command(
    "discard", epilog="例 Example: `dossier intake discard 3f2a9c01 --reason 重复扫描，原件已归档 --by 李静`"
)
def discard_command(
    which: Which,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    by: Annotated[str, typer.Option("--by", help="经办人。Who discards it.")],
    json: Json = False,
) -> None:
    """废弃搁置的文件：删除文件本身，留下名称、校验码、理由，记入台账。Delete a file that was set aside; what it was is kept."""
    if not which:
        raise BadWord("写明编号或文件名。Say which: an id or a name")
    with open_archive(load_settings()) as archive:
        rows = _meant_aside(archive, which)
        left = _each(archive, rows, json=json, act=lambda row: discard(archive, row, by=by, reason=reason))
    if left:
        raise typer.Exit(ExitCode.REFUSED)


def _meant(archive: Archive, which: list[str] | None, code: str = "") -> list[Intake]:
    """The files that the words mean, each once; with a code those that were refused with it."""
    found: dict[str, Intake] = {}
    with archive.engine.begin() as connection:
        for words in which or [""]:
            states = ("quarantined",) if code else ()
            rows = whereabouts.find(connection, whereabouts.Asked(words=words, code=code, states=states))
            if not rows:
                raise BadWord(
                    f"{words or code}: 没有这样的文件，见 dossier intake list。There is no such file; see the list"
                )
            found |= {row.id: row for row in rows}
    return list(found.values())


def _meant_aside(archive: Archive, which: list[str] | None, code: str = "") -> list[Intake]:
    """Those of them that were set aside; a word that means several of these, and no one of them in full, is refused."""
    found: dict[str, Intake] = {}
    for words in which or [""]:
        rows = _meant(archive, [words] if words else None, code)
        aside = [row for row in rows if row.state == "quarantined"] or rows
        if words and len(aside) > 1:
            ids = ", ".join(row.id[:12] for row in aside[:5])
            raise BadWord(
                f"{words}: 有 {len(aside)} 份，请写编号。{len(aside)} files are meant; write an id: {ids}"
            )
        found |= {row.id: row for row in aside}
    return list(found.values())


def _each(archive: Archive, rows: list[Intake], *, json: bool, act: Callable[[Intake], None]) -> int:
    """Do it with each; what can not be is told, and does not stop the others. Gives back of how many that is so."""
    left = 0
    for row in rows:
        try:
            act(row)
        except (BadWord, OSError) as error:
            left += 1
            err.print(f"dossier: {error}", markup=False, highlight=False)
            continue
        with archive.engine.begin() as connection:
            (now,) = whereabouts.find(connection, whereabouts.Asked(words=row.id))
        if json:
            json_line(row_json(now))
        else:
            out().print(f"{now.id[:8]} {mask_id_numbers(now.name)}：{STATE_NAMES[now.state]}", markup=False)
    return left
