"""Scanners: a thread for each inbox that writes files the way that machines and people do."""

from __future__ import annotations

import random
import threading
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from tests.soak.ledger import Ledger
from tests.soak.papers import broken, growing, paper
from tests.soak.place import Share

SETTLE = 1.5
"""Seconds for which the programs let a file lie; patience beyond is 20 s, because bursts come 8 s apart."""
_ENDINGS = ("png", "jpg", "pdf", "tif")
_NAMES = ("扫描件", "客户资料 (2)", "合同　正本", unicodedata.normalize("NFD", "résumé"), "图" * 60, "scan")
_BULK = 200


class Scanner(threading.Thread):
    """Writes into one share until it is told to stop. `backlog` tells how much waits: nobody scans faster than he looks."""

    def __init__(self, share: Share, ledger: Ledger, seed: int, backlog: Callable[[], int]) -> None:
        super().__init__(name=f"scanner {share.folder.name}", daemon=True)
        self.stop = threading.Event()
        self.bulk = threading.Event()
        self._share, self._ledger, self._backlog = share, ledger, backlog
        self._chance = random.Random(seed)
        self._before: list[bytes] = []
        self._number = 0

    def run(self) -> None:
        """Write, with pauses as people make them."""
        self._leave_droppings()
        ways = {
            self._at_once: 30,
            self._renamed: 25,
            self._several: 12,
            self._in_bursts: 8,
            self._reopened: 8,
            self._again: 6,
            self._broken: 8,
            self._eight_seconds_apart: 1,
        }
        while not self.stop.is_set():
            if self._backlog() > 500:
                self.stop.wait(1.0)
                continue
            way = self._chance.choices(list(ways), list(ways.values()))[0]
            if self.bulk.is_set():
                self.bulk.clear()
                way = self._two_hundred
            with self._share.calm:
                way()
            self.stop.wait(self._chance.expovariate(1.2))

    def _paper(self) -> tuple[bytes, str]:
        ending = self._chance.choice(_ENDINGS)
        content = paper(self._chance, ending)
        if self._chance.random() < 0.1:
            self._before.append(content)
        return content, ending

    def _path(self, ending: str) -> Path:
        self._number += 1
        folder = self._share.inbox
        if self._chance.random() < 0.3:
            folder = folder / self._chance.choice(["前台", "前台/2026", "b"])
            folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self._chance.choice(_NAMES)} {self._number}.{ending}"

    def _at_once(self) -> None:
        content, ending = self._paper()
        self._ledger.wrote(content, "written at once")
        self._path(ending).write_bytes(content)

    def _renamed(self) -> None:
        content, ending = self._paper()
        path = self._path(ending)
        unfinished = path.with_name(f"{self._number}.tmp")
        unfinished.write_bytes(content[: len(content) // 2])
        time.sleep(self._chance.uniform(0, 0.3))
        with unfinished.open("ab") as file:
            file.write(content[len(content) // 2 :])
        self._ledger.wrote(content, "renamed tmp to its name")
        unfinished.rename(path)

    def _several(self) -> None:
        for _ in range(self._chance.randint(3, 15)):
            self._at_once()

    def _two_hundred(self) -> None:
        for _ in range(_BULK):
            content, ending = self._paper()
            self._ledger.wrote(content, "two hundred at once")
            self._path(ending).write_bytes(content)

    def _in_bursts(self, pause: float = 0.8) -> None:
        content = paper(self._chance, self._chance.choice(("png", "jpg", "pdf")))
        third = len(content) // 3
        self._ledger.wrote(content, "three bursts" if pause < 8 else "three bursts, 8 s apart")
        with self._path("pdf" if content.startswith(b"%PDF") else "png").open("wb") as file:
            for part in (content[:third], content[third : 2 * third], content[2 * third :]):
                file.write(part)
                file.flush()
                time.sleep(pause)

    def _eight_seconds_apart(self) -> None:
        self._in_bursts(8.0)

    def _reopened(self) -> None:
        first, whole = growing(self._chance)
        path = self._path("tif")
        path.write_bytes(first)
        began = time.monotonic()
        time.sleep(self._chance.uniform(0.1, 0.6))
        # Written in one piece over what is there, as a printer does that opens its file anew for each page.
        self._ledger.wrote(whole, "reopened and appended")
        with path.open("r+b" if path.exists() else "wb") as file:
            file.write(whole)
        if time.monotonic() - began > SETTLE * 0.6:
            self._ledger.may_be_early(first, whole)

    def _again(self) -> None:
        if self._before:
            content = self._chance.choice(self._before)
            self._ledger.wrote(content, "same bytes again")
            self._path("png").write_bytes(content)

    def _broken(self) -> None:
        content = broken(self._chance)
        self._ledger.wrote(content, "broken", good=False)
        self._path("pdf").write_bytes(content)

    def _leave_droppings(self) -> None:
        inbox = self._share.inbox
        for name in (
            ".hidden.pdf",
            "~$合同.docx",
            "Thumbs.db",
            "half.pdf.part",
            "@eaDir",
            "scan.pdf.crdownload",
        ):
            (inbox / name).write_bytes(b"x")
            self._ledger.leaves(str(inbox / name))
        (inbox / "link.pdf").symlink_to("/etc/hostname")
        self._ledger.leaves(str(inbox / "link.pdf"))
