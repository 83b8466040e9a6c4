from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Page

from consumers.searchable.frame import turn_of, upright, visible


def _page(pdf: pikepdf.Pdf, **entries: Any) -> Page:
    pdf.pages.append(Page(Dictionary(Type=Name.Page, **entries)))
    return pdf.pages[-1]


def _taken(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@pytest.mark.parametrize(
    ("turn", "lower_left", "size"),
    [
        (0, (10, 20), (200, 300)),
        (90, (210, 20), (300, 200)),
        (180, (210, 320), (200, 300)),
        (270, (10, 320), (300, 200)),
    ],
)
def test_the_lower_left_corner_that_a_reader_shows_is_found(
    turn: int, lower_left: tuple[float, float], size: tuple[float, float]
) -> None:
    with pikepdf.Pdf.new() as pdf:
        matrix, *shown = upright(_page(pdf, MediaBox=Array([10, 20, 210, 320]), Rotate=turn))
    assert (_taken(matrix, 0, 0), tuple(shown)) == (lower_left, size)


@pytest.mark.parametrize(("said", "turn"), [(-90, 270), (450, 90), (720, 0), (89, 0), (Name.Odd, 0)])
def test_whatever_a_page_says_of_its_turn_it_is_a_quarter_turn(said: object, turn: int) -> None:
    with pikepdf.Pdf.new() as pdf:
        assert turn_of(_page(pdf, MediaBox=Array([0, 0, 9, 9]), Rotate=said)) == turn


@pytest.mark.parametrize(
    ("media", "crop", "shown"),
    [
        ([0, 0, 100, 200], None, (0, 0, 100, 200)),
        ([100, 200, 0, 0], None, (0, 0, 100, 200)),
        ([0, 0, 100, 200], [10, 20, 300, 90], (10, 20, 100, 90)),
        ([0, 0, 100, 200], [300, 300, 400, 400], (0, 0, 100, 200)),
        ([0, 0], None, (0, 0, 612, 792)),
        (["a", 0, 1, 2], None, (0, 0, 612, 792)),
    ],
)
def test_a_reader_shows_the_crop_box_as_far_as_it_lies_on_the_page(
    media: list[object], crop: list[object] | None, shown: tuple[float, ...]
) -> None:
    with pikepdf.Pdf.new() as pdf:
        page = _page(pdf, MediaBox=Array(media), **({} if crop is None else {"CropBox": Array(crop)}))
        assert visible(page) == shown


def test_a_tree_of_pages_that_runs_in_a_circle_comes_to_an_end() -> None:
    with pikepdf.Pdf.new() as pdf:
        page = _page(pdf)
        page.obj.Parent = page.obj
        assert visible(page) == (0, 0, 612, 792)
