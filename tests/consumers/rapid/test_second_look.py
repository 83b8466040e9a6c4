from __future__ import annotations

import cv2
import numpy as np
import pytest

from consumers.pictures import Picture
from consumers.rapid.paddle import Boxes, Paddle, Said, crop
from consumers.rapid.second_look import Found, second_look
from tests.consumers.typed import box, typed

pytestmark = pytest.mark.ocr

FIRST, SECOND = "甲方将房屋出售给乙方总价款壹佰万元整", "乙方应于签约之日起七日内付清首期房款"
LOST = "本合同自双方签字盖章之日起生效一式四份"
PAGE = ((120, 100, FIRST), (120, 180, SECOND))
BOXES = np.stack([box(115, 95, 705, 140), box(115, 175, 705, 220)])


@pytest.fixture(scope="module")
def engine() -> Paddle:
    return Paddle()


def _looked(
    engine: Paddle, picture: Picture, boxes: Boxes = BOXES, said: list[Said] | None = None
) -> tuple[list[Found], tuple[str, ...]]:
    first = engine.texts([crop(picture, line) for line in boxes]) if said is None else said
    return second_look(engine, picture, boxes, first)


def _texts(found: list[Found]) -> list[str]:
    return [line.said.text for line in found]


def test_a_page_that_was_read_well_stays_as_it_was_read(engine: Paddle) -> None:
    found, doubts = _looked(engine, typed(*PAGE))
    assert (_texts(found), doubts) == ([FIRST, SECOND], ())


def test_a_line_that_was_missed_is_added(engine: Paddle) -> None:
    found, doubts = _looked(engine, typed(*PAGE, (120, 300, LOST)))
    assert (_texts(found), doubts) == ([FIRST, SECOND, LOST], ())


def test_a_text_too_short_for_its_line_is_read_again(engine: Paddle) -> None:
    cut = [Said("甲方", 0.99, ()), *engine.texts([crop(typed(*PAGE), BOXES[1])])]
    found, doubts = _looked(engine, typed(*PAGE), said=cut)
    assert (_texts(found), doubts) == ([FIRST, SECOND], ())


def test_a_text_that_the_engine_is_not_sure_of_is_read_again(engine: Paddle) -> None:
    unsure = [
        Said("申方将屋房山售绐乙万总价歆壹佰方兀整", 0.41, ()),
        *engine.texts([crop(typed(*PAGE), BOXES[1])]),
    ]
    found, _ = _looked(engine, typed(*PAGE), said=unsure)
    assert _texts(found) == [FIRST, SECOND]


def test_a_line_that_stays_too_short_for_its_ink_makes_the_page_doubtful(engine: Paddle) -> None:
    page = typed(*PAGE)
    rows = np.random.default_rng(1).integers(0, 255, (28, 320, 1), np.uint8).repeat(3, axis=2)
    page[104:132, 380:700] = np.where(rows < 110, 0, 250)
    found, doubts = _looked(engine, page)
    assert len(doubts) == 1
    assert found[0].said.text in doubts[0]


def test_a_line_that_stands_on_its_head_among_others_is_read(engine: Paddle) -> None:
    page = typed(*PAGE)
    page[90:150, 100:720] = page[90:150, 100:720][::-1, ::-1]
    line = np.stack([box(110, 95, 720, 145), BOXES[1]])
    assert _texts(_looked(engine, page, line)[0]) == [FIRST, SECOND]


def test_a_title_in_large_spaced_letters_is_not_too_short(engine: Paddle) -> None:
    page = typed(*PAGE)
    page[300:420] = typed((300, 20, "民 事 裁 定 书"), size=64)[:120]
    title = box(290, 310, 740, 400)
    found, doubts = _looked(engine, page, np.stack([*BOXES, title]))
    assert (found[2].said.text.replace(" ", ""), doubts) == ("民事裁定书", ())


def test_a_curve_of_a_drawing_is_no_letter(engine: Paddle) -> None:
    page = typed(*PAGE)
    cv2.ellipse(page, (900, 600), (14, 20), 0, 30, 330, (0, 0, 0), 4)
    assert _texts(_looked(engine, page)[0]) == [FIRST, SECOND]


def test_a_page_without_lines_and_without_ink_is_no_doubt(engine: Paddle) -> None:
    assert _looked(engine, typed(), np.empty((0, 4, 2), np.float32)) == ([], ())
