"""A request as `dossier requests` prints it: what is told of a record names nobody but who asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

import typer

from plugins.cli.printing import json_line, out, table
from plugins.errors import BadWord
from plugins.keeping.appraising import today_of
from plugins.keeping.publishing import publish
from plugins.requests.holdings import WHERE_NAMES, Holding, holdings, in_dossiers
from plugins.requests.request_json import request_json, shown_json
from plugins.wiring import Archive
from retention.errors import BadRequest
from retention.requests import restrictions
from retention.requests.request import (
    HOW_NAMES,
    KIND_NAMES,
    STATE_NAMES,
    ItemState,
    Request,
    masked_name,
)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="申请号。The request's number.")]
Who = Annotated[str, typer.Option("--by", help="经办人。Who does it.")]
Records = Annotated[list[str] | None, typer.Option("--record", help="文件，可多次。Records.")]
_Given = TypeVar("_Given")
_ITEM_STATES: dict[ItemState, str] = {"hint": "待确认", "confirmed": "本人", "rejected": "非本人"}


def done(act: Callable[[], _Given]) -> _Given:
    """What it gives back; a step that can not be taken is a wrong word of the command."""
    try:
        return act()
    except BadRequest as error:
        raise BadWord(str(error)) from error


def tell(archive: Archive, one: Request, *, json: bool) -> None:
    """Publish the register's head, and print how the request stands."""
    publish(archive)
    if json:
        json_line(request_json(one, today_of(archive)))
        return
    out().print(
        f"第{one.id}号申请 request {one.id}：{KIND_NAMES[one.kind][0]}，{masked_name(one.name)} {one.masked}，"
        f"{STATE_NAMES[one.state][0]} {one.state}，答复期限 due {one.due_on}",
        highlight=False,
    )


def show(archive: Archive, one: Request, *, json: bool) -> None:
    """Print the request with everything that is held of the person."""
    found = holdings(archive, one)
    today = today_of(archive)
    if json:
        with archive.engine.begin() as connection:
            restricted = restrictions.of_request(connection, one.id)
        json_line(shown_json(one, today, found, restricted))
        return
    tell(archive, one, json=False)
    _list(archive, found)


def _list(archive: Archive, found: Sequence[Holding]) -> None:
    names = archive.rules.taxonomy.categories
    columns = ["编号", "查得", "确认", "类别", "文种", "文件日期", "客户档案", "保管", "他人", "状态"]
    grid = table(f"所涉文件 Records: {len(found)}", columns)
    for one in found:
        what = (names.get(one.category, one.category), one.kind, str(one.dated or "—"), one.dossier)
        others = f"至少 {one.others} 人，须遮盖" if one.others else ""
        where = WHERE_NAMES[one.where][0] + ("，借出" if one.lent else "")
        grid.add_row(
            one.dms_id, HOW_NAMES[one.how][0], _ITEM_STATES[one.state], *what, one.until_zh, others, where
        )
    out().print(grid)
    if in_dossiers(found):
        out().print(f"所在档案 in dossiers: {'、'.join(in_dossiers(found))}", highlight=False)
