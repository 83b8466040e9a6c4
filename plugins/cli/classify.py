"""`dossier classify`: what files are, without filing them."""

from __future__ import annotations

import time

import typer

from classifiers.labels import in_percent
from consumers.errors import Refused
from plugins.archiving.filing import judge
from plugins.archiving.verdict_json import verdict_json
from plugins.cli.printing import json_line, out, progress, table
from plugins.cli.reading_files import error_json, open_pool, transcripts
from plugins.cli.starting import Json, Paths, ReaderName, all_files, load_settings
from plugins.exit_codes import ExitCode
from plugins.masking import mask_id_numbers
from plugins.wiring import open_rules, pepper_of

EXAMPLES = "例 Example: `dossier classify scans/*.pdf`, `dossier classify --json scans/ > labels.jsonl`"


def command(paths: Paths, reader: ReaderName = "auto", json: Json = False) -> None:
    """识别并分类，不归档。Read and label files; file nothing."""
    settings = load_settings()
    rules = open_rules(settings)
    pepper = pepper_of(settings.home)
    files = all_files(paths)
    grid = table("分类结果 Labels", ["文件", "类别", "文种", "密级", "客户档案", "把握", "理由或问题"])
    refused = False
    with open_pool(settings, reader) as pool, progress("分类 labelling", len(files)) as ticker:
        for path, scan, answer in transcripts(files, pool):
            ticker.tick()
            try:
                if isinstance(answer, Refused):
                    raise answer
                began = time.perf_counter()
                verdict = judge(answer, rules, settings.sure, pepper, settings.split)
                seconds = answer.seconds + time.perf_counter() - began
            except Refused as refusal:
                refused = True
                if json:
                    json_line(error_json(path, refusal))
                else:
                    grid.add_row(path.name, "", "", "", "", "", refusal.zh)
                continue
            assert scan is not None
            told = verdict_json(path, scan, answer, verdict, rules.schedule, seconds)
            if json:
                json_line(told)
                continue
            why = "；".join(told["review_reasons"]) or "，".join(r.rule for r in verdict.labels.reasons[:3])
            if told["dossier_doubt"] and told["dossier_doubt"] not in told["review_reasons"]:
                why = f"待归户：{told['dossier_doubt']}；{why}"
            grid.add_row(
                path.name,
                rules.taxonomy.categories[told["category"]],
                told["kind"],
                told["confidentiality"],
                mask_id_numbers(told["dossier"]),
                in_percent(told["confidence"]),
                mask_id_numbers(why),
            )
    if not json:
        out().print(grid)
    if refused:
        raise typer.Exit(ExitCode.REFUSED)
