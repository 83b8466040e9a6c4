"""Settings of a paperless-ngx that hurt the archive, as far as its API tells them.

What it does not tell: PAPERLESS_DATE_ORDER, PAPERLESS_CONSUMER_DELETE_DUPLICATES and PAPERLESS_EMPTY_TRASH_DIR. Of the
second and of Ghostscript, failed tasks tell afterwards; docs/paperless.md says what to look at by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins.paperless.client.account import Account
from plugins.paperless.client.configuration import configuration
from plugins.paperless.client.connection import Connection
from plugins.paperless.client.groups import Groups
from plugins.paperless.client.status import status
from plugins.paperless.client.tasks import Tasks
from plugins.paperless.client.workflows import Workflow, Workflows
from plugins.paperless.rights.readers import CHANGE, SEE, Readers, name_of
from retention.dms import Caution

_QUARANTINE_DAYS = 180
"""For so long a record that is to be destroyed can be taken back; a trash that empties itself earlier takes that away."""
_NOT_FOR_GROUPS = {"delete_document", "add_sharelink", "add_sharelinkbundle"}


def cautions(connection: Connection, account: Account, readers: Readers) -> Iterator[Caution]:
    """What hurts on this server, and what to do about it."""
    yield from _account(account)
    yield from _groups(connection, account, readers)
    if "view_workflow" in account.may:
        for workflow in Workflows(connection).running():
            yield from _workflow(workflow)
    if "view_applicationconfiguration" in account.may:
        yield from _configuration(connection)
    if account.superuser or "view_system_monitoring" in account.may:
        yield from _status(connection)
    yield from _tasks(connection)


def _account(account: Account) -> Iterator[Caution]:
    days = account.settings.get("trash_delay")
    if isinstance(days, int) and days < _QUARANTINE_DAYS:
        yield Caution(
            "trash",
            f"回收站满 {days} 天即自动清空，误删的档案无法找回。"
            f"The trash empties itself after {days} days: what somebody deletes by mistake is destroyed then.",
            "PAPERLESS_EMPTY_TRASH_DELAY=365，且不要给用户 delete_document 权限。"
            "Set it, and give people no right delete_document.",
        )
    if account.settings.get("auditlog_enabled") is False:
        yield Caution(
            "audit log",
            "修改历史已关闭，谁改了标签无从查考。The audit log is off: nobody can tell who changed what.",
            "PAPERLESS_AUDIT_LOG_ENABLED=true",
        )
    unseen = [
        right for right in ("view_workflow", "view_applicationconfiguration") if right not in account.may
    ]
    if unseen:
        yield Caution(
            "not seen",
            f"账号 {account.name} 看不到服务器的工作流或配置，未能检查。"
            f"The account {account.name} may not see workflows or configuration, so these were not looked at.",
            f"授予 {', '.join(unseen)} 权限。Give it these rights.",
        )


def _groups(connection: Connection, account: Account, readers: Readers) -> Iterator[Caution]:
    missing = [circle.level for circle in readers.circles() if circle.see is None]
    if missing:
        remedy = (
            "dossier init"
            if {"view_group", "add_group"} <= account.may
            else "view_group, add_group; dossier init"
        )
        yield Caution(
            "groups",
            f"密级 {'、'.join(missing)} 没有查阅组，这些密级的文件只有 {account.name} 看得到。"
            f"These levels have no group, so their documents are seen by {account.name} alone.",
            remedy,
        )
    if "view_group" in account.may:
        seeing = {name_of(level, SEE) for level in readers.levels}
        changing = {name_of(level, CHANGE) for level in readers.levels}
        for group in Groups(connection).all():
            if group.name in seeing | changing and (more := sorted(_NOT_FOR_GROUPS & group.may)):
                yield Caution(
                    "groups",
                    f"用户组 {group.name} 有 {'、'.join(more)} 权限，组员可删除档案或把它公开。"
                    f"The group {group.name} has the rights {', '.join(more)}: its members may delete records or publish them.",
                    "在“用户和组”中收回这些权限。Take these rights away.",
                )
            if group.name in seeing and "view_document" not in group.may:
                yield Caution(
                    "groups",
                    f"用户组 {group.name} 没有 view_document 权限，组员什么也看不到。"
                    f"The group {group.name} lacks the right view_document: its members see nothing.",
                    "在“用户和组”中授予该权限。Give it that right.",
                )


def _workflow(workflow: Workflow) -> Iterator[Caution]:
    does = {
        "会把文件移入回收站 moves documents to the trash": workflow.to_trash,
        "会去掉文件的所有者，使其对所有人公开 takes the owner away, which shows documents to everybody": workflow.takes_owner,
        "会改变文件的查看权限 changes who may see documents": workflow.changes_rights,
        "会去掉标签或字段 takes labels away": workflow.takes_labels,
    }
    for what, so in does.items():
        if so:
            yield Caution(
                "workflow",
                f"工作流“{workflow.name}”{what}",
                "限定其触发条件，使其不涉及带有“原件sha256”字段的文件，或停用。"
                "Narrow its trigger so that it leaves documents with the field 原件sha256 alone, or switch it off.",
            )


def _configuration(connection: Connection) -> Iterator[Caution]:
    found = configuration(connection)
    if found.mode in ("force", "redo"):
        yield Caution(
            "ocr mode",
            f"识别模式为 {found.mode}，服务器会把我们已识别的文件再识别一遍，慢而且更差；旧版 Ghostscript 还会使 redo 失败。"
            f"The mode {found.mode} makes the server read again what we have read; with an old Ghostscript, redo fails.",
            "PAPERLESS_OCR_MODE=auto",
        )
    if found.archive_file_generation == "always":
        yield Caution(
            "archive files",
            "服务器会为每份文件另做一份存档 PDF，占用一倍空间和时间。"
            "The server makes an archive PDF of every document, also of those that can be searched already.",
            "PAPERLESS_ARCHIVE_FILE_GENERATION=auto",
        )
    if found.barcodes:
        yield Caution(
            "barcodes",
            "条码分割已启用，带分隔码的扫描件会被拆开，原件不再完整。"
            "Barcode splitting is on: a scan with such a code is cut up, and its original is not kept whole.",
            "PAPERLESS_CONSUMER_ENABLE_BARCODES=false",
        )
    if found.barcode_numbers:
        yield Caution(
            "barcode numbers",
            "服务器会按条码给文件编 ASN，号码已被占用的文件会被拒收。"
            "The server takes a document's number (ASN) from a barcode, and refuses a document whose number is taken.",
            "PAPERLESS_CONSUMER_ENABLE_ASN_BARCODE=false",
        )


def _status(connection: Connection) -> Iterator[Caution]:
    for part, state in status(connection).items():
        if state == "ERROR":
            yield Caution(
                part,
                f"服务器的 {part} 不工作。The server says of its {part}: ERROR.",
                "见 paperless-ngx 的“系统状态”页和日志（索引：document_index reindex）。"
                "See its System Status page and log (index: run document_index reindex).",
            )


def _tasks(connection: Connection) -> Iterator[Caution]:
    failed = Tasks(connection).failed()
    if any(failure.duplicate for failure in failed):
        yield Caution(
            "duplicates",
            "服务器拒收重复文件，连回收站里的也算（PAPERLESS_CONSUMER_DELETE_DUPLICATES）。"
            "The server refuses the bytes of documents that it has, also of those in its trash.",
            "PAPERLESS_CONSUMER_DELETE_DUPLICATES=false：重复与否由本程序判断。This program looks for duplicates itself.",
        )
    if any("ghostscript" in failure.words.lower() for failure in failed):
        yield Caution(
            "ghostscript",
            "有文件因服务器上的 Ghostscript 而失败。Documents failed because of the server's Ghostscript.",
            "PAPERLESS_OCR_OUTPUT_TYPE=pdf，或升级 Ghostscript。Set it, or upgrade Ghostscript.",
        )
