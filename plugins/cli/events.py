"""`dossier events`: what happened to a dossier or a record, from which periods run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from plugins.cli.printing import err, here, json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.exit_codes import ExitCode
from plugins.keeping.keeping_json import event_json
from plugins.keeping.publishing import publish
from plugins.keeping.telling import Entered, tell, withdraw
from plugins.masking import mask_id_numbers
from plugins.wiring import open_archive
from retention.errors import BadEvent
from retention.periods import events
from retention.periods.event import EVENT_NAMES, HAPPENINGS, Event, Scope
from retention.periods.event_import import read_events
from retention.periods.events import Told

app = typer.Typer(
    help="事件：结案、合同终止等，期限由此起算。Events: add, list, import, withdraw.", no_args_is_help=True
)
Who = Annotated[str, typer.Option("--by", help="经办人。Who tells it.")]
OfDossier = Annotated[str, typer.Option("--dossier", help="客户档案。Of which dossier.")]
OfRecord = Annotated[str, typer.Option("--record", help="系统编号。Of which record.")]
_NAMES = "、".join(f"{kind}（{EVENT_NAMES[kind][0]}）" for kind in HAPPENINGS)
_SOURCES = {"person": "人工", "csv": "清单", "label": "文件"}


@app.command(
    "add",
    epilog="例 Example: `dossier events add case_closed --dossier 锦绣花园/3-2-1201 --on 2026-03-01 --evidence 结案通知书 --by 李静`",
)
def add_command(
    kind: Annotated[str, typer.Argument(metavar="EVENT", help=f"{_NAMES}。")],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="发生之日。The day.")],
    evidence: Annotated[str, typer.Option("--evidence", help="依据：何文件、何页。How one knows.")],
    by: Who,
    dossier: OfDossier = "",
    record: OfRecord = "",
    json: Json = False,
) -> None:
    """登记一个事件。Enter an event; nothing is destroyed by it, a period begins."""
    found = next((one for one in HAPPENINGS if kind in (one, EVENT_NAMES[one][0])), None)
    if found is None:
        raise BadWord(f"没有事件“{kind}”。There is no event {kind!r}; choose from {', '.join(HAPPENINGS)}")
    scope = _scope(dossier, record)
    if scope is None:
        raise BadWord("请写 --dossier 或 --record 之一。Give one of --dossier and --record")
    with open_archive(load_settings()) as archive:
        done = _entered(lambda: tell(archive, (Event(found, on.date(), scope, evidence.strip()),), by))
        publish(archive)
    _print(done, json=json)


@app.command("list", epilog="例 Example: `dossier events list --dossier 锦绣花园/3-2-1201 --json`")
def list_command(dossier: OfDossier = "", record: OfRecord = "", json: Json = False) -> None:
    """列出事件，连同已撤销的。List the events, also those that were withdrawn."""
    with open_archive(load_settings()) as archive, archive.engine.begin() as connection:
        found = tuple(events.listed(connection, _scope(dossier, record)))
    if json:
        for one in found:
            json_line(event_json(one))
        return
    grid = table(
        f"事件 Events: {len(found)}", ["号", "事件", "日期", "对象", "依据", "来源", "经办人", "撤销"]
    )
    for one in found:
        grid.add_row(*_cells(one))
    out().print(grid)


@app.command("import", epilog="例 Example: `dossier events import events.csv --by 李静`")
def import_command(
    file: Annotated[Path, typer.Argument(help="CSV：kind,on,dossier,record,evidence。The list.")],
    by: Who,
    json: Json = False,
) -> None:
    """由 CSV 登记多个事件：全部有效才登记。Enter the events of a list: all of them, or none."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadWord(f"{file}: 无法读取 can not be read: {error.strerror}; name another file") from error
    with open_archive(load_settings()) as archive:
        done = _entered(lambda: tell(archive, read_events(content), by, "csv"))
        publish(archive)
    _print(done, json=json)


@app.command("withdraw", epilog="例 Example: `dossier events withdraw 3 --by 李静 --reason 案件又上诉`")
def withdraw_command(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="事件号。Its number.")],
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    json: Json = False,
) -> None:
    """撤销登错的事件：另记一笔，不删除。Withdraw a wrong event: by a second one, never by deleting it."""
    with open_archive(load_settings()) as archive:
        done = _entered(lambda: withdraw(archive, number, by, reason))
        publish(archive)
    _print(done, json=json)


def _scope(dossier: str, record: str) -> Scope | None:
    if dossier and record:
        raise BadWord("--dossier 与 --record 只写一个。Give only one of --dossier and --record")
    if dossier:
        return Scope("dossier", dossier)
    return Scope("record", record) if record else None


def _entered(do: Callable[[], Entered]) -> Entered:
    try:
        return do()
    except BadEvent as error:
        raise BadWord(str(error)) from error


def _print(done: Entered, *, json: bool) -> None:
    for one in done.events:
        if json:
            json_line(event_json(one))
        else:
            number, name, on, key, *_ = _cells(one)
            said = "已登记 entered" if one.counts else "已撤销 withdrawn"
            out().print(f"{said} {number}：{name} {on} {key}", highlight=False)
    for number, why in done.not_shown:
        err.print(f"{number} 到期日未能更新 its last day could not be shown anew: {why}", highlight=False)
    if done.not_shown:
        raise typer.Exit(ExitCode.REFUSED)


def _cells(one: Told) -> tuple[str, ...]:
    event = one.event
    withdrawn = (
        f"{one.withdrawn_by} {here(one.withdrawn_at)[:10]}：{one.withdrawn_because}" if not one.counts else ""
    )
    words = (str(one.id), EVENT_NAMES[event.kind][0], event.on.isoformat(), event.scope.key, event.evidence)
    return tuple(map(mask_id_numbers, (*words, _SOURCES[one.source], one.who, withdrawn)))
