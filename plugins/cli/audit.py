"""`dossier audit`: is what lies in the DMS as it should be?"""

from __future__ import annotations

from typing import Annotated

import typer

from plugins.cli.printing import json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.exit_codes import ExitCode
from plugins.reconciling import reconcile
from plugins.rights_audit import audit_rights
from plugins.wiring import open_archive
from retention.dms import RightsFault

app = typer.Typer(help="核对文档系统。Check what lies in the DMS.", no_args_is_help=True)

_FAULTS = {
    "no-owner": "无所有者",
    "other-owner": "所有者不符",
    "seen-by-others": "多余的查看权",
    "changed-by-others": "多余的修改权",
    "not-seen": "缺少查看权",
    "not-changed": "缺少修改权",
    "share-link": "共享链接",
    "unknown-level": "密级不明",
    "damaged-card": "卡片损坏",
}


@app.command(epilog="例 Example: `dossier audit rights`, `dossier audit rights --repair`")
def rights(
    json: Json = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="改正本系统归档的文件。Mend the rights on records.")
    ] = False,
) -> None:
    """核对每份文件的权限是否与密级相符。Compare the rights on every document with its confidentiality."""
    with open_archive(load_settings()) as archive:
        faults = tuple(audit_rights(archive, repair=repair))
    if json:
        for one in faults:
            json_line(
                {
                    "id": one.dms_id,
                    "confidentiality": one.level,
                    "fault": one.fault,
                    "detail": one.detail,
                    "repaired": one.repaired,
                }
            )
    else:
        _tell(faults)
    if not all(one.repaired for one in faults):
        raise typer.Exit(ExitCode.REFUSED)


_WHATS = {
    "vanished": "已消失",
    "changed-id": "编号已变",
    "changed-bytes": "内容已变",
    "unreadable": "无法读取",
    "no-card": "卡片缺失",
    "unregistered": "登记簿无此件",
    "came-back": "已恢复",
}


@app.command(epilog="例 Example: `dossier audit dms`, `dossier audit dms --json`")
def dms(json: Json = False) -> None:
    """核对登记簿与文档系统：消失、复现、内容或编号改变，只记录不修复。Compare the register with what the DMS holds."""
    with open_archive(load_settings()) as archive:
        found = tuple(reconcile(archive))
    if json:
        for one in found:
            json_line(
                {
                    "id": one.dms_id,
                    "found": one.what,
                    "sha256": one.sha256,
                    "detail": one.detail,
                    "known": one.known,
                }
            )
    else:
        grid = table("登记簿与文档系统核对 Register and DMS", ["编号", "问题", "详情", "此前已知"])
        for one in found:
            grid.add_row(one.dms_id, f"{_WHATS[one.what]} {one.what}", one.detail, "✓" if one.known else "")
        if found:
            out().print(grid)
        wrong = sum(one.wrong for one in found)
        out().print(f"发现 {wrong} 处不符。Found {wrong}.")
    if any(one.wrong for one in found):
        raise typer.Exit(ExitCode.REFUSED)


def _tell(faults: tuple[RightsFault, ...]) -> None:
    grid = table("权限核对 Rights", ["编号", "密级", "问题", "详情", "已改正"])
    for one in faults:
        what = f"{_FAULTS.get(one.fault, '')} {one.fault}".strip()
        grid.add_row(one.dms_id, one.level, what, one.detail, "✓" if one.repaired else "")
    if faults:
        out().print(grid)
    mended = sum(one.repaired for one in faults)
    out().print(f"发现 {len(faults)} 处，已改正 {mended} 处。Found {len(faults)}, mended {mended}.")
