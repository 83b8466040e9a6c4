"""`dossier read`: the text of files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from consumers.errors import Refused
from consumers.transcript import Page
from plugins.cli.printing import err, json_line, out, progress
from plugins.cli.reading_files import error_json, open_pool, transcripts
from plugins.cli.searchable_pdf import PdfFolder
from plugins.cli.starting import Json, Paths, ReaderName, all_files, load_settings
from plugins.exit_codes import ExitCode

EXAMPLES = "例 Example: `dossier read samples/scans --json > text.jsonl`"


PdfTo = Annotated[
    Path | None,
    typer.Option("--pdf", help="另写可检索的 PDF 到此文件夹。Also write searchable PDFs into this folder."),
]
PdfA = Annotated[bool, typer.Option("--pdfa", help="图片写成 PDF/A-2b。Pictures as PDF/A-2b.")]
Force = Annotated[bool, typer.Option("--force", help="覆盖已有的 PDF。Replace PDFs that are there.")]


def command(
    paths: Paths,
    reader: ReaderName = "auto",
    json: Json = False,
    pdf: PdfTo = None,
    pdfa: PdfA = False,
    force: Force = False,
) -> None:
    """读出文字，不归档。Read the text of files; file nothing."""
    settings = load_settings()
    files = all_files(paths)
    refused = False
    folder = None if pdf is None else PdfFolder(pdf, files, archival=pdfa, force=force)
    with open_pool(settings, reader) as pool, progress("读取 reading", len(files)) as ticker:
        for path, scan, answer in transcripts(files, pool):
            ticker.tick()
            written: dict[str, str] = {}
            if folder is not None and scan is not None and not isinstance(answer, Refused):
                try:
                    target, done = folder.write(scan, answer, pool)
                    written = {"pdf": str(target)}
                    for note in done.notes:
                        err.print(f"{target.name}: {note}", style="yellow", markup=False)
                except Refused as refusal:
                    answer = refusal  # noqa: PLW2901 - the file was read, but not all that was asked for was done
            if isinstance(answer, Refused):
                refused = True
                if json:
                    json_line(error_json(path, answer))
                else:
                    err.print(f"{path.name}: {answer.zh} {answer.en}", style="red", markup=False)
                continue
            if json:
                pages = [_page(page) for page in answer.pages]
                sha256 = scan.sha256 if scan else ""
                json_line(
                    {
                        "file": str(path),
                        "sha256": sha256,
                        "pages": pages,
                        "seconds": answer.seconds,
                        **written,
                    }
                )
                continue
            for page in answer.pages:
                how = f"{path.name}  第 {page.number}/{len(answer.pages)} 页  {page.reader}"
                out().rule(how, align="left")
                out().print(page.text, markup=False, highlight=False)
                for why in page.doubtful:
                    err.print(f"{path.name} 第 {page.number} 页: {why}", style="yellow", markup=False)
    if refused:
        raise typer.Exit(ExitCode.REFUSED)


def _page(page: Page) -> dict[str, Any]:
    whole = asdict(page)
    return {
        "number": page.number,
        "text": page.text,
        **{name: whole[name] for name in ("source", "reader", "confidence", "rotation")},
        "doubtful": list(page.doubtful),
        "codes": [{"text": one.text, "format": one.format, "damaged": one.damaged} for one in page.codes],
    }
