"""`dossier dossiers check`: which papers the dossiers lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Annotated

import typer

from plugins.cli.eyes import EyesOf, eyes_of
from plugins.cli.printing import err, json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.exit_codes import ExitCode
from plugins.households.completeness import Checked, check, check_one, required_papers
from plugins.households.dossiers_json import checked_json
from plugins.masking import mask_id_numbers
from plugins.wiring import open_archive
from retention.households.completeness import Finding, Verdict

EPILOG = "例 Example: `dossier dossiers check`, `dossier dossiers check 锦绣花园/3-2-1201 --json`"

_IN_A_TABLE = 200
"""Dossiers in one table: a table is laid out as a whole before its first line is printed."""
_LACKING: tuple[Verdict, ...] = ("missing", "perhaps")
_NAMES: dict[Verdict, str] = {
    "missing": "缺件",
    "perhaps": "待核",
    "not-yet": "未到期",
    "handed-over": "已移交",
    "destroyed": "已销毁",
}


@dataclass
class _Counted:
    """How many dossiers were looked at, and how many of them lack something, or perhaps do."""

    dossiers: int = 0
    papers: Counter[Verdict] = field(default_factory=Counter)
    lacking: Counter[Verdict] = field(default_factory=Counter)

    def wanting(self, checked: Iterable[Checked]) -> Iterator[Checked]:
        """Those that lack something, or perhaps do; all are counted."""
        for one in checked:
            self.dossiers += 1
            for verdict in _LACKING:
                found = len(one.those(verdict))
                self.papers[verdict] += found
                self.lacking[verdict] += found > 0
            if one.those(*_LACKING):
                yield one


def command(
    key: Annotated[
        str,
        typer.Argument(
            metavar="DOSSIER", help="只查这一户，如 锦绣花园/3-2-1201。One dossier.", show_default=False
        ),
    ] = "",
    json: Json = False,
    clearance: EyesOf = "",
) -> None:
    """核对一户一档是否齐全：缺哪些材料、为何应有。Which papers the dossiers lack, and why they must be there."""
    counted = _Counted()
    with open_archive(load_settings()) as archive:
        eyes = eyes_of(archive, clearance)
        if key:
            one = check_one(archive, key, eyes)
            list(counted.wanting([one]))
            if json:
                json_line(checked_json(one))
            else:
                _tell_one(key, one)
        else:
            found = counted.wanting(check(archive, eyes))
            if json:
                for each in found:
                    json_line(checked_json(each))
            else:
                _tell_all(found)
                out().print(_sum(counted), highlight=False)
        if not json and required_papers(archive).example:
            err.print(
                "所依据的应有材料清单是随附的示例，请审定后用 DOSSIER_REQUIRED_PAPERS 指定。"
                "This went by the example list that ships: make your own and name it by DOSSIER_REQUIRED_PAPERS",
                style="yellow",
            )
    if counted.papers["missing"]:
        raise typer.Exit(ExitCode.REFUSED)


def _tell_all(found: Iterator[Checked]) -> None:
    while some := list(islice(found, _IN_A_TABLE)):
        grid = table("缺件核对 Missing papers", ["档案", "客户", "情况", "材料", "原因"])
        for one in some:
            names = [mask_id_numbers(one.dossier.key), mask_id_numbers(one.dossier.customer)]
            for each in one.those(*_LACKING):
                grid.add_row(*names, _NAMES[each.verdict], each.requirement.name_zh, _why(each))
                names = ["", ""]
        out().print(grid)


def _tell_one(asked: str, one: Checked) -> None:
    home = one.dossier
    if home.key != asked:
        told = f"{asked} 已并入 {home.key}，以下为后者。merged into that one, which is shown"
        out().print(mask_id_numbers(told), highlight=False)
    if one.findings:
        title = mask_id_numbers(f"缺件核对 {home.key} {home.customer}")
        grid = table(title, ["情况", "材料", "原因", "依据"])
        for each in one.findings:
            row = each.requirement
            grid.add_row(_NAMES[each.verdict], row.name_zh, _why(each), row.authority)
        out().print(grid)
    if not one.those(*_LACKING):
        told = f"{home.key} 无缺件（共 {one.records} 件）。Nothing is missing ({one.records} records)."
        out().print(mask_id_numbers(told), highlight=False)


def _sum(counted: _Counted) -> str:
    if not counted.lacking.total():
        return f"客户档案 {counted.dossiers} 户，无缺件。{counted.dossiers} dossiers, nothing is missing."
    lacking, papers = counted.lacking, counted.papers
    return (
        f"客户档案 {counted.dossiers} 户：缺件 {lacking['missing']} 户 {papers['missing']} 项，待核 {lacking['perhaps']} 户 "
        f"{papers['perhaps']} 项。{counted.dossiers} dossiers: {lacking['missing']} lack {papers['missing']} papers, "
        f"{lacking['perhaps']} perhaps {papers['perhaps']}."
    )


def _why(one: Finding) -> str:
    why = one.because_zh
    if one.due:
        why += f"，应于 {one.due} 前归档" + ("" if one.verdict == "not-yet" else "，已逾期")
    if one.verdict == "destroyed" and one.gone_on:
        why += f"，{one.gone_on} 销毁"
    return f"{why}（系统编号 {'、'.join(one.papers)}）" if one.papers else why
