"""`dossier search`: find what was filed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer

from plugins.cli.printing import err, json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.masking import mask_id_numbers
from plugins.wiring import Archive, open_archive
from retention.dms import Hit, Query
from retention.errors import DmsRefused

EXAMPLES = "例 Example: `dossier search 认购`, `dossier search 3栋2单元1201 --category contract --json`"


def command(
    words: Annotated[
        list[str] | None, typer.Argument(help="词语，须同时出现。Words, all of them.", show_default=False)
    ] = None,
    json: Json = False,
    category: Annotated[
        str, typer.Option(help="类别：sales、contract、title、repair、litigation、other")
    ] = "",
    kind: Annotated[str, typer.Option(help="文种，如 认购书。A kind.")] = "",
    level: Annotated[str, typer.Option(help="密级，如 核心商密。Exactly this level.")] = "",
    dossier: Annotated[str, typer.Option(help="客户档案，如 锦绣花园/3-2-1201。A dossier.")] = "",
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="文件日期不早于。First day on the paper.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="文件日期不晚于。Last day on the paper.")
    ] = None,
    review: Annotated[bool, typer.Option("--review", help="只看待核的。Only those to be checked.")] = False,
    unassigned: Annotated[
        bool, typer.Option("--unassigned", help="只看待归户的。Only those without a certain dossier.")
    ] = False,
    clearance: Annotated[
        str, typer.Option(help="以此密级的权限查看，默认 DOSSIER_CLEARANCE。Whose eyes are looking.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="最多条数。Most hits.")] = 20,
) -> None:
    """检索已归档文件：客户、房号、合同编号、任意两字以上的词。Find records by any words of two characters or more."""
    with open_archive(load_settings()) as archive:
        query = Query(
            words=" ".join(words or []),
            category=_category(archive, category),
            kind=kind,
            confidentiality=_level(archive, "--level", level),
            dossier=dossier,
            dated_from=_day(since),
            dated_to=_day(until),
            needs_review=True if review else None,
            unassigned=True if unassigned else None,
            limit=limit,
        )
        eyes = archive.clearance(_level(archive, "--clearance", clearance))
        try:
            hits = apart(archive.dms.search(query, eyes))
        except DmsRefused as error:
            raise BadWord(str(error)) from error
    if json:
        for hit in hits:
            json_line(hit_json(hit))
    elif not hits:
        err.print("没有找到。请减少词语，或去掉筛选条件再试。Nothing found; try fewer words or no filters.")
    else:
        print_hits(hits, archive, mask_id_numbers(query.words), to_check=review)


def apart(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits without batches of which a part is among them: who finds the paper needs not be shown the pile."""
    wholes = {hit.record.card.part_of for hit in hits}
    return tuple(hit for hit in hits if not (hit.record.card.batch and hit.record.card.sha256 in wholes))


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit as a plain object; ID numbers masked."""
    card = hit.record.card
    return {
        "id": hit.record.dms_id,
        "title": mask_id_numbers(card.title),
        "category": card.category,
        "kind": card.kind,
        "dossier": mask_id_numbers(card.dossier),
        "score": hit.score,
        "highlights": list(hit.highlights),
        "review_reasons": [mask_id_numbers(reason) for reason in card.review_reasons],
    }


def print_hits(hits: tuple[Hit, ...], archive: Archive, words: str, *, to_check: bool = False) -> None:
    """The hits as a table; `to_check` with why a person is to look at them instead of where the words stand."""
    last = "待核原因" if to_check else "所在"
    grid = table(f"检索 “{words}”：{len(hits)} 条 hits", ["编号", "题名", "类别", "客户档案", "密级", last])
    for hit in hits:
        card = hit.record.card
        grid.add_row(
            hit.record.dms_id,
            mask_id_numbers(card.title),
            archive.rules.taxonomy.categories[card.category],
            mask_id_numbers(card.dossier) or "—",
            card.confidentiality,
            mask_id_numbers("；".join(card.review_reasons)) if to_check else " … ".join(hit.highlights[:2]),
        )
    out().print(grid)


def _category(archive: Archive, said: str) -> str:
    """The category's id, also where somebody says its Chinese name or the beginning of it."""
    names = archive.rules.taxonomy.categories
    for key, zh in names.items():
        if said and (said == key or zh.startswith(said)):
            return key
    if said:
        raise BadWord(
            f"--category: 没有这个类别 there is no category {said!r}; choose from {', '.join(names)}"
        )
    return ""


def _level(archive: Archive, option: str, said: str) -> str:
    names = archive.rules.ladder.names
    if said and said not in names:
        raise BadWord(f"{option}: 没有这个密级 there is no level {said!r}; choose from {', '.join(names)}")
    return said


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
