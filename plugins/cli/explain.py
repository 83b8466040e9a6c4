"""`dossier explain`: why a document has the labels that it has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from consumers.errors import Refused
from plugins.cli.printing import json_line, out
from plugins.cli.reading_files import error_json, open_pool, transcripts
from plugins.cli.starting import Json, ReaderName, load_settings, no_such
from plugins.exit_codes import ExitCode
from plugins.rereading.kept_text import transcript_of
from plugins.settings import Settings
from plugins.teaching import corrections
from plugins.teaching.explained_json import explained_json
from plugins.teaching.explaining import Explained, explained, in_words
from plugins.wiring import Rules, open_archive, open_rules, pepper_of
from retention.errors import NoSuchRecord

EXAMPLES = "例 Example: `dossier explain 6`, `dossier explain scan.pdf`, `dossier explain 6 --json`"


def command(
    what: Annotated[
        str, typer.Argument(metavar="ID|FILE", help="系统编号，或文件。A record's number, or a file.")
    ],
    reader: ReaderName = "auto",
    json: Json = False,
) -> None:
    """说明为何如此分类、定密、定保管期限。Why a document has its labels: rules, n-grams, threshold, level, retention."""
    settings = load_settings()
    path = Path(what)
    try:
        if path.is_file() or not (what.isascii() and what.isdecimal()):
            rules = open_rules(settings)
            found = _of_file(path, settings, rules, reader)
        else:
            found, rules = _of_record(what, settings)
    except Refused as refusal:
        if json:
            json_line(error_json(path, refusal))
        else:
            out().print(refusal.zh, highlight=False)
        raise typer.Exit(ExitCode.REFUSED) from refusal
    if json:
        json_line(explained_json(found, rules, settings.sure))
        return
    for line in in_words(found, rules, settings.sure):
        out().print(line, style="bold" if line.startswith("■") else "", highlight=False, markup=False)


def _of_file(path: Path, settings: Settings, rules: Rules, reader: str) -> Explained:
    with open_pool(settings, reader) as pool:
        _, _, answer = next(transcripts([path], pool))
    if isinstance(answer, Refused):
        raise answer
    pepper = pepper_of(settings.home)
    return explained(path.name, answer, rules, settings.sure, pepper, parting=settings.split)


def _of_record(dms_id: str, settings: Settings) -> tuple[Explained, Rules]:
    with open_archive(settings) as archive:
        try:
            card = archive.dms.record(dms_id).card
        except NoSuchRecord as error:
            raise no_such(dms_id) from error
        transcript = transcript_of(card.sha256, archive.dms.text(dms_id))
        with archive.engine.begin() as connection:
            said = corrections.of_record(connection, dms_id, card.sha256)
        found = explained(
            f"{dms_id} {card.title}",
            transcript,
            archive.rules,
            settings.sure,
            archive.pepper,
            card=card,
            corrections=said,
            parting=settings.split,
        )
        if card.part_of:
            found = replace(found, batch_id=archive.dms.find(card.part_of) or "")
        return found, archive.rules
