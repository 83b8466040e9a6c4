"""`dossier register`: that nothing in the register was changed, and the register for somebody else to check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from plugins.cli.printing import json_line, out
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.exit_codes import ExitCode
from plugins.timestamps.stamping import folder_of
from plugins.timestamps.stamps import Stamped, check_all, roots_in
from plugins.wiring import open_archive
from retention import register
from retention.errors import BadEntry, RegisterBroken
from retention.heads import published_heads
from retention.register_lines import lines

app = typer.Typer(help="台账：核验、导出。The register: verify, export.", no_args_is_help=True)


@app.command("verify", epilog="例 Example: `dossier register verify --heads copy/register-heads.txt`")
def verify_command(
    heads: Annotated[
        list[Path] | None,
        typer.Option("--heads", help="另存的末条文件，可多次；默认 HOME 中的。Copies of the heads file."),
    ] = None,
    tsa: Annotated[
        Path | None,
        typer.Option("--tsa", help="时间戳机构证书（PEM），默认 DOSSIER_TIMESTAMP_CA。Its certificates."),
    ] = None,
    json: Json = False,
) -> None:
    """核验台账：自第一条起逐条重算，指明第一条不符者。Recompute the whole chain; the first bad entry is named."""
    settings = load_settings()
    with open_archive(settings) as archive, archive.engine.begin() as connection:
        last = register.head(connection)
        bad, detail, known, count, stamped = 0, "", 0, 0, Stamped(0, 0, "", signed=False)
        try:
            files = heads or ([settings.heads_file] if last.seq or settings.heads_file.exists() else [])
            published = [one for file in files for one in published_heads(file)]
            known = len(published)
            count = register.verify(connection, published)
            stamped = check_all(folder_of(settings), published, roots_in(tsa or settings.timestamp_ca))
        except BadEntry as error:
            bad, detail = error.seq, str(error)
        except RegisterBroken as error:
            detail = str(error)
    good = not detail
    if json:
        told = {"ok": good, "entries": count, "heads": known, "bad_entry": bad or None, "detail": detail}
        json_line({**told, "stamps": vars(stamped), "head": vars(last)})
    elif good:
        out().print(
            f"台账完好：{count} 条，与 {known} 个已公布的末条相符 {count} entries, the chain holds, {known} published heads agree\n"
            f"末条 head {last.seq} {last.at} {last.hash}",
            highlight=False,
        )
        if stamped.count:
            out().print(_told(stamped), highlight=False)
    else:
        out().print(f"台账有误 the register is broken: {detail}", highlight=False)
    if not good:
        raise typer.Exit(ExitCode.REFUSED)


def _told(stamped: Stamped) -> str:
    told = (
        f"时间戳 {stamped.count} 个，最近一个证明第 {stamped.last} 条 {stamped.at} 已在 "
        f"{stamped.count} time stamps; entry {stamped.last} was there at {stamped.at}"
    )
    unsigned = "；未核签名：请用 --tsa 指明机构证书 their signatures were not checked: name the authority's certificates by --tsa"
    return told if stamped.signed else told + unsigned


@app.command("export", epilog="例 Example: `dossier register export --output register.jsonl`")
def export_command(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写入此文件，默认标准输出。Where to write it.")
    ] = None,
) -> None:
    """逐条导出为 JSON Lines，供独立核验。Every entry as JSON Lines, for the script that needs nothing of ours."""
    with open_archive(load_settings()) as archive, archive.engine.begin() as connection:
        # The same bytes everywhere, whatever this machine writes elsewhere: who checks them has another one.
        exported = (line.encode() for line in lines(connection))
        if output is None:
            sys.stdout.buffer.writelines(exported)
            sys.stdout.flush()
            return
        try:
            with output.open("wb") as file:
                file.writelines(exported)
        except OSError as error:
            raise BadWord(
                f"--output: {output} can not be written: {error.strerror}; name another file"
            ) from error
    out().print(f"已写入 written: {output}", soft_wrap=True, highlight=False)
