from __future__ import annotations

import cv2
import numpy as np
import pytest

from consumers.order import Piece, lines_of
from consumers.order.lie import lie_of
from tests.consumers.order.typeset import SIZE, column, piece

TEXT = [
    [f"左边第{row}行" + "的文字有这么长"[: row % 8], f"右边第{row}行" + "也这么长"[: row % 5]]
    for row in range(30)
]


def photographed(pieces: list[Piece], pull: float) -> list[Piece]:
    """The pieces on a photo taken from one side: the far edge is smaller by that part."""
    width, height = SIZE
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    near = flat + np.array([[0, 0], [0, pull * height], [0, -pull * height], [0, 0]], np.float32)
    to = cv2.getPerspectiveTransform(flat, near.astype(np.float32))
    found = []
    for p in pieces:
        box = np.array(
            [[[p.left, p.top], [p.right, p.top], [p.right, p.bottom], [p.left, p.bottom]]], np.float32
        )
        corners = cv2.perspectiveTransform(box, to)[0]
        (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        slope = float((corners[1][1] - corners[0][1]) / (corners[1][0] - corners[0][0]))
        found.append(Piece(p.text, left, top, right, bottom, slope, p.confidence))
    return found


@pytest.mark.parametrize("pull", [-0.06, -0.02, 0.03, 0.06])
def test_rows_hold_together_where_the_slope_changes_from_head_to_foot(pull: float) -> None:
    pieces = [
        piece(text, 120 + 800 * at, 120 + 65 * row)
        for row, some in enumerate(TEXT)
        for at, text in enumerate(some)
    ]
    found = [line.text for line in lines_of(photographed(pieces, pull), SIZE)]
    assert found == ["\u3000".join(some) for some in TEXT]


def test_a_page_that_lies_askew_is_set_straight() -> None:
    lie = lie_of(column(100, 200, ["一行有这么长的文字"] * 10), *SIZE)
    assert (lie.slope, lie.bend) == pytest.approx((0.0, 0.0), abs=1e-6)
    askew = [piece("一行有这么长的文字", 100, 200 + 100 * at, askew=1.5) for at in range(10)]
    lie = lie_of(askew, *SIZE)
    levels = [lie.straight((p.left + p.right) / 2, (p.top + p.bottom) / 2)[1] for p in askew]
    assert np.diff(levels) == pytest.approx(100, abs=0.5)


def test_a_piece_of_a_seal_does_not_tilt_the_page() -> None:
    pieces = column(100, 200, ["一行有这么长的文字"] * 10)
    seal = Piece("房地产开发有限公司", 900, 900, 1_200, 1_000, 0.09, 0.6)
    assert lie_of([*pieces, seal], *SIZE).slope == pytest.approx(0.0, abs=0.003)


def test_a_page_of_upright_lines_only_is_left_as_it_is() -> None:
    steep = [Piece("竖着的字有这么长", 100, 100 + 99 * at, 500, 160 + 99 * at, 0.3, 0.9) for at in range(8)]
    assert lie_of(steep, *SIZE).slope == 0.0
