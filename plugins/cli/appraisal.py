"""`dossier appraisal`: what is due becomes a batch, people decide in it, somebody else approves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from plugins.cli.printing import json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.exit_codes import ExitCode
from plugins.keeping import appraising, reporting
from plugins.keeping.publishing import publish
from plugins.keeping.report_files import formats_of, write
from plugins.wiring import open_archive
from retention.appraising import appraisals
from retention.appraising.appraisal import (
    AGREEMENTS,
    DECISION_NAMES,
    DECISIONS,
    SIDE_NAMES,
    SIDES,
    Appraisal,
    Item,
    counts,
)
from retention.appraising.appraisal_json import appraisal_json
from retention.errors import BadAppraisal
from retention.record import by_number

app = typer.Typer(
    help="鉴定：到期文件成批，逐件决定，他人批准。Appraisal: propose, decide, approve.", no_args_is_help=True
)
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="批次号。The batch's number.")]
Who = Annotated[str, typer.Option("--by", help="经办人。Who does it.")]
_Word = TypeVar("_Word", bound=str)


@app.command(
    "propose", epilog="例 Example: `dossier appraisal propose --by 李静`, with `--category sales --most 200`"
)
def propose_command(
    by: Who,
    category: Annotated[str, typer.Option("--category", help="只取此类别。Only this category.")] = "",
    most: Annotated[int, typer.Option("--most", min=0, help="至多几件，0 为全部。At most so many.")] = 0,
    json: Json = False,
) -> None:
    """将今日到期而不在他批的文件列为一批。Make a batch of what is due today and in no other batch."""
    with open_archive(load_settings()) as archive:
        names = archive.rules.taxonomy.categories
        if category and category not in names:
            raise BadWord(
                f"--category: 没有这个类别 there is no category {category!r}; choose from {', '.join(names)}"
            )
        found = _do(lambda: appraising.put_up(archive, by, category, most))
        publish(archive)
        batch = appraising.show(archive, found.id) if found and json else None
    if batch is not None:
        _tell(batch, json=True, said="已提出 proposed")
    elif found is not None:
        told = f"{found.items} 件：未决定 {found.items}，其中暂缓 blocked {found.blocked}"
        out().print(
            f"已提出 proposed：第{found.id}号鉴定 appraisal {found.id}（办理中 open）{told}", highlight=False
        )
    elif not json:
        out().print("没有应鉴定的文件 nothing is due that is in no batch", highlight=False)


@app.command("list", epilog="例 Example: `dossier appraisal list --json`")
def list_command(json: Json = False) -> None:
    """列出各批。List the batches."""
    with open_archive(load_settings()) as archive, archive.engine.begin() as connection:
        found = appraisals.every(connection)
    if json:
        for one in found:
            json_line(appraisal_json(one, items=False))
        return
    grid = table(f"鉴定 Appraisals: {len(found)}", ["批次", "基准日", "提出人", "状态", "批准人"])
    for one in found:
        grid.add_row(str(one.id), str(one.as_of), one.proposed_by, _state(one), one.approved_by)
    out().print(grid)


@app.command("show", epilog="例 Example: `dossier appraisal show 1 --json`")
def show_command(number: Number, json: Json = False) -> None:
    """一批的各件、决定与意见。One batch with items, decisions and opinions."""
    with open_archive(load_settings()) as archive:
        batch = appraising.show(archive, number)
    if json:
        json_line(appraisal_json(batch))
        return
    grid = table(_title(batch), ["编号", "题名", "客户档案", "规则", "到期日", "暂缓", "决定"])
    for one in sorted(batch.items, key=lambda each: by_number(each.dms_id)):
        grid.add_row(*_cells(one))
    out().print(grid)
    for side in SIDES:
        said = batch.opinion_of(side)
        words = f"{said.who} {said.opinion} {said.words}" if said else "尚未会签 has not spoken"
        out().print(f"{SIDE_NAMES[side][0]}：{words}", highlight=False)


@app.command(
    "decide",
    epilog="例 Example: `dossier appraisal decide 1 --decision extend --until 2030-12-31 --record 12 --by 李静 --reason 仍有查询需要`",
)
def decide_command(
    number: Number,
    decision: Annotated[str, typer.Option("--decision", help=f"{'、'.join(DECISIONS)}。")],
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    record: Annotated[
        list[str] | None,
        typer.Option("--record", help="文件，可多次；不写为全部未决定者。Which; else all undecided."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], help="延期至，含当日。Extended until, inclusive."),
    ] = None,
    json: Json = False,
) -> None:
    """逐件决定；有未了事项者不得决定销毁。Decide items; what is blocked can't be decided to be destroyed."""
    word = _one_of(decision, DECISIONS, "--decision")
    with open_archive(load_settings()) as archive:
        day = until.date() if until else None
        done = _do(
            lambda: appraising.decide(archive, number, record or (), word, by=by, reason=reason, until=day)
        )
        publish(archive)
    if json:
        refused = [
            {
                "id": one,
                "blocks": [{"code": each.code, "zh": each.reason_zh, "en": each.reason_en} for each in those],
            }
            for one, those in done.refused
        ]
        json_line(appraisal_json(done.batch) | {"refused": refused})
    else:
        _tell(done.batch, json=False, said="已记录 noted")
        for one, those in done.refused:
            out().print(f"✗ {one}：{those[0].reason_zh} {those[0].reason_en}", highlight=False)
    if done.refused:
        raise typer.Exit(ExitCode.REFUSED)


@app.command(
    "opinion",
    epilog="例 Example: `dossier appraisal opinion 1 --side department --department 销售部 --opinion agree --by 王芳`",
)
def opinion_command(
    number: Number,
    side: Annotated[str, typer.Option("--side", help=f"{'、'.join(SIDES)}。Who speaks.")],
    opinion: Annotated[str, typer.Option("--opinion", help=f"{'、'.join(AGREEMENTS)}。")],
    by: Who,
    department: Annotated[str, typer.Option("--department", help="归档部门名称。Which department.")] = "",
    words: Annotated[str, typer.Option("--words", help="意见内容。In words.")] = "",
    json: Json = False,
) -> None:
    """档案部门与归档部门会签。The opinions of archive and owning department on the decisions."""
    whose, said = _one_of(side, SIDES, "--side"), _one_of(opinion, AGREEMENTS, "--opinion")
    with open_archive(load_settings()) as archive:
        batch = _do(
            lambda: appraising.opine(archive, number, whose, said, by=by, department=department, words=words)
        )
        publish(archive)
    _tell(batch, json=json, said="已会签 spoken")


@app.command("approve", epilog="例 Example: `dossier appraisal approve 1 --by 赵敏`")
def approve_command(
    number: Number,
    by: Who,
    note: Annotated[str, typer.Option("--note", help="批示。A note.")] = "",
    json: Json = False,
) -> None:
    """批准：须由提出人以外的人。Approve the batch: somebody else than the proposer."""
    with open_archive(load_settings()) as archive:
        batch = _do(lambda: appraising.approve(archive, number, by=by, note=note))
        publish(archive)
    _tell(batch, json=json, said="已批准 approved")


@app.command("withdraw", epilog="例 Example: `dossier appraisal withdraw 1 --by 李静 --reason 范围有误`")
def withdraw_command(
    number: Number,
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    json: Json = False,
) -> None:
    """撤回未批准的批次，文件可另行提出。Take an open batch back; its records may be proposed anew."""
    with open_archive(load_settings()) as archive:
        batch = _do(lambda: appraising.withdraw(archive, number, by=by, reason=reason))
        publish(archive)
    _tell(batch, json=json, said="已撤回 withdrawn")


@app.command("report", epilog="例 Example: `dossier appraisal report 1 --format html,pdf`")
def report_command(
    number: Number,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写入此文件，默认 HOME/reports/。Where to write it.")
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", help="html、pdf、xlsx，可并列，默认 html。Which, as html,pdf.")
    ] = "",
    made_by: Annotated[str, typer.Option(help="编制人。Who made it.")] = "",
    json: Json = False,
) -> None:
    """档案鉴定报告，同 report appraisal。The appraisal report, to be signed."""
    wanted = formats_of(formats, output)
    with open_archive(load_settings()) as archive:
        frame = reporting.frame_of(archive, made_by)
        if json:
            batch = appraising.show(archive, number)
            json_line(appraisal_json(batch) | {"register_head": vars(frame.register_head)})
            return
        report = reporting.appraisal(archive, number, frame, reporting.eyes_of(archive))
        for place in write(archive, report, wanted, output):
            out().print(f"已写入 written: {place}", soft_wrap=True, highlight=False)


def _one_of(word: str, words: tuple[_Word, ...], option: str) -> _Word:
    found = next((one for one in words if one == word), None)
    if found is None:
        raise BadWord(f"{option}: 没有这个词 there is no {word!r}; choose from {', '.join(words)}")
    return found


_Given = TypeVar("_Given")


def _do(act: Callable[[], _Given]) -> _Given:
    try:
        return act()
    except BadAppraisal as error:
        raise BadWord(str(error)) from error


def _tell(batch: Appraisal, *, json: bool, said: str) -> None:
    if json:
        json_line(appraisal_json(batch))
    else:
        out().print(f"{said}：{_title(batch)}", highlight=False)


def _title(batch: Appraisal) -> str:
    tally = counts(batch.items)
    told = "，".join(f"{DECISION_NAMES[name][0]} {tally[name]}" for name in DECISIONS if tally[name])
    left = f"未决定 {tally['undecided']}" if tally["undecided"] else ""
    return f"第{batch.id}号鉴定 appraisal {batch.id}（{_state(batch)}）{len(batch.items)} 件：{'，'.join(filter(None, (told, left)))}"


def _state(batch: Appraisal) -> str:
    return (
        "已批准 approved"
        if batch.approved_at
        else "已撤回 withdrawn"
        if batch.withdrawn_at
        else "办理中 open"
    )


def _cells(one: Item) -> tuple[str, ...]:
    decided = f"{DECISION_NAMES[one.decision][0]} {one.kept_until or ''}" if one.decision else ""
    blocks = "；".join(each.reason_zh for each in one.blocks)
    return one.dms_id, one.title, one.dossier, one.rule, str(one.retain_until), blocks, decided
