"""Copies for who asks: the papers that hold nobody else's data, and others only by number and with a reason.

Principle that must never break: the register names what is copied before the first copy is written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.errors import BadWord
from plugins.masking import mask_id_numbers
from plugins.requests.holdings import Holding, holdings
from plugins.requests.request_json import holding_json
from plugins.wiring import Archive
from retention.errors import BadRequest
from retention.requests import requests
from retention.requests.request import ENDS_IN_COPIES, Request

LIST = "answer.json"
"""The machine-readable list in the folder: what is held, what was copied, what must be blacked out."""
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
}


@dataclass(frozen=True)
class Copied:
    """The folder, the records whose copies lie in it, and those that do not: each with the reason."""

    folder: Path
    copies: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def copy(
    archive: Archive, number: int, folder: Path, include: Sequence[str], *, by: str, reason: str
) -> Copied:
    """Write the copies into a new folder, for this account's eyes. Raises BadRequest, and BadWord for a folder that is there."""
    with archive.engine.begin() as connection:
        one = requests.there(connection, number)
    if one.kind not in ENDS_IN_COPIES or one.state not in ("found", "answered"):
        raise BadRequest(
            f"第{number}号申请不是查阅复制或转移，或尚未核验身份、查找。Request {number} asks for no copies, or the identity was not "
            "checked and nothing looked for yet"
        )
    if include and not reason.strip():
        raise BadRequest(
            "载有他人信息的文件须写明理由（--reason），并先遮盖。Say why papers with data of others are included (--reason)"
        )
    if not by.strip():
        raise BadRequest("未写明经办人（--by）。Say who does it (--by)")
    if folder.exists():
        raise BadWord(
            f"--copies: {folder} 已存在，请写新文件夹。{folder} is there already: name a new folder"
        )
    found = holdings(archive, one)
    chosen, left = _chosen(found, include)
    with archive.engine.begin() as connection:
        told = {"records": [each.dms_id for each in chosen], "included": sorted(include)}
        told_reason = {"reason": mask_id_numbers(reason.strip())}
        requests.note(
            connection, number, "request-copied", {**told, **told_reason}, who=by, at=archive.clock()
        )
    _write(archive, one, folder, found, chosen)
    return Copied(folder, tuple(each.dms_id for each in chosen), left)


def _chosen(
    found: Sequence[Holding], include: Sequence[str]
) -> tuple[list[Holding], tuple[tuple[str, str], ...]]:
    known = {one.dms_id: one for one in found if one.state == "confirmed"}
    foreign = sorted(set(include) - known.keys())
    if foreign:
        raise BadRequest(
            f"未确认是其本人的文件：{'、'.join(foreign)}。Not confirmed to be of who asks: {', '.join(foreign)}"
        )
    chosen, left = [], []
    for one in known.values():
        if one.where not in ("kept", "handed-over"):
            left.append((one.dms_id, "不可见，须先解除限制或恢复 out of sight: lift or restore it first"))
        elif one.others and one.dms_id not in include:
            left.append(
                (one.dms_id, f"载有他人信息（至少 {one.others} 人） at least {one.others} others are on it")
            )
        else:
            chosen.append(one)
    return chosen, tuple(left)


def _write(
    archive: Archive, one: Request, folder: Path, found: Sequence[Holding], chosen: Sequence[Holding]
) -> None:
    """All or nothing: the folder has its name once it is whole."""
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    try:
        unfinished.mkdir(mode=0o700, parents=True)
        names = {}
        for count, each in enumerate(chosen, start=1):
            media = archive.dms.record(each.dms_id).card.media_type
            names[each.dms_id] = f"{count:03}-{each.dms_id}{_ENDINGS.get(media, '.bin')}"
            (unfinished / names[each.dms_id]).write_bytes(archive.dms.original(each.dms_id))
        rows = [
            holding_json(each) | {"file": names.get(each.dms_id), "black_out": bool(each.others)}
            for each in found
            if each.state == "confirmed"
        ]
        told = {"request": one.id, "name": one.name, "id_number": one.masked, "records": rows}
        (unfinished / LIST).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        unfinished.rename(folder)
    except OSError as error:
        raise BadWord(
            f"--copies: {folder} 不能写入。{folder} can not be written: {error.strerror}; name another folder"
        ) from error
