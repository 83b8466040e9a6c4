"""What paperless-ngx keeps of documents that were destroyed, beyond the reach of its API, and what to do there by hand.

Found on 3.0.5 by looking through its database and folders after the trash was emptied.
"""

from __future__ import annotations

from retention.dms import Caution


def remains(*, audit_log: bool, trash_seen: bool) -> tuple[Caution, ...]:
    """One each: what stays, and the command on the server that removes it, or where to look. `audit_log`: it is on;
    `trash_seen`: the server's trash folder is looked into after each destruction."""
    found = {_AUDIT_LOG: audit_log, _INDEX: True, _TRASH_DIR: not trash_seen}
    return tuple(caution for caution, holds in found.items() if holds)


_AUDIT_LOG = Caution(
    "audit log",
    "服务器的修改历史仍存有已销毁文件的自定义字段和备注（含姓名、证件号码）。"
    "The server's audit log still holds the custom fields and notes of destroyed documents, with names and ID numbers.",
    "在服务器上运行 prune_audit_logs（容器内：docker compose exec webserver prune_audit_logs）。Run that on the server.",
)
_INDEX = Caution(
    "search index",
    "全文索引的文件里可能仍有已删条目，直到合并。Files of the search index may hold removed entries until they are merged.",
    "在服务器上运行 document_index reindex。Run that on the server.",
)
_TRASH_DIR = Caution(
    "trash folder",
    "若服务器设有 PAPERLESS_EMPTY_TRASH_DIR（或 PAPERLESS_TRASH_DIR），原件被移入该目录而非删除；接口查不到这项设置。"
    "Where PAPERLESS_EMPTY_TRASH_DIR (PAPERLESS_TRASH_DIR) is set, originals were moved there and not erased; the API does not tell.",
    "取消该设置并清空该目录；或挂载后以 DOSSIER_PAPERLESS_TRASH_DIR 指明，逐件核对。"
    "Unset it and empty the folder; or mount it and name it by DOSSIER_PAPERLESS_TRASH_DIR, and it is looked at for each record.",
)
