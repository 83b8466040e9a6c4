"""What one record costs in appraisal and disposal, by how long its batch is: it must not grow with that.

    python -m benchmarks.kept.disposed [--records N ...] [--each N]

For each size an archive is made up from the seed of `benchmarks.retention`, without holds and with its index filled; a fifth of it is due, is
proposed in one batch, decided, approved and put into quarantine. Then `--each` records are restored, as many are destroyed in one run, and the
whole disposal is verified. Milliseconds of CPU of this process an item, what a whole command costs divided by its items.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from benchmarks.kept.enter import enter
from benchmarks.kept.measured import opened
from plugins.backends.local import rows
from plugins.keeping import appraising, disposing, restoring
from plugins.wiring import Archive
from retention.appraising.appraisal import Decision
from retention.dms import Deposit
from retention.keeping_tables import hold

_SEED = 7
_PAGES = ("第一页 认购书 锦绣花园" * 20,)
_WITNESSES = ("孙丽", "钱峰")
_SAID = "一句只有本人知道的口令啊啊"
_AFTER = timedelta(days=400)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.kept.disposed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--records", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--each", type=int, default=80, help="how many are restored, and destroyed")
    told = parser.parse_args()
    for records in told.records:
        with tempfile.TemporaryDirectory() as folder, opened(Path(folder), "") as archive:
            enter(archive, archive.settings.home / "dms", records, _SEED)
            _prepare(archive)
            _measure(archive, told.each)


def _prepare(archive: Archive) -> None:
    """Index and pages, which the made-up archive is without; and nothing is held."""
    dms = sqlite3.connect(archive.settings.home / "dms" / "dms.sqlite3", isolation_level=None)
    dms.execute("PRAGMA synchronous = OFF")
    dms.execute("BEGIN")
    for number, card in dms.execute("SELECT id, card FROM document").fetchall():
        entry = rows.search_entry(Deposit(Path(), rows.card_of(card), _PAGES))
        dms.execute("INSERT INTO page (document, number, text) VALUES (?, 1, ?)", (number, *_PAGES))
        dms.execute("INSERT INTO found (rowid, title, keys, text) VALUES (?, ?, ?, ?)", (number, *entry))
    dms.execute("COMMIT")
    dms.close()
    with archive.engine.begin() as connection:
        connection.execute(sa.update(hold).values(released_at="2026-01-01"))


def _measure(archive: Archive, each: int) -> None:
    batch = appraising.put_up(archive, "李静")
    assert batch is not None
    number, figures = batch.id, dict[str, str]()

    def per_item(step: str, count: int, act: Callable[[], object]) -> None:
        began = time.process_time()
        act()
        figures[step] = f"{1000 * (time.process_time() - began) / count:.2f} ms"

    def decide(decision: Decision) -> int:
        done = appraising.decide(archive, number, (), decision, by="李静", reason="保管期满")
        return len(done.refused)

    left = [0]
    per_item("decide", batch.items, lambda: left.append(decide("destroy")))
    if left[-1]:
        decide("undetermined")
    for side, who in (("archive", "王芳"), ("department", "周伟")):
        words = {"by": who, "department": "销售部", "words": ""}
        appraising.opine(archive, number, side, "agree", **words)  # type: ignore[arg-type]  # one of SIDES
    doomed = batch.items - left[-1]
    per_item("approve", doomed, lambda: appraising.approve(archive, number, by="赵敏"))
    per_item("quarantine", doomed, lambda: disposing.start(archive, number, by="李静"))
    with archive.engine.begin() as connection:
        disposal = connection.execute(sa.text("SELECT max(id) FROM disposal")).scalar_one()
    ids = [one.dms_id for one in disposing.show(archive, disposal).in_state("quarantined")][:each]
    per_item(
        "restore", len(ids), lambda: restoring.restore(archive, disposal, ids, by="王芳", reason="仍需查阅")
    )
    later = replace(
        archive,
        clock=lambda: archive.clock() + _AFTER,
        settings=archive.settings.model_copy(update={"max_disposals": each}),
    )
    for name in _WITNESSES:
        disposing.enrol(later, name, _SAID, vouched_by="王芳")
        disposing.witness(later, disposal, name, _SAID)
    marks: list[float] = []
    disposing.execute(later, disposal, by="吴刚", told=lambda *_: marks.append(time.process_time()))
    figures["destroy"] = f"{1000 * (marks[-1] - marks[0]) / (len(marks) - 1):.2f} ms"
    per_item("verify", doomed, lambda: disposing.verify(later, disposal))
    print(f"{doomed:,} items:", ", ".join(f"{step} {figure}" for step, figure in figures.items()), flush=True)


if __name__ == "__main__":
    main()
