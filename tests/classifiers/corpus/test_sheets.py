from __future__ import annotations

from itertools import pairwise

from classifiers.corpus.sheets import clean, scanned
from classifiers.corpus.writing import Text

TEXT = Text(
    "receipt", "a", False, ("收　据", "今收到{buyer}交来定金{amount}元", "经手人：{staff}　{date}"), "sales:1"
)
LONG = Text(
    "office-rules", "a", False, ("管理办法", *("各部门应当遵照执行。" for _ in range(200))), "other:1"
)


def test_the_same_seed_gives_the_same_scan() -> None:
    assert scanned(TEXT, "1/0") == scanned(TEXT, "1/0")
    assert scanned(TEXT, "1/0") != scanned(TEXT, "1/1")


def test_a_clean_sheet_has_the_lines_as_they_were_written() -> None:
    (page,) = clean(TEXT, "1").pages
    assert page.lines[0].text == "收　据"
    assert "{" not in page.text


def test_lines_lie_on_the_page_one_below_the_other() -> None:
    for seed in range(30):
        for page in scanned(LONG, str(seed)).pages:
            boxes = [line.box for line in page.lines if line.box is not None]
            assert len(boxes) == len(page.lines)
            assert all(upper.top < lower.top for upper, lower in pairwise(boxes))
            assert all(0 <= box.top < box.bottom <= 1 for box in boxes)


def test_a_long_text_has_several_pages() -> None:
    assert len(scanned(LONG, "2").pages) > 2
