"""The heads file: heads of the register published outside the database, one a line, never rewritten.

Whoever cuts the register's tail or replaces the database must also get hold of this file, and of the
heads printed on every report. Keep it on another disk, under another account.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from retention.errors import RegisterBroken
from retention.register import Head

_LINE = re.compile(r"(?P<seq>\d{1,18}) (?P<at>\S{0,32}) (?P<hash>[0-9a-f]{64})", re.ASCII)


def publish_head(path: Path, head: Head) -> None:
    """Append the head to the file and return once it is on the disk.

    Call it after the transaction that wrote the head was committed, never before: a head of an entry
    that was rolled back would look like a cut tail for ever. Raises OSError, and then nothing of it is written.
    """
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        torn = not is_new and _last_byte(path) not in (b"", b"\n")
        line = b"\n" + line_of(head) if torn else line_of(head)
        size = file.seek(0, os.SEEK_END)
        try:
            # The second write, of what a full disk left of the first one, is what raises.
            file.write(line[file.write(line) or 0 :])
            os.fsync(file.fileno())
        except OSError:
            # Half a line would have to be explained to whoever checks the register.
            file.truncate(size)
            raise
    if is_new:
        _sync_folder(path.parent)


def line_of(head: Head) -> bytes:
    """The head's line as it stands in the file, with its end."""
    return f"{head.seq} {head.at} {head.hash}\n".encode("ascii")


def published_heads(path: Path) -> tuple[Head, ...]:
    """The published heads in the order of the lines.

    A last line without its end is a crash in the middle of writing and is left out. Raises
    RegisterBroken for a file that is missing, and for a line that is no head.
    """
    try:
        lines = path.read_text("ascii").split("\n")
    except FileNotFoundError as error:
        raise RegisterBroken(
            f"{path}: the heads file is gone: restore it before you rely on the register"
        ) from error
    except UnicodeDecodeError as error:
        message = f"{path}: byte {error.start} is not ASCII: this is no heads file, or a damaged one"
        raise RegisterBroken(message) from error
    return tuple(_head(path, number, line) for number, line in enumerate(lines[:-1], start=1))


def _head(path: Path, number: int, line: str) -> Head:
    match = _LINE.fullmatch(line)
    if match is None:
        raise RegisterBroken(
            f"{path}: line {number} is no head: if the machine crashed while it was written, "
            "have a second person look on while you remove the line, else treat the file as tampered with"
        )
    return Head(int(match["seq"]), match["at"], match["hash"])


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        return file.read(1)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; where a folder can not be opened (Windows), the file alone must do."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
