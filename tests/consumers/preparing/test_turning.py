from __future__ import annotations

import cv2
import numpy as np
import pytest

from consumers.preparing.turning import turned
from tests.consumers.made import cornered, corners

PICTURE = np.ascontiguousarray(cv2.cvtColor(np.asarray(cornered()), cv2.COLOR_GRAY2BGR), dtype=np.uint8)


@pytest.mark.parametrize(
    ("degrees", "dark"),
    [(0, "x..."), (90, ".x.."), (180, "...x"), (270, "..x."), (360, "x..."), (450, ".x..")],
)
def test_a_picture_turns_clockwise(degrees: int, dark: str) -> None:
    assert corners(turned(PICTURE, degrees)) == dark


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turning_on_to_a_full_circle_gives_the_picture_back(degrees: int) -> None:
    assert (turned(turned(PICTURE, degrees), 360 - degrees) == PICTURE).all()
