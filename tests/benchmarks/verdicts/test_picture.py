"""The picture of the curves."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from benchmarks.verdicts import picture
from benchmarks.verdicts.figures import figures
from tests.benchmarks.verdicts.made import judged


def test_each_set_has_a_panel_in_which_the_product_is_drawn(tmp_path: Path) -> None:
    side = figures(judged(("sales", "sales", 0.9, False), ("title", "sales", 0.4, True)))
    picture.draw({name: {"product": side} for name in ("a", "b", "c")}, tmp_path / "curves.png")
    with Image.open(tmp_path / "curves.png") as image:
        assert image.size == (1240, 880)
        blue = (11, 87, 208)
        colours = {colour for _, colour in image.crop((0, 0, 620, 440)).getcolors(1 << 20) or []}
    assert blue in colours
