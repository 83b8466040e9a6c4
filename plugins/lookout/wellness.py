"""What `/healthz` answers: one Check for each thing that must be so for files to get on, with a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.lookout.check import Check
from plugins.lookout.outside import EVERY, Look, Outside
from plugins.lookout.queue_state import QueueState
from plugins.settings import Settings

_TOO_OLD = 8 * EVERY


def examine_now(settings: Settings, queue: QueueState | None, outside: Look) -> list[Check]:
    """Every check, from how the queue stands (None: our database does not answer) and the last look outside."""
    return [
        _of(
            "database",
            queue is not None,
            "数据库应答正常。Our database answers.",
            "数据库没有应答。Our database does not answer.",
            "检查 DOSSIER_DATABASE_URL 与磁盘。Check DOSSIER_DATABASE_URL and the disk.",
        ),
        *checks_of_outside(settings, outside.last, outside.age),
        *(checks_of_queue(settings, queue) if queue is not None else ()),
    ]


def checks_of_outside(settings: Settings, seen: Outside | None, age: float) -> Iterator[Check]:
    """DMS, disk, folder, and what waits for a person in the set-aside folder."""
    yield _of(
        "lookout",
        age <= _TOO_OLD,
        "文档系统、磁盘、文件夹有人定时查看。DMS, disk and folders are looked at.",
        f"已有 {age:.0f} 秒看不到文档系统、磁盘或文件夹。No look at DMS, disk and folders has ended for {age:.0f} s.",
        "检查网络共享是否挂起。See whether a share hangs.",
    )
    if seen is None or age > _TOO_OLD:
        return
    yield _of(
        "dms",
        not seen.trouble,
        "文档系统可达。The DMS answers.",
        f"文档系统不可达。The DMS does not answer ({seen.trouble}).",
        "运行 dossier doctor 查看原因；文件不会丢失。dossier doctor tells why; no file is lost meanwhile.",
    )
    free = seen.free >> 20
    yield _of(
        "disk",
        free >= settings.min_free_mb,
        f"磁盘空余 {free} MB。{free} MB are free.",
        f"磁盘只剩 {free} MB。Only {free} MB are free.",
        "清理磁盘，否则不再取件。Make room: nothing more is taken in.",
    )
    yield _of(
        "inbox",
        seen.inbox,
        "扫描文件夹在。The scanner's folder is there.",
        "扫描文件夹不在。The scanner's folder is not there.",
        "检查 DOSSIER_INBOX 与网络共享。Check DOSSIER_INBOX and the share.",
    )
    if seen.set_aside is not None:
        number = seen.set_aside
        yield Check(
            "set-aside",
            not number,
            f"{number} 份文件已搁置，等人处理。{number} files are set aside and wait for somebody."
            if number
            else "没有搁置的文件。No file is set aside.",
            "查看搁置文件夹中的说明。See the notes in the set-aside folder." if number else "",
            optional=True,
        )


def checks_of_queue(settings: Settings, queue: QueueState) -> Iterator[Check]:
    """Watcher, workers, and how long the oldest file has waited."""
    watchers, workers = len(queue.watchers), sum(one.sight.processes for one in queue.workers)
    yield _of(
        "watcher",
        watchers > 0,
        f"{watchers} 个守候进程在运行。{watchers} watching.",
        "没有守候进程在运行。Nobody watches the scanner's folder.",
        "启动 dossier watch。Start dossier watch.",
    )
    yield _of(
        "workers",
        workers > 0,
        f"{workers} 个识别进程在运行。{workers} reading processes at work.",
        "没有识别进程在运行。Nobody reads what is taken in.",
        "启动 dossier worker，或不带 --line-up 的 dossier watch。Start dossier worker, or dossier watch without --line-up.",
    )
    minutes, most = queue.longest / 60, settings.alarm_waiting_minutes
    unfinished = queue.waiting + queue.leased + queue.in_folders
    yield _of(
        "waiting",
        minutes <= most,
        f"{unfinished} 份文件未处理完，最久的 {minutes:.0f} 分钟。{unfinished} files are on their way, the oldest for {minutes:.0f} minutes.",
        f"{unfinished} 份文件未处理完，最久的已 {minutes:.0f} 分钟。{unfinished} files are on their way, the oldest for "
        f"{minutes:.0f} minutes; {most:g} are allowed.",
        "用 dossier intake list 查看原因。dossier intake list tells what they wait for.",
    )


def is_well(checks: list[Check]) -> bool:
    """Whether nothing fails that files need to get on."""
    return all(check.ok or check.optional for check in checks)


def _of(name: str, ok: bool, well: str, ill: str, remedy: str) -> Check:
    return Check(name, ok, well if ok else ill, "" if ok else remedy)
