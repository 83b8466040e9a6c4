"""`dossier loans`: who has which paper, until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, TypeVar

import typer

from plugins.cli.printing import json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.custody import lending
from plugins.custody.custody_json import loan_json
from plugins.errors import BadWord
from plugins.exit_codes import ExitCode
from plugins.keeping.appraising import today_of
from plugins.keeping.publishing import publish
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive, open_archive
from retention.custody import loans
from retention.custody.loan import SCOPE_NAMES, Borrowing, Loan
from retention.errors import BadLoan

app = typer.Typer(
    help="借阅：借出、续借、归还、逾期。Loans: lend, renew, return, list, overdue.", no_args_is_help=True
)
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="借阅号。The loan's number.")]
Who = Annotated[str, typer.Option("--by", help="经办人。Who does it.")]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help="至何日，含当日。Last day, inclusive."),
]
_Given = TypeVar("_Given")


@app.command(
    "lend",
    epilog="例 Example: `dossier loans lend --record 12 --borrower 周伟 --department 销售部 --purpose 核对面积 --approved-by 赵敏 --by 李静`",
)
def lend_command(
    borrower: Annotated[str, typer.Option("--borrower", help="借阅人。Who borrows it.")],
    department: Annotated[str, typer.Option("--department", help="其部门。His department.")],
    purpose: Annotated[str, typer.Option("--purpose", help="用途。What for.")],
    by: Who,
    record: Annotated[str, typer.Option("--record", help="一份文件。One record.")] = "",
    dossier: Annotated[str, typer.Option("--dossier", help="一户档案。A whole dossier.")] = "",
    approved_by: Annotated[
        str, typer.Option("--approved-by", help="批准人，不得为借阅人。Who approves; another person.")
    ] = "",
    until: Until = None,
    json: Json = False,
) -> None:
    """借出纸质原件；密级较高的须他人批准。Lend a paper; a higher level wants somebody else's approval."""
    with open_archive(load_settings()) as archive:
        due = lending.due_day(archive, until.date() if until else None)
        wanted = Borrowing(borrower, department, purpose, due, approved_by)
        done = _do(lambda: lending.lend(archive, wanted, by=by, record=record, dossier=dossier))
        publish(archive)
        _tell(archive, done, json=json, said="已借出 lent")


@app.command("renew", epilog="例 Example: `dossier loans renew 1 --by 李静 --reason 案件未结`")
def renew_command(
    number: Number,
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    until: Until = None,
    json: Json = False,
) -> None:
    """续借，次数有限，逾期不得续借。Let it be out longer; so many times only, and not once it is overdue."""
    with open_archive(load_settings()) as archive:
        longer = until.date() if until else None
        done = _do(lambda: lending.renew(archive, number, longer, by=by, reason=reason))
        publish(archive)
        _tell(archive, done, json=json, said="已续借 renewed")


@app.command("return", epilog="例 Example: `dossier loans return 1 --condition 完好 --by 李静`")
def return_command(
    number: Number,
    by: Who,
    condition: Annotated[str, typer.Option("--condition", help="状况，如完好、缺页。How it looks.")],
    json: Json = False,
) -> None:
    """归还：核对后写明状况。It is back: look at it, and say in what condition."""
    with open_archive(load_settings()) as archive:
        done = _do(lambda: lending.give_back(archive, number, by=by, condition=condition))
        publish(archive)
        _tell(archive, done, json=json, said="已归还 returned")


@app.command("list", epilog="例 Example: `dossier loans list`, `dossier loans list --returned --json`")
def list_command(
    returned: Annotated[bool, typer.Option("--returned", help="连同已归还的。Also returned ones.")] = False,
    json: Json = False,
) -> None:
    """列出借出未还的。List what is out."""
    with open_archive(load_settings()) as archive:
        with archive.engine.begin() as connection:
            found = loans.every(connection, returned=returned)
        _list(found, today_of(archive), json=json)


@app.command("overdue", epilog="例 Example: `dossier loans overdue --json`")
def overdue_command(json: Json = False) -> None:
    """列出逾期未还的；有则退出码为 3。List what should be back; exit code 3 where anything is."""
    with open_archive(load_settings()) as archive:
        today = today_of(archive)
        with archive.engine.begin() as connection:
            found = loans.overdue(connection, today)
        _list(found, today, json=json)
    if found:
        raise typer.Exit(ExitCode.REFUSED)


def _do(act: Callable[[], _Given]) -> _Given:
    try:
        return act()
    except BadLoan as error:
        raise BadWord(str(error)) from error


def _tell(archive: Archive, one: Loan, *, json: bool, said: str) -> None:
    today = today_of(archive)
    if json:
        json_line(loan_json(one, today))
        return
    scope, key, title, borrower, department, lent, due, _ = _cells(one, today)[1:]
    out().print(
        f"{said} 第{one.id}号：{scope} {key} {title}，{department} {borrower}，{lent} 至 {due}",
        highlight=False,
    )


def _list(found: tuple[Loan, ...], today: date, *, json: bool) -> None:
    if json:
        for one in found:
            json_line(loan_json(one, today))
        return
    columns = ["号", "对象", "编号", "题名", "借阅人", "部门", "借出日", "应还日", "状态"]
    grid = table(f"借阅 Loans: {len(found)}", columns)
    for one in found:
        grid.add_row(*_cells(one, today))
    out().print(grid)


def _cells(one: Loan, today: date) -> tuple[str, ...]:
    late = one.days_late(today)
    state = (f"逾期 {late} 天" if late else "借出") if one.out else f"{one.returned_on} 归还，{one.condition}"
    words = (one.key, one.title, one.borrower, one.department, str(one.lent_on), str(one.due_on), state)
    return (str(one.id), SCOPE_NAMES[one.scope][0], *map(mask_id_numbers, words))
