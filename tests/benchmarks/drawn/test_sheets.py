"""Drawn papers fit on their pages, and their fonts have every character that they are asked for."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.drawn import sheets
from benchmarks.drawn.draft import Maker
from benchmarks.drawn.invented import Invention
from samples import faces, wording
from samples.markup import parse
from samples.papers import layout_of
from samples.sheet import TICKED


def _invention(seed: int) -> Invention:
    return Invention(np.random.default_rng([seed, 3]))


def _name(make: object) -> str:
    return str(getattr(make, "__name__", make))


@pytest.mark.parametrize("make", sheets.DRAFTS, ids=_name)
def test_no_text_runs_over_the_foot_of_its_page(make: Maker) -> None:
    clean = sheets.of_draft(make, _invention(1), 100)
    for page in clean.pages:
        pixels = np.asarray(page.convert("L"))
        # Only a page number may stand in the lowest 4 % of the page, nothing in the lowest 2 %.
        assert (pixels[-round(pixels.shape[0] * 0.02) :] > 200).all()


@pytest.mark.parametrize("make", sheets.DRAFTS, ids=_name)
def test_the_face_of_a_draft_has_every_character_of_it(make: Maker) -> None:
    for seed in range(3):
        draft = make(_invention(seed))
        layout = layout_of(draft.settings)
        said = set("".join("".join(map(wording.page, parse(draft.text))).split())) - {TICKED}
        for face in (layout.face, layout.title_face, "hand"):
            box = bytes(faces.font(face, 24).getmask("\uffff"))
            shapes = {char: bytes(faces.font(faces.setting(face, char), 24).getmask(char)) for char in said}
            assert [char for char, shape in shapes.items() if shape == box] == []


def test_a_spread_is_one_wide_page() -> None:
    spread = sheets.spread(_invention(4), 60)
    (page,) = spread.pages
    assert page.width > page.height
    assert spread.traits[0] == "spread"


@pytest.mark.parametrize("draw", sheets.PICTURES, ids=_name)
def test_a_picture_bears_its_text_and_comes_out_alike_each_time(draw: sheets.Picturer) -> None:
    one, again = (sheets.of_picture(draw, _invention(5), 80) for _ in range(2))
    assert one.text == again.text
    assert one.pages[0].tobytes() == again.pages[0].tobytes()
    assert len(one.text) > 60
