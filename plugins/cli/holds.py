"""`dossier holds`: orders that nothing may be destroyed, and what else stands in the way by name."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from plugins.cli.printing import here, json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.keeping.holding import list_late, place
from plugins.keeping.keeping_json import hold_json
from plugins.keeping.publishing import publish
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive, open_archive
from retention.blocking import holds
from retention.blocking.hold import HOLD_SORTS, SCOPE_NAMES, SORT_NAMES, Hold, HoldScope
from retention.blocking.hold_query import HeldQuery
from retention.errors import BadHold

app = typer.Typer(
    help="冻结：诉讼、审计、未结清债务等，不得销毁。Holds: place, list, show, release.", no_args_is_help=True
)
Who = Annotated[str, typer.Option("--by", help="经办人。Who places or releases it.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="冻结号。Its number.")]


@app.command(
    "place",
    epilog="例 Example: `dossier holds place --dossier 锦绣花园/3-2-1201 --reason 税务稽查 --mandate 税稽通〔2026〕12号 --by 李静`",
)
def place_command(
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    mandate: Annotated[str, typer.Option("--mandate", help="依据：何人、何文件要求。Whose order.")],
    by: Who,
    record: Annotated[str, typer.Option("--record", help="一份文件。One record.")] = "",
    dossier: Annotated[str, typer.Option("--dossier", help="一户档案。One dossier.")] = "",
    case: Annotated[str, typer.Option("--case", help="案号：凡载此案号的档案。A case number.")] = "",
    customer: Annotated[str, typer.Option("--customer", help="客户姓名或名称。A customer's name.")] = "",
    words: Annotated[
        str, typer.Option("--words", help="含这些字词的文件，今后的也算。Words, later ones too.")
    ] = "",
    category: Annotated[str, typer.Option("--category", help="类别。A category's id.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="文种。A kind.")] = "",
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="文件日期起。Dated from.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="文件日期止。Dated to.")
    ] = None,
    sort: Annotated[str, typer.Option("--sort", help=f"{'、'.join(HOLD_SORTS)}。")] = "hold",
    json: Json = False,
) -> None:
    """冻结：对象只写一种；检索条件可并用。Place a hold on one thing, or on what a query finds now and later."""
    found = next((one for one in HOLD_SORTS if one == sort), None)
    if found is None:
        raise BadWord(f"--sort: 没有这一种类 there is no sort {sort!r}; choose from {', '.join(HOLD_SORTS)}")
    query = HeldQuery(
        words=words,
        category=category,
        kind=kind,
        dated_from=since.date() if since else None,
        dated_to=until.date() if until else None,
    )
    asked = any((words, category, kind, since, until))
    with open_archive(load_settings()) as archive:
        _refuse_unknown_words(archive, category, kind)
        try:
            scope, key = _scope(record, dossier, case, customer, query.written() if asked else "")
            done = place(archive, scope, key, reason=reason, mandate=mandate, by=by, sort=found)
        except BadHold as error:
            raise BadWord(str(error)) from error
        with archive.engine.begin() as connection:
            held = len(holds.found_by(connection, done.id))
        publish(archive)
    if json:
        json_line(hold_json(done))
        return
    out().print(f"已冻结 placed {_line(done)}", highlight=False)
    if scope == "query":
        out().print(
            f"现有 {held} 份，今后符合条件的亦冻结 holds {held} records, and later ones that fit",
            highlight=False,
        )


@app.command("list", epilog="例 Example: `dossier holds list`, `dossier holds list --released --json`")
def list_command(
    released: Annotated[bool, typer.Option("--released", help="连同已解除的。Also released ones.")] = False,
    json: Json = False,
) -> None:
    """列出冻结。List the holds that stand."""
    with open_archive(load_settings()) as archive:
        list_late(archive)
        with archive.engine.begin() as connection:
            found = holds.every(connection, released=released)
    if json:
        for one in found:
            json_line(hold_json(one))
        return
    grid = table(f"冻结 Holds: {len(found)}", ["号", "种类", "对象", "理由", "依据", "经办人", "自", "解除"])
    for one in found:
        grid.add_row(*_cells(one))
    out().print(grid)


@app.command("show", epilog="例 Example: `dossier holds show 1 --json`")
def show_command(number: Number, json: Json = False) -> None:
    """一项冻结及其检索所得文件。One hold, and what its query found when it was placed."""
    with open_archive(load_settings()) as archive:
        list_late(archive)
        with archive.engine.begin() as connection:
            one = holds.one(connection, number)
            found = holds.found_by(connection, number)
    if one is None:
        raise BadWord(f"没有冻结 {number}：见 dossier holds list。There is no hold {number}; see the list")
    if json:
        json_line(hold_json(one) | {"records": [dms_id for dms_id, _ in found]})
        return
    names = ("号", "种类", "对象", "理由", "依据", "经办人", "自", "解除")
    for name, said in zip(names, _cells(one), strict=True):
        if said:
            out().print(f"{name}：{said}", highlight=False)
    if found:
        out().print(
            f"冻结时检索所得 found when placed: {'、'.join(dms_id for dms_id, _ in found)}", highlight=False
        )


@app.command("release", epilog="例 Example: `dossier holds release 1 --by 李静 --reason 稽查已结束`")
def release_command(
    number: Number,
    by: Who,
    reason: Annotated[str, typer.Option("--reason", help="理由。Why.")],
    json: Json = False,
) -> None:
    """解除一项冻结；同一对象上的其他冻结仍有效。Release one hold; others on the same things stand."""
    with open_archive(load_settings()) as archive:
        try:
            with archive.engine.begin() as connection:
                done = holds.release(connection, number, who=by, at=archive.clock(), reason=reason)
        except BadHold as error:
            raise BadWord(str(error)) from error
        publish(archive)
    if json:
        json_line(hold_json(done))
    else:
        out().print(f"已解除 released {_line(done)}", highlight=False)


def _scope(record: str, dossier: str, case: str, customer: str, query: str) -> tuple[HoldScope, str]:
    told: dict[HoldScope, str] = {"record": record, "dossier": dossier, "case": case, "customer": customer}
    given: list[tuple[HoldScope, str]] = [(scope, key) for scope, key in told.items() if key.strip()]
    given += [("query", query)] if query else []
    if len(given) != 1:
        raise BadWord(
            "请恰写一种对象：--record、--dossier、--case、--customer 或检索条件。Give exactly one of --record, --dossier, "
            "--case, --customer, or the conditions of a query (--words, --category, --kind, --since, --until)"
        )
    return given[0]


def _refuse_unknown_words(archive: Archive, category: str, kind: str) -> None:
    names = archive.rules.taxonomy.categories
    if category and category not in names:
        raise BadWord(
            f"--category: 没有这个类别 there is no category {category!r}; choose from {', '.join(names)}"
        )
    if kind and kind not in {one.zh for one in archive.rules.taxonomy.kind}:
        raise BadWord(
            f"--kind: 没有这个文种 there is no kind {kind!r}; see the names in the taxonomy, as 报修单"
        )


def _line(one: Hold) -> str:
    return " ".join(_cells(one)[:3])


def _cells(one: Hold) -> tuple[str, ...]:
    ended = f"{one.released_by} {here(one.released_at)[:10]}：{one.release_reason}" if not one.stands else ""
    target = f"{SCOPE_NAMES[one.scope][0]} {one.key}"
    words = (
        str(one.id),
        SORT_NAMES[one.sort][0],
        target,
        one.reason,
        one.mandate,
        one.who,
        here(one.at)[:10],
        ended,
    )
    return tuple(map(mask_id_numbers, words))
