"""`dossier report`: what one hands to a manager, an auditor, a department: to be read, printed and signed."""

from __future__ import annotations

import json as json_module
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from plugins.cli.printing import json_line, out
from plugins.cli.report_options import Asked, asking
from plugins.cli.starting import load_settings
from plugins.errors import BadWord
from plugins.keeping import reporting
from plugins.keeping.report_files import formats_of, write
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive, open_archive
from retention.reports.eyes import Eyes
from retention.reports.report import Frame, Report
from retention.reports.report_json import report_json
from retention.reports.veiled_review import veiled
from retention.review_json import review_json
from retention.reviewed import Totals

app = typer.Typer(
    help="报表：HTML、PDF、XLSX，按密级略去，可打印签字。Reports: HTML, PDF, XLSX.", no_args_is_help=True
)
Make = Callable[[Archive, Frame, Eyes], Report]


@app.command(
    "retention",
    epilog="例 Example: `dossier report retention --from 2026-01-01 --to 2027-12-31 --format html,pdf`",
)
@asking
def retention_command(
    asked: Asked,
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
) -> None:
    """保管期限到期鉴定审查表：何者到期、为何、何者尚不能起算。What falls due in a span, why, and what has no cutoff."""
    wanted = formats_of(asked.formats, asked.output)
    with open_archive(load_settings()) as archive:
        eyes = reporting.eyes_of(archive, asked.level)
        year = archive.clock().astimezone().year
        first = start.date() if start else date(year, 1, 1)
        last = end.date() if end else date(year, 12, 31)
        if last < first:
            raise BadWord(
                f"--to: 止日早于起日。{last} lies before --from {first}; write the later day after --to"
            )
        looked = reporting.reviewing(archive, first, last)
        if asked.json:
            found = review_json(veiled(looked.review(), eyes), mask=mask_id_numbers)
            print(json_module.dumps(found, ensure_ascii=False))
            return
        report = reporting.retention(archive, looked, reporting.frame_of(archive, asked.made_by), eyes)
        _write(archive, report, wanted, asked.output)
        figures = {one.key: one.value for one in report.figures}
    out().print(_in_words(Totals(**figures), first, last), highlight=False)


@app.command("appraisal", epilog="例 Example: `dossier report appraisal 1 --format pdf,xlsx`")
@asking
def appraisal_command(
    asked: Asked,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="鉴定批次号。The batch's number.")],
) -> None:
    """档案鉴定报告。The appraisal report, to be signed by both sides and who approves."""
    _report(asked, lambda archive, frame, eyes: reporting.appraisal(archive, number, frame, eyes))


@app.command("destruction", epilog="例 Example: `dossier report destruction 1 --format pdf`")
@asking
def destruction_command(
    asked: Asked,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="处置号。The disposal's number.")],
) -> None:
    """档案销毁清册：销毁前供监销人核对，销毁后载明逐件结果。The destruction register: to compare, then with outcomes."""
    _report(asked, lambda archive, frame, eyes: reporting.destruction(archive, number, frame, eyes))


@app.command("certificate", epilog="例 Example: `dossier report certificate 1 --format pdf`")
@asking
def certificate_command(
    asked: Asked,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="处置号。The disposal's number.")],
) -> None:
    """档案销毁证明：只据已记入台账的结果，不载题名。The certificate of destruction, from outcomes alone, without titles."""
    _report(asked, lambda archive, frame, eyes: reporting.certificate(archive, number, frame, eyes))


@app.command("holds", epilog="例 Example: `dossier report holds --released --format xlsx`")
@asking
def holds_command(
    asked: Asked,
    released: Annotated[bool, typer.Option("--released", help="连同已解除的。Also released ones.")] = False,
) -> None:
    """档案冻结清单。The holds: on what, why, on whose order, since when."""
    _report(asked, lambda archive, frame, eyes: reporting.held(archive, frame, eyes, released=released))


@app.command(
    "handover", epilog="例 Example: `dossier report handover`, `dossier report handover 1 --format pdf`"
)
@asking
def handover_command(
    asked: Asked,
    number: Annotated[
        int, typer.Argument(metavar="[NUMBER]", help="移交号；不写则为目录。Which; else the list of all.")
    ] = 0,
) -> None:
    """档案移交清册，双方签字；不写号则为各次移交目录。The hand-over list, to be signed by both sides."""
    _report(asked, lambda archive, frame, eyes: reporting.handover(archive, number, frame, eyes))


@app.command("loans", epilog="例 Example: `dossier report loans --returned --format html,xlsx`")
@asking
def loans_command(
    asked: Asked,
    returned: Annotated[bool, typer.Option("--returned", help="连同已归还的。Also what came back.")] = False,
) -> None:
    """档案借阅清单：逾期者在前。The loans, the longest overdue first."""
    _report(asked, lambda archive, frame, eyes: reporting.lent(archive, frame, eyes, returned=returned))


@app.command("statistics", epilog="例 Example: `dossier report statistics --year 2025 --format pdf,xlsx`")
@asking
def statistics_command(
    asked: Asked,
    year: Annotated[
        int | None,
        typer.Option("--year", min=1900, max=9999, help="统计年度，默认上一年。Default: last year."),
    ] = None,
) -> None:
    """年度统计，截至12月31日，附上年数与图。A year's statistics as of 31 December, beside the year before."""
    _report(
        asked,
        lambda archive, frame, eyes: reporting.statistics(
            archive, year or frame.made_on.year - 1, frame, eyes
        ),
    )


def _report(asked: Asked, make: Make) -> None:
    """Make the report, then print it as JSON, or write it in the formats that were asked for."""
    wanted = formats_of(asked.formats, asked.output)
    with open_archive(load_settings()) as archive:
        eyes = reporting.eyes_of(archive, asked.level)
        report = make(archive, reporting.frame_of(archive, asked.made_by), eyes)
        if asked.json:
            json_line(report_json(report))
        else:
            _write(archive, report, wanted, asked.output)


def _write(archive: Archive, report: Report, formats: tuple[str, ...], output: Path | None) -> None:
    for place in write(archive, report, formats, output):
        out().print(f"已写入 written: {place}", soft_wrap=True, highlight=False)


def _in_words(totals: Totals, first: date, last: date) -> str:
    return (
        f"在库 {totals.records} 份；{first} 至 {last} 到期 {totals.due + totals.upcoming} 份，此前逾期 {totals.overdue} 份，"
        f"其中暂缓 {totals.blocked} 份；尚未起算 {totals.no_cutoff} 份，永久 {totals.permanent} 份，无规则 {totals.no_rule} 份。\n"
        f"{totals.records} records: {totals.due + totals.upcoming} fall due in the span, {totals.overdue} before it, "
        f"{totals.blocked} of these blocked; {totals.no_cutoff} have no cutoff yet, {totals.permanent} are kept for "
        f"ever, {totals.no_rule} have no rule."
    )
