"""`dossier learn`: a better model from what people have corrected, or none."""

from __future__ import annotations

from typing import Annotated

import typer

from plugins.cli.printing import json_line, out, table
from plugins.cli.starting import Json, load_settings
from plugins.teaching import corrections
from plugins.teaching.learning import Comparison, corrected, learn_all, try_out
from plugins.teaching.learning_json import back_json, learn_json
from plugins.teaching.model_in_use import Learnt, Note, back, read_note, take, write_model
from plugins.wiring import Archive, open_archive
from retention import register

EXAMPLES = "例 Example: `dossier learn --dry-run`, `dossier learn --by 李静`, `dossier learn --back`"
ACTOR = "dossier"


def command(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只比较，不启用。Compare; take nothing.")
    ] = False,
    back_to: Annotated[
        bool, typer.Option("--back", help="退回上一个模型；再退一次即恢复。Use the model before this one.")
    ] = False,
    by: Annotated[
        str, typer.Option("--by", help="由谁决定，记入台账。Who decides, for the register.")
    ] = ACTOR,
    json: Json = False,
) -> None:
    """用更正过的文件重新训练；在未见过的部分上更好才启用。Learn from corrections; take the new model only if it is better."""
    with open_archive(load_settings()) as archive:
        if back_to:
            _go_back(archive, by, json=json)
            return
        own = corrected(archive)
        note = read_note(archive.settings.home).current
        known = frozenset(note.learnt_from if note else ())
        on = archive.clock().astimezone().date()
        found = try_out(own, known, archive.rules.taxonomy, archive.settings.sure, on)
        new = len([one for one in own if one.sha256 not in known])
        taken = found.taken and not dry_run
        if taken:
            name = write_model(archive.settings.home, learn_all(own, archive.rules.taxonomy, on))
            _take(archive, name, found, tuple(one.sha256 for one in own), by)
    if json:
        json_line(learn_json(found, len(own), new, taken=taken, dry_run=dry_run))
        return
    _show(archive, found, len(own), new, taken=taken)


def _take(archive: Archive, name: str, found: Comparison, learnt_from: tuple[str, ...], by: str) -> None:
    now = archive.clock()
    figures = {"errors_before": found.old.errors, "errors": found.new.errors, "held_out": found.new.held_out}
    # The register speaks first: a model in use of which it knows nothing would be worse than the other way round.
    with archive.engine.begin() as connection:
        payload = {**figures, "corrections": len(learnt_from)}
        register.append(
            connection, at=now, actor=by, action="model-taken", subject=f"model/{name}", payload=payload
        )
    take(
        archive.settings.home,
        Learnt(file=name, at=corrections.stamp(now), by=by, learnt_from=learnt_from, **figures),
    )


def _go_back(archive: Archive, by: str, *, json: bool) -> None:
    note = back(archive.settings.home)
    used = note.current.file if note.current else "shipped"
    with archive.engine.begin() as connection:
        register.append(
            connection,
            at=archive.clock(),
            actor=by,
            action="model-taken",
            subject=f"model/{used}",
            payload={"back": True},
        )
    if json:
        json_line(back_json(used))
    else:
        out().print(f"现用模型 model in use: {_named(note)}", highlight=False)


def _named(note: Note) -> str:
    return note.current.file if note.current else "随程序提供 shipped"


def _show(archive: Archive, found: Comparison, own: int, new: int, *, taken: bool) -> None:
    grid = table(
        f"比较：{own} 份更正（{new} 份是新的） Compared",
        ["未学过的部分", "份数", "现用做法 正确", "加上更正 正确"],
    )
    for name, zh in archive.rules.taxonomy.categories.items():
        grid.add_row(zh, str(found.old.all[name]), str(found.old.right[name]), str(found.new.right[name]))
    total = found.old.held_out
    grid.add_row("合计", str(total), str(total - found.old.errors), str(total - found.new.errors))
    grid.add_row("文种正确", str(total), str(found.old.kinds_right), str(found.new.kinds_right))
    grid.add_row("有把握却归错", "", str(found.old.sure_and_wrong), str(found.new.sure_and_wrong))
    out().print(grid)
    verdict = (
        "已启用新模型 taken"
        if taken
        else "更好，但未启用（--dry-run） better, not taken"
        if found.taken
        else "未启用 not taken"
    )
    out().print(f"{verdict}：{found.zh}。{found.en}.", highlight=False)
