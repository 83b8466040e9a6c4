"""`dossier schedule`: the disposition schedule, what is doubtful in it, and what a change means for kept records."""

from __future__ import annotations

from typing import Annotated

import typer

from plugins.cli.printing import err, json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.exit_codes import ExitCode
from plugins.keeping.keeping_json import change_json, proposal_json, schedule_json
from plugins.keeping.publishing import publish
from plugins.keeping.rescheduling import Proposal, propose, take
from plugins.keeping.ruled import faults
from plugins.masking import mask_id_numbers
from plugins.wiring import open_archive, open_rules
from retention.periods.event import EVENT_NAMES
from retention.schedule.rule import DISPOSITION_NAMES, Rule
from retention.schedule.schedule_changes import Kept, ScheduleChange
from retention.schedule.trait import TRAIT_NAMES

app = typer.Typer(
    help="保管期限表：查看、检查、变更。The disposition schedule: show, check, diff, take.",
    no_args_is_help=True,
)


@app.command("show", epilog="例 Example: `dossier schedule show --json`")
def show_command(json: Json = False) -> None:
    """各条及其依据，先适用者在前。Its rows with their authority; the first that fits wins."""
    schedule = open_rules(load_settings()).schedule
    if json:
        json_line(schedule_json(schedule))
        return
    note = "（示例，须经本单位审定 EXAMPLE）" if schedule.example else ""
    title = f"{schedule.name_zh} {schedule.version} 版 {schedule.dated}{note}"
    grid = table(title, ["序", "规则", "期限", "起算", "处置", "适用", "依据"])
    for rule in schedule.rules.values():
        start = EVENT_NAMES[rule.cutoff][0] if rule.cutoff else "—"
        rolled = "，至年末" if rule.roll_to_year_end else ""
        grid.add_row(
            str(rule.order + 1),
            f"{rule.id} {rule.name_zh}",
            rule.period_zh + rolled,
            start,
            DISPOSITION_NAMES[rule.disposition][0],
            _meant(rule),
            rule.authority,
        )
    out().print(grid)


@app.command("check", epilog="例 Example: `dossier schedule check`")
def check_command(json: Json = False) -> None:
    """检查：无规则的文种、用不到的条目、写错的名称。Kinds without a rule, rows that nothing comes under, wrong names."""
    found = faults(open_rules(load_settings()))
    for zh, en in found:
        if json:
            json_line({"zh": zh, "en": en})
        else:
            out().print(f"{zh}。{en}", highlight=False)
    if not found and not json:
        out().print("未发现问题 nothing to look at", highlight=False)
    if found:
        raise typer.Exit(ExitCode.REFUSED)


@app.command("diff", epilog="例 Example: `dossier schedule diff`, `dossier schedule diff --json`")
def diff_command(json: Json = False) -> None:
    """现行表与在管文件所依版本的差异；不作任何变更。What would change for kept records; nothing is changed."""
    with open_archive(load_settings()) as archive:
        proposal = propose(archive)
    if json:
        json_line(proposal_json(proposal))
        return
    _print(proposal)


@app.command("take", epilog="例 Example: `dossier schedule take 3f9c1a2b4d5e --by 李静 --reason 2026年修订`")
def take_command(
    number: Annotated[
        str, typer.Argument(metavar="PROPOSAL", help="diff 给出的方案号。Its number, from diff.")
    ],
    by: Annotated[str, typer.Option("--by", help="决定人。Who decides.")],
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    json: Json = False,
) -> None:
    """采纳一个方案：在管文件改依现行表。Take a proposal: the records are kept under the schedule of today."""
    with open_archive(load_settings()) as archive:
        done = take(archive, number, by, reason)
        publish(archive)
    if json:
        for one in done.done:
            json_line(change_json(one))
    else:
        out().print(f"已采纳 taken: {len(done.done)}", highlight=False)
    for dms_id, why in done.failed:
        err.print(f"{dms_id} 未变更，请再次 diff not changed, see diff again: {why}", highlight=False)
    if done.failed:
        raise typer.Exit(ExitCode.REFUSED)


def _print(proposal: Proposal) -> None:
    changes = proposal.changes
    if not changes:
        out().print(f"与 {proposal.version} 版无差异 nothing would change", highlight=False)
        return
    grid = table(
        f"方案 Proposal {proposal.number}: {len(changes)}", ["编号", "题名", "现依", "将依", "理由", ""]
    )
    for one in changes:
        grid.add_row(*_cells(one))
    out().print(grid)
    out().print(
        f"采纳：dossier schedule take {proposal.number} --by 姓名 --reason 理由。To take it, say who and why",
        highlight=False,
    )


def _cells(one: ScheduleChange) -> tuple[str, ...]:
    words = (one.record.dms_id, one.record.card.title, _kept(one.was), _kept(one.becomes), one.match.why_zh)
    return tuple(map(mask_id_numbers, (*words, "期限缩短" if one.shorter else "")))


def _kept(one: Kept) -> str:
    if one.rule is None:
        return f"{one.version} 版：无规则"
    until = f"，至 {one.retain_until}" if one.retain_until else ""
    return f"{one.version} 版 {one.rule.id} {one.rule.period_zh}{until}"


def _meant(rule: Rule) -> str:
    told = [*rule.kinds, *rule.categories, *rule.series, *(TRAIT_NAMES[one][0] for one in rule.dossier_is)]
    told += [f"档案内有{name}" for name in rule.dossier_has]
    return "、".join(told) or "由文种指定"
