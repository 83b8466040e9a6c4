"""The labels benchmark, as a person starts it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import labels
from benchmarks.verdicts import exam
from classifiers.taxonomy import load

ROOT = Path(__file__).parents[2]


def test_the_second_exam_is_a_set_of_its_own() -> None:
    told = labels._parser().parse_args(["--set", "second", "--quick"])  # nothing is judged here
    (name, cases), *others = labels._sets(told, load()).items()
    assert (name, others) == ("second", [])
    assert len({case.document for case in cases}) > 50
    assert not {case.document for case in cases} & {case.document for case in exam.cases(0)}


@pytest.mark.process
def test_the_exam_is_judged_by_every_side_and_the_figures_and_the_picture_are_written(tmp_path: Path) -> None:
    figures, picture = tmp_path / "figures.json", tmp_path / "curves.png"
    options = ["--set", "exam", "--quick", "--json", str(figures), "--picture", str(picture)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.labels", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(figures.read_text("utf-8"))["sets"].values()
    assert {"product", "paperless-ngx after the corpus", "keywords"} <= found["sides"].keys()
    assert len({side["documents"] for side in found["sides"].values()}) == 1
    assert found["sides"]["product"]["right"] > found["sides"]["paperless-ngx after the corpus"]["right"]
    assert picture.stat().st_size > 1000
    assert "reliability" in done.stdout
