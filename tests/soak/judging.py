"""The account: every file that was written is in the DMS once, or set aside with a reason, and nothing else is anywhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from consumers import intake
from consumers.scan import sha256_of
from retention import register
from retention.dms import Dms
from tests.soak.ledger import Ledger


@dataclass
class Account:
    """What was found. `faults` is empty where all is as it must be."""

    written: int = 0
    early: int = 0
    filed: int = 0
    aside: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, nothing is twice, and nothing else is wrong."""
        return not (self.lost or self.twice or self.faults)


def account(ledger: Ledger, documents: Mapping[str, int], aside: Mapping[str, list[str]]) -> Account:
    """Compare what was written with the DMS' documents and with the codes of what was set aside, both by checksum.

    Of the same bytes written n times one is filed and n-1 are refused as duplicates. A whole file may be set aside for
    what the faults did to who read it (`reader-died`, `worker-died`), and a broken one never be filed.
    """
    found = Account(ledger.count())
    good, early = Counter(ledger.good), dict(ledger.early)
    for first, last in early.items():
        if documents.get(first) and good[last]:
            # Taken before it was appended to: then both states are files of their own.
            good[first] += 1
            found.early += 1
    for value, count in good.items():
        filed, codes = documents.get(value, 0), aside.get(value, [])
        found.filed += filed
        found.aside.update(codes)
        _compare(found, value, count, filed, codes)
        if filed == 0 and codes and not set(codes) <= {"reader-died", "worker-died", "duplicate"}:
            found.faults.append(f"{value[:12]}: a whole file was set aside as {codes}")
        if filed and len([code for code in codes if code == "duplicate"]) < count - 1:
            found.faults.append(f"{value[:12]}: written {count} times, and set aside as {codes}")
    for value, count in ledger.bad.items():
        filed, codes = documents.get(value, 0), aside.get(value, [])
        found.aside.update(codes)
        if filed:
            found.faults.append(f"{value[:12]}: broken, and filed all the same")
        _compare(found, value, count, filed, codes)
    known = set(good) | set(ledger.bad)
    for value in {*documents, *aside} - known:
        if documents.get(value) or aside.get(value):
            found.faults.append(f"{value[:12]}: nobody wrote that ({aside.get(value, 'in the DMS')})")
    return found


def _compare(found: Account, value: str, count: int, filed: int, codes: list[str]) -> None:
    if filed + len(codes) < count:
        found.lost.append(f"{value[:12]}: written {count} times, filed {filed}, set aside {codes}")
    if filed > 1 or filed + len(codes) > count:
        found.twice.append(f"{value[:12]}: written {count} times, filed {filed}, set aside {codes}")


def filed(dms: Dms) -> tuple[Counter[str], list[str]]:
    """How many documents the DMS has of each checksum, computed from the bytes that it gives out; and what is wrong there."""
    sums: Counter[str] = Counter()
    wrong = []
    for record in dms.records():
        stored = dms.checksum(record.dms_id)
        sums[stored] += 1
        if stored != record.card.sha256:
            wrong.append(f"document {record.dms_id}: has other bytes than its card says")
    return sums, wrong


def set_aside(folder: Path) -> tuple[dict[str, list[str]], list[str]]:
    """The codes of what lies in the set-aside folder, by checksum; and what is wrong there."""
    codes: dict[str, list[str]] = {}
    wrong = []
    for note in folder.glob("*.json"):
        told = json.loads(note.read_text("utf-8"))
        content = note.with_name(note.name.removesuffix(".json"))
        if not content.exists():
            wrong.append(f"{note.name}: a note without its file")
        elif sha256_of(content) != told["sha256"]:
            wrong.append(f"{note.name}: the file has other bytes than its note says")
        codes.setdefault(told["sha256"], []).append(told["code"])
    for content in folder.iterdir():
        if content.suffix != ".json" and not content.with_name(f"{content.name}.json").exists():
            wrong.append(f"{content.name}: a file without a note")
    return codes, wrong


def left_over(home: Path, inboxes: Iterable[Path], ledger: Ledger) -> list[str]:
    """What is still in the spool or the inboxes and must not be, and what must be there and is not."""
    wrong = [f"{path}: still in the spool" for path in (home / "spool").glob("*/content")]
    lying = {str(path) for inbox in inboxes for path in inbox.rglob("*") if not path.is_dir()}
    wrong += [f"{path}: still in the inbox" for path in lying - ledger.left]
    wrong += [f"{path}: was taken or touched" for path in ledger.left - lying]
    return wrong


def table_of_truth(engine: sa.Engine, files: int) -> list[str]:
    """What is wrong with the intake table and the register."""
    with engine.begin() as connection:
        rows = intake.listing(connection)
        register.verify(connection)
        subjects = Counter(entry.subject for entry in register.entries(connection) if entry.action == "filed")
        ids = set(connection.execute(sa.select(intake.intake_event.c.intake_id)).scalars())
    wrong = [
        f"{row.id}: stands at {row.state}: {row.reason}" for row in rows if row.state not in intake.FINAL
    ]
    wrong += [f"{row.id}: {row.name} has no event" for row in rows if row.id not in ids]
    wrong += [f"{subject}: filed {count} times" for subject, count in subjects.items() if count > 1]
    wrong += [f"{row.id}: {row.reason}" for row in rows if row.reason.startswith("lost")]
    if len(rows) != files:
        wrong.append(f"{len(rows)} rows for {files} files")
    return wrong
