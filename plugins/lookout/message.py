"""The message of an alarm: what the webhook gets as JSON and people as a mail. No names of files, persons or papers."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from datetime import datetime

from plugins.lookout.trouble import Word

_ZH = {"began": "出现问题", "goes-on": "仍未解决", "over": "已恢复正常"}
_EN = {"began": "trouble", "goes-on": "still in trouble", "over": "all well again"}


@dataclass(frozen=True)
class Message:
    """One thing to tell. `since` is when the trouble was first seen; `detail` and `remedy` are those of its check."""

    word: Word
    trouble: str
    detail: str
    remedy: str
    since: datetime
    at: datetime
    archive: str

    @property
    def subject(self) -> str:
        """One line."""
        return f"[dossier] {_ZH[self.word]} {_EN[self.word]}: {self.trouble}"

    @property
    def text(self) -> str:
        """What a person reads."""
        since = self.since.astimezone().isoformat(sep=" ", timespec="minutes")
        lines = [
            self.detail,
            self.remedy,
            f"自 since {since}",
            f"{self.archive} {socket.gethostname()}".strip(),
        ]
        return "\n".join(line for line in lines if line) + "\n"


def message_json(message: Message) -> dict[str, object]:
    """The object that a webhook gets."""
    return {
        "word": message.word,
        "trouble": message.trouble,
        "text": f"{message.subject}\n{message.text}",
        "detail": message.detail,
        "remedy": message.remedy,
        "since": message.since.isoformat(timespec="seconds"),
        "at": message.at.isoformat(timespec="seconds"),
        "archive": message.archive,
        "host": socket.gethostname(),
    }
