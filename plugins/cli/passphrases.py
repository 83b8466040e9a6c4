"""`dossier disposal passphrase`: a witness' new passphrase. None is ever a word of the command: it is typed unseen."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from plugins.cli.printing import json_line, out
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.keeping import renewing
from plugins.keeping.publishing import publish
from plugins.wiring import open_archive
from retention.errors import BadCredential

app = typer.Typer()


@app.command(
    "passphrase",
    epilog="例 Example: `dossier disposal passphrase --by 孙丽`, with `--forgotten --vouched-by 王芳 --vouched-by 郑华`",
)
def passphrase_command(
    by: Annotated[str, typer.Option("--by", help="监销人本人。The witness.")],
    forgotten: Annotated[
        bool, typer.Option("--forgotten", help="忘记口令或已锁定，由两人担保。Forgotten, or blocked.")
    ] = False,
    vouched_by: Annotated[
        list[str] | None,
        typer.Option("--vouched-by", help="担保人，写两次。Who vouches that it is he; twice."),
    ] = None,
    json: Json = False,
) -> None:
    """监销人换口令：凭旧口令；忘记则由两人担保，此前开始的处置不得再监销。A witness' new passphrase, by the old one or by two who vouch."""
    if forgotten != bool(vouched_by):
        raise BadWord(
            "--forgotten 与 --vouched-by 须一并写明；记得旧口令则都不写。--forgotten and --vouched-by go together; who knows the old "
            "passphrase needs neither"
        )
    with open_archive(load_settings()) as archive:
        old = "" if forgotten else typed(by, "的旧口令 old passphrase")
        new = typed(by, "的新口令 new passphrase", twice=True)
        try:
            if forgotten:
                renewing.reset(archive, by, new, vouched_by=vouched_by or ())
            else:
                renewing.change(archive, by, old, new)
        except BadCredential as error:
            raise BadWord(str(error)) from error
        finally:
            publish(archive)  # a wrong passphrase is in the register as well
    if json:
        json_line({"witness": by, "vouched_by": "、".join(vouched_by or ())})
        return
    out().print(f"已换口令 renewed {by}", highlight=False)
    if forgotten:
        out().print(
            "此前开始而未销毁的处置，其确认作废，须由另一监销人确认。Of disposals that were started before and are not begun, what he "
            "confirmed is void: another witness confirms them",
            highlight=False,
        )


def typed(name: str, words: str = "的口令 passphrase", *, twice: bool = False) -> str:
    """Typed unseen on a terminal; else the next line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt(f"{name} {words}", hide_input=True, confirmation_prompt=twice, err=True))
