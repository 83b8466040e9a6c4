"""The benchmark tells one paper from two, and its ways of scanning again leave a page legible."""

from __future__ import annotations

import numpy as np

from benchmarks.rescans import same, scanned_again
from tests.plugins.conftest import SUBSCRIPTION


def test_a_paper_is_itself_and_no_other() -> None:
    other = SUBSCRIPTION.replace("周文海", "李国强").replace("420198198803054519", "420198197701016634")
    assert same(SUBSCRIPTION, SUBSCRIPTION)
    assert not same(SUBSCRIPTION, other)


def test_a_page_is_scanned_again_in_four_ways() -> None:
    page = np.full((400, 300, 3), 255, dtype=np.uint8)
    page[100:120, 50:250] = 0
    again = list(scanned_again(page))
    assert len(again) == 4
    assert all(one.dtype == np.uint8 and one.min() < 100 and one.max() > 200 for one in again)
