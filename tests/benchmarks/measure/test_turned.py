"""Turned copies lie as their name says, and a page counts as upright only when the turn was the right one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.measure import turned
from benchmarks.measure.outcome import Reading
from benchmarks.measure.truth import Case


def _page(path: Path) -> Case:
    """A white page with a black bar along its upper edge."""
    pixels = np.full((300, 200, 3), 255, dtype=np.uint8)
    pixels[:30] = 0
    Image.fromarray(pixels).save(path)
    return Case(path, "字", {}, "clean", (), 0, 1)


def test_each_copy_shows_the_page_turned_clockwise(tmp_path: Path) -> None:
    copies = turned.lay(_page(tmp_path / "page.png"), tmp_path)
    dark = {}
    for copy in copies:
        with Image.open(copy.path) as picture:
            pixels = np.asarray(picture.convert("L"))
        edges = {"top": pixels[5], "right": pixels[:, -6], "bottom": pixels[-6], "left": pixels[:, 5]}
        dark[copy.turn] = max(edges, key=lambda name: -float(edges[name].mean()))
    assert dark == {0: "top", 90: "right", 180: "bottom", 270: "left"}


@pytest.mark.parametrize(
    ("turn", "rotation", "right"), [(90, 270, True), (90, 90, False), (0, 0, True), (180, 0, False)]
)
def test_a_page_is_upright_when_it_was_turned_back_by_what_it_lay_turned(
    turn: int, rotation: int, right: bool
) -> None:
    assert (
        turned.upright(Case(Path("a"), "字", {}, "clean", (), turn, 1), Reading("字", (rotation,))) is right
    )


def test_only_turned_pages_count_as_missed() -> None:
    copies = [Case(Path("a"), "字", {}, "clean", (), turn, 1) for turn in (0, 90)]
    found = turned.figures(copies, [Reading("字", (0,)), Reading("字", (0,))])
    assert (found["turned_pages"], found["wrongly_turned"]) == (1, 1)
    assert found["by_turn"]["90"]["cer_mean"] == 0.0
