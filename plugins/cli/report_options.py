"""The options that every report has: in which formats and where it is written, by whom it is made, for whose eyes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from plugins.cli.starting import Json


@dataclass(frozen=True)
class Asked:
    """What was asked for: an option of the command line each, with its default."""

    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="写入此文件，默认 HOME/reports/。Where to write it."),
    ] = None
    formats: Annotated[
        str,
        typer.Option("--format", help="html、pdf、xlsx，可用逗号并列，默认 html。Which, as html,pdf."),
    ] = ""
    made_by: Annotated[str, typer.Option("--made-by", help="编制人。Who made it.")] = ""
    level: Annotated[
        str,
        typer.Option("--level", help="供此密级的人阅读，默认 DOSSIER_CLEARANCE。Whose eyes it is for."),
    ] = ""
    json: Json = False


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """The command with these options behind its own; it gets them as its first argument, `asked`."""

    @wraps(command)
    def with_options(**words: Any) -> None:
        ours = {one.name: words.pop(one.name) for one in fields(Asked)}
        command(Asked(**ours), **words)

    hints = get_type_hints(command, include_extras=True) | get_type_hints(Asked, include_extras=True)
    own = [one for one in inspect.signature(command).parameters.values() if one.name != "asked"]
    shared = [(one.name, one.default) for one in fields(Asked)]
    parameters = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hints[name])
        for name, default in (*((one.name, one.default) for one in own), *shared)
    ]
    # What typer reads a command's options from.
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # a function takes any attribute
    with_options.__annotations__ = {one.name: one.annotation for one in parameters}
    return with_options
