"""`dossier dossiers`: the households, what lies in each, and what waits to be put into one."""

from __future__ import annotations

from typing import Annotated

import typer

from plugins.cli import dossiers_check
from plugins.cli.eyes import EyesOf, eyes_of
from plugins.cli.printing import err, json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.exit_codes import ExitCode
from plugins.households.dossiers import Shown, listed, shown
from plugins.households.dossiers_json import (
    assigned_json,
    listed_json,
    merged_json,
    shown_json,
    unassigned_json,
)
from plugins.households.merging import merge
from plugins.households.unassigned import assign, unassigned
from plugins.masking import mask_id_numbers
from plugins.wiring import open_archive
from retention.households.joining import NUMBER_NAMES

app = typer.Typer(
    help="客户档案：目录、内容、缺件、待归户、归户、合并。Dossiers: list, show, check, unassigned, assign, merge.",
    no_args_is_help=True,
)
Who = Annotated[str, typer.Option("--by", help="决定人。Who decides.")]


@app.command("list", epilog="例 Example: `dossier dossiers list`, `dossier dossiers list --merged --json`")
def list_command(
    json: Json = False,
    merged: Annotated[
        bool, typer.Option("--merged", help="连同已并入他档的。Also those merged into another.")
    ] = False,
    clearance: EyesOf = "",
) -> None:
    """列出客户档案及其密级（取其文件中最高者）。List the dossiers, each with its level: the highest of its records."""
    with open_archive(load_settings()) as archive:
        found = listed(archive, eyes_of(archive, clearance), merged=merged)
    if json:
        for one in found:
            json_line(listed_json(one))
        return
    grid = table(
        f"客户档案 Dossiers: {len(found)}", ["档案", "客户", "密级", "件数", "待核", "待归户", "备注"]
    )
    for one in found:
        home = one.dossier
        note = (
            f"已并入 {home.merged_into}" if home.merged_into else "暂定：项目不明" if home.provisional else ""
        )
        note += "（合并中断，请重做一次 cut off）" if one.merging else ""
        counts = (str(count or "—") for count in (one.records, one.to_check, one.unassigned))
        grid.add_row(
            *map(mask_id_numbers, (home.key, home.customer)), one.level or "—", *counts, mask_id_numbers(note)
        )
    out().print(grid)


@app.command("show", epilog="例 Example: `dossier dossiers show 锦绣花园/3-2-1201`")
def show_command(
    key: Annotated[str, typer.Argument(metavar="KEY", help="档案，如 锦绣花园/3-2-1201。The dossier.")],
    json: Json = False,
    clearance: EyesOf = "",
) -> None:
    """一户档案：文件、所载编号、有关档案、合并情况。One dossier: records, numbers, related dossiers, mergers."""
    with open_archive(load_settings()) as archive:
        one = shown(archive, key, eyes_of(archive, clearance))
        names = archive.rules.taxonomy.categories
    if json:
        json_line(shown_json(one))
        return
    grid = table(
        f"客户档案 {mask_id_numbers(one.dossier.key)}", ["编号", "题名", "类别", "密级", "文件日期", "状态"]
    )
    for record in one.records:
        card = record.card
        states = [*(["待核"] if card.needs_review else []), *(["待归户"] if card.unassigned else [])]
        states += ["已移交"] if card.handed_over else []
        grid.add_row(
            record.dms_id,
            mask_id_numbers(card.title),
            names.get(card.category, card.category),
            card.confidentiality,
            str(card.document_date or "—"),
            "、".join(states) or "已归档",
        )
    out().print(grid)
    for line in _about(one):
        out().print(mask_id_numbers(line), highlight=False)


app.command("check", epilog=dossiers_check.EPILOG)(dossiers_check.command)


@app.command("unassigned", epilog="例 Example: `dossier dossiers unassigned --json`")
def unassigned_command(json: Json = False, clearance: EyesOf = "") -> None:
    """列出待归户的文件，及建议归入的档案和依据。List records without a certain dossier, with proposals and why."""
    with open_archive(load_settings()) as archive:
        found = unassigned(archive, eyes_of(archive, clearance))
    if json:
        for one in found:
            json_line(unassigned_json(one))
        return
    grid = table(f"待归户 Unassigned: {len(found)}", ["编号", "题名", "暂归", "原因", "建议归入", "依据"])
    for one in found:
        card = one.record.card
        first, *others = [
            (mask_id_numbers(each.key), mask_id_numbers("；".join(each.reasons))) for each in one.proposals
        ] or [("—", "—")]
        said = (card.title, card.dossier or "—", card.dossier_doubt)
        grid.add_row(one.record.dms_id, *map(mask_id_numbers, said), *first)
        for each in others:
            grid.add_row("", "", "", "", *each)
    out().print(grid)


@app.command(
    "assign", epilog="例 Example: `dossier dossiers assign 12 15 --dossier 锦绣花园/3-2-1201 --by 李静`"
)
def assign_command(
    numbers: Annotated[
        list[str], typer.Argument(metavar="ID...", help="系统编号。The records' numbers.", show_default=False)
    ],
    dossier: Annotated[str, typer.Option("--dossier", help="归入的档案。The dossier to put them into.")],
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")] = "",
    json: Json = False,
    clearance: EyesOf = "",
) -> None:
    """把文件归入一户，留下何人何时所定。Put records into a dossier; who and when is kept as a correction."""
    with open_archive(load_settings()) as archive:
        done = assign(archive, numbers, dossier, by, reason, eyes_of(archive, clearance))
    if json:
        for line in assigned_json(done):
            json_line(line)
    else:
        for one in done.done:
            out().print(
                f"{one.dms_id} 已归入 assigned to {mask_id_numbers(one.card.dossier)}", highlight=False
            )
        for number, why in done.failed:
            err.print(f"{number} 未归户 not assigned: {mask_id_numbers(why)}", highlight=False)
    if done.failed:
        raise typer.Exit(ExitCode.REFUSED)


@app.command(
    "merge",
    epilog="例 Example: `dossier dossiers merge 3-2-1201 锦绣花园/3-2-1201 --by 李静 --reason 同一户`",
)
def merge_command(
    source: Annotated[str, typer.Argument(metavar="FROM", help="并入他档的档案。The dossier that goes.")],
    target: Annotated[str, typer.Argument(metavar="INTO", help="接收的档案。The dossier that stays.")],
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why they are one household.")],
    json: Json = False,
    clearance: EyesOf = "",
) -> None:
    """把一户档案并入另一户；中断后重做一次即可完成。Merge one dossier into another; run it again if it was cut off."""
    with open_archive(load_settings()) as archive:
        eyes = eyes_of(archive, clearance)
        for key in (source, target):
            shown(archive, key, eyes)
        done = merge(archive, source, target, by, reason)
    if json:
        json_line(merged_json(done))
    else:
        told = f"{source} 已并入 {target}：移动 {len(done.moved)} 件 records moved: {len(done.moved)}"
        out().print(mask_id_numbers(told), highlight=False)
        for number, why in done.failed:
            err.print(f"{number} 未移动，请重做一次 not moved, run it again: {why}", highlight=False)
    if done.failed:
        raise typer.Exit(ExitCode.REFUSED)


def _about(one: Shown) -> list[str]:
    numbers = dict.fromkeys(f"{NUMBER_NAMES.get(name, name)} {value}" for name, value, _ in one.numbers)
    lines = [f"密级 level: {one.level or '—'}；客户 customer: {one.dossier.customer or '—'}"]
    if numbers:
        lines.append(f"所载编号 numbers: {'、'.join(numbers)}")
    lines += one.reasons
    if one.merged_from:
        lines.append(f"已并入本档 merged into this one: {'、'.join(one.merged_from)}")
    if one.dossier.merged_into:
        cut_off = one.merge is not None and not one.merge.done_at
        end = "（中断，请重做一次 cut off, run it again）" if cut_off else ""
        lines.append(f"已并入 merged into: {one.dossier.merged_into}{end}")
    return lines
