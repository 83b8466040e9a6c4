"""How every command begins: the settings, and the options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from plugins import logs, settings
from plugins.errors import BadWord
from plugins.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="只输出 JSON Lines。Print JSON Lines and nothing else.")]
ReaderName = Annotated[
    str, typer.Option("--reader", help="识别引擎：auto、rapid、tesseract、text-layer、blank。Which reader.")
]
Paths = Annotated[list[Path], typer.Argument(help="文件或文件夹。Files or folders.", show_default=False)]


def no_such(dms_id: str) -> BadWord:
    """What is said where the DMS holds no record with the number that was typed."""
    return BadWord(
        f"没有文件 {dms_id}：编号见 dossier search。There is no record {dms_id}; dossier search tells the numbers"
    )


def load_settings(**told: object) -> Settings:
    """The settings of this run, with what the command line told; raises BadSetting."""
    found = settings.load(os.environ, Path.cwd(), **told)
    logs.set_up(found.log_format)
    return found


def make_inbox(settings: Settings, *, named: bool = False) -> None:
    """Make the inbox where it is missing, writable for its group: scanners write under another account.

    One that DOSSIER_INBOX names may be a share that is not mounted: in its place an empty folder would be watched, and no scan
    would ever come. It is made only with `named`, and only where its parent is there.
    """
    folder = settings.inbox_folder
    if folder.exists() or not (settings.inbox is None or (named and folder.parent.is_dir())):
        return
    folder.mkdir(parents=True)
    folder.chmod(0o770)


def all_files(paths: list[Path]) -> list[Path]:
    """The files that are meant: folders stand for the files in and below them, in the order of names.

    A path that does not exist is kept, so that it is answered with an error of its own.
    """
    from consumers.inbox.looking import is_ignored

    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(
                inner
                for inner in sorted(path.rglob("*"))
                if inner.is_file() and not any(is_ignored(part) for part in inner.relative_to(path).parts)
            )
        else:
            found.append(path)
    return found
