"""`dossier handover`: what a department gives to the archive, and what the archive gives away; two people confirm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

import typer

from plugins.cli.printing import json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.custody import handing_over
from plugins.custody.custody_json import hand_over_json
from plugins.errors import BadWord
from plugins.keeping.publishing import publish
from plugins.wiring import open_archive
from retention.custody import hand_overs
from retention.custody.hand_over import HAND_OVER_SIDES, SORT_NAMES, HandOver
from retention.errors import BadHandOver

app = typer.Typer(
    help="移交：列清单，移交人、接收人两人确认。Hand-over: a list, confirmed by giver and receiver.",
    no_args_is_help=True,
)
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="移交号。The hand-over's number.")]
Who = Annotated[str, typer.Option("--by", help="经办人。Who does it.")]
_Given = TypeVar("_Given")
_STATES = {"open": "待确认", "done": "已移交", "withdrawn": "已撤回"}


@app.command(
    "propose",
    epilog="例 Example: `dossier handover propose --department 销售部 --to 档案室 --dossier 锦绣花园/3-2-1201 --by 李静`, "
    "`dossier handover propose --transfer --department 档案室 --to 江州市档案馆 --by 李静`",
)
def propose_command(
    department: Annotated[str, typer.Option("--department", help="移交部门。Which department gives.")],
    to: Annotated[str, typer.Option("--to", help="接收单位。Who receives.")],
    by: Who,
    transfer: Annotated[
        bool,
        typer.Option("--transfer", help="鉴定决定移交的全部文件。All that appraisals decided to transfer."),
    ] = False,
    record: Annotated[list[str] | None, typer.Option("--record", help="文件，可多次。Records.")] = None,
    dossier: Annotated[
        list[str] | None, typer.Option("--dossier", help="客户档案，可多次。Dossiers.")
    ] = None,
    category: Annotated[str, typer.Option("--category", help="只取此类别。Only this category.")] = "",
    json: Json = False,
) -> None:
    """列移交清单。Write the list of what is handed over."""
    with open_archive(load_settings()) as archive:
        names = archive.rules.taxonomy.categories
        if category and category not in names:
            raise BadWord(
                f"--category: 没有这个类别 there is no category {category!r}; choose from {', '.join(names)}"
            )
        if transfer == bool(record or dossier or category):
            raise BadWord(
                "请写 --transfer，或写明文件（--record、--dossier、--category）。Say --transfer, or which records (--record, "
                "--dossier, --category), not both"
            )
        if transfer:
            done = _do(
                lambda: handing_over.propose_transfer(archive, receiver=to, department=department, by=by)
            )
        else:
            done = _do(
                lambda: handing_over.propose(
                    archive,
                    department=department,
                    receiver=to,
                    by=by,
                    records=record or (),
                    dossiers=dossier or (),
                    category=category,
                )
            )
        publish(archive)
    _tell(done, json=json, said="已列清单 listed")


@app.command("confirm", epilog="例 Example: `dossier handover confirm 1 --side receiver --by 王芳`")
def confirm_command(
    number: Number,
    side: Annotated[str, typer.Option("--side", help=f"{'、'.join(HAND_OVER_SIDES)}：移交人、接收人。")],
    by: Who,
    json: Json = False,
) -> None:
    """一方确认清单；两人都确认即移交。One side confirms; once both have, by two people, it is handed over."""
    found = next((one for one in HAND_OVER_SIDES if one == side), None)
    if found is None:
        raise BadWord(
            f"--side: 没有这一方 there is no side {side!r}; choose from {', '.join(HAND_OVER_SIDES)}"
        )
    with open_archive(load_settings()) as archive:
        done = _do(lambda: handing_over.confirm(archive, number, found, by=by))
        publish(archive)
    _tell(done, json=json, said="已确认 confirmed")


@app.command("withdraw", epilog="例 Example: `dossier handover withdraw 1 --by 李静 --reason 清单有误`")
def withdraw_command(
    number: Number,
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    json: Json = False,
) -> None:
    """撤回未办结的清单。Take an open list back."""
    with open_archive(load_settings()) as archive:
        done = _do(lambda: handing_over.withdraw(archive, number, by=by, reason=reason))
        publish(archive)
    _tell(done, json=json, said="已撤回 withdrawn")


@app.command("list", epilog="例 Example: `dossier handover list --json`")
def list_command(json: Json = False) -> None:
    """列出各次移交。List the hand-overs."""
    with open_archive(load_settings()) as archive:
        handing_over.show_late(archive)
        with archive.engine.begin() as connection:
            found = hand_overs.every(connection)
    if json:
        for one in found:
            json_line(hand_over_json(one, items=False))
        return
    grid = table(
        f"移交 Hand-overs: {len(found)}", ["号", "种类", "移交部门", "接收单位", "移交人", "接收人", "状态"]
    )
    for one in found:
        who = (one.department, one.receiver, one.given_by, one.received_by)
        state = f"{one.done_on} 已移交" if one.done_on else _STATES[one.state]
        grid.add_row(str(one.id), SORT_NAMES[one.sort][0], *who, state)
    out().print(grid)


@app.command("show", epilog="例 Example: `dossier handover show 1 --json`")
def show_command(number: Number, json: Json = False) -> None:
    """一次移交的清单。One hand-over with its list."""
    with open_archive(load_settings()) as archive:
        handing_over.show_late(archive)
        one = _do(lambda: handing_over.show(archive, number))
    _tell(one, json=json, said=_STATES[one.state])
    if json:
        return
    grid = table(f"清单 List {one.id}", ["编号", "题名", "文种", "客户档案", "密级", "页数"])
    for item in one.items:
        grid.add_row(item.dms_id, item.title, item.kind, item.dossier, item.level, str(item.pages))
    out().print(grid)


def _do(act: Callable[[], _Given]) -> _Given:
    try:
        return act()
    except BadHandOver as error:
        raise BadWord(str(error)) from error


def _tell(one: HandOver, *, json: bool, said: str) -> None:
    if json:
        json_line(hand_over_json(one))
        return
    pages = sum(item.pages for item in one.items)
    out().print(
        f"{said} 第{one.id}号（{SORT_NAMES[one.sort][0]}，{one.department} → {one.receiver}，{_STATES[one.state]}）："
        f"{len(one.items)} 件 {pages} 页，清单校验 {one.digest[:12]}",
        highlight=False,
    )
