from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from consumers.pictures import Picture
from consumers.preparing.background import even_background
from samples import faces

WIDTH, HEIGHT = 1240, 900
INK = 40


def page(paper: int = 250) -> Picture:
    picture = Image.new("L", (WIDTH, HEIGHT), paper)
    pencil = ImageDraw.Draw(picture)
    for top in range(100, 800, 70):
        pencil.text((100, top), "甲乙双方协商一致解除合同退还定金", fill=INK, font=faces.font("song", 36))
    return np.asarray(picture)[:, :, None].repeat(3, axis=2)


def lit(picture: Picture, least: float) -> Picture:
    """The picture in light that falls off from left to right."""
    light = np.linspace(1.0, least, WIDTH)[None, :, None]
    return (picture * light).astype(np.uint8)


def test_paper_becomes_white_where_light_was_and_where_it_was_not() -> None:
    even = even_background(lit(page(), 0.4))
    paper = page()[..., 0] > 200
    assert np.mean(even[..., 0][paper] > 240) > 0.97


def test_ink_stays_dark_everywhere() -> None:
    even = even_background(lit(page(), 0.4))
    ink = page()[..., 0] <= INK
    assert even[..., 0][ink].max() < 90


def test_yellowed_paper_becomes_white_and_the_page_grey() -> None:
    yellow = (page() * np.array([0.7, 0.9, 1.0])).astype(np.uint8)
    even = even_background(yellow)
    assert np.array_equal(even[..., 0], even[..., 2])
    assert np.median(even) > 245


def test_a_thick_headline_is_not_taken_for_background() -> None:
    picture = Image.new("L", (WIDTH, HEIGHT), 250)
    ImageDraw.Draw(picture).text((100, 100), "合同", fill=INK, font=faces.font("hei-bold", 180))
    dark = np.asarray(picture) <= INK
    even = even_background(np.asarray(picture)[:, :, None].repeat(3, axis=2))
    assert np.mean(even[..., 0][dark] < 120) > 0.95


@pytest.mark.parametrize("size", [(1, 1), (1, 700), (700, 2), (30, 400)])
def test_odd_sizes_and_strips_keep_their_size(size: tuple[int, int]) -> None:
    strip = np.full((*size, 3), 200, np.uint8)
    assert even_background(strip).shape == strip.shape
