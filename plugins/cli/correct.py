"""`dossier correct`: a person says what is right."""

from __future__ import annotations

from typing import Annotated

import typer

from plugins.cli.printing import json_line, out, table
from plugins.cli.starting import Json, load_settings, no_such
from plugins.masking import mask_id_numbers
from plugins.teaching.correcting import Wanted, correct
from plugins.teaching.correction_json import correction_json
from plugins.wiring import open_archive
from retention.errors import NoSuchRecord

EXAMPLES = (
    "例 Example: `dossier correct 6 --kind 补充协议 --by 李静`, "
    "`dossier correct 6 --level 内部 --by 李静 --reason 已对外公布`, `dossier correct 6 --dossier 锦绣花园/3-2-1201 --by 李静`"
)
_NAMES = {"kind": "文种", "category": "类别", "level": "密级", "dossier": "客户档案"}


def command(
    number: Annotated[str, typer.Argument(metavar="ID", help="系统编号。The record's number in the DMS.")],
    by: Annotated[str, typer.Option("--by", help="更正人。Who decides.")],
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="正确的文种，类别随之而定；与原来相同即为确认。The right kind."),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option("--level", help="正确的密级，降低须说明理由。The right level; lower needs a reason."),
    ] = None,
    dossier: Annotated[
        str | None,
        typer.Option("--dossier", help="正确的客户档案，空为不归户。The right dossier; empty: none."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")] = "",
    json: Json = False,
) -> None:
    """更正一份已归档文件的标签，并留作学习材料。Correct a filed record's labels; `dossier learn` learns from it."""
    with open_archive(load_settings()) as archive:
        try:
            done = correct(archive, number, Wanted(kind, level, dossier), by, reason)
        except NoSuchRecord as error:
            raise no_such(number) from error
        categories = archive.rules.taxonomy.categories
    if json:
        json_line(correction_json(done))
        return
    grid = table(f"已更正 Corrected: {number}", ["项目", "原为", "改为"])
    for one in done.corrections:
        was, became = (
            categories.get(x, x) if one.what == "category" else mask_id_numbers(x)
            for x in (one.was, one.became)
        )
        grid.add_row(
            _NAMES[one.what], was or "—", f"{became or '—'}{'（确认）' if one.was == one.became else ''}"
        )
    if done.was.retain_until != done.card.retain_until or done.was.retention_rule != done.card.retention_rule:
        grid.add_row(
            "保管期限",
            _kept(done.was.retention_rule, done.was.retain_until),
            _kept(done.card.retention_rule, done.card.retain_until),
        )
    out().print(grid)
    if done.opened:
        out().print(f"已新开客户档案 dossier opened: {mask_id_numbers(done.card.dossier)}", highlight=False)
    if done.card.dossier_doubt:
        out().print(f"待归户 not assigned yet: {mask_id_numbers(done.card.dossier_doubt)}", highlight=False)
    for left in done.card.review_reasons:
        out().print(f"仍待核 still to be checked: {mask_id_numbers(left)}", highlight=False)


def _kept(rule: str, until: object) -> str:
    return f"{rule} {until or ''}".strip()
