"""`dossier requests answer, copy, correct, restrict, lift, extend, refuse, close`: how a request ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from plugins.cli.printing import err, json_line, out
from plugins.cli.request_shown import Number, Records, Who, done, show, tell
from plugins.cli.starting import Json, load_settings
from plugins.exit_codes import ExitCode
from plugins.keeping.publishing import publish
from plugins.requests import answering, copying, deleting, handling, restricting
from plugins.teaching.correcting import Wanted
from plugins.wiring import open_archive

app = typer.Typer()
Reason = Annotated[str, typer.Option("--reason", help="理由。Why.")]


@app.command(
    "answer",
    epilog="例 Example: `dossier requests answer 1 --words 详见所附清单 --output answer.pdf --by 李静`",
)
def answer_command(
    number: Number,
    by: Who,
    words: Annotated[str, typer.Option("--words", help="答复内容。The answer, in words.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="html、pdf 或 xlsx，默认 HOME/reports/。Where to.")
    ] = None,
    despite_hints: Annotated[
        str,
        typer.Option("--despite-hints", help="线索未核实而仍答复的理由。Why it is answered all the same."),
    ] = "",
    json: Json = False,
) -> None:
    """出具告知书并登记已答复；不载他人姓名号码。Write the answer's sheet; it names nobody else."""
    with open_archive(load_settings()) as archive:
        place = output or archive.settings.home / "reports" / f"request-{number}.html"
        one = done(
            lambda: answering.answer(
                archive, number, by=by, words=words, output=place, despite_hints=despite_hints
            )
        )
        tell(archive, one, json=json)
    hints = sum(each.state == "hint" for each in one.items)
    if hints:
        err.print(
            f"尚有 {hints} 件线索未核实，未列入告知书：见 requests show {number}，属实的请另行补充答复。"
            f"{hints} hints were not looked at and are not on the sheet: see requests show {number}, and tell of those that "
            "are his",
            style="yellow",
        )
    if not json:
        out().print(f"已写入 written: {place}", soft_wrap=True, highlight=False)


@app.command(
    "copy",
    epilog="例 Example: `dossier requests copy 1 --to copies-1 --by 李静`, with `--include 12 --reason 已遮盖他人信息`",
)
def copy_command(
    number: Number,
    to: Annotated[Path, typer.Option("--to", help="新文件夹。A new folder.")],
    by: Who,
    include: Annotated[
        list[str] | None, typer.Option("--include", help="载有他人信息而仍提供的文件。Papers with others.")
    ] = None,
    reason: Reason = "",
    json: Json = False,
) -> None:
    """复制不涉他人的文件，附机读清单。Copy the papers that hold nobody else's data, with a list for programs."""
    with open_archive(load_settings()) as archive:
        ended = done(lambda: copying.copy(archive, number, to, include or (), by=by, reason=reason))
        publish(archive)
    if json:
        left = [{"id": dms_id, "reason": why} for dms_id, why in ended.left_out]
        json_line({"request": number, "folder": str(to), "copies": list(ended.copies), "left_out": left})
        return
    out().print(f"已复制 copied {len(ended.copies)} → {to}", highlight=False, soft_wrap=True)
    for dms_id, why in ended.left_out:
        out().print(f"✗ {dms_id}：{why}", highlight=False)


@app.command(
    "correct",
    epilog="例 Example: `dossier requests correct 1 --record 12 --kind 补充协议 --reason 文种有误 --by 李静`",
)
def correct_command(
    number: Number,
    record: Annotated[str, typer.Option("--record", help="文件。Which record.")],
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。What was wrong.")],
    kind: Annotated[str | None, typer.Option("--kind", help="正确的文种。The right kind.")] = None,
    level: Annotated[str | None, typer.Option("--level", help="正确的密级。The right level.")] = None,
    dossier: Annotated[
        str | None, typer.Option("--dossier", help="正确的客户档案。The right dossier.")
    ] = None,
    json: Json = False,
) -> None:
    """按申请更正，与 correct 同。Correct a record's labels for a request, as `correct` does."""
    with open_archive(load_settings()) as archive:
        wanted = Wanted(kind, level, dossier)
        done(lambda: handling.correct_record(archive, number, record, wanted, by=by, reason=reason))
        tell(archive, handling.show(archive, number), json=json)


@app.command("restrict", epilog="例 Example: `dossier requests restrict 1 --by 李静 --reason 申请删除`")
def restrict_command(
    number: Number,
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    record: Records = None,
    json: Json = False,
) -> None:
    """删除：先限制处理，期满者提请鉴定销毁。Deletion: restrict at once, propose what is due to be appraised."""
    with open_archive(load_settings()) as archive:
        ended = done(lambda: deleting.delete(archive, number, record or (), by=by, reason=reason))
        one = handling.show(archive, number)
        show(archive, one, json=json)
        publish(archive)
    if not json:
        batch = f"，期满者列入第{ended.batch.id}号鉴定 in appraisal {ended.batch.id}" if ended.batch else ""
        out().print(f"已限制处理 restricted {len(ended.restricted)} 件{batch}", highlight=False)
        if ended.left:
            out().print(
                f"未处理（载有他人信息，须写明 --record）left, others are on them: {'、'.join(ended.left)}",
                highlight=False,
            )
    _tell_failed(ended.failed)


@app.command("lift", epilog="例 Example: `dossier requests lift 1 --record 12 --by 李静 --reason 申请人撤回`")
def lift_command(
    number: Number,
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    record: Records = None,
    json: Json = False,
) -> None:
    """解除限制，恢复可见。Lift the restriction: in sight again, unless something else hides it."""
    with open_archive(load_settings()) as archive:
        ended = done(lambda: restricting.lift(archive, number, record or (), by=by, reason=reason))
        show(archive, handling.show(archive, number), json=json)
        publish(archive)
    _tell_failed(ended.failed)


@app.command(
    "extend", epilog="例 Example: `dossier requests extend 1 --until 2026-12-31 --by 李静 --reason 文件众多`"
)
def extend_command(
    number: Number,
    until: Annotated[
        datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="至何日。Until which day.")
    ],
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    json: Json = False,
) -> None:
    """延长答复期限，一次为限。Give the answer more time, once."""
    with open_archive(load_settings()) as archive:
        one = done(lambda: handling.extend(archive, number, until.date(), by=by, reason=reason))
        tell(archive, one, json=json)


@app.command("refuse", epilog="例 Example: `dossier requests refuse 1 --by 李静 --reason 无法核实身份`")
def refuse_command(
    number: Number,
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由，须告知申请人。Why; the person is told.")],
    json: Json = False,
) -> None:
    """拒绝，写明理由。Refuse it, with the reason."""
    with open_archive(load_settings()) as archive:
        tell(archive, done(lambda: handling.refuse(archive, number, by=by, reason=reason)), json=json)


@app.command("close", epilog="例 Example: `dossier requests close 1 --by 李静`")
def close_command(number: Number, by: Who, json: Json = False) -> None:
    """办结。Nothing follows any more."""
    with open_archive(load_settings()) as archive:
        tell(archive, done(lambda: handling.close(archive, number, by=by)), json=json)


def _tell_failed(failed: Sequence[tuple[str, str]]) -> None:
    for dms_id, why in failed:
        print(f"dossier: {dms_id}: {why}", file=sys.stderr)
    if failed:
        raise typer.Exit(ExitCode.REFUSED)
