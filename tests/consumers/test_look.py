"""Two scans of one sheet look alike, different sheets do not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from consumers.look import look_of, unlike
from consumers.pictures import Picture
from consumers.preparing.skew import straightened
from consumers.preparing.turning import turned


def sheet(seed: int) -> Picture:
    """A page with lines of different lengths, and a block somewhere."""
    rng = np.random.default_rng(seed)
    page = np.full((1754, 1240, 3), 255, dtype=np.uint8)
    for row in range(100, 1650, 48):
        end = int(rng.integers(200, 1140)) if rng.random() < 0.8 else 0
        for left in range(100, end, 26):
            cv2.rectangle(page, (left, row), (left + 18, row + 20), (20, 20, 20), -1)
    left, top = int(rng.integers(100, 700)), int(rng.integers(100, 1200))
    cv2.rectangle(page, (left, top), (left + 400, top + 350), (60, 60, 60), -1)
    return page


def noisy(picture: Picture) -> Picture:
    grains = np.random.default_rng(1).normal(0, 20, picture.shape)
    return np.clip(picture * 0.9 + grains, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    "again",
    [
        lambda page: straightened(page, 1.0),
        lambda page: np.asarray(cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)),
        noisy,
    ],
    ids=["askew", "coarser", "noisy"],
)
def test_another_scan_of_the_sheet_looks_nearly_the_same(again: object) -> None:
    assert callable(again)
    assert unlike(look_of(sheet(1)), look_of(again(sheet(1)))) <= 8


def test_other_sheets_look_otherwise() -> None:
    looks = [look_of(sheet(seed)) for seed in range(6)]
    apart = [unlike(one, other) for place, one in enumerate(looks) for other in looks[place + 1 :]]
    assert min(apart) > 8


def test_a_sheet_that_lies_on_its_head_looks_as_it_does_upright() -> None:
    assert unlike(look_of(turned(sheet(2), 180), 180), look_of(sheet(2))) <= 2


def test_what_is_not_known_is_like_nothing() -> None:
    assert unlike("", "") == 64
    assert look_of(np.zeros((3, 3, 3), dtype=np.uint8)) == ""
