"""The benchmark of finding: its arithmetic here, itself where there is a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.found import Refused, chosen, measured
from benchmarks.measure.truth import Case
from benchmarks.paperless import NEEDED
from benchmarks.served.looked_for import Looked

ROOT = Path(__file__).parents[2]


def test_a_rank_a_false_hit_and_a_miss_are_told_apart() -> None:
    looked = [Looked("names", "甲", 0), Looked("names", "乙", 1), Looked("names", "丙", 2)]
    hits = {"甲": [10], "乙": [10, 11, 99], "丙": [10]}
    figures = measured(looked, {10: 0, 11: 1, 12: 2}, {"dossier": hits.__getitem__})
    assert figures["sorts"] == {
        "names": {"dossier": {"looked": 3, "found": 2, "first": 1, "false": 3, "again": 0}}
    }
    assert [(one["typed"], one["rank"]) for one in figures["missed"]] == [("乙", 2), ("丙", 0)]


def test_what_the_server_refuses_is_asked_once_more_without_its_brackets() -> None:
    def ask(typed: str) -> list[int]:
        if "（" in typed or typed == "x":
            raise Refused(typed)
        return [10]

    looked = [Looked("numbers", "（2022）民初1号", 0), Looked("numbers", "x", 0)]
    row = measured(looked, {10: 0}, {"web": ask})["sorts"]["numbers"]["web"]
    assert row == {"looked": 2, "found": 1, "first": 1, "false": 0, "again": 2}


def test_scans_of_one_page_are_chosen_from_the_whole_set() -> None:
    cases = [Case(Path(f"{n}.png"), "", {}, "clean", (), 0, 1 + (n == 0)) for n in range(9)]
    assert [case.path.name for case in chosen(cases, 2)] == ["1.png", "5.png"]


@pytest.mark.process
def test_without_a_server_it_says_what_it_needs() -> None:
    told = {name: value for name, value in os.environ.items() if not name.startswith("PAPERLESS_")}
    call = [sys.executable, "-m", "benchmarks.found", "--quick"]
    done = subprocess.run(call, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert NEEDED in done.stderr


@pytest.mark.skipif(
    not os.environ.get("PAPERLESS_TOKEN"), reason="asks a real paperless-ngx; see tests/live/README.md"
)
@pytest.mark.process
@pytest.mark.ocr
def test_the_quick_run_files_looks_and_writes_its_figures(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "benchmarks.found", "--quick", "--json", str(tmp_path / "figures.json")]
    subprocess.run(call, cwd=ROOT, check=True)
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert figures["filed"] == figures["scans"] == 12
    assert all(ways["dossier"]["false"] == 0 for ways in figures["sorts"].values())
