"""The benchmark against a paperless-ngx: its arithmetic here, itself where there is a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.measure.outcome import Reading
from benchmarks.measure.truth import Case
from benchmarks.paperless import NEEDED, chosen, costs, found_in
from benchmarks.served.turns import ALONE, THROUGH, Spent, Tally

ROOT = Path(__file__).parents[2]


def case(folder: Path, name: str, *, size: int = 10, turn: int = 0, pages: int = 1) -> Case:
    path = folder / f"{name}.png"
    Image.new("L", (size, size)).save(path)
    return Case(
        path, "", {"contract_no": ("HT-1", "HT-2"), "customer": ("测试甲",)}, "clean", (), turn, pages
    )


def test_upright_scans_of_one_page_are_chosen_and_the_first_does_not_count(tmp_path: Path) -> None:
    fit = [case(tmp_path, str(number)) for number in range(7)]
    unfit = [case(tmp_path, "turned", turn=90), case(tmp_path, "long", pages=3)]
    first, cases = chosen([*unfit, *fit], 3, 0)
    assert first == fit[0]
    assert cases == [fit[1], fit[3], fit[5]]


def test_small_pictures_and_files_that_are_none_are_left_out(tmp_path: Path) -> None:
    paper = Case(tmp_path / "one.pdf", "", {}, "clean", (), 0, 1)
    paper.path.write_bytes(b"%PDF-1.4")
    large = [case(tmp_path, name, size=2000) for name in ("one", "two")]
    assert chosen([paper, case(tmp_path, "small"), *large], 5, 4.0) == (large[0], large[1:])


def test_a_truth_without_such_scans_is_told_of() -> None:
    with pytest.raises(SystemExit, match="--truth"):
        chosen([], 1, 0)


def test_the_ratios_say_how_many_times_what_both_together_take_the_server_alone_takes() -> None:
    sides = {
        ALONE: Tally(costs=[Spent(20.0, 16.0, 0.0), Spent(10.0, 8.0, 0.0)]),
        THROUGH: Tally(costs=[Spent(4.0, 1.0, 2.0), Spent(2.0, 0.5, 0.5)]),
    }
    found = costs(sides, 2)
    assert found["ratios"] == {"wall_alone_to_us": 5.0, "cpu_alone_to_us": 6.0}
    assert found[THROUGH]["cpu_seconds_a_page"] == 2.0
    assert found[ALONE]["wall_median"] == 15.0


def test_without_the_servers_processes_no_cpu_ratio_is_told() -> None:
    sides = {side: Tally(costs=[Spent(4.0, None, 1.0)]) for side in (ALONE, THROUGH)}
    found = costs(sides, 1)
    assert found["ratios"] == {"wall_alone_to_us": 1.0, "cpu_alone_to_us": None}
    assert found[THROUGH]["of_these_ours"] == 1.0


def test_values_are_looked_for_in_the_text_and_a_scan_that_was_not_taken_counts(tmp_path: Path) -> None:
    one, other = case(tmp_path, "one"), case(tmp_path, "other")
    tally = Tally({one.path: Reading("测试甲 HT-1 HT-2"), other.path: Reading("", refused="not taken")})
    found = found_in([one, other], tally)
    assert (found["values"], found["values_found"]) == (6, 0.5)
    assert (found["numbers"], found["numbers_found"]) == (4, 0.5)
    assert found["not_taken"] == 1


@pytest.mark.process
def test_without_a_server_it_says_what_to_set() -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PAPERLESS_")}
    call = [sys.executable, "-m", "benchmarks.paperless", "--quick"]
    done = subprocess.run(call, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (1, NEEDED)


@pytest.mark.skipif(
    not (os.environ.get("PAPERLESS_URL") and os.environ.get("PAPERLESS_TOKEN")),
    reason="no paperless-ngx to ask: set PAPERLESS_URL and PAPERLESS_TOKEN; see tests/live/README.md",
)
@pytest.mark.process
@pytest.mark.ocr
def test_both_sides_file_the_same_scans_and_the_figures_are_written(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    call = [sys.executable, "-m", "benchmarks.paperless", "--quick", "--json", str(figures)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(figures.read_text("utf-8"))
    assert [row["not_taken"] for row in found["text"].values()] == [0, 0]
    assert found["one_at_a_time"]["ratios"]["wall_alone_to_us"] > 0
