"""`dossier report`: what one hands to a manager."""

from __future__ import annotations

import json as json_module
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from plugins.cli.printing import out
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.keeping.retaining import catch_up
from plugins.masking import mask_id_numbers
from plugins.wiring import open_archive
from retention.register import head
from retention.reports import render_review_html
from retention.review import review
from retention.review_json import review_json
from retention.reviewed import Totals

app = typer.Typer(help="报表。Reports.", no_args_is_help=True)


@app.callback()
def _reports() -> None:
    """报表。Reports."""


@app.command(
    "retention",
    epilog="例 Example: `dossier report retention --from 2026-01-01 --to 2027-12-31 --output review.html`",
)
def retention_command(
    start: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=["%Y-%m-%d"], help="起，含当日，默认今年1月1日。First day, inclusive."
        ),
    ] = None,
    end: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help="止，含当日，默认今年12月31日。Last day, inclusive."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写入此文件，默认 HOME/reports/。Where to write it.")
    ] = None,
    made_by: Annotated[str, typer.Option(help="编制人。Who made it.")] = "",
    json: Json = False,
) -> None:
    """保管期限到期鉴定审查表：何者到期、为何、何者尚不能起算。What falls due in a span, why, and what has no cutoff."""
    settings = load_settings()
    with open_archive(settings) as archive:
        today = archive.clock().astimezone().date()
        first = start.date() if start else date(today.year, 1, 1)
        last = end.date() if end else date(today.year, 12, 31)
        if last < first:
            raise BadWord(f"--to: {last} lies before --from {first}; write the later day after --to")
        catch_up(archive)
        schedule = archive.rules.schedule
        found = review(archive.engine.begin, archive.dms.records(), schedule, first, last, today)
        with archive.engine.begin() as connection:
            register_head = head(connection)
    if json:
        print(json_module.dumps(review_json(found, mask=mask_id_numbers), ensure_ascii=False))
        return
    html = render_review_html(
        found,
        organisation=settings.organisation,
        made_on=today,
        made_by=made_by,
        register_head=register_head,
        mask=mask_id_numbers,
        category_names={one.id: (one.zh, one.en) for one in archive.rules.taxonomy.category},
    )
    place = output or settings.home / "reports" / f"retention-{first}-{last}.html"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(html, encoding="utf-8")
    except OSError as error:
        raise BadWord(f"--output: {place} can not be written: {error.strerror}; name another file") from error
    out().print(f"已写入 written: {place}", soft_wrap=True, highlight=False)
    out().print(_in_words(found.totals, first, last), highlight=False)


def _in_words(totals: Totals, first: date, last: date) -> str:
    return (
        f"在库 {totals.records} 份；{first} 至 {last} 到期 {totals.due + totals.upcoming} 份，此前逾期 {totals.overdue} 份，"
        f"其中暂缓 {totals.blocked} 份；尚未起算 {totals.no_cutoff} 份，永久 {totals.permanent} 份，无规则 {totals.no_rule} 份。\n"
        f"{totals.records} records: {totals.due + totals.upcoming} fall due in the span, {totals.overdue} before it, "
        f"{totals.blocked} of these blocked; {totals.no_cutoff} have no cutoff yet, {totals.permanent} are kept for "
        f"ever, {totals.no_rule} have no rule."
    )
