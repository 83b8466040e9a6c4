from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from consumers.pictures import Picture
from consumers.seal import find_seals, without_seals
from samples import faces
from samples.seal import face, press_seal, press_stamp

WIDTH, HEIGHT, DPI = 1240, 1754, 150
RED = (200, 30, 40)
TEXT = "甲乙双方协商一致解除合同退还定金自签字之日起生效"


def paper(colour: tuple[int, int, int] = (252, 251, 248)) -> Image.Image:
    return Image.new("RGB", (WIDTH, HEIGHT), colour)


def lines(page: Image.Image, colour: tuple[int, int, int] = (25, 25, 25), size: int = 30) -> Image.Image:
    pencil, font = ImageDraw.Draw(page), faces.font("song", size)
    for top in range(150, HEIGHT - 200, round(size * 1.8)):
        pencil.text((150, top), (TEXT * 3)[: 900 // size], fill=colour, font=font)
    return page


def scanned(page: Image.Image, quality: int = 60) -> Picture:
    """The page as a scanner hands it in: JPEG, colour at half the resolution."""
    _, packed = cv2.imencode(".jpg", np.asarray(page)[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    unpacked = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    assert unpacked is not None
    return np.asarray(unpacked, dtype=np.uint8)


def sealed(page: Image.Image, centre: tuple[int, int] = (800, 1300), seed: int = 1) -> Image.Image:
    press_seal(page, "江州锦澜置业有限公司", "合同专用章", centre, DPI, np.random.default_rng(seed))
    return page


def pressed(page: Image.Image, mask: Image.Image, centre: tuple[int, int]) -> Image.Image:
    place = (centre[0] - mask.width // 2, centre[1] - mask.height // 2)
    page.paste(Image.new("RGB", mask.size, RED), place, mask.point(lambda value: round(value * 0.8)))
    return page


def name_seal() -> Image.Image:
    mask = Image.new("L", (118, 118))
    pencil, font = ImageDraw.Draw(mask), faces.font("song-bold", 48)
    pencil.rectangle((4, 4, 114, 114), outline=255, width=6)
    for char, place in zip("王建国印", ((85, 33), (85, 85), (33, 33), (33, 85)), strict=True):
        pencil.text(place, char, fill=255, font=font, anchor="mm")
    return mask


def oval_seal() -> Image.Image:
    return face("江州锦澜置业有限公司", "发票专用章", 250).resize((250, 188))


PRESSED = [
    pytest.param(lambda page: sealed(lines(page)), "round", (800, 1300), id="over black text"),
    pytest.param(lambda page: pressed(lines(page), oval_seal(), (500, 900)), "round", (500, 900), id="oval"),
    pytest.param(lambda page: pressed(page, name_seal(), (500, 900)), "square", (500, 900), id="name seal"),
    pytest.param(lambda page: sealed(red_form(page), (700, 700)), "round", (700, 700), id="on a red form"),
]


def red_form(page: Image.Image) -> Image.Image:
    pencil = ImageDraw.Draw(page)
    for step in range(9):
        pencil.line((120, 300 + 100 * step, 1120, 300 + 100 * step), fill=RED, width=3)
        pencil.text((150, 330 + 100 * step), "金额 单位 摘要", fill=RED, font=faces.font("song", 30))
    for left in (120, 400, 760, 1120):
        pencil.line((left, 300, left, 1100), fill=RED, width=3)
    return page


def letterhead(page: Image.Image) -> Image.Image:
    pencil = ImageDraw.Draw(page)
    pencil.text((620, 250), "江州市住房保障局文件", fill=RED, font=faces.font("song-bold", 78), anchor="mm")
    pencil.line((120, 400, 1120, 400), fill=RED, width=5)
    pencil.text((620, 400), "★", fill=RED, font=faces.font("hei", 60), anchor="mm")
    return page


def leaflet(page: Image.Image) -> Image.Image:
    pencil = ImageDraw.Draw(page)
    for top, words, size in ((300, "开盘", 220), (560, "青山绿水", 150), (800, "万元起", 180)):
        pencil.text((620, top), words, fill=RED, font=faces.font("hei-bold", size), anchor="mm")
    return page


def circled(page: Image.Image) -> Image.Image:
    lines(page)
    for left, top in ((300, 400), (700, 900)):
        ImageDraw.Draw(page).ellipse((left, top, left + 230, top + 180), outline=RED, width=4)
    return page


def card(page: Image.Image) -> Image.Image:
    ImageDraw.Draw(page).ellipse((300, 300, 420, 420), fill=RED)
    ImageDraw.Draw(page).text((600, 360), "居民身份证", fill=(20, 20, 20), font=faces.font("song", 60))
    return page


def handwriting(page: Image.Image) -> Image.Image:
    pencil = ImageDraw.Draw(page)
    for top in range(300, 1200, 150):
        pencil.text((200, top), "同意退款，请财务办理。", fill=RED, font=faces.font("kai", 70))
    return page


def photo_box(page: Image.Image) -> Image.Image:
    pencil = ImageDraw.Draw(page)
    pencil.rectangle((800, 200, 950, 400), outline=RED, width=4)
    pencil.text((875, 300), "照片", fill=RED, font=faces.font("song", 40), anchor="mm")
    return page


def stamped(page: Image.Image) -> Image.Image:
    press_stamp(lines(page), "现金收讫", (600, 700), DPI, np.random.default_rng(1))
    return page


@pytest.mark.parametrize(("draw", "shape", "centre"), PRESSED)
def test_a_seal_is_found_where_it_was_pressed(
    draw: Callable[[Image.Image], Image.Image], shape: str, centre: tuple[int, int]
) -> None:
    (seal,) = find_seals(scanned(draw(paper())))
    assert seal.shape == shape
    assert math.dist(seal.centre, centre) < 8


@pytest.mark.parametrize("colour", [(240, 228, 200), (190, 188, 184)], ids=["yellowed", "badly lit"])
def test_a_seal_is_found_on_paper_that_is_not_white(colour: tuple[int, int, int]) -> None:
    assert len(find_seals(scanned(sealed(lines(paper(colour)))))) == 1


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])
def test_a_seal_is_found_on_a_page_that_lies_turned(turn: Image.Transpose) -> None:
    assert len(find_seals(scanned(sealed(lines(paper())).transpose(turn)))) == 1


def test_all_seals_of_a_page_are_found_those_that_overlap_too() -> None:
    page = sealed(sealed(sealed(lines(paper()), (300, 400)), (800, 1300), 2), (960, 1340), 3)
    assert len(find_seals(scanned(page))) == 3


def test_a_seal_that_the_page_edge_cuts_off_is_found_and_its_box_ends_there() -> None:
    whole = scanned(sealed(lines(paper()), (800, 1300)))
    picture = np.ascontiguousarray(whole[:, :850])
    (seal,) = find_seals(picture)
    assert seal.box(picture)[2] == 850


@pytest.mark.parametrize(
    "draw", [lines, letterhead, red_form, leaflet, circled, card, handwriting, photo_box, stamped]
)
def test_red_print_is_no_seal(draw: Callable[[Image.Image], Image.Image]) -> None:
    assert find_seals(scanned(draw(paper()))) == ()


def test_a_page_all_in_red_print_has_no_seal() -> None:
    assert find_seals(scanned(lines(paper(), RED))) == ()


def test_a_grey_page_has_no_seal() -> None:
    grey = cv2.cvtColor(scanned(sealed(paper())), cv2.COLOR_BGR2GRAY)
    assert find_seals(np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), dtype=np.uint8)) == ()


@pytest.mark.parametrize("size", [(1, 1), (2, 3000), (3000, 1), (40, 40)])
def test_pages_of_odd_sizes_have_no_seal(size: tuple[int, int]) -> None:
    assert find_seals(np.full((*size, 3), (40, 40, 220), np.uint8)) == ()


def test_the_seal_is_gone_and_the_text_under_it_stands_as_it_stood_before() -> None:
    plain = scanned(lines(paper()), 90)
    picture = scanned(sealed(lines(paper())), 90)
    seals = find_seals(picture)
    left, top, right, bottom = seals[0].box(picture)
    cleaned = without_seals(picture, seals)[top:bottom, left:right]
    wanted, before = plain[top:bottom, left:right], picture[top:bottom, left:right]
    assert redness(before).max() > 100
    assert redness(cleaned).max() < 40
    ink = wanted.max(axis=2) < 90
    assert np.mean(cleaned[ink].max(axis=1) < 150) > 0.9
    blank = wanted.min(axis=2) > 235
    assert np.mean(cleaned[blank].min(axis=1) > 200) > 0.98


def test_outside_the_seal_nothing_changes_red_print_least_of_all() -> None:
    picture = scanned(sealed(letterhead(lines(paper()))))
    seals = find_seals(picture)
    left, top, right, bottom = seals[0].box(picture)
    changed = (without_seals(picture, seals) != picture).any(axis=2)
    assert changed.any()
    changed[top:bottom, left:right] = False
    assert not changed.any()


def test_the_picture_given_is_not_changed() -> None:
    picture = scanned(sealed(lines(paper())))
    before = picture.copy()
    without_seals(picture, find_seals(picture))
    assert np.array_equal(picture, before)


def redness(picture: Picture) -> Picture:
    blue, green, red = cv2.split(picture)
    return np.asarray(cv2.subtract(red, cv2.max(blue, green)), dtype=np.uint8)
