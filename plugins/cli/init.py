"""`dossier init`: teach the DMS the words that filing needs."""

from __future__ import annotations

from typing import Annotated

import typer

from plugins.cli.printing import json_line, out, table
from plugins.cli.starting import Json, load_settings, make_inbox
from plugins.wiring import open_archive, vocabulary
from retention.dms import Change

EXAMPLES = "例 Example: `dossier init --dry-run`, then `dossier init`"

_SORTS = {
    "category": "类别",
    "kind": "文种",
    "level": "密级",
    "state": "状态",
    "field": "字段",
    "group": "用户组",
    "view": "视图",
    "storage path": "存储路径",
}


def command(
    json: Json = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说明将做什么。Only tell.")] = False,
) -> None:
    """建立类别、文种、密级、字段、用户组、视图，可重复运行。Prepare the DMS for the archive; safe to run twice."""
    settings = load_settings()
    first = not (settings.home / "dossier-pepper").exists()
    with open_archive(settings) as archive:
        if not dry_run:
            make_inbox(settings, named=first)
            settings.set_aside_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        changes = archive.dms.prepare(vocabulary(archive.rules), dry_run=dry_run)
        cautions = archive.dms.cautions()
    if json:
        for change in changes:
            json_line({"action": change.action, "sort": change.sort, "name": change.name, "dry_run": dry_run})
        for one in cautions:
            json_line({"action": "caution", "name": one.name, "detail": one.detail, "remedy": one.remedy})
        return
    _tell(changes, dry_run=dry_run)
    for one in cautions:
        out().print(f"注意 caution {one.name}: {one.detail}\n    → {one.remedy}", style="yellow")
    if not dry_run:
        out().print(f"扫描文件夹 inbox: {settings.inbox_folder}", soft_wrap=True)
        if not settings.inbox_folder.is_dir():
            out().print(
                "    → 尚无此文件夹：共享请先挂载，否则请自行建立。It is not there: mount its share, or make it yourself",
                style="yellow",
                soft_wrap=True,
            )


def _tell(changes: tuple[Change, ...], *, dry_run: bool) -> None:
    made = [change for change in changes if change.action == "create"]
    shared = [change for change in changes if change.action == "share"]
    grid = table("将新建 would make" if dry_run else "已新建 made", ["种类", "名称"])
    for change in made:
        grid.add_row(_SORTS.get(change.sort, change.sort), change.name)
    if made:
        out().print(grid)
    if shared:
        names = "、".join(change.name for change in shared)
        out().print(
            f"{'将向' if dry_run else '已向'}各密级用户组开放 shown to the groups of the levels: {names}"
        )
    kept = len(changes) - len(made) - len(shared)
    out().print(f"新建 {len(made)} 项，已有 {kept} 项未改动。Made {len(made)}, left {kept} as they were.")
