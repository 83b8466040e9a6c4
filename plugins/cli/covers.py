"""`dossier covers`: cover and separator sheets to lay into a batch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plugins.cli.printing import json_line, out
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.wiring import Archive, open_archive

if TYPE_CHECKING:
    from plugins.covers import CoverSheet

app = typer.Typer(help="封面页和分隔页。Cover and separator sheets.", no_args_is_help=True)

_MOST = 1000
_Dossiers = Annotated[
    list[str] | None, typer.Option("--dossier", help="客户档案，可重复。A dossier's key; may be repeated.")
]
_Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", help="文种名称或代号，可重复。A kind, by name or id; may be repeated."),
]


@app.callback()
def _covers() -> None:
    """封面页和分隔页。Cover and separator sheets."""


@app.command(
    "print",
    epilog="例 Example: `dossier covers print --dossier 锦绣花园/6-1-803 --kind id-card --out covers.pdf`, "
    "`dossier covers print --separator --count 20 --out separators.pdf`",
)
def print_command(
    target: Annotated[Path, typer.Option("--out", "-o", help="写入此 PDF。The PDF to write.")],
    dossier: _Dossiers = None,
    kind: _Kinds = None,
    separator: Annotated[bool, typer.Option("--separator", help="分隔页。A separator sheet.")] = False,
    count: Annotated[int, typer.Option("--count", min=1, max=_MOST, help="每种张数。How many of each.")] = 1,
    font: Annotated[
        Path | None, typer.Option("--font", help="中文字体文件。A font file with Chinese characters.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件。Write over what is there.")] = False,
    json: Json = False,
) -> None:
    """打印封面页：放在文件之前一起扫描，自动分件并归入该档案、该文种。Print sheets that part a batch and say where it goes."""
    from plugins.covers import drawn, find_face

    if not (dossier or kind or separator):
        raise BadWord(
            "没有要打印的：请写 --dossier、--kind 或 --separator。nothing to print: give --dossier KEY, --kind KIND or --separator"
        )
    if target.exists() and not force:
        raise BadWord(
            f"--out: {target} 已存在，请换一个文件名，或加 --force。it is there already; name another file, or add --force"
        )
    settings = load_settings()
    with open_archive(settings) as archive:
        sheets = [one for one in _sheets(archive, dossier or [], kind or [], separator) for _ in range(count)]
        made = drawn(sheets, find_face(font), settings.organisation, archive.clock().astimezone().date())
    try:
        target.write_bytes(made)
    except OSError as error:
        raise BadWord(
            f"--out: {target} 不能写入 can not be written: {error.strerror}; name another file"
        ) from error
    if json:
        for page, one in enumerate(sheets, 1):
            json_line(
                {"file": str(target), "page": page, "code": one.code, "title": one.title, "name": one.name}
            )
        return
    out().print(f"已写入 {len(sheets)} 张 written: {target}", soft_wrap=True, highlight=False)


def _sheets(archive: Archive, dossiers: list[str], kinds: list[str], separator: bool) -> list[CoverSheet]:
    from plugins.covers import for_dossier, for_kind, separator_sheet
    from retention.households.dossiers import known_dossier

    taxonomy = archive.rules.taxonomy
    made = []
    with archive.engine.begin() as connection:
        for key in dossiers:
            known = known_dossier(connection, key)
            if known is None:
                raise BadWord(
                    f"--dossier: 没有这个客户档案 no dossier {key!r} is open; see `dossier dossiers list`"
                )
            made.append(for_dossier(known))
    for wanted in kinds:
        found = next((one for one in taxonomy.kind if wanted in (one.zh, one.id)), None)
        if found is None:
            raise BadWord(
                f"--kind: 没有这个文种 there is no kind {wanted!r}; see the names in the taxonomy, as 商品房买卖合同"
            )
        made.append(for_kind(found, taxonomy))
    return [*made, *([separator_sheet()] if separator else [])]
