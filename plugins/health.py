"""What works on this machine: one Check each for readers, languages, DMS, database, clock, disk, folders."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from consumers.readers import READERS
from plugins.errors import BadSetting, DatabaseUnavailable, StoreAway
from plugins.lookout.broker_health import broker_checks
from plugins.lookout.check import Check
from plugins.requests.clock import clock_checks
from plugins.settings import Settings
from plugins.stores.store_health import store_checks
from plugins.timestamps.stamp_health import stamp_checks
from plugins.wiring import Archive, Rules, open_archive, open_rules
from retention.dms import Dms, DmsStatus
from retention.errors import DmsError, DmsUnavailable
from retention.heads import published_heads
from retention.register import verify

_LITTLE_SPACE = 2 * 10**9
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def examine(settings: Settings) -> list[Check]:
    """Look at everything; never raises for what it finds."""
    checks = [_python(), *_readers(), *_rules(settings), _home(settings), *_folders(settings), _clock()]
    checks += broker_checks(settings)
    if all(check.ok for check in checks if check.name == "rules"):
        checks += _archive(settings)
    return checks


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check(
        "python", sys.version_info >= (3, 11), version, "" if sys.version_info >= (3, 11) else "3.11+"
    )


def _readers() -> list[Check]:
    lacks = {name: READERS[name].missing() for name in ("rapid", "tesseract")}
    working = [name for name, lack in lacks.items() if lack is None]
    checks = [
        Check(
            f"reader {name}",
            lack is None,
            "可用 works" if lack is None else "缺少 missing",
            lack or "",
            optional=bool(working),
        )
        for name, lack in lacks.items()
    ]
    detail = f"{working[0]} 识别扫描件 reads scans" if working else "无法识别扫描件 no scan can be read"
    remedy = "" if working else "apt-get install tesseract-ocr tesseract-ocr-chi-sim"
    return [*checks, Check("chinese ocr", bool(working), detail, remedy)]


def _rules(settings: Settings) -> list[Check]:
    try:
        rules = open_rules(settings)
    except BadSetting as error:
        return [Check("rules", False, str(error), "改正所指文件 correct the file that is named")]
    note = "（示例，请按本单位规定修订）" if rules.schedule.example else ""
    kinds, rows = len(rules.taxonomy.kind), len(rules.schedule.rules)
    detail = f"{kinds} 个文种、{rows} 条保管规则{note} {kinds} kinds, {rows} retention rules"
    return [Check("rules", True, detail), _model(rules)]


def _model(rules: Rules) -> Check:
    """Which model judges, of which day, and how good it was on makers that it had not seen."""
    used, about = rules.model, rules.model.model.about
    whose = (
        f"{used.note.file}，本单位学得 learnt here by {used.note.by} at {used.note.at[:10]}"
        if used.note
        else "随程序提供 shipped"
    )
    good = "、".join(
        f"{zh} {about.figures[name]:.1%}"
        for name, zh in (
            ("category_right", "类别"),
            ("category_right_hard", "难件类别"),
            ("kind_right", "文种"),
        )
        if name in about.figures
    )
    detail = f"{whose}，{about.texts} 份文字 texts，{about.date}，未见过的样式 on makers left out：{good}"
    if not used.model.fits(rules.taxonomy):
        return Check(
            "model",
            False,
            f"{detail}；与分类表不符 it does not fit the taxonomy",
            "dossier learn",
            optional=True,
        )
    if used.passed_over:
        remedy = "dossier learn 另学，--back 用前一个 makes another, --back uses the one before"
        return Check(
            "model",
            False,
            f"{detail}；本单位的未采用 the archive's own is not used: {used.passed_over}",
            remedy,
            optional=True,
        )
    return Check("model", True, detail)


def _home(settings: Settings) -> Check:
    folder = settings.home
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        return Check(
            "disk",
            False,
            f"{folder} 不能写入 can not be written to",
            "将 DOSSIER_HOME 设为自己的文件夹 set it to a folder of your own",
        )
    free = shutil.disk_usage(folder).free
    enough = free > _LITTLE_SPACE
    remedy = "" if enough else "清理磁盘，或换更大的盘 make room, or set DOSSIER_HOME to a larger disk"
    return Check("disk", enough, f"余 {free / 1e9:.1f} GB free at {settings.home}", remedy)


def _folders(settings: Settings) -> list[Check]:
    return [
        _folder(
            "inbox",
            settings.inbox_folder,
            "dossier init"
            if settings.inbox is None
            else "挂载共享，或自行建立 mount its share, or make it yourself",
        ),
        _folder("set-aside", settings.set_aside_folder, "dossier init"),
    ]


def _folder(name: str, folder: Path, remedy: str) -> Check:
    if not folder.is_dir():
        return Check(name, False, f"{folder} 尚不存在 is not there yet", remedy, optional=True)
    usable = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    remedy = (
        ""
        if usable
        else f"给运行 dossier 的账户读写权 chown or chmod {folder} for the account that runs dossier"
    )
    return Check(name, usable, str(folder), remedy)


def _clock() -> Check:
    now = datetime.now(UTC)
    sane = now > _EPOCH
    remedy = (
        ""
        if sane
        else "校准时钟，保管期限以此计算 set the clock (timedatectl set-ntp true): retention periods rest on it"
    )
    return Check("clock", sane, now.astimezone().isoformat(timespec="seconds"), remedy)


def _archive(settings: Settings) -> list[Check]:
    if settings.dms == "local" and not (settings.home / "dms").exists():
        # Looking makes nothing: a doctor who is asked beforehand leaves no empty archive behind.
        return [
            Check(
                "archive",
                False,
                f"{settings.home} 中尚无 none yet",
                "用 dossier init 建立 makes it",
                optional=True,
            )
        ]
    try:
        archive = open_archive(settings)
    except BadSetting as error:
        return [Check("database", False, str(error), "改正所指设置 correct the setting that is named")]
    except DatabaseUnavailable as error:
        return [Check("database", False, str(error), "见说明 see the message")]
    except StoreAway as error:
        return [Check("store", False, str(error.strerror), "见说明 see the message")]
    except DmsUnavailable as error:
        return [Check("dms", False, str(error), "见说明 see the message")]
    with archive:
        return _parts(archive, settings)


def _parts(archive: Archive, settings: Settings) -> list[Check]:
    return [
        _guarded(
            "database",
            lambda: _database(archive.engine),
            "检查 DOSSIER_DATABASE_URL 与磁盘 check it and the disk",
        ),
        _guarded(
            "register",
            lambda: _register(archive.engine, settings.heads_file),
            "台账被改动或数据库受损：保持原状，与备份核对 somebody changed the register, or the database is damaged: keep it as it is, and compare with a backup",
        ),
        _guarded("dms", lambda: _dms(archive.dms.status()), "见说明 see the message"),
        *stamp_checks(settings),
        *store_checks(archive),
        *_cautions(archive.dms),
        *_clocks(archive),
    ]


def _clocks(archive: Archive) -> list[Check]:
    """What should have been answered or returned by today."""
    try:
        return clock_checks(archive)
    except sa.exc.SQLAlchemyError:
        return []  # the check of the database itself tells what is wrong


def _cautions(dms: Dms) -> list[Check]:
    """Settings of the DMS that hurt the archive; it works all the same."""
    try:
        found = dms.cautions()
    except DmsError:
        return []  # the check of the DMS itself tells what is wrong
    return [Check(f"dms {one.name}", False, one.detail, one.remedy, optional=True) for one in found]


def _guarded(name: str, look: Callable[[], str], remedy: str) -> Check:
    try:
        return Check(name, True, look())
    except Exception as error:  # noqa: BLE001 - a check tells what it met, whatever it is
        return Check(name, False, f"{type(error).__name__}: {error}", remedy)


def _database(engine: sa.Engine) -> str:
    with engine.begin() as connection:
        connection.execute(sa.text("SELECT 1"))
    return str(engine.url.render_as_string(hide_password=True))


def _register(engine: sa.Engine, heads: Path) -> str:
    published = published_heads(heads) if heads.exists() else ()
    with engine.begin() as connection:
        count, told = verify(connection, published), len(published)
        return f"{count} 条，链完整，已公布的 {told} 个末条相符 {count} entries, the chain holds, {told} published heads agree"


def _dms(status: DmsStatus) -> str:
    return f"{status.name} {status.version}, {status.documents} documents, {status.detail}"
