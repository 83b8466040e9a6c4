"""The demo: a scanner drops the samples into a scratch folder, and `dossier` does its work on them.

Everything here goes through the same doors that people use: the folder, the command line, the
report. It ends with exit code 0 only if every sample came out as `truth.csv` says.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from classifiers.labels import in_percent

HERE = Path(__file__).parent
ROOT = HERE.parent
KEPT = ROOT / "demo-archive"
REPORT = ROOT / "build" / "demo" / "retention-report.html"
LONGEST = 900.0
SEARCHES = (
    ("客户姓名 a name", "王建国"),
    ("房号 a unit", "3-2-1201"),
    ("合同编号 a contract number", "JX-YS-2019-03-1201"),
    ("两字词 a two-character word", "渗漏"),
)
FROM, TO = "2009-01-01", "2030-12-31"

REFUSALS = {
    "empty": "empty",
    "truncated": "damaged",
    "encrypted": "encrypted",
    "not-a-pdf": "wrong-type",
    "duplicate": "duplicate",
    "state-secret": "state-secret",
}
"""What `truth.csv` expects of a bad file, and the code with which `dossier` refuses it."""

screen = Console(width=None if sys.stdout.isatty() else 180)


def main() -> int:
    """Run the demo; gives back the exit code."""
    parser = argparse.ArgumentParser(prog="./run demo", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave the archive in demo-archive/ to play with")
    keep = parser.parse_args().keep
    with _home(keep) as home:
        answers = _drop_and_watch(home, _truth())
        _show(answers)
        wrong = _compare(answers, _truth())
        found = [_search(home, what, words) for what, words in SEARCHES]
        _report(home)
        if keep:
            _say_what_next(home)
    for line in wrong:
        screen.print(f"[red]✗[/red] {line}")
    if wrong or not all(found):
        screen.print("[red]演示未完全成功 the demo did not come out as expected[/red]")
        return 1
    screen.print(
        f"[green]✓[/green] {len(answers)} 份文件全部如期 all {len(answers)} files came out as expected"
    )
    return 0


def _truth() -> dict[str, dict[str, str]]:
    with (HERE / "truth.csv").open(encoding="utf-8", newline="") as file:
        return {Path(row["file"]).name: row for row in csv.DictReader(file)}


@contextmanager
def _home(keep: bool) -> Iterator[Path]:
    if not keep:
        with tempfile.TemporaryDirectory(prefix="dossier-demo-") as scratch:
            yield Path(scratch)
        return
    if KEPT.exists():
        shutil.rmtree(KEPT)
    KEPT.mkdir()
    yield KEPT


def _environment(home: Path) -> dict[str, str]:
    foreign = {k: v for k, v in os.environ.items() if not k.startswith(("DOSSIER_", "PAPERLESS_"))}
    return foreign | {
        "DOSSIER_HOME": str(home),
        "DOSSIER_INBOX": str(home / "inbox"),
        "DOSSIER_ORGANISATION": "江州置业有限公司（演示）",
        "DOSSIER_SETTLE_SECONDS": "1",
        "DOSSIER_PATIENCE_SECONDS": "4",
        "DOSSIER_POLL_SECONDS": "1",
        "PYTHONUTF8": "1",
    }


def _dossier(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "plugins", *words],
        cwd=home,
        env=_environment(home) | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def _drop_and_watch(home: Path, truth: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """Start the watcher, play the scanner, and collect one answer a file."""
    inbox = home / "inbox"
    inbox.mkdir(parents=True)
    log = (home / "watch.log").open("w", encoding="utf-8")
    watcher = subprocess.Popen(
        [sys.executable, "-m", "plugins", "watch", "--json"],
        cwd=home,
        env=_environment(home) | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    screen.print(f"扫描文件夹 the scanner's folder: {inbox}", soft_wrap=True)
    scanner = threading.Thread(target=_scan, args=(inbox, list(truth.values())), daemon=True)
    scanner.start()
    killer = threading.Timer(LONGEST, watcher.kill)
    killer.start()
    try:
        assert watcher.stdout is not None
        answers = _collect(watcher.stdout, len(truth))
        if len(answers) < len(truth):
            screen.print("[red]dossier watch 中途结束 ended early:[/red]")
            screen.print((home / "watch.log").read_text(encoding="utf-8")[-4000:], markup=False)
        return answers
    finally:
        killer.cancel()
        watcher.terminate()
        watcher.wait(30)
        log.close()


def _collect(lines: IO[str], total: int) -> list[dict[str, Any]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    answers: list[dict[str, Any]] = []
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("扫描、识别、归档 scanning, reading, filing", total=total)
        for line in lines:
            answers.append(json.loads(line))
            bar.advance(task)
            if len(answers) == total:
                break
    return answers


def _scan(inbox: Path, rows: list[dict[str, str]]) -> None:
    """Write the samples as scanners do: in bursts with pauses, most under a temporary name first."""
    # The copy that is a duplicate must come after its original, as it does at a scanner.
    for number, row in enumerate(sorted(rows, key=lambda row: row["expect"] == "duplicate")):
        source = HERE / row["file"]
        target = inbox / source.name
        content = source.read_bytes()
        half = len(content) // 2
        under = target if number % 4 == 0 else target.with_name(f".{target.name}.part")
        with under.open("wb") as file:
            file.write(content[:half])
            file.flush()
            time.sleep(0.1)
            file.write(content[half:])
        if under != target:
            under.rename(target)
        time.sleep(0.05 if number % 6 else 0.4)


def _show(answers: list[dict[str, Any]]) -> None:
    names = {
        "sales": "销售",
        "contract": "签约",
        "title": "办证",
        "repair": "修理",
        "litigation": "诉讼",
        "other": "其他",
    }
    grid = Table(title="归档结果 What became of each file", title_justify="left", header_style="bold")
    for column in ("文件", "类别", "文种", "密级", "客户档案", "保管到期", "把握或拒收原因"):
        grid.add_column(column, overflow="fold")
    for answer in sorted(answers, key=lambda a: ("error" in a, a.get("category", ""), a["file"])):
        if "error" in answer:
            grid.add_row(
                answer["file"], "—", "—", "—", "—", "—", f"[red]{answer['error']['message_zh']}[/red]"
            )
            continue
        sure = in_percent(answer["confidence"])
        if answer["review_reasons"]:
            sure += f" [yellow]待核：{'；'.join(answer['review_reasons'])}[/yellow]"
        if answer["dossier_doubt"]:
            sure += f" [yellow]待归户：{answer['dossier_doubt']}[/yellow]"
        grid.add_row(
            answer["file"],
            names[answer["category"]],
            answer["kind"],
            answer["confidentiality"],
            answer["dossier"] or "—",
            answer["retain_until"] or "—",
            sure,
        )
    screen.print(grid)


def _compare(answers: list[dict[str, Any]], truth: dict[str, dict[str, str]]) -> list[str]:
    """What did not come out as it should: refused or taken in against expectation, or lost."""
    wrong = []
    by_name = {answer["file"]: answer for answer in answers}
    right = 0
    for name, row in truth.items():
        answer = by_name.get(name)
        expected = REFUSALS.get(row["expect"])
        got = answer["error"]["code"] if answer and "error" in answer else None
        if answer is None:
            wrong.append(f"{name}: 没有结果 no answer")
        elif got != expected:
            wrong.append(f"{name}: {got or 'filed'}, expected {expected or 'filed'}")
        elif expected is None:
            right += answer["category"] == row["category"]
    good = sum(row["expect"] == "opens" for row in truth.values())
    screen.print(f"类别正确 category right: {right}/{good}")
    if right < 0.9 * good:
        wrong.append(f"类别只对了 {right}/{good}，应在九成以上 category right in fewer than nine of ten")
    return wrong


def _search(home: Path, what: str, words: str) -> bool:
    done = _dossier(home, "search", words, "--json")
    hits = [json.loads(line) for line in done.stdout.splitlines()]
    screen.print(f"\n[bold]检索 {what}：{words}[/bold]  →  {len(hits)} 条 hits")
    for hit in hits[:4]:
        quote = " … ".join(hit["highlights"][:1])
        screen.print(f"  {hit['id']:>3}  {hit['title']}   ‹{quote}›", markup=False, highlight=False)
    if not hits:
        screen.print(f"[red]  {done.stderr.strip()}[/red]")
    return bool(hits)


def _report(home: Path) -> None:
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    done = _dossier(
        home, "report", "retention", "--from", FROM, "--to", TO, "--output", str(REPORT), "--made-by", "演示"
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    screen.print(f"\n保管期限审查表 retention report ({FROM} – {TO}): {REPORT}", soft_wrap=True)


def _say_what_next(home: Path) -> None:
    env = ROOT / ".env"
    if not env.exists():
        env.write_text(f"# Written by ./run demo --keep; delete it when you are done.\nDOSSIER_HOME={home}\n")
    points_here = str(home) in env.read_text(encoding="utf-8")
    prefix = "" if points_here else f"DOSSIER_HOME={home} "
    screen.print(f"\n档案留在 the archive stays in {home}; 接着可以试 try next:", soft_wrap=True)
    if points_here:
        screen.print("（.env 已指向它，用完请删 .env points there; delete it when you are done）")
    for line in ("search 认购", "search 锦绣花园 --category contract", "intake list", "watch", "doctor"):
        screen.print(f"  {prefix}.venv/bin/dossier {line}", soft_wrap=True, highlight=False)


if __name__ == "__main__":
    sys.exit(main())
