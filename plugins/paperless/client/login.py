"""The token of an account that is known by name and password: asked for once, then kept in a file."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Login:
    """Name and password; `keep` is the file in which the token is kept between runs, None: it is not.

    The server gives tokens five times a minute at the most, and never another one: whoever asked anew at each start
    of each process would soon be turned away.
    """

    user: str
    password: str = field(repr=False)
    keep: Path | None = None

    def kept(self) -> str:
        """The token that was kept for this account, or an empty text."""
        try:
            name, _, token = (self.keep.read_text("utf-8") if self.keep else "").partition("\n")
        except (OSError, UnicodeDecodeError):
            return ""
        return token.strip() if name == self.user else ""

    def remember(self, token: str) -> None:
        """Keep it, for this system account's eyes; where that can't be done, each run asks anew."""
        if self.keep is None:
            return
        part = self.keep.with_name(f"{self.keep.name}.{os.getpid()}.part")
        with contextlib.suppress(OSError):
            part.touch(mode=0o600)
            part.write_text(f"{self.user}\n{token}\n", encoding="utf-8")
            os.replace(part, self.keep)

    def forget(self, token: str) -> None:
        """Let the kept token go, where it is still this one."""
        if self.keep is not None and self.kept() == token:
            self.keep.unlink(missing_ok=True)
