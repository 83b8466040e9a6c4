"""`dossier sweep`: labels what lies in paperless-ngx already."""

from __future__ import annotations

import signal
import threading
import time
import uuid
from collections import Counter
from datetime import datetime
from typing import Annotated

import typer

from plugins.cli.printing import json_line, out, table
from plugins.cli.reading_files import open_pool
from plugins.cli.starting import Json, load_settings
from plugins.errors import BadWord
from plugins.exit_codes import ExitCode
from plugins.paperless.backend import PaperlessDms
from plugins.rereading.reading_originals import Originals
from plugins.sweeping import run
from plugins.sweeping.outcome import Swept
from plugins.sweeping.pace import Pace
from plugins.sweeping.run import Scope
from plugins.sweeping.sweep import Mode, Sweep
from plugins.sweeping.sweep_json import noticed_json, swept_json
from plugins.teaching import noticing
from plugins.teaching.noticing import Noticed
from plugins.wiring import Archive, open_archive, vocabulary

EXAMPLES = (
    "例 Example: `dossier sweep --dry-run --limit 20`, `dossier sweep --mode suggest`, `dossier sweep --watch`; "
    "按 Ctrl-C 停止，下次接着做 stops it, and the next one goes on"
)
_HOW = {
    "labelled": "已标注",
    "proposed": "已建议",
    "unchanged": "无需处理",
    "refused": "不予标注",
    "failed": "失败",
    "waiting": "稍后再试",
    "gone": "已不在",
}


def command(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只显示会做什么，不写入。Only tell; write nothing.")
    ] = False,
    mode: Annotated[
        Mode,
        typer.Option(
            "--mode",
            help="只填空白；只提建议；或也更新本系统所设且无人改过的。Fill what is empty; propose; or renew our own.",
        ),
    ] = "only-empty",
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="最多几份。At most so many.")] = None,
    rate: Annotated[
        float, typer.Option("--rate", min=0, help="每分钟最多几份，0 为不限。So many a minute; 0: no limit.")
    ] = 60.0,
    read_again: Annotated[
        bool, typer.Option("--read-again", help="不用服务器的文字，重新识别原件。Read the originals again.")
    ] = False,
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], help="只看该日起加入的。Added on that day or later."),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="持续进行，直到停止。Go on until stopped.")] = False,
    json: Json = False,
) -> None:
    """标注 paperless-ngx 中已有的文件，绝不覆盖人工设置。Label what lies there; what people have set stays."""
    if watch and (dry_run or limit is not None):
        raise BadWord(
            "--watch 一直运行，不能与 --dry-run、--limit 同用。--watch goes on and on: leave --dry-run and --limit out"
        )
    settings = load_settings()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    told = _Told(json=json)
    with open_archive(settings) as archive, Originals(lambda: open_pool(settings)) as originals:
        if not isinstance(archive.dms, PaperlessDms):
            raise BadWord(
                "本地文档系统无须补标注。there is nothing to sweep in the local archive: set DOSSIER_DMS=paperless"
            )
        sweep = Sweep(
            archive,
            archive.dms.existing,
            uuid.uuid4().hex,
            mode,
            originals.read,
            dry_run=dry_run,
            read_again=read_again,
        )
        pace = Pace(rate, time.monotonic, stop.wait)
        _go(archive, sweep, Scope(limit, since.date() if since else None), pace, stop, told, watch=watch)
    told.end()
    if told.went_wrong:
        raise typer.Exit(ExitCode.REFUSED)


def _go(
    archive: Archive,
    sweep: Sweep,
    scope: Scope,
    pace: Pace,
    stop: threading.Event,
    told: _Told,
    *,
    watch: bool,
) -> None:
    if sweep.dry_run:
        for one in run.dry_run(sweep, scope, pace):
            told(one)
            if stop.is_set():
                return
        return
    archive.dms.prepare(vocabulary(archive.rules))
    sweep.existing.prepare()
    if watch:
        run.watch(sweep, scope, pace, stop, archive.settings.poll_seconds, told)
        return
    for noticed in noticing.notice_all(archive, sweep.existing):
        told(noticed)
    for one in run.once(sweep, scope, pace, stop):
        told(one)


class _Told:
    """What people and programs read while it goes on."""

    def __init__(self, *, json: bool) -> None:
        self._json = json
        self._count: Counter[str] = Counter()
        self._changed = 0

    @property
    def went_wrong(self) -> bool:
        """Whether a document was refused or could not be labelled."""
        return bool(self._count["refused"] or self._count["failed"])

    def __call__(self, one: Swept | Noticed) -> None:
        """One document, or one change that somebody has made."""
        if isinstance(one, Noticed):
            self._changed += 1
            if self._json:
                json_line(noticed_json(one))
            return
        self._count[one.how] += 1
        if self._json:
            json_line(swept_json(one))
        elif one.how != "unchanged":
            labels = "，".join(f"{name.removeprefix('field:')}={value}" for name, value in one.sets.items())
            what = one.reason or labels
            out().print(f"{one.dms_id} {_HOW[one.how]} {what}", highlight=False, markup=False)

    def end(self) -> None:
        """The sums."""
        if self._json:
            return
        grid = table("标注 Sweep", ["结果", "份数"])
        for how, count in self._count.items():
            grid.add_row(f"{_HOW[how]} {how}", str(count))
        grid.add_row("人工更改 changed by people", str(self._changed))
        out().print(grid)
