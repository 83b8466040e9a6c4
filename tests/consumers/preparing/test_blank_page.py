from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from consumers.pictures import Picture
from consumers.preparing.blank_page import has_ink
from samples import faces

WIDTH, HEIGHT, DPI = 1240, 1754, 150
TEXT = "甲乙双方协商一致解除合同退还定金自签字之日起生效"
Draw = Callable[[Image.Image], None]


def scanned(draw: Draw, paper: tuple[int, int, int] = (246, 244, 240), grain: float = 3.0) -> Picture:
    """The drawn page as a scanner hands it in: unevenly lit, grainy, JPEG."""
    page = Image.new("RGB", (WIDTH, HEIGHT), paper)
    draw(page)
    light = np.linspace(0.88, 1.0, WIDTH)[None, :, None]
    lit = np.asarray(page)[:, :, ::-1] * light + np.random.default_rng(1).normal(0, grain, (HEIGHT, WIDTH, 3))
    packed = cv2.imencode(".jpg", np.clip(lit, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
    unpacked = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    assert unpacked is not None
    return np.asarray(unpacked, dtype=np.uint8)


def bilevel(picture: Picture, threshold: int) -> Picture:
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return np.asarray(np.where(grey[..., None] > threshold, 255, 0).repeat(3, axis=2), dtype=np.uint8)


def nothing(page: Image.Image) -> None:
    del page


def specks(page: Image.Image) -> None:
    pencil, chance = ImageDraw.Draw(page), np.random.default_rng(2)
    for x, y, radius in zip(
        chance.uniform(0, WIDTH, 80), chance.uniform(0, HEIGHT, 80), [1, 2] * 40, strict=True
    ):
        pencil.circle((x, y), radius, fill=(40, 40, 40))


def punch_holes(page: Image.Image) -> None:
    for y in (HEIGHT / 2 - 236, HEIGHT / 2 + 236):
        ImageDraw.Draw(page).circle((70, y), 17, fill=(60, 60, 60))


def scanner_rim(page: Image.Image) -> None:
    ImageDraw.Draw(page).rectangle((0, 0, 15, HEIGHT), fill=(50, 50, 50))
    ImageDraw.Draw(page).rectangle((0, HEIGHT - 9, WIDTH, HEIGHT), fill=(90, 90, 90))


def folds(page: Image.Image) -> None:
    for y in (HEIGHT // 3, 2 * HEIGHT // 3):
        ImageDraw.Draw(page).line((0, y, WIDTH, y + 6), fill=(190, 188, 185), width=2)


def other_side(page: Image.Image) -> None:
    behind = Image.new("L", page.size, 255)
    for top in range(200, 1500, 60):
        ImageDraw.Draw(behind).text((150, top), TEXT, fill=0, font=faces.font("song", 34))
    sunk = cv2.GaussianBlur(np.asarray(behind)[:, ::-1], (0, 0), 2.4).astype(np.float32)
    shade = 1 - 0.18 * (255 - sunk) / 255
    page.paste(Image.fromarray((np.asarray(page) * shade[..., None]).astype(np.uint8)))


def stains(page: Image.Image) -> None:
    wet = np.zeros((HEIGHT, WIDTH), np.float32)
    for centre, radius in (((400, 500), 150), ((900, 1200), 220)):
        cv2.circle(wet, centre, radius, 0.12, -1)
    shade = 1 - cv2.GaussianBlur(wet, (0, 0), 8)
    page.paste(Image.fromarray((np.asarray(page) * shade[..., None]).astype(np.uint8)))


def sheet_on_a_table(page: Image.Image) -> None:
    whole = page.copy()
    page.paste((96, 84, 70), (0, 0, WIDTH, HEIGHT))
    corners = [(70, 60), (1180, 85), (1165, 1690), (85, 1660)]
    outline = Image.new("L", page.size)
    ImageDraw.Draw(outline).polygon(corners, fill=255)
    page.paste(whole, (0, 0), outline)


def line_on_a_sheet_on_a_table(page: Image.Image) -> None:
    one_line(page)
    sheet_on_a_table(page)


def words(page: Image.Image, colour: tuple[int, int, int], face: str = "song", size: int = 25) -> None:
    ImageDraw.Draw(page).text((200, 600), TEXT[:12], fill=colour, font=faces.font(face, size))


def one_line(page: Image.Image) -> None:
    words(page, (40, 40, 40))


def faint_pencil(page: Image.Image) -> None:
    words(page, (190, 188, 185), "kai", 36)


def page_number(page: Image.Image) -> None:
    ImageDraw.Draw(page).text((WIDTH / 2, 1650), "- 12 -", fill=(30, 30, 30), font=faces.font("song", 22))


def signature(page: Image.Image) -> None:
    turn = np.linspace(0, 6, 50)
    points = [(700 + 40 * t, 1200 + 40 * float(np.sin(2.3 * t))) for t in turn]
    ImageDraw.Draw(page).line(points, fill=(60, 70, 150), width=3)


def ruled_form(page: Image.Image) -> None:
    for y in range(400, 1200, 160):
        ImageDraw.Draw(page).line((150, y, 1090, y), fill=(70, 70, 70), width=2)


@pytest.mark.parametrize(
    "draw",
    [nothing, specks, punch_holes, scanner_rim, folds, other_side, stains, sheet_on_a_table],
    ids=lambda d: d.__name__,
)
def test_what_nobody_wrote_is_no_ink(draw: Draw) -> None:
    assert not has_ink(scanned(draw))


@pytest.mark.parametrize(
    "draw",
    [one_line, faint_pencil, page_number, signature, ruled_form, line_on_a_sheet_on_a_table],
    ids=lambda d: d.__name__,
)
def test_what_somebody_wrote_is_ink_however_little_or_faint(draw: Draw) -> None:
    assert has_ink(scanned(draw))


@pytest.mark.parametrize("paper", [(240, 226, 196), (200, 198, 193)], ids=["yellowed", "grey"])
def test_paper_that_is_not_white_is_no_ink(paper: tuple[int, int, int]) -> None:
    assert not has_ink(scanned(nothing, paper))
    assert has_ink(scanned(one_line, paper))


def test_specks_of_a_fax_are_no_ink_and_its_broken_characters_are() -> None:
    def pale(page: Image.Image) -> None:
        words(page, (120, 120, 120), size=22)

    assert not has_ink(bilevel(scanned(specks), 120))
    assert has_ink(bilevel(scanned(pale, grain=12), 140))


def test_a_page_in_one_colour_has_no_ink_not_even_a_black_one() -> None:
    assert not has_ink(np.zeros((400, 300, 3), np.uint8))


@pytest.mark.parametrize("size", [(1, 1), (2, 800), (900, 1)])
def test_odd_sizes_have_no_ink(size: tuple[int, int]) -> None:
    assert not has_ink(np.full((*size, 3), 255, np.uint8))
