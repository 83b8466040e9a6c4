"""A page in grey, and made smaller: what is kept is what would be computed."""

from __future__ import annotations

import gc

import cv2
import numpy as np
import pytest

from consumers.pictures import Picture
from consumers.preparing import grey
from consumers.preparing.grey import averaged, grey_of, in_three, small_grey

LARGE, LITTLE = (1300, 900), (40, 30)


def coloured(size: tuple[int, int] = LARGE) -> Picture:
    return np.random.default_rng(1).integers(0, 256, (*size, 3)).astype(np.uint8)


@pytest.mark.parametrize("size", [LARGE, LITTLE])
def test_a_picture_in_grey_is_what_opencv_makes_of_it(size: tuple[int, int]) -> None:
    picture = coloured(size)
    for _ in range(2):
        assert np.array_equal(grey_of(picture), cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))


def test_a_page_is_made_grey_once() -> None:
    page = coloured()
    assert grey_of(page) is grey_of(page)


def test_another_page_is_never_taken_for_it() -> None:
    first = coloured()
    grey_of(first)
    second = np.ascontiguousarray(255 - first)
    assert np.array_equal(grey_of(second), cv2.cvtColor(second, cv2.COLOR_BGR2GRAY))


def test_nothing_is_kept_of_a_page_that_is_gone_nor_of_a_line() -> None:
    page = coloured()
    grey_of(page)
    assert len(grey._kept) == 1
    grey_of(coloured(LITTLE))
    assert grey._kept[0].page() is page
    del page
    gc.collect()
    assert grey._kept == []


def test_what_has_no_colour_becomes_as_small_as_if_it_had() -> None:
    one = coloured()[..., 0].copy()
    page = in_three(one)
    assert np.array_equal(page, cv2.cvtColor(one, cv2.COLOR_GRAY2BGR))
    size = (333, 481)
    assert np.array_equal(averaged(page, size), cv2.resize(page, size, interpolation=cv2.INTER_AREA))
    assert np.array_equal(small_grey(page, size), averaged(page, size)[..., 0])
    assert grey_of(page) is one


def test_what_has_colour_keeps_it_when_it_becomes_smaller() -> None:
    page = coloured()
    grey_of(page)
    size = (333, 481)
    assert np.array_equal(averaged(page, size), cv2.resize(page, size, interpolation=cv2.INTER_AREA))
