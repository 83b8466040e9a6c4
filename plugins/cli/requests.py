"""`dossier requests`: what people ask about their personal data, from the letter to the answer. ID numbers are typed unseen, or
come on standard input, never as a word of the command.
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from plugins.cli import request_ends
from plugins.cli.printing import json_line, out, table
from plugins.cli.request_shown import Number, Records, Who, done, show, tell
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.exit_codes import ExitCode
from plugins.keeping.appraising import today_of
from plugins.keeping.publishing import publish
from plugins.requests import finding, handling, restricting
from plugins.requests.request_json import request_json
from plugins.wiring import open_archive
from retention.requests import requests
from retention.requests.request import (
    KIND_NAMES,
    REQUEST_KINDS,
    STATE_NAMES,
    ItemState,
    masked_name,
)

app = typer.Typer(
    help="个人信息申请：查阅复制、更正、删除、撤回同意、转移。Personal-data requests, from letter to answer.",
    no_args_is_help=True,
)


@app.command(
    "open",
    epilog="例 Example: `dossier requests open --kind access --name 周文海 --channel 来函 --by 李静` （证件号码另行输入）",
)
def open_command(
    kind: Annotated[str, typer.Option("--kind", help=f"{'、'.join(REQUEST_KINDS)}。")],
    name: Annotated[str, typer.Option("--name", help="申请人姓名。Who asks.")],
    channel: Annotated[str, typer.Option("--channel", help="来函、来访、邮件等。How it came.")],
    by: Who,
    words: Annotated[str, typer.Option("--words", help="所请内容。What is asked, in words.")] = "",
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="收到日，默认今日。When it came.")
    ] = None,
    json: Json = False,
) -> None:
    """受理申请并开始计时；证件号码不显示、不保存。A request came in: the clock runs. The ID number is not kept."""
    found = next((one for one in REQUEST_KINDS if one == kind), None)
    if found is None:
        raise BadWord(
            f"--kind: 没有这种申请 there is no kind {kind!r}; choose from {', '.join(REQUEST_KINDS)}"
        )
    with open_archive(load_settings()) as archive:
        number = _id_number(name)
        came = on.date() if on else None
        one = done(
            lambda: handling.receive(
                archive, found, name, number, channel=channel, by=by, words=words, received_on=came
            )
        )
        tell(archive, one, json=json)


@app.command("check", epilog="例 Example: `dossier requests check 1 --how 当面核对身份证原件 --by 李静`")
def check_command(
    number: Number,
    how: Annotated[str, typer.Option("--how", help="如何核验。How it was checked.")],
    by: Who,
    json: Json = False,
) -> None:
    """登记身份已核验。The identity of who asks was checked."""
    with open_archive(load_settings()) as archive:
        tell(archive, done(lambda: handling.check(archive, number, how=how, by=by)), json=json)


@app.command("find", epilog="例 Example: `dossier requests find 1 --by 李静` （再输证件号码，空则只查登记）")
def find_command(number: Number, by: Who, json: Json = False) -> None:
    """按证件号码跨档案查找，同名及文字所载为线索。Find the person by number; names and texts are hints."""
    with open_archive(load_settings()) as archive:
        typed = _id_number(masked_name(done(lambda: handling.show(archive, number)).name))
        found = done(lambda: finding.find(archive, number, typed, by=by))
        show(archive, found.request, json=json)
    if not found.whole:
        print(
            "dossier: 线索过多，未列全：请缩小范围。Too many hints to list them all",
            file=sys.stderr,
        )


@app.command(
    "confirm", epilog="例 Example: `dossier requests confirm 1 --record 12 --by 李静`, with `--not-his`"
)
def confirm_command(
    number: Number,
    by: Who,
    record: Records = None,
    not_his: Annotated[
        bool, typer.Option("--not-his", help="并非其本人。They are not of this person.")
    ] = False,
    json: Json = False,
) -> None:
    """看过原件后，确认线索是否其本人。Say of records, having looked at them, whether they are of this person."""
    state: ItemState = "rejected" if not_his else "confirmed"
    with open_archive(load_settings()) as archive:
        one = done(lambda: handling.judge(archive, number, record or (), state, by=by))
        show(archive, one, json=json)
        publish(archive)


@app.command("list", epilog="例 Example: `dossier requests list`, `dossier requests list --closed --json`")
def list_command(
    closed: Annotated[bool, typer.Option("--closed", help="连同已办结的。Also closed ones.")] = False,
    json: Json = False,
) -> None:
    """列出申请，先到期者在前；有逾期则退出码为 3。List requests; exit code 3 where one is overdue."""
    with open_archive(load_settings()) as archive:
        today = today_of(archive)
        with archive.engine.begin() as connection:
            found = requests.every(connection, closed=closed)
            late = requests.overdue(connection, today)
    if json:
        for one in found:
            json_line(request_json(one, today))
    else:
        grid = table(
            f"申请 Requests: {len(found)}", ["号", "事项", "申请人", "证件", "收到", "期限", "状态", "时限"]
        )
        for one in found:
            clock = (
                f"逾期 {one.days_late(today)} 天"
                if one.days_late(today)
                else "将到期 soon"
                if one.warns(today)
                else ""
            )
            who = (KIND_NAMES[one.kind][0], masked_name(one.name), one.masked)
            days = (str(one.received_on), str(one.due_on))
            grid.add_row(str(one.id), *who, *days, STATE_NAMES[one.state][0], clock)
        out().print(grid)
    if late:
        raise typer.Exit(ExitCode.REFUSED)


@app.command("show", epilog="例 Example: `dossier requests show 1 --json`")
def show_command(number: Number, json: Json = False) -> None:
    """一件申请：所涉文件、限制、期限。One request: records, restrictions, days."""
    with open_archive(load_settings()) as archive:
        restricting.finish(archive)
        show(archive, done(lambda: handling.show(archive, number)), json=json)


def _id_number(name: str) -> str:
    """Typed unseen on a terminal; else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    words = f"{name} 的证件号码 ID number"
    return str(typer.prompt(words, hide_input=True, default="", show_default=False, err=True)).strip()


app.add_typer(request_ends.app)
